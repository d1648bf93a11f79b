import type { RecordedWindow } from '../../domain/recorded-window.ts';

/**
 * Hours between two decisions unless the caller says otherwise. A decision of all strategies takes about ten seconds on the demo book, so a
 * window of five days takes about a minute.
 */
export const USUAL_DECISION_HOURS = 24;

const HOUR_MINUTES = 60;

/** Bars at whose end something is decided: the first and every n-th after it, as long as a bar follows. */
export function decisionBars({ bars, intervalMinutes }: RecordedWindow, everyHours: number): number[] {
  const every = Math.max(1, Math.round((everyHours * HOUR_MINUTES) / intervalMinutes));
  return Array.from({ length: Math.ceil((bars - 1) / every) }, (_, i) => i * every);
}

/** Bars between which a loss is taken: an hour apart, or each bar of a slower window; the last bar is one of them. */
export function lossBars({ bars, intervalMinutes }: RecordedWindow): { readonly bars: readonly number[]; readonly hours: number } {
  const every = Math.max(1, Math.round(HOUR_MINUTES / intervalMinutes));
  const chosen = Array.from({ length: Math.floor((bars - 1) / every) + 1 }, (_, i) => i * every);
  if (chosen.at(-1) !== bars - 1) chosen.push(bars - 1);
  return { bars: chosen, hours: (every * intervalMinutes) / HOUR_MINUTES };
}

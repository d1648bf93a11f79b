import type { ReplayStep } from '../../contract/replay.ts';

/** Where the fall of a window begins and ends, as bars. */
export type Phases = { readonly peakBar: number; readonly lowBar: number; readonly fall: number };

/** Lowest low of the common axis, and the highest close before it. By hindsight: names the parts of a window and enters no number. */
export function phasesOf(close: Float64Array, low: Float64Array): Phases {
  let lowBar = 0;
  for (let bar = 1; bar < low.length; bar += 1) if ((low[bar] ?? 0) < (low[lowBar] ?? 0)) lowBar = bar;
  let peakBar = 0;
  for (let bar = 1; bar <= lowBar; bar += 1) if ((close[bar] ?? 0) > (close[peakBar] ?? 0)) peakBar = bar;
  return { peakBar, lowBar, fall: (1 + (low[lowBar] ?? 0)) / (1 + (close[peakBar] ?? 0)) - 1 };
}

/** The part of the window that a bar belongs to. */
export function phaseOf(bar: number, { peakBar, lowBar }: Phases): ReplayStep['phase'] {
  if (bar < peakBar) return 'before';
  return bar <= lowBar ? 'during' : 'after';
}

/** Most steps at which the index is taken: a few seconds of work. */
const MOST_STEPS = 400;

/** Bars at which the index is taken: every n-th, the low and the last one included. */
export function stepBars(bars: number, lowBar: number): { readonly bars: readonly number[]; readonly every: number } {
  const every = Math.ceil(bars / MOST_STEPS);
  const chosen = new Set([lowBar, bars - 1]);
  for (let bar = 0; bar < bars; bar += every) chosen.add(bar);
  return { bars: [...chosen].sort((left, right) => left - right), every };
}

/** Bars at which the distances are taken: the first, each midnight, the peak, half way down, the low and the last. */
export function checkpointBars(endMs: Float64Array, low: Float64Array, phases: Phases): number[] {
  const { peakBar, lowBar } = phases;
  const chosen = new Set([0, peakBar, lowBar, endMs.length - 1]);
  endMs.forEach((ms, bar) => {
    if (ms % DAY_MS === 0) chosen.add(bar);
  });
  const half = ((low[lowBar] ?? 0) + (low[peakBar] ?? 0)) / 2;
  for (let bar = peakBar; bar < lowBar; bar += 1) {
    if ((low[bar] ?? 0) > half) continue;
    chosen.add(bar);
    break;
  }
  return [...chosen].sort((left, right) => left - right);
}

const DAY_MS = 86_400_000;

import type { RecordedWindow } from '../../domain/recorded-window.ts';
import { ACTIVITY_PARTS } from '../../engine/forecast/price-path.ts';

const PART_MINUTES = 1440 / ACTIVITY_PARTS;

/** When the variance of recorded days came: day × half hour, each day adding up to 1, and how many days there are. */
export type Activity = { readonly shares: Float64Array; readonly days: number };

/**
 * Shares of every whole day of the recorded windows in its squared log moves, each driver's taken as a share of its own day and the drivers
 * averaged. An hour's bar counts for both its halves alike. A day with a missing bar, or one on which nothing moved, is left out.
 */
export function recordedActivity(windows: readonly RecordedWindow[], driverIds: readonly string[]): Activity {
  const days = windows.flatMap((window) => daysOf(window, driverIds));
  return { shares: Float64Array.from(days.flat()), days: days.length };
}

function daysOf(window: RecordedWindow, driverIds: readonly string[]): number[][] {
  const { intervalMinutes, bars } = window;
  if (intervalMinutes > 60 || 60 % intervalMinutes !== 0) return [];
  const perDay = 1440 / intervalMinutes;
  const first = firstMidnight(window);
  const days: number[][] = [];
  for (let from = first; from + perDay <= bars; from += perDay) {
    const shares = driverIds.map((id) => sharesOf(window, id, { from, to: from + perDay }));
    const whole = shares.filter((each) => each !== null);
    if (whole.length === driverIds.length && whole.length > 0)
      days.push(Array.from({ length: ACTIVITY_PARTS }, (_, i) => whole.reduce((sum, each) => sum + (each[i] ?? 0), 0) / whole.length));
  }
  return days;
}

/** First bar that opens at midnight and has one before it. */
function firstMidnight({ startsAt, intervalMinutes }: RecordedWindow): number {
  const minutes = (Date.parse(startsAt) / 60_000) % 1440;
  const skipped = minutes === 0 ? 1440 : 1440 - minutes;
  return skipped / intervalMinutes;
}

function sharesOf({ series, intervalMinutes }: RecordedWindow, id: string, { from, to }: { from: number; to: number }): number[] | null {
  const closes = series.find((each) => each.assetId === id)?.close;
  if (closes === undefined) return null;
  const shares = new Array<number>(ACTIVITY_PARTS).fill(0);
  for (let bar = from; bar < to; bar += 1) {
    const [before, now] = [closes[bar - 1] ?? null, closes[bar] ?? null];
    if (before === null || now === null || before <= 0 || now <= 0) return null;
    const square = Math.log(now / before) ** 2;
    const parts = Math.max(1, intervalMinutes / PART_MINUTES);
    const first = Math.floor(((bar - from) * intervalMinutes) / PART_MINUTES);
    for (let i = 0; i < parts; i += 1) shares[first + i] = (shares[first + i] ?? 0) + square / parts;
  }
  const total = shares.reduce((sum, each) => sum + each, 0);
  return total > 0 ? shares.map((each) => each / total) : null;
}

import type { RecordedWindow } from '../../../domain/recorded-window.ts';
import type { ForecastOrigin } from '../../../engine/forecast/quantile-chunk.ts';
import type { PathSpan } from '../../../engine/forecast/price-path.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Closes that must be known before anything is forecast: the volatility is warm and a quantile of 1 % has a day below it. */
const LEAST_CLOSES = 150;
/** Less of a day than this says nothing of its volatility. */
const LEAST_PART_OF_DAY = 1 / 24;

/** Recorded closes of the drivers, day × driver, oldest first. */
export type RecordedCloses = { readonly days: readonly string[]; readonly closes: Float64Array; readonly drivers: number };

/** A moment of the past with what came after it. */
export type JudgedOrigin = {
  readonly origin: ForecastOrigin;
  readonly day: string;
  /** Move of each driver until the end of the time forecast. */
  readonly realised: Float64Array;
  readonly windowId: string | null;
  /** Whether it follows the one before without a gap. */
  readonly isNext: boolean;
};

/** Moments of one time ahead. */
export type JudgedSpan = { readonly span: PathSpan; readonly origins: readonly JudgedOrigin[] };

/** Every close from which a stretch of so many days can be looked at, one after the other without overlap. */
export function dailyOrigins({ days, closes, drivers }: RecordedCloses, aheadDays: number): JudgedOrigin[] {
  const origins: JudgedOrigin[] = [];
  let from = LEAST_CLOSES - 1;
  let isNext = false;
  while (from + aheadDays < days.length) {
    const gap = (Date.parse(days[from + aheadDays] ?? '') - Date.parse(days[from] ?? '')) / DAY_MS;
    // A day missing from the record would make the move one of more days.
    if (gap !== aheadDays) {
      from += 1;
      isNext = false;
      continue;
    }
    const realised = Float64Array.from(
      { length: drivers },
      (_, d) => (closes[(from + aheadDays) * drivers + d] ?? NaN) / (closes[from * drivers + d] ?? NaN) - 1,
    );
    const origin = { closes: from + 1, dayFraction: 0, moves: new Float64Array(drivers) };
    origins.push({ origin, day: days[from] ?? '', realised, windowId: null, isNext });
    from += aheadDays;
    isNext = true;
  }
  return origins;
}

/** Every full hour of a window that has a price of all drivers at it and an hour later; null where the window lacks a driver. */
export function hourlyOrigins(window: RecordedWindow, recorded: RecordedCloses, driverIds: readonly string[]): JudgedOrigin[] | null {
  const series = driverIds.map((id) => window.series.find((each) => each.assetId === id));
  if (series.some((each) => each === undefined)) return null;
  const startMs = Date.parse(window.startsAt);
  const perHour = 60 / window.intervalMinutes;
  const origins: JudgedOrigin[] = [];
  let before = -2;
  for (let hour = 1; (hour + 1) * perHour <= window.bars; hour += 1) {
    const now = pricesAt(series, hour * perHour - 1);
    const then = pricesAt(series, (hour + 1) * perHour - 1);
    const origin = now === null ? null : originAt(startMs + hour * HOUR_MS, now, recorded);
    if (now === null || then === null || origin === null) continue;
    const realised = Float64Array.from(now, (price, d) => (then[d] ?? NaN) / price - 1);
    const day = new Date(startMs + hour * HOUR_MS).toISOString().slice(0, 10);
    origins.push({ origin, day, realised, windowId: window.id, isNext: before === hour - 1 });
    before = hour;
  }
  return origins;
}

function pricesAt(series: readonly (RecordedWindow['series'][number] | undefined)[], bar: number): number[] | null {
  const prices = series.map((each) => each?.close[bar] ?? NaN);
  return prices.every((price) => price > 0) ? prices : null;
}

/** What is known at an instant: closes of the days before it, and how far prices have come since; null with too few closes or a gap. */
function originAt(ms: number, prices: readonly number[], { days, closes, drivers }: RecordedCloses): ForecastOrigin | null {
  const today = new Date(ms).toISOString().slice(0, 10);
  const found = days.findIndex((each) => each >= today);
  const known = found < 0 ? days.length : found;
  const dayFraction = (ms - Date.parse(`${days[known - 1] ?? today}T00:00:00Z`)) / DAY_MS - 1;
  if (known < LEAST_CLOSES || dayFraction < 0 || dayFraction > 1) return null;
  if (dayFraction < LEAST_PART_OF_DAY) return { closes: known, dayFraction: 0, moves: new Float64Array(drivers) };
  const moves = Float64Array.from(prices, (price, d) => price / (closes[(known - 1) * drivers + d] ?? NaN) - 1);
  return { closes: known, dayFraction, moves };
}

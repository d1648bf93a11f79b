import { normalQuantile } from '../math/normal.ts';
import { randomUniform } from '../math/random.ts';
import { DECAY_PER_DAY, type VolatilityModel } from './volatility-model.ts';

/** Lowest share of its price that one step leaves a driver. */
const LEAST_LEFT = 0.05;
/**
 * Hours for which one asks are louder than a day's even share: the volatility of a step of less than a day is the daily one times the root of
 * its length times this. The smallest factor, in steps of a tenth, with which one outcome in twenty of the hours of the recorded windows of
 * 2022 lay below the forecast of one in twenty (drivers together); later windows confirm it (`npm run cli -- forecast-coverage`).
 */
const HOUR_LOUDNESS = 1.5;
/** Streams of the draws, apart from every other use of a seed. */
const STREAM = { day: 71, between: 72, activity: 73 } as const;
/** Steps and looks of a path are numbered below this, so that no two draws share a number. */
const MOST_LOOKS = 4096;

/** A time ahead, cut into steps of at most a day, each looked at several times, its end last. */
export type PathSpan = { readonly days: number; readonly steps: number; readonly looksPerStep: number };

/** Half hours of a recorded day of activity. */
export const ACTIVITY_PARTS = 48;

/** What paths are drawn from: the drivers' model, and the volatility of a day of every basis, which moves by itself. */
export type PathModel = VolatilityModel & {
  readonly seed: number;
  readonly basisDailyVolatility: Float64Array;
  /**
   * Recorded day × half hour: the share of the day's variance that came in it, each day adding up to 1. A whole day drawn between its ends
   * moves when one of these did, so that what a day brings may come within an hour. Empty = evenly.
   */
  readonly activity: Float64Array;
};

/** Scratch of a thread for one model. */
export type PathWork = {
  readonly model: PathModel;
  readonly variance: Float64Array;
  readonly shock: Float64Array;
  readonly bridge: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Share of a step's variance that has come by each look of it. */
  readonly clock: Float64Array;
};

/** Room for the paths of one model. */
export function makePathWork(model: PathModel): PathWork {
  const column = (): Float64Array => new Float64Array(model.dailyVolatility.length);
  return {
    model,
    variance: column(),
    shock: column(),
    bridge: column(),
    start: column(),
    end: column(),
    clock: new Float64Array(ACTIVITY_PARTS),
  };
}

/** Standard deviation of a step in daily ones: the root of its length, and louder where it is less than a day. */
export function stepDeviation(stepDays: number): number {
  return (stepDays < 1 ? HOUR_LOUDNESS : 1) * Math.sqrt(stepDays);
}

/** Number of looks of a span. */
export function looksOf({ steps, looksPerStep }: PathSpan): number {
  return steps * looksPerStep;
}

/**
 * One path of the logarithms of price factors. Every step draws one recorded day for all drivers together and scales its residuals with the
 * volatility that the path has reached, which then takes in the step's own move; within a step the path is a Brownian bridge to that point, run
 * by the clock of a recorded day's activity.
 * Every basis is a random walk of its own. Depends on (seed, draw) alone: spans share their draws, so that a longer one goes on where a
 * shorter one of the same step length ends.
 *
 * @param span at most 48 looks a step; a number of them that 48 is a multiple of where a step is a day
 * @param out look × (driver, then basis): ln of the factor on today's price
 * Sources: Barone-Adesi, Giannopoulos, Vosper (1999); D. Beaglehole, P. Dybvig, G. Zhou, "Going to extremes" (1997) for the bridge.
 */
export function drawPath(work: PathWork, span: PathSpan, draw: number, out: Float64Array): void {
  const { model, variance, start, end } = work;
  const drivers = variance.length;
  const rows = drivers > 0 ? model.residuals.length / drivers : 0;
  const stepDays = span.days / span.steps;
  const deviation = stepDeviation(stepDays);
  const kept = DECAY_PER_DAY ** stepDays;
  for (let d = 0; d < drivers; d += 1) {
    variance[d] = model.dailyVolatility[d]! ** 2;
    start[d] = 0;
  }
  for (let step = 0; step < span.steps; step += 1) {
    const row = Math.min(rows - 1, Math.floor(randomUniform(model.seed, draw * MOST_LOOKS + step, STREAM.day) * rows));
    for (let d = 0; d < drivers; d += 1) {
      const move = Math.max(LEAST_LEFT - 1, model.residuals[row * drivers + d]! * Math.sqrt(variance[d]!) * deviation);
      work.shock[d] = move;
      end[d] = start[d]! + Math.log(1 + move);
    }
    setClock(work, span, draw * MOST_LOOKS + step);
    placeLooks(work, span, { draw, step }, out);
    for (let d = 0; d < drivers; d += 1) {
      variance[d] = kept * variance[d]! + ((1 - kept) * work.shock[d]! ** 2) / stepDays;
      start[d] = end[d]!;
    }
  }
}

/** The clock of one step: even, or that of a recorded day where the step is a whole one. */
function setClock({ model, clock }: PathWork, { days, steps, looksPerStep }: PathSpan, index: number): void {
  const { activity } = model;
  const isEven = activity.length === 0 || days !== steps;
  const parts = ACTIVITY_PARTS / looksPerStep;
  const recorded = activity.length / ACTIVITY_PARTS;
  const from = isEven
    ? 0
    : ACTIVITY_PARTS * Math.min(recorded - 1, Math.floor(randomUniform(model.seed, index, STREAM.activity) * recorded));
  let sum = 0;
  for (let k = 0; k < looksPerStep; k += 1) {
    if (isEven) sum = (k + 1) / looksPerStep;
    else for (let i = 0; i < parts; i += 1) sum += activity[from + k * parts + i]!;
    clock[k] = Math.min(1, sum);
  }
  clock[looksPerStep - 1] = 1;
}

/** The looks of one step: bridges of the drivers from start to end, and the walks of the bases. */
function placeLooks(
  work: PathWork,
  span: PathSpan,
  { draw, step }: { readonly draw: number; readonly step: number },
  out: Float64Array,
): void {
  const { model, bridge, start, end, clock } = work;
  const drivers = start.length;
  const width = drivers + model.basisDailyVolatility.length;
  const { looksPerStep } = span;
  const stepDays = span.days / span.steps;
  bridge.fill(0);
  for (let k = 0; k < looksPerStep; k += 1) {
    const look = step * looksPerStep + k;
    const normalAt = (draw * MOST_LOOKS + look) * width;
    const before = k === 0 ? 0 : clock[k - 1]!;
    // What is left of the bridge shrinks with the activity left, and gets the noise that leaves its end where it is.
    const shrink = before < 1 ? (1 - clock[k]!) / (1 - before) : 0;
    const noise = stepDeviation(stepDays) * Math.sqrt((clock[k]! - before) * shrink);
    for (let d = 0; d < drivers; d += 1) {
      let normal = 0;
      if (noise > 0)
        for (let f = 0; f <= d; f += 1)
          normal += model.correlationRoot[d * drivers + f]! * normalQuantile(randomUniform(model.seed, normalAt + f, STREAM.between));
      bridge[d] = shrink * bridge[d]! + noise * Math.sqrt(work.variance[d]!) * normal;
      out[look * width + d] = start[d]! + (end[d]! - start[d]!) * clock[k]! + bridge[d]!;
    }
    for (let b = 0; b < model.basisDailyVolatility.length; b += 1) {
      const last = look === 0 ? 0 : out[(look - 1) * width + drivers + b]!;
      const normal = normalQuantile(randomUniform(model.seed, normalAt + drivers + b, STREAM.between));
      out[look * width + drivers + b] = last + model.basisDailyVolatility[b]! * Math.sqrt(stepDays / looksPerStep) * normal;
    }
  }
}

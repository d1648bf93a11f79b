import { copyState } from '../packed/market-state.ts';
import { evaluateAccount, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { historyMoves } from '../scenario/history-moves.ts';
import { sharedBook, type BookReference, type SharedValues } from '../scenario/shared-book.ts';
import { placeLook, type PathMarket } from './forecast-chunk.ts';
import { ascending, quantileOf } from './order-statistics.ts';
import { drawPath, looksOf, makePathWork, stepDeviation, type PathModel, type PathSpan } from './price-path.ts';
import { volatilityModel } from './volatility-model.ts';

/** A moment from which something is forecast: what is known by then, and nothing else. */
export type ForecastOrigin = {
  /** Number of closes known. */
  readonly closes: number;
  /** Share of the day that has passed since the last of them, and how far each driver has come; 0 = none. */
  readonly dayFraction: number;
  readonly moves: Float64Array;
};

/** Quantiles of the excess forecast from a range of moments, the book standing at its own prices at each. */
export type QuantileChunk = BookReference & {
  /** Day × driver, oldest first: all that is ever known; each moment sees its own beginning of it. */
  readonly closes: Float64Array;
  readonly keptDays: number;
  readonly origins: readonly ForecastOrigin[];
  readonly betas: Float64Array;
  readonly volatilityPerMove: number;
  readonly span: PathSpan;
  /** Paths drawn where the span has several steps; a single step takes every recorded day once. */
  readonly draws: number;
  readonly seed: number;
  readonly accounts: Int32Array;
  readonly levels: Float64Array;
};

/** Origin × account × level, USD. Neither time nor any basis moves: what is judged is the drivers, through the venues' rules. */
export function runQuantileChunk(input: QuantileChunk, shared: SharedValues): Float64Array {
  const packed = sharedBook(shared, input);
  const { accounts, levels, origins } = input;
  const drivers = packed.drivers.length;
  const market: PathMarket = { ...input, basisAssets: new Int32Array(0), debtRatePerYear: new Float64Array(0) };
  const state = copyState(packed.initial);
  const measures = makeAccountMeasures(packed.accounts.count);
  const moves = new Float64Array(drivers);
  const quantiles = new Float64Array(origins.length * accounts.length * levels.length);
  for (let o = 0; o < origins.length; o += 1) {
    const ends = endsOf(input, origins[o]!, drivers);
    const draws = ends.length / drivers;
    const excess = Array.from(accounts, () => new Float64Array(draws));
    for (let draw = 0; draw < draws; draw += 1) {
      placeLook(packed, market, ends.subarray(draw * drivers, (draw + 1) * drivers), { moves, state });
      for (let a = 0; a < accounts.length; a += 1) {
        evaluateAccount(packed, accounts[a]!, state, measures);
        excess[a]![draw] = measures.excessUsd[accounts[a]!]!;
      }
    }
    for (let a = 0; a < accounts.length; a += 1) {
      const sorted = ascending(excess[a]!);
      for (let k = 0; k < levels.length; k += 1)
        quantiles[(o * accounts.length + a) * levels.length + k] = quantileOf(sorted, levels[k]!).value;
    }
  }
  return quantiles;
}

/** Where the drivers may end, draw × driver, ln of the factor. */
function endsOf({ closes, keptDays, span, draws, seed }: QuantileChunk, origin: ForecastOrigin, drivers: number): Float64Array {
  const history = historyMoves(closes.subarray(0, origin.closes * drivers), drivers, true, keptDays);
  const { dayFraction, moves } = origin;
  const model: PathModel = {
    ...volatilityModel(history, dayFraction > 0 ? { dayFraction, moves } : null),
    seed,
    basisDailyVolatility: new Float64Array(0),
    activity: new Float64Array(0),
  };
  if (span.steps === 1) {
    const scale = stepDeviation(span.days);
    return model.residuals.map((each, i) => Math.log(Math.max(0.05, 1 + each * model.dailyVolatility[i % drivers]! * scale)));
  }
  const looks = looksOf(span);
  const path = new Float64Array(looks * drivers);
  const ends = new Float64Array(draws * drivers);
  const work = makePathWork(model);
  for (let draw = 0; draw < draws; draw += 1) {
    drawPath(work, span, draw, path);
    ends.set(path.subarray((looks - 1) * drivers), draw * drivers);
  }
  return ends;
}

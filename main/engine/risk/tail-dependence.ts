import { bothBelow } from '../math/bivariate-normal.ts';
import { normalQuantile } from '../math/normal.ts';
import { covariance } from './drawdown-correlation.ts';

/** How often assets have their worst days together; shares of days. */
export type TailDependence = {
  /** Mean over pairs of P(U < u | V < u), U and V ranks among the days; NaN with no pair or too few days. */
  readonly lower: number;
  /** Interval that holds the coefficient at 95 %. */
  readonly low: number;
  readonly high: number;
  /** What it would be at the same u if returns were normal with the correlation of all days; without dependence it is u. */
  readonly reference: number;
  /** Days in the tail of one asset, and all days. */
  readonly tailDays: number;
  readonly days: number;
};

/** Fewest days in a tail: below, a single day moves the coefficient by more than a fifth. */
const FEWEST_TAIL_DAYS = 5;
/** Two-sided 95 % of a normal variable. */
const Z_95 = 1.959963984540054;

/**
 * Lower-tail dependence of assets, by the estimator λ(u) = (days on which both are among their own worst u) / (days in a tail), mean over
 * pairs of assets that move. The limit for u → 0 is not taken: u is stated with the figure. Pairs are judged on the same days, so they
 * count as one sample for the interval (Wilson's), against the reader. Of two equal moves the earlier counts as the worse.
 *
 * @param moves relative daily moves, day × asset
 * @param share the tail, e.g. 0.05; in (0, 1)
 * Source: H. Joe, "Multivariate models and dependence concepts" (1997) for the coefficient; E. B. Wilson, "Probable inference" (1927).
 */
export function tailDependence(moves: Float64Array, assets: number, share: number): TailDependence {
  const days = assets === 0 ? 0 : moves.length / assets;
  const tailDays = Math.ceil(share * days - 1e-9);
  const none = { lower: NaN, low: NaN, high: NaN, reference: NaN, tailDays, days };
  if (tailDays < FEWEST_TAIL_DAYS || tailDays >= days) return none;
  const isWorst = worstDays(moves, assets, tailDays);
  const order = Array.from({ length: days }, (_, day) => day);
  const sigma = covariance(moves, assets, order);
  const edge = normalQuantile(tailDays / days);
  let lower = 0;
  let reference = 0;
  let pairs = 0;
  for (let i = 0; i < assets; i += 1) {
    for (let j = i + 1; j < assets; j += 1) {
      const scale = Math.sqrt(sigma[i * assets + i]! * sigma[j * assets + j]!);
      if (!(scale > 0)) continue;
      let both = 0;
      for (let day = 0; day < days; day += 1) both += isWorst[day * assets + i]! & isWorst[day * assets + j]!;
      lower += both / tailDays;
      reference += (bothBelow(edge, Math.max(-1, Math.min(1, sigma[i * assets + j]! / scale))) * days) / tailDays;
      pairs += 1;
    }
  }
  if (pairs === 0) return none;
  lower /= pairs;
  return { ...wilson(lower, tailDays), lower, reference: reference / pairs, tailDays, days };
}

/** Marks for every asset its own worst days, day × asset. */
function worstDays(moves: Float64Array, assets: number, count: number): Uint8Array {
  const marks = new Uint8Array(moves.length);
  const days = moves.length / assets;
  for (let asset = 0; asset < assets; asset += 1) {
    const order = Array.from({ length: days }, (_, day) => day).sort(
      (left, right) => moves[left * assets + asset]! - moves[right * assets + asset]! || left - right,
    );
    for (let k = 0; k < count; k += 1) marks[order[k]! * assets + asset] = 1;
  }
  return marks;
}

/** Interval of a share seen in so many trials. */
function wilson(share: number, trials: number): { readonly low: number; readonly high: number } {
  const pull = (Z_95 * Z_95) / trials;
  const middle = (share + pull / 2) / (1 + pull);
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / trials + pull / (4 * trials))) / (1 + pull);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

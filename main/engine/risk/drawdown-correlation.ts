import { normalPdf, normalQuantile } from '../math/normal.ts';

/** How assets move together on a book's worst days, and what selection alone would make of it. */
export type DrawdownCorrelation = {
  /** Mean absolute pairwise correlation over the days on which the book's return is in its worst share; NaN with fewer than two assets that move. */
  readonly worst: number;
  /** The same over all days. */
  readonly calm: number;
  /**
   * What `worst` would be if returns were normal with the correlations of all days: picking days by a sum of the assets changes correlation by
   * itself, so only the gap to this value is news.
   */
  readonly reference: number;
  /** Days picked. */
  readonly days: number;
};

/** Fewest days from which a correlation is taken. */
const FEWEST_DAYS = 10;

/**
 * Drawdown correlation of assets, given how the book holds them.
 *
 * @param moves relative daily moves, day × asset
 * @param holdingsUsd signed exposure of the book to each asset: its return picks the days
 * @param share of days that count as the worst, e.g. 0.1; at least ten days are taken, or all there are
 * Source of the reference: moments of a normal variable cut off at a quantile, as in B. Boyer, M. Gibson, M. Loretan, "Pitfalls in tests for
 * changes in correlations", Federal Reserve International Finance Discussion Paper 597 (1999).
 */
export function drawdownCorrelation(moves: Float64Array, holdingsUsd: Float64Array, share: number): DrawdownCorrelation {
  const assets = holdingsUsd.length;
  const days = assets === 0 ? 0 : moves.length / assets;
  const returns = Float64Array.from({ length: days }, (_, day) => along(moves, holdingsUsd, day));
  const order = Array.from({ length: days }, (_, day) => day).sort((left, right) => returns[left]! - returns[right]! || left - right);
  const picked = order.slice(0, Math.min(days, Math.max(FEWEST_DAYS, Math.round(share * days))));
  const all = covariance(moves, assets, order);
  return {
    worst: meanCorrelation(covariance(moves, assets, picked), assets),
    calm: meanCorrelation(all, assets),
    reference: meanCorrelation(conditionedCovariance(all, holdingsUsd, picked.length / days), assets),
    days: picked.length,
  };
}

function along(moves: Float64Array, holdingsUsd: Float64Array, day: number): number {
  let sum = 0;
  for (let k = 0; k < holdingsUsd.length; k += 1) sum += holdingsUsd[k]! * moves[day * holdingsUsd.length + k]!;
  return sum;
}

/** Covariance of assets over some days, asset × asset; the mean over those days is taken out. */
export function covariance(moves: Float64Array, assets: number, days: readonly number[]): Float64Array {
  const mean = new Float64Array(assets);
  const out = new Float64Array(assets * assets);
  for (const day of days) for (let k = 0; k < assets; k += 1) mean[k]! += moves[day * assets + k]! / days.length;
  for (const day of days) {
    for (let i = 0; i < assets; i += 1) {
      const from = moves[day * assets + i]! - mean[i]!;
      for (let j = 0; j < assets; j += 1) out[i * assets + j]! += (from * (moves[day * assets + j]! - mean[j]!)) / days.length;
    }
  }
  return out;
}

/** Covariance given that h′r is below its quantile: Σ − (1 − v) Σh h′Σ / h′Σh, with v the variance of a standard normal cut off there. */
function conditionedCovariance(sigma: Float64Array, holdingsUsd: Float64Array, share: number): Float64Array {
  const n = holdingsUsd.length;
  const reach = new Float64Array(n);
  let variance = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) reach[i]! += sigma[i * n + j]! * holdingsUsd[j]!;
    variance += holdingsUsd[i]! * reach[i]!;
  }
  if (!(variance > 0) || share >= 1) return sigma;
  const edge = normalQuantile(share);
  const pull = normalPdf(edge) / share;
  const lost = edge * pull + pull * pull;
  return sigma.map((value, at) => value - (lost * reach[Math.floor(at / n)]! * reach[at % n]!) / variance);
}

/** Mean |ρ| over pairs of assets that both move. */
function meanCorrelation(sigma: Float64Array, assets: number): number {
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < assets; i += 1) {
    for (let j = i + 1; j < assets; j += 1) {
      const scale = Math.sqrt(sigma[i * assets + i]! * sigma[j * assets + j]!);
      if (!(scale > 0)) continue;
      sum += Math.min(1, Math.abs(sigma[i * assets + j]!) / scale);
      pairs += 1;
    }
  }
  return pairs === 0 ? NaN : sum / pairs;
}

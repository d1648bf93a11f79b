import { solveDense } from '../math/dense-solve.ts';

/** Hedge that leaves the least variance, and how much of the variance it takes away. */
export type MinimumVarianceHedge = {
  /** Units of each hedge to sell per unit of exposure. NaN when the hedges do not move independently. */
  readonly ratios: Float64Array;
  readonly unhedgedVariance: number;
  readonly hedgedVariance: number;
  /** 1 − hedged / unhedged variance (Ederington); NaN when there is nothing to hedge. */
  readonly effectivenessFraction: number;
};

/**
 * Ratios h minimising Var(exposure − Σ h_k hedge_k): the sample covariance of the hedges solved for their covariance with
 * the exposure. Sample moments, divisor n − 1.
 *
 * @param exposure change of the exposed value per period, at least two
 * @param hedges change of each hedge per period, each as long as `exposure`
 * Source: Ederington, The hedging performance of the new futures markets (1979).
 */
export function minimumVarianceHedge(exposure: Float64Array, hedges: readonly Float64Array[]): MinimumVarianceHedge {
  const count = hedges.length;
  const covariance = new Float64Array(count * count);
  const ratios = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    ratios[i] = sampleCovariance(hedges[i]!, exposure);
    for (let j = 0; j < count; j++) covariance[i * count + j] = sampleCovariance(hedges[i]!, hedges[j]!);
  }
  if (!solveDense(covariance, ratios, count)) ratios.fill(Number.NaN);
  const left = exposure.slice();
  for (let k = 0; k < count; k++) for (let t = 0; t < left.length; t++) left[t] = left[t]! - ratios[k]! * hedges[k]![t]!;
  const unhedgedVariance = sampleCovariance(exposure, exposure);
  const hedgedVariance = sampleCovariance(left, left);
  return { ratios, unhedgedVariance, hedgedVariance, effectivenessFraction: 1 - hedgedVariance / unhedgedVariance };
}

/** Sample covariance with divisor n − 1; NaN below two observations. */
function sampleCovariance(left: Float64Array, right: Float64Array): number {
  const count = left.length;
  let leftMean = 0;
  let rightMean = 0;
  for (let t = 0; t < count; t++) {
    leftMean += left[t]! / count;
    rightMean += right[t]! / count;
  }
  let sum = 0;
  for (let t = 0; t < count; t++) sum += (left[t]! - leftMean) * (right[t]! - rightMean);
  return count < 2 ? Number.NaN : sum / (count - 1);
}

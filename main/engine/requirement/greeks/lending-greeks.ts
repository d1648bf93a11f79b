import { sumAccurate } from '../../math/sum.ts';
import { healthFactor } from '../lending/lending-pool.ts';

/** A lending account by asset: what it has and owes of each, and the share of the collateral that counts. */
export type LendingHoldings = {
  readonly collateralUsd: Float64Array;
  /** Liquidation threshold of each asset, 0 … 1. */
  readonly thresholds: Float64Array;
  readonly debtUsd: Float64Array;
};

/**
 * Levels and slopes of a lending account, by asset. z = ln price of an asset, so slopes are USD per unit of log move. Money in a
 * price is proportional to it, hence first and second slopes in z are equal and the cross terms of money are zero; the
 * health factor is a ratio and has all of them.
 */
export type LendingGreeks = {
  /** Σ collateral − Σ debt. */
  readonly equityUsd: number;
  /** What must be kept back: Σ collateral × (1 − threshold). */
  readonly requirementUsd: number;
  /** equity − requirement = Σ collateral × threshold − Σ debt. */
  readonly excessUsd: number;
  /** Infinity without debt. */
  readonly healthFactor: number;
  /** ∂requirement/∂z and, being proportional to the price, ∂²requirement/∂z². */
  readonly requirementSlopeUsd: Float64Array;
  /** ∂excess/∂z and ∂²excess/∂z². */
  readonly excessSlopeUsd: Float64Array;
  /** ∂excess/∂threshold: the collateral itself. */
  readonly thresholdSlopeUsd: Float64Array;
  /** ∂health factor/∂z; null without debt, where there is no health factor. */
  readonly healthSlope: Float64Array | null;
  /** ∂²health factor/∂zⱼ∂zₖ, row-major; null without debt. */
  readonly healthCurvature: Float64Array | null;
};

/**
 * Slope of a lending account's excess in the log price of one asset, USD per unit of log move; the second slope is the same.
 *
 * @param collateralUsd >= 0
 * @param debtUsd >= 0
 */
export function lendingExcessSlopeUsd(collateralUsd: number, threshold: number, debtUsd: number): number {
  return collateralUsd * threshold - debtUsd;
}

/** Requirement Greeks of a lending account. Source: derivatives of the health factor every pool of the Aave family checks. */
export function lendingGreeks({ collateralUsd, thresholds, debtUsd }: LendingHoldings): LendingGreeks {
  const weighted = collateralUsd.map((value, k) => value * thresholds[k]!);
  const requirementSlopeUsd = collateralUsd.map((value, k) => value * (1 - thresholds[k]!));
  const excessSlopeUsd = collateralUsd.map((value, k) => lendingExcessSlopeUsd(value, thresholds[k]!, debtUsd[k]!));
  const debt = sumAccurate(debtUsd);
  const health = healthFactor(sumAccurate(weighted), debt);
  const hasDebt = debt !== 0;
  return {
    equityUsd: sumAccurate(collateralUsd.map((value, k) => value - debtUsd[k]!)),
    requirementUsd: sumAccurate(requirementSlopeUsd),
    excessUsd: sumAccurate(excessSlopeUsd),
    healthFactor: health,
    requirementSlopeUsd,
    excessSlopeUsd,
    thresholdSlopeUsd: Float64Array.from(collateralUsd),
    healthSlope: hasDebt ? weighted.map((value, k) => (value - health * debtUsd[k]!) / debt) : null,
    healthCurvature: hasDebt ? curvature(weighted, debtUsd, { health, debt }) : null,
  };
}

/** Hⱼₖ = δⱼₖ (Wⱼ − H Bⱼ)/D − (Wⱼ Bₖ + Wₖ Bⱼ)/D² + 2 H Bⱼ Bₖ/D², with W = collateral × threshold, B = debt, D = Σ B. */
function curvature(
  weighted: Float64Array,
  debtUsd: Float64Array,
  { health, debt }: { readonly health: number; readonly debt: number },
): Float64Array {
  const n = weighted.length;
  const matrix = new Float64Array(n * n);
  for (let j = 0; j < n; j += 1) {
    const shareJ = debtUsd[j]! / debt;
    for (let k = 0; k < n; k += 1) {
      const shareK = debtUsd[k]! / debt;
      matrix[j * n + k] = 2 * health * shareJ * shareK - (weighted[j]! * shareK + weighted[k]! * shareJ) / debt;
    }
    matrix[j * n + j]! += (weighted[j]! - health * debtUsd[j]!) / debt;
  }
  return matrix;
}

/*
 * Systemic leverage index: four ways in which a book is more leveraged than its balance sheet says, each a share between 0 and 1,
 * joined so that none can be averaged away.
 */

/** One part of the index with its weight. */
export type IndexPart = { readonly value: number; readonly weight: number };

/** Look-through leverage λ as a share: 1 − 1/λ, 0 up to λ = 1. NaN for a λ that is not above 0. */
export function leveragePart(lookThroughLeverage: number): number {
  return lookThroughLeverage > 0 ? Math.max(0, 1 - 1 / lookThroughLeverage) : NaN;
}

/** Amplification of a loss (total / first round) as a share: the part of the total that forced sales add. */
export function amplificationPart(lossAmplification: number): number {
  return lossAmplification > 0 ? Math.max(0, 1 - 1 / lossAmplification) : NaN;
}

/** Share of the joint second-round loss that exists only because blocks react to each other: max(0, joint − Σ parts) / joint; 0 without a joint loss. */
export function couplingPart(jointUsd: number, sumOfBlocksUsd: number): number {
  return jointUsd > 0 ? Math.min(1, Math.max(0, jointUsd - Math.max(0, sumOfBlocksUsd)) / jointUsd) : 0;
}

/**
 * 100 × (1 − Π (1 − part)^weight), the weighted noisy-or of the parts: 0 only if all are 0, 100 as soon as one with weight is 1, and
 * rising in each.
 *
 * @param parts values in [0, 1], weights that sum to one
 * @returns 0 … 100; NaN for a NaN part
 */
export function systemicLeverageIndex(parts: readonly IndexPart[]): number {
  let left = 1;
  for (const { value, weight } of parts) left *= (1 - value) ** weight;
  return 100 * (1 - left);
}

/** Joint second-round loss against the sum of the blocks alone. USD; positive surplus = coupling makes it worse. */
export type Surplus = {
  readonly sumOfBlocksUsd: number;
  readonly jointUsd: number;
  readonly surplusUsd: number;
  readonly ratio: number | null;
};

/** Sum of parts at or below which a ratio has no meaning, USD. */
const NO_LOSS_USD = 1e-6;

/** Interconnection surplus Λ(all) − Σ Λ(block), and the ratio of the two (null where the parts lose nothing). */
export function interconnectionSurplus(jointUsd: number, blocksUsd: Float64Array): Surplus {
  let sum = 0;
  for (let block = 0; block < blocksUsd.length; block += 1) sum += blocksUsd[block]!;
  return { sumOfBlocksUsd: sum, jointUsd, surplusUsd: jointUsd - sum, ratio: sum <= NO_LOSS_USD ? null : jointUsd / sum };
}

/** Largest number of blocks whose Shapley values are computed exactly: 2^12 runs. */
export const MOST_EXACT_BLOCKS = 12;

/**
 * Shapley value of each block: Σ over subsets S without i of |S|! (n − |S| − 1)! / n! × (Λ(S + i) − Λ(S)). They sum to Λ(all).
 *
 * @param lossBySubset Λ by bit mask of blocks, length 2^n, Λ(0) = 0
 * @param n at most 12
 */
export function shapleyValues(lossBySubset: Float64Array, n: number): Float64Array {
  const weight = new Float64Array(n);
  weight[0] = 1 / n;
  for (let size = 1; size < n; size += 1) weight[size] = (weight[size - 1]! * size) / (n - size);
  const values = new Float64Array(n);
  for (let subset = 0; subset < 1 << n; subset += 1) {
    let size = 0;
    for (let i = 0; i < n; i += 1) size += (subset >> i) & 1;
    for (let i = 0; i < n; i += 1) {
      if ((subset >> i) & 1) continue;
      values[i]! += weight[size]! * (lossBySubset[subset | (1 << i)]! - lossBySubset[subset]!);
    }
  }
  return values;
}

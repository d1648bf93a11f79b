/** Tail of a discrete distribution of losses (positive = loss), same unit as the losses. */
export type TailRisk = { readonly expectedShortfall: number; readonly valueAtRisk: number };

/** Probability below which a rounding remainder of the weights counts as nothing. */
const NO_WEIGHT = 1e-12;

/**
 * Expected shortfall and value at risk at a confidence. Value at risk is the lower quantile: the smallest loss whose
 * probability of not being passed reaches the confidence. Expected shortfall is the mean of the worst 1 − confidence of
 * probability, where the scenario that straddles the edge counts with the part that lies beyond it.
 *
 * @param weights probabilities, need not sum to one; null = equal
 * @param confidence in [0, 1)
 * @returns NaN for both without scenarios
 * Source: C. Acerbi, D. Tasche, "On the coherence of expected shortfall", J. Banking and Finance 26 (2002) 1487-1503.
 */
export function tailRisk(losses: Float64Array, weights: Float64Array | null, confidence: number): TailRisk {
  const n = losses.length;
  if (n === 0) return { expectedShortfall: NaN, valueAtRisk: NaN };
  const order = Array.from({ length: n }, (_, i) => i).sort((left, right) => losses[right]! - losses[left]! || left - right);
  let total = 0;
  for (let i = 0; i < n; i += 1) total += weights === null ? 1 : weights[i]!;
  const tail = (1 - confidence) * total;
  let seen = 0;
  let sum = 0;
  let valueAtRisk = losses[order[0]!]!;
  for (const i of order) {
    const weight = weights === null ? 1 : weights[i]!;
    sum += Math.max(0, Math.min(weight, tail - seen)) * losses[i]!;
    seen += weight;
    valueAtRisk = losses[i]!;
    // The first loss whose own weight reaches beyond the tail is the quantile; one that just fills it is not.
    if (seen > tail + NO_WEIGHT * total) break;
  }
  return { expectedShortfall: tail > 0 ? sum / tail : valueAtRisk, valueAtRisk };
}

/**
 * Diversification ratio: Σ expected shortfalls of the parts / that of the whole; above 1 the parts offset each other.
 *
 * @returns null where the whole loses nothing in its tail
 */
export function diversificationRatio(partsUsd: Float64Array, wholeUsd: number): number | null {
  if (!(wholeUsd > 0)) return null;
  let sum = 0;
  for (let part = 0; part < partsUsd.length; part += 1) sum += partsUsd[part]!;
  return sum / wholeUsd;
}

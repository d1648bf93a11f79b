/** Cumulated weights closer to the confidence than this reach it: the rounding of a sum of weights. */
const roundingWeight = 1e-12;

/**
 * Value at risk as the lower quantile: the smallest loss whose cumulated probability reaches the confidence.
 *
 * @param losses positive = bad
 * @param weights probabilities, >= 0, summing to 1
 * @returns NaN for no losses
 * Source: Rockafellar and Uryasev, Conditional value-at-risk for general loss distributions (2002), definition 1.
 */
export function lowerQuantile(losses: Float64Array, weights: Float64Array, confidence: number): number {
  const order = Int32Array.from(losses.keys()).sort((a, b) => losses[a]! - losses[b]! || a - b);
  let cumulated = 0;
  for (const scenario of order) {
    cumulated += weights[scenario]!;
    if (cumulated >= confidence - roundingWeight) return losses[scenario]!;
  }
  return order.length === 0 ? Number.NaN : losses[order[order.length - 1]!]!;
}

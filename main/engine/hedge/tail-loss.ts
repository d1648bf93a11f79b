/** Expected shortfall and value at risk of a discrete distribution of losses, with the tail they were taken over. */
export type TailLoss = {
  /** Mean of the worst 1 − confidence of probability; the scenario at the edge counts with the part that belongs to it. */
  readonly expectedShortfallUsd: number;
  /** Smallest loss whose cumulated probability reaches the confidence. */
  readonly valueAtRiskUsd: number;
  /** Weight of each scenario in the expected shortfall; sums to 1. */
  readonly tailWeights: Float64Array;
};

/**
 * Expected shortfall by direct tail average, splitting the probability atom at the edge.
 *
 * @param lossesUsd losses, positive = bad
 * @param weights probabilities, >= 0, summing to 1
 * @param confidence in [0, 1); 0 gives the mean
 * @returns NaN figures for an empty or NaN distribution
 * Source: Rockafellar and Uryasev, Conditional value-at-risk for general loss distributions (2002), proposition 8.
 */
export function tailLoss(lossesUsd: Float64Array, weights: Float64Array, confidence: number): TailLoss {
  const tailWeights = new Float64Array(lossesUsd.length);
  const order = worstFirst(lossesUsd);
  const tail = 1 - confidence;
  let remaining = tail;
  let sum = 0;
  let compensation = 0;
  for (let k = 0; k < order.length && remaining > 0; k++) {
    const scenario = order[k]!;
    const taken = Math.min(weights[scenario]!, remaining);
    // A remainder at the scale of rounding is not a scenario of its own.
    remaining = remaining - taken < 1e-13 ? 0 : remaining - taken;
    tailWeights[scenario] = taken / tail;
    const term = (taken / tail) * lossesUsd[scenario]! - compensation;
    const next = sum + term;
    compensation = next - sum - term;
    sum = next;
  }
  return {
    expectedShortfallUsd: order.length === 0 ? Number.NaN : sum,
    valueAtRiskUsd: lowerQuantile(lossesUsd, weights, { order, confidence }),
    tailWeights,
  };
}

/** Walks from the best loss up until the cumulated probability reaches the confidence (within rounding). */
function lowerQuantile(lossesUsd: Float64Array, weights: Float64Array, at: { order: Int32Array; confidence: number }): number {
  let cumulated = 0;
  for (let k = at.order.length - 1; k >= 0; k--) {
    const scenario = at.order[k]!;
    cumulated += weights[scenario]!;
    if (cumulated >= at.confidence - 1e-12) return lossesUsd[scenario]!;
  }
  return at.order.length === 0 ? Number.NaN : lossesUsd[at.order[0]!]!;
}

/** Scenario indexes by falling loss; equal losses keep their order, so that the result has the same bits every time. */
function worstFirst(lossesUsd: Float64Array): Int32Array {
  const order = new Int32Array(lossesUsd.length);
  for (let k = 0; k < order.length; k++) order[k] = k;
  return order.sort((a, b) => lossesUsd[b]! - lossesUsd[a]! || a - b);
}

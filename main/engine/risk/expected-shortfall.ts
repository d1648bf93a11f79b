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
  const order = worstFirst(losses);
  const total = totalWeight(weights, n);
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

function worstFirst(losses: Float64Array): number[] {
  return Array.from({ length: losses.length }, (_, i) => i).sort((left, right) => losses[right]! - losses[left]! || left - right);
}

function totalWeight(weights: Float64Array | null, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i += 1) total += weights === null ? 1 : weights[i]!;
  return total;
}

/**
 * Euler shares of an expected shortfall: each part's mean loss over the tail of the whole. They sum to the whole's expected shortfall, and
 * where that is smooth in the sizes they are size × marginal change. Not meant for losses that jump, e.g. by liquidations.
 *
 * @param lossesByPart scenario × part
 * @param confidence in [0, 1)
 * @returns NaN without scenarios
 * Source: D. Tasche, "Risk contributions and performance measurement", working paper, TU München (1999).
 */
export function expectedShortfallShares(lossesByPart: Float64Array, parts: number, confidence: number): Float64Array {
  const n = parts === 0 ? 0 : lossesByPart.length / parts;
  const shares = new Float64Array(parts);
  if (n === 0) return shares.fill(NaN);
  const whole = new Float64Array(n);
  for (let s = 0; s < n; s += 1) for (let part = 0; part < parts; part += 1) whole[s]! += lossesByPart[s * parts + part]!;
  const tail = (1 - confidence) * n;
  let seen = 0;
  for (const s of worstFirst(whole)) {
    if (seen >= tail) break;
    const weight = Math.min(1, tail - seen) / tail;
    for (let part = 0; part < parts; part += 1) shares[part]! += weight * lossesByPart[s * parts + part]!;
    seen += 1;
  }
  return shares;
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

/**
 * Sum with Neumaier's running compensation: the rounding error of each addition is carried beside the sum, so that the
 * result is as if added in twice the precision and rounded once. An infinite or NaN term gives what plain addition gives.
 *
 * @returns 0 for an empty array
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974) 39-51.
 */
export function sumAccurate(values: Float64Array): number {
  let sum = 0;
  let compensation = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    const next = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(compensation) ? sum + compensation : sum;
}

/**
 * Σ leftᵢ × rightᵢ over the shorter length with the same compensation of the additions (products are rounded).
 *
 * @returns 0 for empty arrays
 */
export function dotAccurate(left: Float64Array, right: Float64Array): number {
  const length = Math.min(left.length, right.length);
  let sum = 0;
  let compensation = 0;
  for (let i = 0; i < length; i += 1) {
    const value = left[i]! * right[i]!;
    const next = sum + value;
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(compensation) ? sum + compensation : sum;
}

/**
 * Deepest fall of a path below the highest point before it, from its changes: max over t of (max over s ≤ t of x_s) − x_t, where x
 * starts at zero. Same unit as the changes, ≥ 0.
 */
export function worstDrawdown(changes: Float64Array): number {
  let level = 0;
  let highest = 0;
  let worst = 0;
  for (let i = 0; i < changes.length; i += 1) {
    level += changes[i]!;
    highest = Math.max(highest, level);
    worst = Math.max(worst, highest - level);
  }
  return worst;
}

/** Mean square distance of the changes from their mean; NaN without changes. */
export function varianceOf(changes: Float64Array): number {
  return covarianceOf(changes, changes);
}

/** Mean product of the distances of two series of the same length from their means; NaN without values. */
export function covarianceOf(left: Float64Array, right: Float64Array): number {
  const leftMean = meanOf(left);
  const rightMean = meanOf(right);
  let sum = 0;
  for (let i = 0; i < left.length; i += 1) sum += (left[i]! - leftMean) * (right[i]! - rightMean);
  return sum / left.length;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]!;
  return sum / values.length;
}

/** Sweeps over the points, and the largest change in one, relative to the scale of the values, at which it is done. */
const MOST_SWEEPS = 400;
const SETTLED = 1e-7;
/** Weight of nearness to the target against smoothness, on a grid of unit spacing. */
const NEARNESS = 0.005;

/**
 * The smoothest values near a target within bands: least Σ (jump of the slope at each inner point)² + nearness × (value − target)², each value kept
 * between its ends. Found by moving one point after the other to where it is best, given the others; every step lowers the sum, so it ends, and what it
 * has when the sweeps are used up is within the bands all the same.
 *
 * @param x strictly ascending
 * @param low lower ends, at most `high`
 */
export function smoothWithin(x: Float64Array, low: Float64Array, high: Float64Array, target: Float64Array): Float64Array {
  const count = x.length;
  const values = target.map((value, i) => Math.min(high[i]!, Math.max(low[i]!, value)));
  if (count < 3) return values;
  const spacing = (x[count - 1]! - x[0]!) / (count - 1);
  const scale = values.reduce((sum, value) => sum + Math.abs(value), 0) / count;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let largest = 0;
    for (let step = 0; step < count; step += 1) {
      const i = sweep % 2 === 0 ? step : count - 1 - step;
      const best = Math.min(high[i]!, Math.max(low[i]!, bestValue({ x, values, target, spacing }, i)));
      largest = Math.max(largest, Math.abs(best - values[i]!));
      values[i] = best;
    }
    if (largest <= SETTLED * scale) break;
  }
  return values;
}

type Smoothing = { readonly x: Float64Array; readonly values: Float64Array; readonly target: Float64Array; readonly spacing: number };

/** Where point i is best: the sum is a parabola in it. The slope jump at j is a linear function of the three values around j. */
function bestValue({ x, values, target, spacing }: Smoothing, i: number): number {
  let square = NEARNESS;
  let linear = NEARNESS * target[i]!;
  for (let j = Math.max(1, i - 1); j <= Math.min(x.length - 2, i + 1); j += 1) {
    const before = spacing / (x[j]! - x[j - 1]!);
    const after = spacing / (x[j + 1]! - x[j]!);
    const own = i === j ? -(before + after) : i < j ? before : after;
    const others = before * values[j - 1]! - (before + after) * values[j]! + after * values[j + 1]! - own * values[i]!;
    square += own * own;
    linear -= own * others;
  }
  return linear / square;
}

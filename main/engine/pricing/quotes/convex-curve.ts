/** A convex curve inside bands, and the points whose band no convex curve can reach. */
export type ConvexCurve = { readonly values: Float64Array; readonly missed: readonly number[] };

/** Room for rounding, on a scale where the largest price is one. */
const ROUNDING = 1e-13;

/**
 * The greatest convex function that lies on or below points, at their places.
 *
 * @param x strictly ascending
 */
export function convexMinorant(x: Float64Array, y: Float64Array): Float64Array {
  const hull: number[] = [];
  for (let i = 0; i < x.length; i += 1) {
    while (hull.length >= 2 && !isBelowChord(x, y, hull.at(-2) ?? 0, hull.at(-1) ?? 0, i)) hull.pop();
    hull.push(i);
  }
  const out = Float64Array.from(y);
  for (let h = 1; h < hull.length; h += 1) {
    const from = hull[h - 1]!;
    const to = hull[h]!;
    for (let i = from + 1; i < to; i += 1) out[i] = y[from]! + ((y[to]! - y[from]!) * (x[i]! - x[from]!)) / (x[to]! - x[from]!);
  }
  return out;
}

/** Whether point `middle` lies strictly below the chord from `left` to `right`. */
function isBelowChord(x: Float64Array, y: Float64Array, left: number, middle: number, right: number): boolean {
  return (y[middle]! - y[left]!) * (x[right]! - x[left]!) < (y[right]! - y[left]!) * (x[middle]! - x[left]!);
}

/**
 * A convex curve within bands that stays near a target. The greatest convex curve under the upper ends decides what can be reached: a lower end
 * above it is given up and named. The target, put into its band, is pressed below by its convex minorant; where that falls out of a
 * band, the curve is lifted by a line through the lower end parallel to a support of the greatest curve, which stays under every upper
 * end. The largest of convex curves is convex, so the result is exact: no iteration, no tolerance.
 *
 * @param x strictly ascending
 * @param low lower ends, at most `high`
 * @param high upper ends
 */
export function convexWithin(x: Float64Array, low: Float64Array, high: Float64Array, target: Float64Array): ConvexCurve {
  const greatest = convexMinorant(x, high);
  const missed: number[] = [];
  const floor = Float64Array.from(low);
  for (let i = 0; i < x.length; i += 1) {
    if (floor[i]! > greatest[i]! + ROUNDING) missed.push(i);
    floor[i] = Math.min(floor[i]!, greatest[i]!);
  }
  const values = convexMinorant(
    x,
    target.map((value, i) => Math.min(high[i]!, Math.max(floor[i]!, value))),
  );
  for (let i = 0; i < x.length; i += 1) {
    // A gap of rounding is none: lifting for it would move the curve by up to the width of its neighbours' bands.
    if (values[i]! >= floor[i]! - ROUNDING) continue;
    const slope = supportSlope(x, greatest, i);
    for (let j = 0; j < x.length; j += 1) values[j] = Math.max(values[j]!, floor[i]! + slope * (x[j]! - x[i]!));
  }
  return { values, missed };
}

/** Slope of a line that touches a convex curve at a point from below: the mean of the slopes on both sides. */
function supportSlope(x: Float64Array, y: Float64Array, i: number): number {
  const left = i > 0 ? (y[i]! - y[i - 1]!) / (x[i]! - x[i - 1]!) : null;
  const right = i + 1 < x.length ? (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!) : null;
  if (left === null) return right ?? 0;
  return right === null ? left : (left + right) / 2;
}

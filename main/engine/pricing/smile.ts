/**
 * Volatility smile of one expiry: total variance σ²T at ascending log-moneyness ln(K/F), with the slope at each node.
 * Empty when no point was usable.
 */
export type Smile = {
  readonly years: number;
  readonly logMoneyness: Float64Array;
  readonly totalVariance: Float64Array;
  readonly slopes: Float64Array;
};

/** Smiles by ascending expiry. */
export type Surface = { readonly years: Float64Array; readonly smiles: readonly Smile[] };

/** Distance in log-moneyness over which the outward slope beyond the last strike fades away. */
const FADE = 0.25;
/** Lee's bound on the slope of total variance in log-moneyness. Source: R. Lee, Mathematical Finance 14 (2004). */
const LARGEST_WING_SLOPE = 2;

/**
 * The smile through given total variances. Between nodes total variance is a cubic with a continuous slope that never overshoots its neighbours (Fritsch and
 * Carlson); beyond them the outward slope, if it rises, fades over a quarter of log-moneyness, and if it falls the variance stays flat.
 *
 * @param logMoneyness strictly ascending
 * Source: F. N. Fritsch, R. E. Carlson, "Monotone piecewise cubic interpolation", SIAM J. Numerical Analysis 17 (1980).
 */
export function smileThrough(years: number, logMoneyness: Float64Array, totalVariance: Float64Array): Smile {
  const count = logMoneyness.length;
  const slopes = monotoneSlopes(logMoneyness, totalVariance);
  // The wings: outward slopes may rise up to Lee's bound, and never fall.
  if (count > 1) {
    slopes[0] = Math.max(-LARGEST_WING_SLOPE, Math.min(0, slopes[0]!));
    slopes[count - 1] = Math.min(LARGEST_WING_SLOPE, Math.max(0, slopes[count - 1]!));
  }
  return { years, logMoneyness, totalVariance, slopes };
}

/** Total variance of a smile at a log-moneyness; NaN without points. */
export function totalVarianceAt(smile: Smile, logMoneyness: number): number {
  const x = smile.logMoneyness;
  const last = x.length - 1;
  if (last < 0 || Number.isNaN(logMoneyness)) return NaN;
  if (logMoneyness <= x[0]!) return smile.totalVariance[0]! - smile.slopes[0]! * faded(x[0]! - logMoneyness);
  if (logMoneyness >= x[last]!) return smile.totalVariance[last]! + smile.slopes[last]! * faded(logMoneyness - x[last]!);
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (x[middle]! <= logMoneyness) low = middle;
    else high = middle;
  }
  const width = x[high]! - x[low]!;
  const t = (logMoneyness - x[low]!) / width;
  const u = 1 - t;
  const left = smile.totalVariance[low]! + (smile.slopes[low]! * width + 2 * smile.totalVariance[low]!) * t;
  const right = smile.totalVariance[high]! + (2 * smile.totalVariance[high]! - smile.slopes[high]! * width) * u;
  return left * u * u + right * t * t;
}

/**
 * Volatility at any time to expiry: total variance linear in time between neighbouring expiries at the same log-moneyness
 * (never falling in time); constant volatility before the first and after the last expiry.
 *
 * @param years time to expiry, > 0
 * @returns NaN for an empty surface
 */
export function surfaceVolatility(surface: Surface, years: number, logMoneyness: number): number {
  const last = surface.years.length - 1;
  if (last < 0 || !(years > 0)) return NaN;
  let high = 0;
  while (high <= last && surface.years[high]! < years) high += 1;
  if (high === 0 || high > last) {
    const at = Math.min(high, last);
    return Math.sqrt(totalVarianceAt(surface.smiles[at]!, logMoneyness) / surface.years[at]!);
  }
  const before = totalVarianceAt(surface.smiles[high - 1]!, logMoneyness);
  const after = Math.max(before, totalVarianceAt(surface.smiles[high]!, logMoneyness));
  const weight = (years - surface.years[high - 1]!) / (surface.years[high]! - surface.years[high - 1]!);
  return Math.sqrt((before + weight * (after - before)) / years);
}

/** Length over which a slope counts when it fades exponentially with {@link FADE}. */
function faded(distance: number): number {
  return -FADE * Math.expm1(-distance / FADE);
}

/** Node slopes of a monotone piecewise cubic: 0 at local extremes, a weighted harmonic mean of the secants elsewhere. */
function monotoneSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const count = x.length;
  const slopes = new Float64Array(count);
  if (count < 2) return slopes;
  for (let i = 1; i < count - 1; i += 1) {
    const left = x[i]! - x[i - 1]!;
    const right = x[i + 1]! - x[i]!;
    const secantLeft = (y[i]! - y[i - 1]!) / left;
    const secantRight = (y[i + 1]! - y[i]!) / right;
    if (secantLeft * secantRight > 0) {
      const weightLeft = 2 * right + left;
      const weightRight = right + 2 * left;
      slopes[i] = (weightLeft + weightRight) / (weightLeft / secantLeft + weightRight / secantRight);
    }
  }
  slopes[0] = (y[1]! - y[0]!) / (x[1]! - x[0]!);
  slopes[count - 1] = (y[count - 1]! - y[count - 2]!) / (x[count - 1]! - x[count - 2]!);
  return slopes;
}

import { complementaryErrorFunction, scaledComplementaryErrorFunction } from './error-function.ts';

const SQRT_HALF = 0.7071067811865476;
const SQRT_HALF_PI = 1.2533141373155003;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/**
 * Standard normal distribution function Φ(x) = erfc(−x/√2)/2. Absolute error below 2e-16; relative error below 2e-15 in the
 * lower tail down to −37, where it underflows. 0 at −∞, 1 at +∞, NaN for NaN.
 */
export function normalCdf(x: number): number {
  if (!(x < -1)) return 0.5 * complementaryErrorFunction(-x * SQRT_HALF);
  if (x < -38.6) return 0;
  return 0.5 * exponentialOfMinusHalfSquare(-x) * scaledComplementaryErrorFunction(-x * SQRT_HALF);
}

/**
 * Mills ratio Φ(−x)/φ(x), the scaled upper tail: finite for every x > −38, about 1/x for large x. The difference of two of
 * them gives an option's time value without cancelling two small probabilities.
 */
export function millsRatio(x: number): number {
  return SQRT_HALF_PI * scaledComplementaryErrorFunction(x * SQRT_HALF);
}

/** exp(−y²/2) for y >= 0 with the large part of the square exact. */
function exponentialOfMinusHalfSquare(y: number): number {
  const head = Math.trunc(y * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (y - head) * (y + head));
}

/** Standard normal density φ(x) = exp(−x²/2)/√(2π); 0 at ±∞, NaN for NaN. */
export function normalPdf(x: number): number {
  return INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * x * x);
}

/**
 * Inverse of {@link normalCdf}. A first value from the rational approximation of P. J. Acklam (relative error 1.2e-9) and
 * two Halley steps on log Φ of the nearer tail, which keeps relative accuracy for probabilities down to 1e-300.
 *
 * @param p probability; −Infinity at 0, +Infinity at 1, NaN outside [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

/** Quantile for 0 < p <= 1/2. */
function lowerQuantile(p: number): number {
  if (p === 0.5) return 0;
  let x = firstQuantile(p);
  for (let step = 0; step < 2; step += 1) {
    const density = normalPdf(x);
    if (density === 0) break;
    const cumulative = normalCdf(x);
    // Newton on ln Φ(x) = ln p; its curvature (−x − φ/Φ) enters as Halley's correction.
    const ratio = cumulative / density;
    const newton = ratio * Math.log(cumulative / p);
    x -= newton / (1 - 0.5 * newton * (-x - 1 / ratio));
  }
  return x;
}

/** Acklam's rational approximation for 0 < p <= 1/2. */
function firstQuantile(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    const top =
      ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q +
      2.938163982698783;
    return top / ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  const top =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r +
    2.506628277459239;
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1;
  return (q * top) / bottom;
}

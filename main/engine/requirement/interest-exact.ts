import { RAY, rayMul, rayPower } from '../math/fixed-point.ts';

/** Seconds in the contracts' year of 365 days. */
export const SECONDS_PER_YEAR = 31_536_000n;

/**
 * Growth factor at simple interest, ray: 1 + rate × seconds / year, halves up.
 *
 * @param rateRay rate per year, ray
 */
export function linearInterestRay(rateRay: bigint, seconds: bigint): bigint {
  return RAY + (rateRay * seconds + SECONDS_PER_YEAR / 2n) / SECONDS_PER_YEAR;
}

/**
 * Growth factor of a debt as the pool computes it since revision 3.5, ray: 1 + x + x (x/2 + x × x/6) with x = rate × seconds / year, the
 * cubic Taylor polynomial of e^x (below it by about x⁴/24).
 *
 * Source: aave-dao/aave-v3-origin, MathUtils.calculateCompoundedInterest.
 */
export function compoundedInterestRay(rateRay: bigint, seconds: bigint): bigint {
  const x = (rateRay * seconds) / SECONDS_PER_YEAR;
  return RAY + x + rayMul(x, x / 2n + rayMul(x, x / 6n));
}

/**
 * Growth factor by the first three terms of the binomial series per second, ray, as earlier revisions and the interface library
 * compute it. The cube of the rate per second is rounded to the ray, which makes its last term coarse.
 *
 * Source: npm @aave/math-utils, pool-math.
 */
export function binomialInterestRay(rateRay: bigint, seconds: bigint): bigint {
  if (seconds === 0n) return RAY;
  const perSecond = rateRay / SECONDS_PER_YEAR;
  const squared = rayMul(perSecond, perSecond);
  const cubed = rayMul(squared, perSecond);
  const pairs = seconds * (seconds - 1n);
  const triples = seconds > 2n ? pairs * (seconds - 2n) : 0n;
  return RAY + perSecond * seconds + (pairs * squared) / 2n + (triples * cubed) / 6n;
}

/** Yearly yield of a rate compounded every second, ray: (1 + rate/year)^year − 1. */
export function yearlyYieldRay(rateRay: bigint): bigint {
  return rayPower(RAY + rateRay / SECONDS_PER_YEAR, SECONDS_PER_YEAR) - RAY;
}

import { multiplyDivide, RAY, rayMul, rayPower } from '../../math/fixed-point.ts';
import type { Rounding } from '../../math/fixed-point.ts';

/** Seconds in the contracts' year of 365 days. */
export const SECONDS_PER_YEAR = 31_536_000n;

/**
 * Growth factor at simple interest, ray: 1 + rate × seconds / year.
 *
 * @param rateRay rate per year, ray
 * @param rounding the contracts round down, the interface library halves up
 */
export function linearInterestRay(rateRay: bigint, seconds: bigint, rounding: Rounding): bigint {
  return RAY + multiplyDivide(rateRay, seconds, SECONDS_PER_YEAR, rounding);
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
 * Growth factor of a debt as the pool computed it before, ray: the first three terms of the binomial series per second, with the powers of
 * the yearly rate divided by those of the year, rounded down.
 *
 * Source: npm @aave/core-v3 1.19.3, MathUtils.calculateCompoundedInterest.
 */
export function binomialContractRay(rateRay: bigint, seconds: bigint): bigint {
  const squared = rayMul(rateRay, rateRay) / (SECONDS_PER_YEAR * SECONDS_PER_YEAR);
  const cubed = rayMul(squared, rateRay) / SECONDS_PER_YEAR;
  return RAY + (rateRay * seconds) / SECONDS_PER_YEAR + higherTerms(seconds, squared, cubed);
}

/**
 * The same series as the interface library computes it, ray. The powers are those of the rate per second, each rounded to the ray, which
 * makes the last term coarse.
 *
 * Source: npm @aave/math-utils, pool-math.
 */
export function binomialInterestRay(rateRay: bigint, seconds: bigint): bigint {
  if (seconds === 0n) return RAY;
  const perSecond = rateRay / SECONDS_PER_YEAR;
  const squared = rayMul(perSecond, perSecond);
  return RAY + perSecond * seconds + higherTerms(seconds, squared, rayMul(squared, perSecond));
}

/** Second and third term of the series: n (n − 1) / 2 × r² + n (n − 1) (n − 2) / 6 × r³. */
function higherTerms(seconds: bigint, squared: bigint, cubed: bigint): bigint {
  const pairs = seconds === 0n ? 0n : seconds * (seconds - 1n);
  const triples = seconds > 2n ? pairs * (seconds - 2n) : 0n;
  return (pairs * squared) / 2n + (triples * cubed) / 6n;
}

/** Yearly yield of a rate compounded every second, ray: (1 + rate/year)^year − 1. */
export function yearlyYieldRay(rateRay: bigint): bigint {
  return rayPower(RAY + rateRay / SECONDS_PER_YEAR, SECONDS_PER_YEAR) - RAY;
}

/*
 * Unsigned fixed-point integers as the lending contracts compute them. wad = 10^18, ray = 10^27, percentages in basis points.
 * A zero divisor is the caller's mistake: bigint division throws on it, as the contracts revert.
 * Source: aave-dao/aave-v3-origin, WadRayMath and PercentageMath.
 */

/** One in wad. */
export const WAD = 10n ** 18n;
/** One in ray. */
export const RAY = 10n ** 27n;
/** One hundred percent in basis points. */
export const FULL_BPS = 10_000n;

/** Where an inexact quotient goes; nearest takes halves up. */
export type Rounding = 'down' | 'nearest' | 'up';

/** a × b / c rounded as told. */
export function multiplyDivide(a: bigint, b: bigint, c: bigint, rounding: Rounding): bigint {
  const most = rounding === 'down' ? 0n : rounding === 'up' ? c - 1n : c / 2n;
  return (a * b + most) / c;
}

/** a × b / c rounded down. */
export function multiplyDivideDown(a: bigint, b: bigint, c: bigint): bigint {
  return (a * b) / c;
}

/** a × b / c rounded up. */
export function multiplyDivideUp(a: bigint, b: bigint, c: bigint): bigint {
  return (a * b + c - 1n) / c;
}

/** value × bps / 10,000, halves up. */
export function percentMul(value: bigint, bps: bigint): bigint {
  return (value * bps + FULL_BPS / 2n) / FULL_BPS;
}

/** value × 10,000 / bps, halves up. */
export function percentDiv(value: bigint, bps: bigint): bigint {
  return (value * FULL_BPS + bps / 2n) / bps;
}

/** a × b / 10^18, halves up. */
export function wadMul(a: bigint, b: bigint): bigint {
  return (a * b + WAD / 2n) / WAD;
}

/** a × 10^18 / b, halves up. */
export function wadDiv(a: bigint, b: bigint): bigint {
  return (a * WAD + b / 2n) / b;
}

/** a × b / 10^27, halves up. */
export function rayMul(a: bigint, b: bigint): bigint {
  return (a * b + RAY / 2n) / RAY;
}

/** a × 10^27 / b, halves up. */
export function rayDiv(a: bigint, b: bigint): bigint {
  return (a * RAY + b / 2n) / b;
}

/** x^n in ray by repeated squaring, each product rounded. */
export function rayPower(x: bigint, n: bigint): bigint {
  let result = n % 2n === 1n ? x : RAY;
  let base = x;
  for (let rest = n / 2n; rest > 0n; rest /= 2n) {
    base = rayMul(base, base);
    if (rest % 2n === 1n) result = rayMul(result, base);
  }
  return result;
}

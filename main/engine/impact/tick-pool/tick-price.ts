/*
 * Prices of a tick pool: √price of token 0 in token 1 as a Q64.96 integer; tick t stands for the price 1.0001^t.
 * Source: Uniswap v3 white paper, section 6.1, and TickMath as executed.
 */
import { integerRoot } from '../../math/integer-root.ts';

/** Ticks reach from −887,272 to 887,272: beyond, the square root of the price does not fit. */
export const LARGEST_TICK = 887_272;
/** √price of the smallest tick; a price must be at or above it. */
export const SMALLEST_SQRT_PRICE = 4_295_128_739n;
/** √price of the largest tick; a price must be below it. */
export const SQRT_PRICE_BOUND = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n;

const FRACTION_BITS = 128n;
const LARGEST_UINT256 = (1n << 256n) - 1n;

/** 1.0001^(−2^k / 2) for k = 0 … 19, Q128, to the nearest unit: what the contract lists as constants. */
const powers = halfPowers();

function halfPowers(): readonly bigint[] {
  const workBits = 640n;
  const base = (10_000n << workBits) / 10_001n;
  const rounded = (value: bigint): bigint => ((value >> (workBits - FRACTION_BITS - 1n)) + 1n) >> 1n;
  const found = [rounded(integerRoot(base << workBits))];
  for (let power = base; found.length < 20; power = (power * power) >> workBits) found.push(rounded(power));
  return found;
}

/** √price of a tick, rounded up; null outside the range of ticks. */
export function sqrtPriceOfTick(tick: number): bigint | null {
  return Number.isInteger(tick) && Math.abs(tick) <= LARGEST_TICK ? clampedSqrtPrice(tick) : null;
}

/** √price of the tick, or of the nearest one in range. */
export function clampedSqrtPrice(tick: number): bigint {
  const size = Math.min(Math.abs(tick), LARGEST_TICK);
  let ratio = 1n << FRACTION_BITS;
  for (let k = 0; k < powers.length; k += 1) {
    if (((size >> k) & 1) === 1) ratio = (ratio * powers[k]!) >> FRACTION_BITS;
  }
  if (tick > 0) ratio = LARGEST_UINT256 / ratio;
  return (ratio + 0xffffffffn) >> 32n;
}

/** Greatest tick whose √price is at or below the given one; null outside the range of prices. */
export function tickOfSqrtPrice(sqrtPriceX96: bigint): number | null {
  return sqrtPriceX96 < SMALLEST_SQRT_PRICE || sqrtPriceX96 >= SQRT_PRICE_BOUND ? null : tickInRange(sqrtPriceX96);
}

/** The same for a price known to be in range. */
export function tickInRange(sqrtPriceX96: bigint): number {
  // Double precision finds the tick to within one; the integers decide.
  const near = Math.floor((2 * Math.log(Number(sqrtPriceX96) / 2 ** 96)) / Math.log(1.0001));
  const tick = Math.max(-LARGEST_TICK, Math.min(LARGEST_TICK - 1, near));
  if (clampedSqrtPrice(tick) > sqrtPriceX96) return tick - 1;
  return tick < LARGEST_TICK - 1 && clampedSqrtPrice(tick + 1) <= sqrtPriceX96 ? tick + 1 : tick;
}

/** ⌊√(numerator / denominator) × 2^96⌋, the √price that a pool is opened with. */
export function sqrtPriceOfRatio(numerator: bigint, denominator: bigint): bigint {
  return integerRoot((numerator << 192n) / denominator);
}

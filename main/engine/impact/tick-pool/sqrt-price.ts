/*
 * How √price and amounts move together at constant liquidity, each rounded in the pool's favour as the contract rounds it.
 * Source: Uniswap v3 white paper, section 6.2.3, and SqrtPriceMath as executed.
 */
import { multiplyDivideUp } from '../../math/fixed-point.ts';

const Q96 = 1n << 96n;
const UINT160 = 1n << 160n;
const UINT256 = 1n << 256n;

/** Token 0 between two √prices: L (√b − √a) / (√a √b), rounded up for the payer and down for the receiver. */
export function amount0Between(one: bigint, other: bigint, liquidity: bigint, isRoundedUp: boolean): bigint {
  const [lower, upper] = one < other ? [one, other] : [other, one];
  const scaled = (liquidity << 96n) * (upper - lower);
  if (!isRoundedUp) return scaled / upper / lower;
  return ceilingDivide(ceilingDivide(scaled, upper), lower);
}

/** Token 1 between two √prices: L (√b − √a), rounded up for the payer and down for the receiver. */
export function amount1Between(one: bigint, other: bigint, liquidity: bigint, isRoundedUp: boolean): bigint {
  const product = liquidity * (one < other ? other - one : one - other);
  return isRoundedUp ? ceilingDivide(product, Q96) : product / Q96;
}

/** √price after an amount has come in, rounded so that it does not pass the true one; null where it does not fit. */
export function sqrtPriceAfterInput(sqrtPrice: bigint, liquidity: bigint, amount: bigint, isToken0: boolean): bigint | null {
  if (sqrtPrice <= 0n || liquidity <= 0n) return null;
  return isToken0 ? afterAdding0(sqrtPrice, liquidity, amount) : fits(sqrtPrice + (amount << 96n) / liquidity);
}

/** √price after an amount has gone out, rounded so that it passes the true one; null where the pool does not hold so much. */
export function sqrtPriceAfterOutput(sqrtPrice: bigint, liquidity: bigint, amount: bigint, isToken0: boolean): bigint | null {
  if (sqrtPrice <= 0n || liquidity <= 0n) return null;
  if (isToken0) return afterRemoving0(sqrtPrice, liquidity, amount);
  const fall = ceilingDivide(amount << 96n, liquidity);
  return sqrtPrice > fall ? sqrtPrice - fall : null;
}

/** L √p / (L + x √p) rounded up; where the product leaves 256 bits the contract takes L / (L/√p + x), which rounds otherwise. */
function afterAdding0(sqrtPrice: bigint, liquidity: bigint, amount: bigint): bigint {
  if (amount === 0n) return sqrtPrice;
  const scaled = liquidity << 96n;
  const product = amount * sqrtPrice;
  if (product + scaled < UINT256) return multiplyDivideUp(scaled, sqrtPrice, scaled + product);
  return ceilingDivide(scaled, scaled / sqrtPrice + amount);
}

function afterRemoving0(sqrtPrice: bigint, liquidity: bigint, amount: bigint): bigint | null {
  if (amount === 0n) return sqrtPrice;
  const scaled = liquidity << 96n;
  const product = amount * sqrtPrice;
  if (product >= UINT256 || product >= scaled) return null;
  return fits(multiplyDivideUp(scaled, sqrtPrice, scaled - product));
}

function fits(sqrtPrice: bigint): bigint | null {
  return sqrtPrice < UINT160 ? sqrtPrice : null;
}

function ceilingDivide(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}

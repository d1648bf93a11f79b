import { multiplyDivideDown, multiplyDivideUp } from '../../math/fixed-point.ts';
import { amount0Between, amount1Between, sqrtPriceAfterInput, sqrtPriceAfterOutput } from './sqrt-price.ts';

/** One hundred percent in the pips of a fee: a fee of 3,000 is 0.3 %. */
export const FULL_PIPS = 1_000_000n;

/** A stretch of a swap at constant liquidity. */
export type SwapStretch = {
  readonly sqrtPriceX96: bigint;
  /** Not to be passed; also gives the direction: at or below the price, token 0 comes in. */
  readonly sqrtTargetX96: bigint;
  readonly liquidity: bigint;
  /** Above or at zero the input still to be given, fee included; below zero the output still wanted. */
  readonly amountRemaining: bigint;
  readonly feePips: bigint;
};

/** What the stretch takes and gives. The fee is on top of `amountIn`. */
export type SwapStep = {
  readonly sqrtNextX96: bigint;
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  readonly feeAmount: bigint;
};

/**
 * One step of a swap: to the target, or as far as the amount lasts. An input that does not reach the target is used up, whatever is
 * left over by rounding being fee; otherwise the fee is input × fee / (1 − fee), rounded up.
 *
 * @returns null where the next price does not exist (no liquidity to stop at, or more output than there is)
 * Source: Uniswap v3 SwapMath as executed.
 */
export function swapStep(stretch: SwapStretch): SwapStep | null {
  const { sqrtPriceX96, sqrtTargetX96, liquidity, amountRemaining, feePips } = stretch;
  const isFalling = sqrtPriceX96 >= sqrtTargetX96;
  const isExactInput = amountRemaining >= 0n;
  const sqrtNextX96 = isExactInput ? nextByInput(stretch, isFalling) : nextByOutput(stretch, isFalling);
  if (sqrtNextX96 === null) return null;
  const amountIn = inputBetween(sqrtPriceX96, sqrtNextX96, liquidity, isFalling);
  const wholeOut = outputBetween(sqrtPriceX96, sqrtNextX96, liquidity, isFalling);
  const amountOut = !isExactInput && wholeOut > -amountRemaining ? -amountRemaining : wholeOut;
  const feeAmount =
    isExactInput && sqrtNextX96 !== sqrtTargetX96 ? amountRemaining - amountIn : multiplyDivideUp(amountIn, feePips, FULL_PIPS - feePips);
  return { sqrtNextX96, amountIn, amountOut, feeAmount };
}

function nextByInput({ sqrtPriceX96, sqrtTargetX96, liquidity, amountRemaining, feePips }: SwapStretch, isFalling: boolean): bigint | null {
  const withoutFee = multiplyDivideDown(amountRemaining, FULL_PIPS - feePips, FULL_PIPS);
  if (withoutFee >= inputBetween(sqrtPriceX96, sqrtTargetX96, liquidity, isFalling)) return sqrtTargetX96;
  return sqrtPriceAfterInput(sqrtPriceX96, liquidity, withoutFee, isFalling);
}

function nextByOutput({ sqrtPriceX96, sqrtTargetX96, liquidity, amountRemaining }: SwapStretch, isFalling: boolean): bigint | null {
  if (-amountRemaining >= outputBetween(sqrtPriceX96, sqrtTargetX96, liquidity, isFalling)) return sqrtTargetX96;
  return sqrtPriceAfterOutput(sqrtPriceX96, liquidity, -amountRemaining, !isFalling);
}

/** Token 0 comes in when the price falls, token 1 when it rises. */
function inputBetween(from: bigint, to: bigint, liquidity: bigint, isFalling: boolean): bigint {
  return isFalling ? amount0Between(from, to, liquidity, true) : amount1Between(from, to, liquidity, true);
}

function outputBetween(from: bigint, to: bigint, liquidity: bigint, isFalling: boolean): bigint {
  return isFalling ? amount1Between(from, to, liquidity, false) : amount0Between(from, to, liquidity, false);
}

import { swapStep } from './swap-step.ts';
import { clampedSqrtPrice, LARGEST_TICK, SMALLEST_SQRT_PRICE, SQRT_PRICE_BOUND, tickInRange } from './tick-price.ts';
import type { TickPool } from './tick-pool.ts';

/** Spacings looked at by one step. A step ends at the edge even without a tick there, and each step rounds, so the edges matter. */
const STEP_SPACINGS = 256;
/** More steps than there are ticks and edges on the way from one end of the prices to the other. */
const LARGEST_STEPS = 2 * LARGEST_TICK + 2 * Math.ceil(LARGEST_TICK / STEP_SPACINGS);
const UINT256_MASK = (1n << 256n) - 1n;

/** What is asked of the pool. */
export type SwapOrder = {
  /** Token 0 comes in and the price falls; false: token 1 comes in and it rises. */
  readonly isToken0In: boolean;
  /** Above zero an exact input, below zero an exact output. */
  readonly amount: bigint;
  /** Where to stop; null for the end of the range. */
  readonly sqrtPriceLimitX96: bigint | null;
};

/** Amounts as the pool sees them, in above zero and out below; or why the pool refuses. */
export type SwapOutcome =
  | { readonly status: 'ok'; readonly amount0: bigint; readonly amount1: bigint; readonly feeAmount: bigint; readonly pool: TickPool }
  | { readonly status: 'zeroAmount' | 'limitOnWrongSide' | 'noNextPrice' };

/** The tick a step walks to and what lies there. */
type Stop = { readonly tick: number; readonly liquidityNet: bigint | null };

/** A swap on its way. */
type Walk = { sqrtPriceX96: bigint; tick: number; liquidity: bigint; remaining: bigint; counted: bigint; fee: bigint; growth: bigint };

/**
 * A swap through as many ticks as it takes. It ends when the amount is used up or the limit is reached, whichever comes first, so an
 * order with a limit may leave input unused. Where there is no liquidity the price runs on without amounts.
 *
 * Source: Uniswap v3 white paper, section 6.3, and the pool as executed, without a protocol fee.
 */
export function swapTickPool(pool: TickPool, order: SwapOrder): SwapOutcome {
  const { isToken0In, amount } = order;
  if (amount === 0n) return { status: 'zeroAmount' };
  const limit = order.sqrtPriceLimitX96 ?? (isToken0In ? SMALLEST_SQRT_PRICE + 1n : SQRT_PRICE_BOUND - 1n);
  const isLimitAhead = isToken0In
    ? limit < pool.sqrtPriceX96 && limit > SMALLEST_SQRT_PRICE
    : limit > pool.sqrtPriceX96 && limit < SQRT_PRICE_BOUND;
  if (!isLimitAhead) return { status: 'limitOnWrongSide' };
  const walk: Walk = {
    sqrtPriceX96: pool.sqrtPriceX96,
    tick: pool.tick,
    liquidity: pool.liquidity,
    remaining: amount,
    counted: 0n,
    fee: 0n,
    growth: isToken0In ? pool.feeGrowth0X128 : pool.feeGrowth1X128,
  };
  for (let steps = 0; walk.remaining !== 0n && walk.sqrtPriceX96 !== limit; steps += 1) {
    if (steps === LARGEST_STEPS || !takeStep(pool, walk, isToken0In, limit)) return { status: 'noNextPrice' };
  }
  const used = amount - walk.remaining;
  const [amount0, amount1] = isToken0In === amount > 0n ? [used, walk.counted] : [walk.counted, used];
  const { sqrtPriceX96, tick, liquidity, growth } = walk;
  const grown = isToken0In ? { feeGrowth0X128: growth } : { feeGrowth1X128: growth };
  return { status: 'ok', amount0, amount1, feeAmount: walk.fee, pool: { ...pool, sqrtPriceX96, tick, liquidity, ...grown } };
}

/** Walks to the next stop, the limit, or the end of the amount; false where the next price does not exist. */
function takeStep(pool: TickPool, walk: Walk, isFalling: boolean, limit: bigint): boolean {
  const stop = isFalling ? stopBelow(pool, walk.tick) : stopAbove(pool, walk.tick);
  const sqrtStop = clampedSqrtPrice(stop.tick);
  const isLimitNearer = isFalling ? sqrtStop < limit : sqrtStop > limit;
  const from = walk.sqrtPriceX96;
  const step = swapStep({
    sqrtPriceX96: from,
    sqrtTargetX96: isLimitNearer ? limit : sqrtStop,
    liquidity: walk.liquidity,
    amountRemaining: walk.remaining,
    feePips: pool.feePips,
  });
  if (step === null) return false;
  const paid = step.amountIn + step.feeAmount;
  if (walk.remaining > 0n) {
    walk.remaining -= paid;
    walk.counted -= step.amountOut;
  } else {
    walk.remaining += step.amountOut;
    walk.counted += paid;
  }
  walk.fee += step.feeAmount;
  if (walk.liquidity > 0n) walk.growth = (walk.growth + (step.feeAmount << 128n) / walk.liquidity) & UINT256_MASK;
  walk.sqrtPriceX96 = step.sqrtNextX96;
  if (step.sqrtNextX96 === sqrtStop) {
    walk.liquidity += isFalling ? -(stop.liquidityNet ?? 0n) : (stop.liquidityNet ?? 0n);
    walk.tick = isFalling ? stop.tick - 1 : stop.tick;
  } else if (step.sqrtNextX96 !== from) {
    walk.tick = tickInRange(step.sqrtNextX96);
  }
  return true;
}

/** Next initialised tick at or below, or the lower edge of the step. */
function stopBelow(pool: TickPool, tick: number): Stop {
  const { tickSpacing, ticks } = pool;
  const edge = Math.floor(Math.floor(tick / tickSpacing) / STEP_SPACINGS) * STEP_SPACINGS * tickSpacing;
  const found = ticks[countAtOrBelow(pool, tick) - 1];
  if (found !== undefined && found.tick >= edge) return found;
  return { tick: Math.max(edge, -LARGEST_TICK), liquidityNet: null };
}

/** Next initialised tick above, or the upper edge of the step. */
function stopAbove(pool: TickPool, tick: number): Stop {
  const { tickSpacing, ticks } = pool;
  const following = Math.floor(tick / tickSpacing) + 1;
  const edge = (Math.floor(following / STEP_SPACINGS) * STEP_SPACINGS + STEP_SPACINGS - 1) * tickSpacing;
  const found = ticks[countAtOrBelow(pool, tick)];
  if (found !== undefined && found.tick <= edge) return found;
  return { tick: Math.min(edge, LARGEST_TICK), liquidityNet: null };
}

/** How many initialised ticks are at or below a tick. */
function countAtOrBelow({ ticks }: TickPool, tick: number): number {
  let low = 0;
  let high = ticks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ticks[middle]!.tick <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}

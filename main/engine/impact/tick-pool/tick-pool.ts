import { LARGEST_TICK, tickOfSqrtPrice } from './tick-price.ts';

/** Liquidity offered between two ticks. */
export type LiquidityRange = { readonly tickLower: number; readonly tickUpper: number; readonly liquidity: bigint };

/** A tick at which some range begins or ends, and what crossing it upwards adds to the liquidity (0 where they cancel). */
export type PoolTick = { readonly tick: number; readonly liquidityNet: bigint };

/** A pool as a swap finds it and leaves it. */
export type TickPool = {
  readonly sqrtPriceX96: bigint;
  /** After a fall that stopped exactly on an initialised tick this is one below it, so not always the tick of the price. */
  readonly tick: number;
  readonly liquidity: bigint;
  readonly feePips: bigint;
  readonly tickSpacing: number;
  /** Ascending. */
  readonly ticks: readonly PoolTick[];
  /** Fees per unit of liquidity since the pool was opened, Q128, modulo 2^256. */
  readonly feeGrowth0X128: bigint;
  readonly feeGrowth1X128: bigint;
};

/** Spacing of the ticks that a fee allows; null for a fee that no pool has. Source: Uniswap v3 factory; 100 by its governance, 2021. */
export function tickSpacingOfFee(feePips: bigint): number | null {
  switch (feePips) {
    case 100n:
      return 1;
    case 500n:
      return 10;
    case 3_000n:
      return 60;
    case 10_000n:
      return 200;
    default:
      return null;
  }
}

/** Why a pool cannot be opened. */
export type OpenedPool =
  { readonly status: 'ok'; readonly pool: TickPool } | { readonly status: 'unknownFee' | 'priceOutOfRange' | 'rangeNotOnTicks' };

/** A pool with a fee, a price and ranges of liquidity, as if they were all given before the first swap. */
export function openTickPool(feePips: bigint, sqrtPriceX96: bigint, ranges: readonly LiquidityRange[]): OpenedPool {
  const tickSpacing = tickSpacingOfFee(feePips);
  if (tickSpacing === null) return { status: 'unknownFee' };
  const tick = tickOfSqrtPrice(sqrtPriceX96);
  if (tick === null) return { status: 'priceOutOfRange' };
  const net = new Map<number, bigint>();
  let liquidity = 0n;
  for (const range of ranges) {
    const { tickLower, tickUpper } = range;
    if (!isOnTicks(range, tickSpacing)) return { status: 'rangeNotOnTicks' };
    if (range.liquidity <= 0n) continue;
    net.set(tickLower, (net.get(tickLower) ?? 0n) + range.liquidity);
    net.set(tickUpper, (net.get(tickUpper) ?? 0n) - range.liquidity);
    if (tickLower <= tick && tick < tickUpper) liquidity += range.liquidity;
  }
  const ticks = [...net].map(([at, liquidityNet]) => ({ tick: at, liquidityNet })).toSorted((a, b) => a.tick - b.tick);
  return {
    status: 'ok',
    pool: { sqrtPriceX96, tick, liquidity, feePips, tickSpacing, ticks, feeGrowth0X128: 0n, feeGrowth1X128: 0n },
  };
}

function isOnTicks({ tickLower, tickUpper }: LiquidityRange, tickSpacing: number): boolean {
  const isInRange = -LARGEST_TICK <= tickLower && tickLower < tickUpper && tickUpper <= LARGEST_TICK;
  return isInRange && tickLower % tickSpacing === 0 && tickUpper % tickSpacing === 0;
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { swapTickPool } from '../../main/engine/impact/tick-pool/swap.ts';
import type { SwapOrder } from '../../main/engine/impact/tick-pool/swap.ts';
import { clampedSqrtPrice, SMALLEST_SQRT_PRICE, SQRT_PRICE_BOUND } from '../../main/engine/impact/tick-pool/tick-price.ts';
import { openTickPool, tickSpacingOfFee } from '../../main/engine/impact/tick-pool/tick-pool.ts';
import type { LiquidityRange, TickPool } from '../../main/engine/impact/tick-pool/tick-pool.ts';
import type { Deployed } from '../support/chain/deploy.ts';
import { findChainBinary, startChain } from '../support/chain/node.ts';
import type { ChainNode } from '../support/chain/node.ts';
import { deployJudge, publishedCode } from './judge.ts';
import { drawFrom } from './draw.ts';
import type { Draw } from './draw.ts';

/*
 * Swaps in the published pool of @uniswap/v3-core, executed on a local chain, against the engine: amounts, price, tick, liquidity and
 * fees after every swap, to the unit.
 */
const POOLS = 56;
const ORDERS = 50;
const REFUSALS = { zeroAmount: 'AS', limitOnWrongSide: 'SPL', noNextPrice: 'no such refusal' } as const;

/** What the contract tells after a swap. */
type Seen = {
  readonly refusal: string;
  readonly amount0: bigint;
  readonly amount1: bigint;
  readonly sqrtPrice: bigint;
  readonly tick: number;
  readonly liquidity: bigint;
  readonly feeGrowth0: bigint;
  readonly feeGrowth1: bigint;
};

/** A pool as it is opened, the orders in their sequence, and what the engine says of each. */
type Run = {
  readonly opened: TickPool;
  readonly ranges: readonly LiquidityRange[];
  readonly orders: readonly SwapOrder[];
  readonly computed: readonly Seen[];
};

const binary = findChainBinary();

describe.skipIf('missing' in binary)(`the executed pool ${'missing' in binary ? `(skipped: ${binary.missing})` : ''}`, () => {
  let node: ChainNode;
  let judge: Deployed;

  beforeAll(async () => {
    node = await startChain();
    const factory = publishedCode('@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json');
    judge = await deployJudge(node, { compiler: 'solc', file: 'swap-judge.sol', name: 'SwapJudge', args: [factory] });
  });
  afterAll(() => node.stop());

  /** The run on the chain. */
  async function execute({ opened, ranges, orders }: Run): Promise<readonly Seen[]> {
    const args = [
      Number(opened.feePips),
      opened.sqrtPriceX96,
      ranges.map(({ tickLower, tickUpper, liquidity }) => ({ lower: tickLower, upper: tickUpper, liquidity })),
      orders.map(({ isToken0In, amount, sqrtPriceLimitX96 }) => ({
        zeroForOne: isToken0In,
        amount,
        limit: sqrtPriceLimitX96 ?? endOf(isToken0In),
      })),
    ];
    return (await node.client.readContract({ ...judge, functionName: 'run', args })) as readonly Seen[];
  }

  test(`${POOLS} random pools agree with the engine after each of ${ORDERS} swaps, to the unit`, async () => {
    const met = { compared: 0, refused: 0, crossed: 0, withoutLiquidity: 0, exactlyOnTick: 0, belowItsPrice: 0, atLimit: 0 };
    for (let seed = 1; seed <= POOLS; seed += 1) {
      const run = randomRun(drawFrom(seed));
      const seen = await execute(run);
      for (const [index, computed] of run.computed.entries()) {
        expect(seen[index], `pool ${seed}, swap ${index}: ${describeOrder(run, index)}`).toEqual(computed);
        const before = run.computed[index - 1] ?? run.opened;
        met.compared += 1;
        if (computed.refusal !== '') {
          met.refused += 1;
          continue;
        }
        if (computed.liquidity !== before.liquidity) met.crossed += 1;
        if (computed.liquidity === 0n) met.withoutLiquidity += 1;
        if (run.opened.ticks.some(({ tick }) => clampedSqrtPrice(tick) === computed.sqrtPrice)) met.exactlyOnTick += 1;
        if (clampedSqrtPrice(computed.tick + 1) === computed.sqrtPrice) met.belowItsPrice += 1;
        if (computed.sqrtPrice === run.orders[index]?.sqrtPriceLimitX96) met.atLimit += 1;
      }
    }
    console.info(`tick pools: ${JSON.stringify(met)}`);
    expect(met.compared).toBe(POOLS * ORDERS);
    expect(met.compared - met.refused).toBeGreaterThan(2_000);
    for (const [boundary, count] of Object.entries(met)) expect(count, boundary).toBeGreaterThan(50);
  });
});

function endOf(isToken0In: boolean): bigint {
  return isToken0In ? SMALLEST_SQRT_PRICE + 1n : SQRT_PRICE_BOUND - 1n;
}

/** A random pool and orders that depend on where the ones before them left the price, so that limits and ticks are met exactly. */
function randomRun(draw: Draw): Run {
  const feePips = draw.oneOf([100n, 500n, 3_000n, 10_000n]);
  const spacing = tickSpacingOfFee(feePips) ?? NaN;
  const centre = draw.chance(0.1) ? draw.whole(-880_000, 880_000) : draw.whole(-60_000, 60_000);
  const onTick = clampedSqrtPrice(draw.chance(0.3) ? Math.round(centre / spacing) * spacing : centre);
  const sqrtPriceX96 = draw.chance(0.4) ? onTick : onTick + draw.below(clampedSqrtPrice(centre + 1) - clampedSqrtPrice(centre) + 1n);
  const ranges = Array.from({ length: draw.whole(0, 9) }, () => randomRange(draw, centre, spacing));
  const opened = openTickPool(feePips, sqrtPriceX96, ranges);
  if (opened.status !== 'ok') throw new Error(opened.status);
  let pool = opened.pool;
  const orders: SwapOrder[] = [];
  const computed: Seen[] = [];
  for (let i = 0; i < ORDERS; i += 1) {
    const order = randomOrder(draw, pool);
    const outcome = swapTickPool(pool, order);
    const [amount0, amount1] = outcome.status === 'ok' ? [outcome.amount0, outcome.amount1] : [0n, 0n];
    if (outcome.status === 'ok') pool = outcome.pool;
    orders.push(order);
    computed.push({
      refusal: outcome.status === 'ok' ? '' : REFUSALS[outcome.status],
      amount0,
      amount1,
      sqrtPrice: pool.sqrtPriceX96,
      tick: pool.tick,
      liquidity: pool.liquidity,
      feeGrowth0: pool.feeGrowth0X128,
      feeGrowth1: pool.feeGrowth1X128,
    });
  }
  return { opened: opened.pool, ranges, orders, computed };
}

/** A range near the price, away from it, or over everything; in spacings, some only one wide. */
function randomRange(draw: Draw, centre: number, spacing: number): LiquidityRange {
  const last = Math.floor(887_272 / spacing);
  const liquidity = draw.magnitude(0, 22);
  if (draw.chance(0.15)) return { tickLower: -last * spacing, tickUpper: last * spacing, liquidity };
  const reach = draw.oneOf([3, 40, 1_500]);
  const middle = Math.round(centre / spacing);
  const lower = Math.max(-last, Math.min(last - 1, middle + draw.whole(-reach, reach)));
  const upper = Math.min(last, lower + draw.whole(1, reach));
  return { tickLower: lower * spacing, tickUpper: upper * spacing, liquidity };
}

/** An order of any size; some stop at a limit, exactly on a tick, or are of the very amount that ends there. */
function randomOrder(draw: Draw, pool: TickPool): SwapOrder {
  const isToken0In = draw.chance(0.5);
  const amount = draw.magnitude(0, 24) * (draw.chance(0.5) ? 1n : -1n);
  const kind = draw.whole(0, 9);
  if (kind === 0) return { isToken0In, amount: draw.chance(0.3) ? 0n : amount, sqrtPriceLimitX96: pool.sqrtPriceX96 };
  if (kind <= 3) return { isToken0In, amount, sqrtPriceLimitX96: farFrom(draw, pool, isToken0In) };
  const tick = draw.chance(0.5) && pool.ticks.length > 0 ? draw.oneOf(pool.ticks).tick : pool.tick + draw.whole(-4_000, 4_000);
  const limit = clampedSqrtPrice(tick) + BigInt(draw.chance(0.3) ? draw.whole(-1, 1) : 0);
  const stopping = { isToken0In: limit < pool.sqrtPriceX96, amount, sqrtPriceLimitX96: limit };
  if (kind <= 7) return stopping;
  const reached = swapTickPool(pool, { ...stopping, amount: amount < 0n ? -(2n ** 120n) : 2n ** 120n });
  if (reached.status !== 'ok') return stopping;
  const exact = stopping.isToken0In === amount > 0n ? reached.amount0 : reached.amount1;
  return { ...stopping, amount: exact + BigInt(draw.whole(-1, 1)), sqrtPriceLimitX96: farFrom(draw, pool, stopping.isToken0In) };
}

/** Seldom the end of all prices, which takes thousands of steps; else 20,000 ticks away. */
function farFrom(draw: Draw, pool: TickPool, isFalling: boolean): bigint | null {
  if (draw.chance(0.05)) return draw.chance(0.5) ? null : endOf(isFalling);
  const price = clampedSqrtPrice(pool.tick + (isFalling ? -20_000 : 20_000));
  const isAhead = isFalling
    ? price < pool.sqrtPriceX96 && price > SMALLEST_SQRT_PRICE
    : price > pool.sqrtPriceX96 && price < SQRT_PRICE_BOUND;
  return isAhead ? price : endOf(isFalling);
}

function describeOrder({ opened, orders }: Run, index: number): string {
  const order = orders[index];
  return `fee ${opened.feePips.toString()}, ${order?.isToken0In === true ? 'token 0' : 'token 1'} in, amount ${String(order?.amount)}, limit ${String(order?.sqrtPriceLimitX96)}`;
}

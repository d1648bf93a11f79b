import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integerRoot } from '../../../main/engine/math/integer-root.ts';
import { baseBetweenPrices, quoteBetweenPrices } from '../../../main/engine/impact/concentrated-liquidity.ts';
import {
  amount0Between,
  amount1Between,
  sqrtPriceAfterInput,
  sqrtPriceAfterOutput,
} from '../../../main/engine/impact/tick-pool/sqrt-price.ts';
import { swapStep } from '../../../main/engine/impact/tick-pool/swap-step.ts';
import { swapTickPool } from '../../../main/engine/impact/tick-pool/swap.ts';
import type { SwapOrder } from '../../../main/engine/impact/tick-pool/swap.ts';
import {
  clampedSqrtPrice,
  LARGEST_TICK,
  SMALLEST_SQRT_PRICE,
  SQRT_PRICE_BOUND,
  sqrtPriceOfRatio,
  sqrtPriceOfTick,
  tickOfSqrtPrice,
} from '../../../main/engine/impact/tick-pool/tick-price.ts';
import { openTickPool } from '../../../main/engine/impact/tick-pool/tick-pool.ts';
import type { LiquidityRange, TickPool } from '../../../main/engine/impact/tick-pool/tick-pool.ts';
import { calculateUniswapV3 } from '../../../main/services/calculate/market/uniswap-v3.ts';
import { verifyInput } from '../../../main/contract/calculate.ts';
import { expectClose } from '../../support/expect-close.ts';

const Q96 = 2n ** 96n;
const tick = fc.integer({ min: -LARGEST_TICK, max: LARGEST_TICK - 1 });

/** A pool of the 0.3 % fee at price 1 with the given ranges. */
function poolAtOne(...ranges: readonly LiquidityRange[]): TickPool {
  const opened = openTickPool(3_000n, Q96, ranges);
  if (opened.status !== 'ok') throw new Error(opened.status);
  return opened.pool;
}

function swapped(pool: TickPool, order: SwapOrder): Extract<ReturnType<typeof swapTickPool>, { status: 'ok' }> {
  const outcome = swapTickPool(pool, order);
  if (outcome.status !== 'ok') throw new Error(outcome.status);
  return outcome;
}

const wide = { tickLower: -887_220, tickUpper: 887_220, liquidity: 10n ** 18n };

describe('prices of ticks', () => {
  test('a tick is found again from its price, and one unit below it is the tick before', () => {
    fc.assert(
      fc.property(tick, (each) => {
        const price = clampedSqrtPrice(each);
        expect(tickOfSqrtPrice(price)).toBe(each);
        if (each > -LARGEST_TICK) expect(tickOfSqrtPrice(price - 1n)).toBe(each - 1);
        expectClose({ actual: Number(price) / 2 ** 96, expected: Math.pow(1.0001, each / 2), rel: 1e-9, abs: 2 ** -96 });
      }),
    );
  });

  test('end at the largest tick on both sides, and nothing lies beyond', () => {
    expect([sqrtPriceOfTick(-LARGEST_TICK), sqrtPriceOfTick(LARGEST_TICK)]).toEqual([SMALLEST_SQRT_PRICE, SQRT_PRICE_BOUND]);
    expect([sqrtPriceOfTick(LARGEST_TICK + 1), sqrtPriceOfTick(0.5), sqrtPriceOfTick(NaN)]).toEqual([null, null, null]);
    expect([tickOfSqrtPrice(SMALLEST_SQRT_PRICE - 1n), tickOfSqrtPrice(SQRT_PRICE_BOUND)]).toEqual([null, null]);
    expect(tickOfSqrtPrice(SQRT_PRICE_BOUND - 1n)).toBe(LARGEST_TICK - 1);
  });

  test('the root of an integer is the largest whose square does not pass it', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 400n), (x) => {
        const root = integerRoot(x);
        expect(root * root <= x && (root + 1n) * (root + 1n) > x).toBe(true);
      }),
    );
    expect([integerRoot(0n), integerRoot(3n), integerRoot(4n)]).toEqual([0n, 1n, 2n]);
    expect(sqrtPriceOfRatio(100n, 1n)).toBe(10n * Q96);
    expect(() => integerRoot(-1n)).toThrow(RangeError);
  });
});

describe('amounts between prices', () => {
  const price = fc.bigInt(2n ** 70n, 2n ** 120n);
  const liquidity = fc.bigInt(1n, 2n ** 100n);

  test('differ by at most one unit between payer and receiver, and are the real ones', () => {
    fc.assert(
      fc.property(price, price, liquidity, (from, to, size) => {
        for (const between of [amount0Between, amount1Between]) {
          const [up, down] = [between(from, to, size, true), between(from, to, size, false)];
          expect(up === down || up === down + 1n).toBe(true);
          expect(between(to, from, size, true)).toBe(up);
        }
        // Prices closer than this cancel in double precision.
        if (Math.abs(Number(from - to)) < 1e-3 * Number(from)) return;
        const [p, q] = [(Number(from) / 2 ** 96) ** 2, (Number(to) / 2 ** 96) ** 2];
        expectClose({
          actual: Number(amount0Between(from, to, size, true)),
          expected: Math.abs(baseBetweenPrices(Number(size), p, q)),
          rel: 1e-6,
          abs: 2,
        });
        expectClose({
          actual: Number(amount1Between(from, to, size, true)),
          expected: Math.abs(quoteBetweenPrices(Number(size), p, q)),
          rel: 1e-6,
          abs: 2,
        });
      }),
    );
  });

  test('a price after an input never passes the true one, and one after an output is never short of it', () => {
    fc.assert(
      fc.property(price, liquidity, fc.bigInt(1n, 2n ** 90n), fc.boolean(), (from, size, amount, isToken0) => {
        const after = sqrtPriceAfterInput(from, size, amount, isToken0);
        if (after !== null) expect((isToken0 ? amount0Between : amount1Between)(from, after, size, true) <= amount).toBe(true);
        const short = sqrtPriceAfterOutput(from, size, amount, isToken0);
        if (short !== null) expect((isToken0 ? amount0Between : amount1Between)(from, short, size, false) >= amount).toBe(true);
      }),
    );
    expect([sqrtPriceAfterInput(Q96, 0n, 1n, true), sqrtPriceAfterInput(0n, 1n, 1n, true)]).toEqual([null, null]);
    expect([sqrtPriceAfterOutput(Q96, 100n, 100n, true), sqrtPriceAfterOutput(Q96, 100n, 100n, false)]).toEqual([null, null]);
    expect([sqrtPriceAfterInput(Q96, 5n, 0n, true), sqrtPriceAfterOutput(Q96, 5n, 0n, true)]).toEqual([Q96, Q96]);
  });

  test('an input too large for 256 bits is priced by the other formula, and still lowers the price', () => {
    const after = sqrtPriceAfterInput(2n ** 150n, 1n, 2n ** 120n, true);
    expect(after).toBe(1n);
  });
});

describe('a step', () => {
  test('uses an input up as fee when the price does not reach the target', () => {
    const step = swapStep({ sqrtPriceX96: Q96, sqrtTargetX96: Q96 / 2n, liquidity: 10n ** 18n, amountRemaining: 1_000n, feePips: 3_000n });
    expect(step).toMatchObject({ amountIn: 997n, feeAmount: 3n });
    expect(swapStep({ sqrtPriceX96: Q96, sqrtTargetX96: Q96 * 2n, liquidity: 5n, amountRemaining: -1n, feePips: 100n })?.amountOut).toBe(
      1n,
    );
  });

  test('needs liquidity only to stop on the way', () => {
    const stretch = { sqrtPriceX96: Q96, sqrtTargetX96: Q96 / 2n, liquidity: 0n, amountRemaining: 7n, feePips: 3_000n };
    expect(swapStep(stretch)).toEqual({ sqrtNextX96: Q96 / 2n, amountIn: 0n, amountOut: 0n, feeAmount: 0n });
  });
});

describe('a swap', () => {
  test('every pool swap of the outside file agrees to the unit, its last tick included', () => {
    const file = verifyInput.parse(JSON.parse(readFileSync(new URL('../../golden/market_uniswap_v3.json', import.meta.url), 'utf8')));
    const swaps = file.cases.filter((each) => each.group === 'v3-pool-swap');
    expect(swaps.length).toBeGreaterThan(60);
    for (const { in: input, out = {}, group, id } of swaps) {
      const { amount0Delta, amount1Delta, tickAfter } = out;
      expect({ id, ...calculateUniswapV3(input, group) }).toMatchObject({ id, amount0Delta, amount1Delta, tickAfter });
    }
  });

  test('in two parts is as good as in one, to the rounding of the parts', () => {
    fc.assert(
      fc.property(fc.bigInt(10n ** 6n, 10n ** 18n), fc.bigInt(10n ** 6n, 10n ** 18n), fc.boolean(), (one, two, isToken0In) => {
        const pool = poolAtOne(wide, { tickLower: -600, tickUpper: 1_200, liquidity: 3n * 10n ** 18n });
        const order = (amount: bigint): SwapOrder => ({ isToken0In, amount, sqrtPriceLimitX96: null });
        const whole = swapped(pool, order(one + two));
        const first = swapped(pool, order(one));
        const second = swapped(first.pool, order(two));
        expectClose({ actual: Number(second.pool.sqrtPriceX96), expected: Number(whole.pool.sqrtPriceX96), rel: 1e-12 });
        const out = isToken0In ? 'amount1' : 'amount0';
        expectClose({ actual: Number(first[out] + second[out]), expected: Number(whole[out]), rel: 1e-9, abs: 4 });
      }),
    );
  });

  test('is never better there and back than nothing', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 19n), fc.boolean(), (amount, isToken0In) => {
        const pool = poolAtOne(wide, { tickLower: -120, tickUpper: 60, liquidity: 10n ** 19n });
        const there = swapped(pool, { isToken0In, amount, sqrtPriceLimitX96: null });
        const got = -(isToken0In ? there.amount1 : there.amount0);
        if (got === 0n) return;
        const back = swapped(there.pool, { isToken0In: !isToken0In, amount: got, sqrtPriceLimitX96: null });
        expect(-(isToken0In ? back.amount0 : back.amount1) <= amount).toBe(true);
      }),
    );
  });

  test('stopped exactly on an initialised tick has left its range going down and entered it going up', () => {
    const pool = poolAtOne(wide, { tickLower: -60, tickUpper: 60, liquidity: 10n ** 18n });
    const down = swapped(pool, { isToken0In: true, amount: 10n ** 30n, sqrtPriceLimitX96: clampedSqrtPrice(-60) });
    expect(down.pool).toMatchObject({ tick: -61, liquidity: 10n ** 18n, sqrtPriceX96: clampedSqrtPrice(-60) });
    const up = swapped(down.pool, { isToken0In: false, amount: 10n ** 30n, sqrtPriceLimitX96: clampedSqrtPrice(60) });
    expect(up.pool).toMatchObject({ tick: 60, liquidity: 10n ** 18n });
    expect(up.amount1 < 10n ** 30n).toBe(true);
  });

  test('names why it does not start', () => {
    const pool = poolAtOne(wide);
    expect(swapTickPool(pool, { isToken0In: true, amount: 0n, sqrtPriceLimitX96: null })).toEqual({ status: 'zeroAmount' });
    for (const [isToken0In, sqrtPriceLimitX96] of [
      [true, Q96],
      [true, SMALLEST_SQRT_PRICE],
      [false, Q96],
      [false, SQRT_PRICE_BOUND],
    ] as const) {
      expect(swapTickPool(pool, { isToken0In, amount: 1n, sqrtPriceLimitX96 })).toEqual({ status: 'limitOnWrongSide' });
    }
    expect(openTickPool(3_001n, Q96, []).status).toBe('unknownFee');
    expect(openTickPool(500n, SQRT_PRICE_BOUND, []).status).toBe('priceOutOfRange');
    for (const [tickLower, tickUpper] of [
      [-61, 60],
      [60, 60],
      [-887_280, 60],
      [NaN, 60],
    ] as const) {
      expect(openTickPool(3_000n, Q96, [{ tickLower, tickUpper, liquidity: 1n }]).status).toBe('rangeNotOnTicks');
    }
  });
});

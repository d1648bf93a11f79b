import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { depthRecord } from '../../../main/domain/depth-record.ts';
import { chooseLaw } from '../../../main/engine/impact/law/choose-law.ts';
import { depthCurveKnots } from '../../../main/engine/impact/law/depth-curve.ts';
import { joinRecords, RECORD_FORM } from '../../../main/engine/impact/law/market-records.ts';
import { NO_PARAMETERS, type LawParameters } from '../../../main/engine/impact/law/price-law.ts';
import { tickPoolKnots } from '../../../main/engine/impact/law/tick-walk.ts';
import { swapTickPool } from '../../../main/engine/impact/tick-pool/swap.ts';
import { clampedSqrtPrice } from '../../../main/engine/impact/tick-pool/tick-price.ts';
import { openTickPool, type LiquidityRange } from '../../../main/engine/impact/tick-pool/tick-pool.ts';
import { packRecords } from '../../../main/services/pack/pack-records.ts';
import { expectClose } from '../../support/expect-close.ts';

const law = chooseLaw('recorded');
const RESERVE = 1000;

/** A book in which 10 coins lie within 19 % and 6 more within 36 %: √(p₀ / p) is 1, 1/0.9 and 1/0.8. */
const twoLevels: LawParameters = {
  ...NO_PARAMETERS,
  records: joinRecords([{ form: RECORD_FORM.depthCurve, knots: depthCurveKnots([0.19, 0.36], [10, 16]), reserve: RESERVE }]),
};

/** Price after a first sale of q, over the price before. */
function after(known: LawParameters, sold: number, reserve = RESERVE): number {
  return law.marginalShare(known, 0, reserve, 0, sold);
}

describe('an order book’s record', () => {
  test('is met at its levels, and half-way between two of them √(p₀ / p) is half-way too', () => {
    expectClose({ actual: after(twoLevels, 10), expected: 0.81, rel: 1e-12 });
    expectClose({ actual: after(twoLevels, 16), expected: 0.64, rel: 1e-12 });
    expectClose({ actual: after(twoLevels, 5), expected: (2 / (1 + 1 / 0.9)) ** 2, rel: 1e-12 });
    expectClose({ actual: after(twoLevels, 13), expected: (2 / (1 / 0.9 + 1 / 0.8)) ** 2, rel: 1e-12 });
  });

  test('pays for each level’s coins the geometric mean of the prices at its ends', () => {
    // √(1 × 0.81) = 0.9 for ten coins, √(0.81 × 0.64) = 0.72 for six.
    expectClose({ actual: law.averageShare(twoLevels, 0, RESERVE, 0, 16), expected: (10 * 0.9 + 6 * 0.72) / 16, rel: 1e-12 });
  });

  test('ends at its last level: beyond it the price begins to fall one and a half times as fast as where the book is thinnest, and never to zero', () => {
    // Steepest is the second stretch, (1/0.8 − 1/0.9) / 6 coins / (1/0.9) = 1/48 a coin; half as much again from 1/0.8 on is 1.25/32 a coin.
    expectClose({ actual: after(twoLevels, 16 + 6.4), expected: (1.25 + 0.25) ** -2, rel: 1e-12 });
    expect(after(twoLevels, 1e9)).toBeCloseTo(0.001, 12);
    expect(law.averageShare(twoLevels, 0, RESERVE, 0, 1e9)).toBeGreaterThan(0);
  });

  test('thins as a whole: half the depth is moved as far by half the sale', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 40, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }), (sold, left) => {
        expectClose({ actual: after(twoLevels, sold * left, RESERVE * left), expected: after(twoLevels, sold), rel: 1e-9 });
      }),
    );
  });

  test('is mirrored for purchases, and says nothing of a missing number', () => {
    for (const level of [10, 16]) expectClose({ actual: after(twoLevels, -level) * after(twoLevels, level), expected: 1, rel: 1e-12 });
    expect(after(twoLevels, NaN)).toBeNaN();
    expect(law.averageShare(twoLevels, 0, RESERVE, 0, NaN)).toBeNaN();
  });
});

test('a market without a record follows the constant product', () => {
  const none: LawParameters = { ...NO_PARAMETERS, records: joinRecords([null]) };
  const product = chooseLaw('constantProduct');
  for (const sold of [0, 1, 500, -300]) {
    expect(after(none, sold)).toBe(product.marginalShare(NO_PARAMETERS, 0, RESERVE, 0, sold));
    expect(law.averageShare(none, 0, RESERVE, 0, sold)).toBe(product.averageShare(NO_PARAMETERS, 0, RESERVE, 0, sold));
  }
});

describe('a pool’s record', () => {
  /** Ranges on the ticks of the 0.3 % fee around a price tick near zero; at least one holds the price. */
  const drawn = fc.record({
    tick: fc.integer({ min: -3000, max: 3000 }),
    ranges: fc.array(
      fc
        .tuple(fc.integer({ min: -80, max: 79 }), fc.integer({ min: 1, max: 30 }), fc.bigInt(10n ** 15n, 10n ** 19n))
        .map(([lower, width, liquidity]): LiquidityRange => ({ tickLower: lower * 60, tickUpper: (lower + width) * 60, liquidity })),
      { minLength: 1, maxLength: 8 },
    ),
    isToken0: fc.boolean(),
    /** Of what the pool would take until its last tick. */
    share: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
  });

  test('is walked as the executed contract walks its ticks: 1e-9 of amount and price, and two of the smallest units', () => {
    let crossed = 0;
    fc.assert(
      fc.property(drawn, ({ tick, ranges, isToken0, share }) => {
        const sqrtPriceX96 = clampedSqrtPrice(tick);
        const opened = openTickPool(3_000n, sqrtPriceX96, ranges);
        if (opened.status !== 'ok') throw new Error(opened.status);
        const sqrtPrice = Number(sqrtPriceX96) / 2 ** 96;
        const knots = tickPoolKnots(
          ranges.map((range) => ({ ...range, liquidity: Number(range.liquidity) })),
          sqrtPrice,
          isToken0,
        );
        fc.pre(knots.recordedTo > 1e9);
        const amount = BigInt(Math.floor(share * knots.recordedTo));
        const swap = swapTickPool(opened.pool, { isToken0In: isToken0, amount, sqrtPriceLimitX96: null });
        if (swap.status !== 'ok') throw new Error(swap.status);
        const [paid, received] = isToken0 ? [swap.amount0, -swap.amount1] : [swap.amount1, -swap.amount0];
        // What reaches the ranges is the input without its fee; the float walk takes the same.
        const sold = Number(paid - swap.feeAmount);
        const known: LawParameters = { ...NO_PARAMETERS, records: joinRecords([{ form: RECORD_FORM.tickPool, knots, reserve: 1 }]) };
        const price = isToken0 ? sqrtPrice ** 2 : sqrtPrice ** -2;
        const where = 1 + Math.min(price, 1 / price);
        expectClose({
          actual: law.averageShare(known, 0, 1, 0, sold) * sold * price,
          expected: Number(received),
          rel: 1e-9,
          abs: 2 * where * ranges.length,
        });
        const ratio = Number(swap.pool.sqrtPriceX96) / Number(sqrtPriceX96);
        expectClose({ actual: law.marginalShare(known, 0, 1, 0, sold), expected: isToken0 ? ratio ** 2 : ratio ** -2, rel: 1e-9 });
        if (swap.pool.liquidity !== opened.pool.liquidity) crossed += 1;
      }),
      { numRuns: 400 },
    );
    expect(crossed).toBeGreaterThan(100);
  });

  test('without liquidity between two ranges the price jumps, and beyond the last tick nobody buys', () => {
    const ranges = [
      { tickLower: -60, tickUpper: 60, liquidity: 1000 },
      { tickLower: -180, tickUpper: -120, liquidity: 1000 },
    ];
    const knots = tickPoolKnots(ranges, 1, true);
    const known: LawParameters = { ...NO_PARAMETERS, records: joinRecords([{ form: RECORD_FORM.tickPool, knots, reserve: RESERVE }]) };
    const first = 1000 * (1.0001 ** 30 - 1);
    const second = 1000 * (1.0001 ** 90 - 1.0001 ** 60);
    expectClose({ actual: after(known, first * (1 - 1e-9)), expected: 1.0001 ** -60, rel: 1e-8 });
    expectClose({ actual: after(known, first * (1 + 1e-9)), expected: 1.0001 ** -120, rel: 1e-8 });
    expectClose({ actual: knots.recordedTo, expected: first + second, rel: 1e-12 });
    expect(after(known, 2 * (first + second))).toBeCloseTo(0.001, 12);
    const all = law.averageShare(known, 0, RESERVE, 0, first + second) * (first + second);
    expectClose({ actual: all, expected: 1000 * (1 - 1.0001 ** -30 + 1.0001 ** -60 - 1.0001 ** -90), rel: 1e-9 });
  });
});

describe('the USDC/USDT pool of May 2022', () => {
  const pool = z
    .object({ source: z.string(), asOf: z.string(), ticks: z.array(z.object({ tick: z.number(), liquidity: z.string() })) })
    .parse(JSON.parse(readFileSync(new URL('recorded-pool.json', import.meta.url), 'utf8')));
  const ranges = pool.ticks.map(({ tick, liquidity }) => ({ tickLower: tick, tickUpper: tick + 1, liquidity }));
  const sqrtPriceX96 = clampedSqrtPrice(1);
  const record = depthRecord.parse({
    ...{ form: 'tickPool', sqrtPriceX96: String(sqrtPriceX96), isToken0: false, decimals: 6, ranges },
    ...{ asOf: pool.asOf, source: pool.source },
  });
  const known: LawParameters = { ...NO_PARAMETERS, records: packRecords([{ reserve: 1e6, record }]) };
  const sold = (usdt: number): number => law.marginalShare(known, 0, 1e6, 0, usdt);

  test('takes 11.97 million USDT on the tick of its price: liquidity × the difference of the roots', () => {
    const onTick = 239_419.155_813_4 * (1.0001 - 1.0001 ** 0.5) * 1e6;
    expectClose({ actual: onTick, expected: 11.97e6, rel: 1e-3 });
    expectClose({ actual: sold(onTick), expected: 1 / 1.0001, rel: 1e-12 });
    expectClose({ actual: sold(onTick / 2), expected: ((1.0001 ** 0.5 * 2) / (1.0001 ** 0.5 + 1.0001)) ** 2, rel: 1e-12 });
  });

  test('is walked as its integers are, over all its ticks and gaps', () => {
    const opened = openTickPool(
      100n,
      sqrtPriceX96,
      ranges.map((range) => ({ ...range, liquidity: BigInt(range.liquidity) })),
    );
    if (opened.status !== 'ok') throw new Error(opened.status);
    for (const usdt of [1e3, 1e6, 11e6, 20e6, 40e6, 51e6]) {
      const amount = BigInt(usdt) * 1_000_000n;
      const swap = swapTickPool(opened.pool, { isToken0In: false, amount, sqrtPriceLimitX96: null });
      if (swap.status !== 'ok') throw new Error(swap.status);
      const reached = Number(swap.amount1 - swap.feeAmount) / 1e6;
      const received = (law.averageShare(known, 0, 1e6, 0, reached) * reached) / 1.0001;
      expectClose({ actual: received, expected: Number(-swap.amount0) / 1e6, rel: 1e-9, abs: 2e-6 * pool.ticks.length });
      const ratio = Number(swap.pool.sqrtPriceX96) / Number(sqrtPriceX96);
      expectClose({ actual: sold(reached), expected: ratio ** -2, rel: 1e-9 });
    }
  });

  test('ends at tick 118, beyond which nobody buys', () => {
    const { recordedTo } = known.records ?? { recordedTo: [] };
    const whole = (recordedTo[0] ?? NaN) * 1e6;
    expectClose({ actual: sold(whole), expected: 1.0001 ** (1 - 118), rel: 1e-9 });
    expect(sold(whole * 1.001)).toBeCloseTo(0.001, 12);
  });
});

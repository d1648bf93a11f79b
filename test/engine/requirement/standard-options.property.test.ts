import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  futureMarginRate,
  inverseFutureMarginCoin,
  linearFutureMarginUsd,
  portfolioVolatilityShift,
  shortOptionInitialCoin,
  shortOptionMaintenanceCoin,
} from '../../../main/engine/requirement/standard-options.ts';
import { expectClose } from '../../support/expect-close.ts';

const price = fc.double({ min: 100, max: 200_000, noNaN: true });
const mark = fc.double({ min: 0, max: 5, noNaN: true });

function initial(isCall: boolean, underlying: number, option: { strike: number; markCoin: number }): number {
  return shortOptionInitialCoin(isCall, underlying, option.strike, option.markCoin, 0.15, 0.1, 0.075);
}

describe('standard margin of a short option', () => {
  test('initial is never below maintenance, and both cover the mark', () => {
    fc.assert(
      fc.property(fc.boolean(), price, fc.record({ strike: price, markCoin: mark }), (isCall, underlying, { strike, markCoin }) => {
        const maintenance = shortOptionMaintenanceCoin(isCall, markCoin, 0.075);
        expect(initial(isCall, underlying, { strike, markCoin })).toBeGreaterThanOrEqual(maintenance);
        expect(maintenance).toBeGreaterThanOrEqual(markCoin + 0.075);
      }),
    );
  });

  test('initial falls from 15 % in the money to 10 % five per cent out of the money and stays there', () => {
    expectClose({ actual: initial(true, 100, { strike: 90, markCoin: 0 }), expected: 0.15, rel: 1e-14 });
    expectClose({ actual: initial(true, 100, { strike: 102, markCoin: 0 }), expected: 0.13, rel: 1e-12 });
    expectClose({ actual: initial(true, 100, { strike: 300, markCoin: 0 }), expected: 0.1, rel: 1e-14 });
    expectClose({ actual: initial(false, 100, { strike: 98, markCoin: 0.01 }), expected: 0.14, rel: 1e-12 });
  });

  test('a deep put is margined on its own mark, which passes one coin', () => {
    expectClose({ actual: shortOptionMaintenanceCoin(false, 4, 0.075), expected: 4.3, rel: 1e-14 });
    expectClose({ actual: initial(false, 100, { strike: 500, markCoin: 4 }), expected: 4.3, rel: 1e-14 });
    expectClose({ actual: shortOptionMaintenanceCoin(true, 0.9, 0.075), expected: 0.975, rel: 1e-14 });
  });

  test('a missing mark is a missing margin, not a small one', () => {
    expect(shortOptionMaintenanceCoin(true, NaN, 0.075)).toBeNaN();
    expect(initial(false, NaN, { strike: 100, markCoin: 0.1 })).toBeNaN();
  });
});

describe('margin of futures', () => {
  test('grows faster than the size, the same for long and short', () => {
    expect(linearFutureMarginUsd(0.02, 5e-5, 350, 100_000)).toBeCloseTo(1_312_500, 6);
    expect(linearFutureMarginUsd(0.02, 5e-5, -25, 100_000)).toBe(linearFutureMarginUsd(0.02, 5e-5, 25, 100_000));
    expect(futureMarginRate(0.02, 5e-5, 0)).toBe(0.02);
  });

  test('of an inverse future in coin is that of its coins', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: -1_000_000, max: 1_000_000 }), (markPrice, quantityUsd) => {
        const coins = inverseFutureMarginCoin(0.02, 5e-5, quantityUsd, markPrice);
        expectClose({
          actual: coins * markPrice,
          expected: linearFutureMarginUsd(0.02, 5e-5, quantityUsd / markPrice, markPrice),
          rel: 1e-12,
          inputs: { markPrice, quantityUsd },
        });
      }),
    );
  });

  test('the volatility shift is its base at thirty days and larger before', () => {
    expect(portfolioVolatilityShift(30, 0.38, 0.3)).toBe(0.38);
    expect(portfolioVolatilityShift(7, 0.38, 0.3)).toBeGreaterThan(0.38);
    expect(portfolioVolatilityShift(0, 0.38, 0.3)).toBe(Infinity);
  });
});

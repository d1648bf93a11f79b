import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compoundedInterestRay } from '../../../main/engine/requirement/lending/interest-exact.ts';
import {
  compoundedInterestFactor,
  excessAfterInterest,
  secondsToLiquidation,
  SECONDS_PER_YEAR,
  type AccruingAccount,
} from '../../../main/engine/requirement/lending/lending-accrual.ts';
import { expectClose } from '../../support/expect-close.ts';

function account(thresholdValue: number, supply: number, debt: number, borrow: number): AccruingAccount {
  return {
    thresholdValueUsd: Float64Array.of(thresholdValue),
    supplyRatePerYear: Float64Array.of(supply),
    debtUsd: Float64Array.of(debt),
    borrowRatePerYear: Float64Array.of(borrow),
  };
}

const rate = fc.double({ min: 0, max: 1, noNaN: true });

test("a debt grows as in the contract's own integers, to the second", () => {
  fc.assert(
    fc.property(rate, fc.integer({ min: 0, max: 3 * SECONDS_PER_YEAR }), (perYear, seconds) => {
      const exact = Number(compoundedInterestRay(BigInt(Math.round(perYear * 1e15)) * 10n ** 12n, BigInt(seconds))) / 1e27;
      expectClose({ actual: compoundedInterestFactor(perYear, seconds), expected: exact, rel: 1e-12 });
    }),
  );
});

test('no time and no rate change nothing', () => {
  expect(compoundedInterestFactor(0.05, 0)).toBe(1);
  expect(compoundedInterestFactor(0, 1e9)).toBe(1);
  expect(excessAfterInterest(account(100, 0, 90, 0.05), 0)).toBe(10);
});

test('a debt of 5 % a year uses up an excess of a tenth in the time that the polynomial says', () => {
  const seconds = secondsToLiquidation(account(110, 0, 100, 0.05));
  const x = (0.05 * seconds) / SECONDS_PER_YEAR;
  expectClose({ actual: 1 + x + x ** 2 / 2 + x ** 3 / 6, expected: 1.1, rel: 1e-8 });
});

test('the account falls in that second and not in the one before', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.001, max: 2, noNaN: true }), rate, rate, (health, supply, borrow) => {
      const one = account(100 * health, supply, 100, borrow + 0.001);
      const seconds = secondsToLiquidation(one);
      if (seconds === Infinity) return;
      expect(excessAfterInterest(one, seconds + 1)).toBeLessThan(0);
      expect(excessAfterInterest(one, Math.max(0, seconds - 2))).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('interest never liquidates an account without debt or without a rate, and has nothing left to do below the requirement', () => {
  expect(secondsToLiquidation(account(100, 0, 0, 0.05))).toBe(Infinity);
  expect(secondsToLiquidation(account(100, 0, 90, 0))).toBe(Infinity);
  expect(secondsToLiquidation(account(80, 0, 90, 0))).toBe(0);
});

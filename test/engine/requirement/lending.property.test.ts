import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absorb,
  baseMarketRate,
  factoredCollateralUsd,
  isAbsorbable,
  isBorrowCollateralised,
} from '../../../main/engine/requirement/lending/base-market.ts';
import { incentiveFactor, isolatedHealth } from '../../../main/engine/requirement/lending/isolated-market.ts';
import {
  averageThreshold,
  closeFactorFraction,
  healthFactor,
  lendingRates,
  linearInterestFactor,
  liquidationAmounts,
  thresholdValueInMode,
} from '../../../main/engine/requirement/lending/lending-pool.ts';
import { vaultAuctionTargetUsd, vaultHealth, vaultThreshold } from '../../../main/engine/requirement/lending/vault.ts';
import { expectClose } from '../../support/expect-close.ts';

const usd = fc.double({ min: 1, max: 1e9, noNaN: true });
const rules = { closeFactorFraction: 0.5, fullLiquidationHealthFactor: 0.95, smallPositionUsd: 2000 };

describe('lending pool', () => {
  test('health is infinite without debt and 1 exactly at the threshold', () => {
    expect([healthFactor(0, 0), healthFactor(100, 0), healthFactor(100, 100), healthFactor(0, 5)]).toEqual([Infinity, Infinity, 1, 0]);
  });

  test('mixed collateral has the threshold averaged by value, and none has none', () => {
    expectClose({ actual: averageThreshold(Float64Array.of(300, 100), Float64Array.of(0.8, 0.4)), expected: 0.7, rel: 1e-15 });
    expect(averageThreshold(new Float64Array(), new Float64Array())).toBe(0);
  });

  test('the average does not depend on the order of the collateral', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(usd, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 10 }), (lines) => {
        const average = (rows: readonly (readonly [number, number])[]): number =>
          averageThreshold(
            Float64Array.from(rows, (row) => row[0]),
            Float64Array.from(rows, (row) => row[1]),
          );
        expectClose({ actual: average(lines.toReversed()), expected: average(lines), rel: 1e-12 });
      }),
    );
  });

  test('an efficiency mode lifts the assets inside it and no others', () => {
    const value = thresholdValueInMode(Float64Array.of(100, 100), Float64Array.of(0.8, 0.7), Uint8Array.of(1, 0), 0.95);
    expectClose({ actual: value, expected: 165, rel: 1e-15 });
  });

  test('half may be repaid between the lines, all at or below the full line or for a small position, nothing while healthy', () => {
    const factor = (health: number, collateral = 1e6, debt = 1e6): number => closeFactorFraction(health, collateral, debt, rules);
    expect([factor(1), factor(Infinity), factor(0.9999), factor(0.9501), factor(0.95), factor(0.2)]).toEqual([0, 0, 0.5, 0.5, 1, 1]);
    expect([factor(0.98, 1999), factor(0.98, 2000), factor(0.98, 1e6, 1999), factor(NaN)]).toEqual([1, 0.5, 1, 1]);
    expect(closeFactorFraction(0.98, 10, 10, { ...rules, smallPositionUsd: 0 })).toBe(0.5);
  });

  test('a liquidation never takes more than there is, and its books balance', () => {
    fc.assert(
      fc.property(
        usd,
        usd,
        fc.tuple(fc.constantFrom(0.5, 1), fc.double({ min: 0, max: 0.2, noNaN: true })),
        (collateral, debt, [closeFactor, bonus]) => {
          const { repaidUsd, seizedUsd, badDebtUsd } = liquidationAmounts(collateral, debt, closeFactor, bonus);
          expect(seizedUsd).toBeLessThanOrEqual(collateral);
          expect(repaidUsd).toBeLessThanOrEqual(closeFactor * debt);
          expectClose({ actual: seizedUsd, expected: Math.min(collateral, closeFactor * debt * (1 + bonus)), rel: 1e-12 });
          if (badDebtUsd > 0) expectClose({ actual: repaidUsd + badDebtUsd, expected: debt, rel: 1e-12 });
        },
      ),
    );
  });

  test('a liquidation raises health below the toxic line 1/(1+i) and lowers it above', () => {
    const health = (collateral: number, debt: number): number => collateral / debt;
    for (const [collateral, debt, rises] of [
      [100, 90, true],
      [100, 94, true],
      [100, 97, false],
    ] as const) {
      const { repaidUsd, seizedUsd } = liquidationAmounts(collateral, debt, 0.5, 0.05);
      expect(health(collateral - seizedUsd, debt - repaidUsd) > health(collateral, debt)).toBe(rises);
    }
  });

  test('the interest curve is continuous at its kink, and the suppliers share it by use', () => {
    const curve = { base: 0.01, slopeBelow: 0.04, slopeAbove: 0.6, optimalUtilisation: 0.8, reserveFactor: 0.1 };
    expectClose({ actual: lendingRates(0.8 + 1e-13, curve).borrowPerYear, expected: lendingRates(0.8, curve).borrowPerYear, abs: 1e-11 });
    expect(lendingRates(0, curve)).toEqual({ borrowPerYear: 0.01, supplyPerYear: 0 });
    expectClose({ actual: lendingRates(1, curve).borrowPerYear, expected: 0.65, rel: 1e-15 });
    expect(lendingRates(0, { ...curve, optimalUtilisation: 0 }).borrowPerYear).toBe(0.01);
    expectClose({ actual: linearInterestFactor(0.08, 7), expected: 1.56, rel: 1e-15 });
  });
});

describe('other lending families', () => {
  test('the incentive of an isolated market falls from its cap to 1 as the loan-to-value rises', () => {
    let previous = Infinity;
    for (let threshold = 0; threshold <= 1; threshold += 0.01) {
      const factor = incentiveFactor(threshold, 0.3, 1.15);
      expect(factor >= 1 && factor <= Math.min(previous, 1.15)).toBe(true);
      previous = factor;
    }
    expect([isolatedHealth(100, 0.86, 86), isolatedHealth(100, 0.86, 0)]).toEqual([1, Infinity]);
  });

  test('a vault is safe exactly at its ratio, and its threshold is the inverse of it', () => {
    expect([vaultHealth(145, 100, 1.45), vaultHealth(100, 0, 1.45)]).toEqual([1, Infinity]);
    expect(vaultHealth(144.99, 100, 1.45)).toBeLessThan(1);
    expectClose({ actual: healthFactor(200 * vaultThreshold(1.6), 100), expected: vaultHealth(200, 100, 1.6), rel: 1e-15 });
    expect(vaultAuctionTargetUsd(100, 0.13)).toBeCloseTo(113, 12);
  });

  test('a base market absorbs whole accounts: the rest stays with the account or falls on the reserves', () => {
    expect([isAbsorbable(99, 100), isAbsorbable(100, 100), isBorrowCollateralised(100, 100), isBorrowCollateralised(99, 100)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(factoredCollateralUsd(Float64Array.of(100, 50), Float64Array.of(0.9, 0.8))).toBe(130);
    fc.assert(
      fc.property(usd, usd, (credited, debt) => {
        const { balanceUsd, reservesLossUsd } = absorb(credited, debt);
        expect(balanceUsd === 0 || reservesLossUsd === 0).toBe(true);
        expectClose({ actual: balanceUsd - reservesLossUsd, expected: credited - debt, rel: 1e-15 });
      }),
    );
    expectClose({ actual: baseMarketRate(0.9, { base: 0.01, slopeLow: 0.05, slopeHigh: 0.3, kink: 0.8 }), expected: 0.08, rel: 1e-14 });
  });
});

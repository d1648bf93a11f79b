import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liquidationAmounts } from '../../../main/engine/requirement/lending-pool.ts';
import {
  averageOfSale,
  impactAdjusted,
  isToxic,
  largestSaleByAverage,
  largestSaleBySpot,
  spotAfterSale,
  toxicHealthFactor,
  toxicLoanToValue,
} from '../../../main/engine/requirement/liquidity-limits.ts';
import { expectClose } from '../../support/expect-close.ts';

fc.configureGlobal({ seed: 7 });

describe('toxic line', () => {
  test('parts the liquidations that lower the loan-to-value from those that raise it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 1.05, noNaN: true }), fc.double({ min: 0, max: 0.15, noNaN: true }), (loanToValue, bonus) => {
        fc.pre(Math.abs(loanToValue - toxicLoanToValue(bonus)) > 1e-6);
        const { repaidUsd, seizedUsd } = liquidationAmounts(100, 100 * loanToValue, 0.25, bonus);
        const after = (100 * loanToValue - repaidUsd) / (100 - seizedUsd);
        expect(after > loanToValue).toBe(isToxic(100, 100 * loanToValue, bonus));
        expect(isToxic(100, 100 * loanToValue, bonus)).toBe(loanToValue > toxicLoanToValue(bonus));
      }),
    );
    expectClose({ actual: toxicHealthFactor(0.83, 0.05), expected: 0.83 / toxicLoanToValue(0.05), rel: 1e-15 });
  });
});

describe('pool limits', () => {
  test('a sale of the largest quantity meets its discount exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), fc.double({ min: 0.001, max: 0.9, noNaN: true }), (reserve, discount) => {
        expectClose({ actual: spotAfterSale(reserve, largestSaleBySpot(reserve, discount)), expected: 1 - discount, rel: 1e-12 });
        expectClose({ actual: averageOfSale(reserve, largestSaleByAverage(reserve, discount)), expected: 1 - discount, rel: 1e-12 });
      }),
    );
    expect([spotAfterSale(100, 0), averageOfSale(100, 0), averageOfSale(0, 5), largestSaleBySpot(100, 1)]).toEqual([1, 1, 0, Infinity]);
  });
});

describe('impact of the own position', () => {
  const position = { quantity: 100, priceUsd: 10, debtUsd: 900, dailyVolume: 10_000, dailyVolatility: 0.1, impactCoefficient: 1 };

  test('leaves nothing exactly at the critical leverage', () => {
    const { criticalLeverage } = impactAdjusted(position);
    const assets = position.quantity * position.priceUsd;
    const atLimit = impactAdjusted({ ...position, debtUsd: assets * (1 - 1 / (criticalLeverage ?? NaN)) });
    expectClose({ actual: atLimit.impactAdjustedEquityUsd, expected: 0, abs: 1e-12 * assets });
  });

  test('has no leverage without equity and no critical one without impact', () => {
    expect(impactAdjusted({ ...position, debtUsd: 1000 }).leverage).toBeNull();
    expect(impactAdjusted({ ...position, dailyVolatility: 0 })).toMatchObject({
      criticalLeverage: null,
      impactFraction: 0,
      isExitPossible: true,
    });
  });
});

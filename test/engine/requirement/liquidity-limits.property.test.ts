import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liquidationAmounts } from '../../../main/engine/requirement/lending/lending-pool.ts';
import {
  fallBeforeToxic,
  impactAdjusted,
  isToxic,
  liquidationStep,
  toxicHealthFactor,
  toxicLoanToValue,
} from '../../../main/engine/requirement/lending/liquidity-limits.ts';
import { expectClose } from '../../support/expect-close.ts';

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
    expectClose({ actual: fallBeforeToxic(0.83, 0.05), expected: 1 - 0.83 * 1.05, rel: 1e-15 });
    expectClose({ actual: toxicHealthFactor(0.83, 0.05), expected: 0.83 / toxicLoanToValue(0.05), rel: 1e-15 });
  });
});

describe('liquidation step', () => {
  test('moves the loan-to-value away from the toxic line, whatever is repaid, and leaves it alone exactly there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1.05, noNaN: true }),
        fc.double({ min: 0, max: 0.15, noNaN: true }),
        fc.double({ min: 1, max: 40, noNaN: true }),
        (loanToValue, bonus, repaid) => {
          fc.pre(Math.abs(loanToValue - toxicLoanToValue(bonus)) > 1e-6);
          const step = liquidationStep(100, loanToValue, repaid, bonus);
          expect((step.loanToValue ?? NaN) > loanToValue).toBe(step.isToxic);
          const onLine = liquidationStep(100, toxicLoanToValue(bonus), repaid, bonus);
          expect(onLine.isToxic).toBe(false);
          expectClose({ actual: onLine.loanToValue ?? NaN, expected: toxicLoanToValue(bonus), rel: 1e-14 });
        },
      ),
    );
  });

  test('has no loan-to-value when nothing is left', () => {
    expect(liquidationStep(105, 0.96, 100, 0.05)).toEqual({ loanToValue: null, isToxic: true });
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

import { expect, test } from 'vitest';
import { lendingDistance } from '../../../main/engine/requirement/distance/lending-distance.ts';
import { USUAL_SEARCH } from '../../../main/engine/requirement/distance/liquidation-price.ts';
import { secondsToLiquidation } from '../../../main/engine/requirement/lending/lending-accrual.ts';
import { confidencePenaltyRate, STANDARD_TERM, STANDARD_TERMS } from '../../../main/engine/requirement/option-margin/standard-terms.ts';

/* Rules at exactly their line. */

test('an account exactly at its requirement still stands until interest is charged', () => {
  const account = (debtUsd: number): Parameters<typeof secondsToLiquidation>[0] => ({
    thresholdValueUsd: Float64Array.of(100),
    supplyRatePerYear: Float64Array.of(0.02),
    debtUsd: Float64Array.of(debtUsd),
    borrowRatePerYear: Float64Array.of(0.05),
  });
  expect(secondsToLiquidation(account(100.000001))).toBe(0);
  expect(secondsToLiquidation(account(100))).toBeLessThanOrEqual(1);
  // 4 dollars of room against about 3 dollars a year of interest more than is earned.
  const years = secondsToLiquidation(account(96)) / 31_536_000;
  expect(years).toBeGreaterThan(1);
  expect(years).toBeLessThan(1.5);
});

test('an account without debt is not liquidatable, one that owes exactly what it has is', () => {
  const distance = (thresholdUsd: number, debtUsd: number): boolean =>
    lendingDistance(
      {
        thresholdValueUsd: Float64Array.of(thresholdUsd),
        debtUsd: Float64Array.of(debtUsd),
        loadings: Float64Array.of(1),
        drivers: 1,
      },
      Float64Array.of(0.001),
      USUAL_SEARCH,
    ).isLiquidatable;
  expect(distance(0, 0)).toBe(false);
  expect(distance(10, 0)).toBe(false);
  expect(distance(10, 10)).toBe(true);
  expect(distance(10, 9.999)).toBe(false);
});

test('a feed exactly at its confidence threshold costs nothing, one below it its missing confidence', () => {
  const terms = new Float64Array(STANDARD_TERMS);
  terms[STANDARD_TERM.confidenceFactor] = 2;
  expect(confidencePenaltyRate(0.6, 0.6, terms, 0)).toBe(0);
  expect(confidencePenaltyRate(0.5, 0.6, terms, 0)).toBe(1);
});

import { expect, test } from 'vitest';
import { claimDeltaCoin, linearNotionalUsd, linearProfitUsd, spotValueUsd } from '../../../main/engine/pricing/linear.ts';

test('a holding is worth quantity times price, a debt is worth less than nothing', () => {
  expect([spotValueUsd(2, 1500), spotValueUsd(-2, 1500), spotValueUsd(1, NaN)]).toEqual([3000, -3000, NaN]);
});

test('a long future gains when its price rises, a short one when it falls', () => {
  expect([linearProfitUsd(2, 100, 110), linearProfitUsd(-2, 100, 110), linearProfitUsd(-2, 100, 90), linearProfitUsd(0, 100, 90)]).toEqual([
    20, -20, 20, -0,
  ]);
  expect(linearNotionalUsd(-3, 100)).toBe(300);
});

test('a wrapper carries the delta of its worth in coins, cash none', () => {
  expect(claimDeltaCoin(10, 2400, 2000, 1)).toBe(12);
  expect(claimDeltaCoin(10, 1, 2000, 0)).toBe(0);
});

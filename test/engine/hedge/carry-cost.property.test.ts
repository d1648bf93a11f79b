import fc from 'fast-check';
import { expect, test } from 'vitest';
import { basisCost, fundingCost } from '../../../main/engine/hedge/carry-cost.ts';

const terms = { usual: 0.00004, persistence: 0.2 };
const rate = fc.double({ min: -0.003, max: 0.003, noNaN: true });

test('a rate that is paid costs its part that is left, three times a day; one that is received costs nothing', () => {
  expect(fundingCost(-0.0005, -1, 30, terms)).toBeCloseTo(0.2 * 0.0005 * 3 * 30, 12);
  expect(fundingCost(0.0005, -1, 30, terms)).toBe(0);
  expect(fundingCost(0.0005, 1, 30, terms)).toBeCloseTo((0.00004 + 0.2 * 0.00046) * 90, 12);
  expect(fundingCost(-0.0005, 1, 30, terms)).toBe(0);
});

test('where no rate is recorded the usual one is paid by whoever is long', () => {
  expect(fundingCost(null, 1, 30, terms)).toBeCloseTo(0.00004 * 90, 12);
  expect(fundingCost(null, -1, 30, terms)).toBe(0);
});

test('a carry is never negative, grows with the time it is kept, and a higher rate never costs a long less or a short more', () => {
  fc.assert(
    fc.property(rate, rate, fc.integer({ min: 1, max: 60 }), (a, b, days) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      for (const sign of [1, -1] as const) {
        expect(fundingCost(a, sign, days, terms)).toBeGreaterThanOrEqual(0);
        expect(fundingCost(a, sign, days + 1, terms)).toBeGreaterThanOrEqual(fundingCost(a, sign, days, terms));
      }
      expect(fundingCost(high, 1, days, terms)).toBeGreaterThanOrEqual(fundingCost(low, 1, days, terms));
      expect(fundingCost(high, -1, days, terms)).toBeLessThanOrEqual(fundingCost(low, -1, days, terms));
    }),
  );
});

test('a future above its underlying costs whoever buys it the way down, in proportion of its time, and all of it by expiry', () => {
  const above = 1 - 1 / 1.02;
  expect(basisCost(1.02, 0.5, 1, 30)).toBeCloseTo((above * 30) / 182.5, 12);
  expect(basisCost(1.02, 0.01, 1, 30)).toBeCloseTo(above, 12);
  expect(basisCost(1.02, 0.5, -1, 30)).toBe(0);
  expect(basisCost(0.98, 0.5, -1, 30)).toBeCloseTo(((1 / 0.98 - 1) * 30) / 182.5, 12);
});

import '../../support/seeded-properties.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ascending, countBelow, pinballLoss, quantileOf, shareBelowZero } from '../../../main/engine/forecast/order-statistics.ts';
import { headroomOf } from '../../../main/services/forecast/account-forecast.ts';
import { expectClose } from '../../support/expect-close.ts';

const sample = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 })
  .map((values) => Float64Array.from(values));
const level = fc.double({ min: 0.001, max: 0.5, noNaN: true });

describe('quantiles and shares of draws', () => {
  test('headroom lowers the share below zero to the one taken, and a cent less does not', () => {
    fc.assert(
      fc.property(sample, level, (values, alpha) => {
        const cash = headroomOf(ascending(values), alpha).value;
        const with_ = ascending(values.map((each) => each + cash));
        expect(countBelow(with_, 0)).toBeLessThanOrEqual(Math.floor(values.length * alpha + 1e-9));
        if (cash <= 0.01) return;
        const less = ascending(values.map((each) => each + cash - 0.01));
        expect(countBelow(less, 0)).toBeGreaterThan(Math.floor(values.length * alpha + 1e-9));
      }),
    );
  });

  test('a quantile lies within its interval, and a lower level gives no higher one', () => {
    fc.assert(
      fc.property(sample, level, (values, alpha) => {
        const sorted = ascending(values);
        const { value, from, to } = quantileOf(sorted, alpha);
        expect(from).toBeLessThanOrEqual(value);
        expect(to).toBeGreaterThanOrEqual(value);
        expect(quantileOf(sorted, alpha / 2).value).toBeLessThanOrEqual(value);
      }),
    );
  });

  test('the share below zero falls as every draw rises', () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1e6, noNaN: true }), (values, cash) => {
        const before = shareBelowZero(ascending(values));
        const after = shareBelowZero(ascending(values.map((each) => each + cash)));
        expect(after.value).toBeLessThanOrEqual(before.value);
        expect(before.from).toBeLessThanOrEqual(before.value);
        expect(before.to).toBeGreaterThanOrEqual(before.value);
      }),
    );
  });

  test('the pinball loss is least at the sample’s own quantile', () => {
    fc.assert(
      fc.property(sample, level, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (values, alpha, other) => {
        const loss = (quantile: number): number => pinballLoss(values, new Float64Array(values.length).fill(quantile), alpha);
        const best = loss(quantileOf(ascending(values), alpha).value);
        expect(best).toBeLessThanOrEqual(loss(other) * (1 + 1e-12) + 1e-6);
      }),
    );
  });
});

test('intervals by hand: none of 2,000 allows 0.19 %, 20 of 2,000 lie within 0.65 and 1.54 %', () => {
  const draws = (below: number): Float64Array => ascending(Float64Array.from({ length: 2000 }, (_, i) => (i < below ? -1 : 1)));
  expect(shareBelowZero(draws(0)).from).toBe(0);
  expectClose({ actual: shareBelowZero(draws(0)).to, expected: 0.001917, abs: 1e-6 });
  expectClose({ actual: shareBelowZero(draws(20)).from, expected: 0.006483, abs: 1e-6 });
  expectClose({ actual: shareBelowZero(draws(20)).to, expected: 0.015396, abs: 1e-6 });
});

test('a draw that cannot be valued counts as a fall', () => {
  const sorted = ascending(Float64Array.of(5, NaN, 3));
  expect(countBelow(sorted, 0)).toBe(1);
  expect(sorted[0]).toBe(-Infinity);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dotAccurate, sumAccurate } from '../../../main/engine/math/sum.ts';
import { exactSum } from '../../oracle/exact-sum.ts';
import { expectClose } from '../../support/expect-close.ts';

const money = fc.double({ min: -1e12, max: 1e12, noNaN: true });

test('a sum that plain addition loses is kept', () => {
  expect(sumAccurate(Float64Array.of(1, 1e100, 1, -1e100))).toBe(2);
  expect(sumAccurate(Float64Array.of(0.1, 0.2, 0.3, -0.6))).toBe(exactSum([0.1, 0.2, 0.3, -0.6]));
});

test('nothing sums to 0, one term to itself, infinities and NaN as in plain addition', () => {
  expect(sumAccurate(new Float64Array())).toBe(0);
  expect(sumAccurate(Float64Array.of(-3.5))).toBe(-3.5);
  expect(sumAccurate(Float64Array.of(1, Infinity, 2))).toBe(Infinity);
  expect(sumAccurate(Float64Array.of(Infinity, -Infinity))).toBeNaN();
  expect(sumAccurate(Float64Array.of(1, NaN))).toBeNaN();
});

test('agrees with exact integers to twice the working precision of the terms', () => {
  fc.assert(
    fc.property(fc.array(money, { maxLength: 60 }), (values) => {
      const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
      expectClose({
        actual: sumAccurate(Float64Array.from(values)),
        expected: exactSum(values),
        rel: 2.3e-16,
        abs: size * 1e-28,
        inputs: values,
      });
    }),
  );
});

test('does not depend on the order beyond the last bit', () => {
  fc.assert(
    fc.property(fc.array(money, { maxLength: 40 }), (values) => {
      const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
      const reversed = sumAccurate(Float64Array.from(values.toReversed()));
      expectClose({ actual: sumAccurate(Float64Array.from(values)), expected: reversed, rel: 4.5e-16, abs: size * 1e-28, inputs: values });
    }),
  );
});

test('a product sum is the sum of the products', () => {
  fc.assert(
    fc.property(fc.array(money, { maxLength: 30 }), fc.array(money, { maxLength: 30 }), (left, right) => {
      const products = left.slice(0, right.length).map((value, index) => value * (right[index] ?? 0));
      expect(dotAccurate(Float64Array.from(left), Float64Array.from(right))).toBe(sumAccurate(Float64Array.from(products)));
    }),
  );
});

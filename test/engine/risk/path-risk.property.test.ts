import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covarianceOf, varianceOf, worstDrawdown } from '../../../main/engine/risk/path-risk.ts';

const changes = fc.float64Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

test('worst drawdown by hand: up 3, down 5, up 1, down 2 falls 6 below the highest', () => {
  expect(worstDrawdown(Float64Array.of(3, -5, 1, -2))).toBe(6);
  expect(worstDrawdown(new Float64Array(0))).toBe(0);
});

test('a path that never falls has no drawdown, and none is deeper than all its falls together', () => {
  fc.assert(
    fc.property(changes, (each) => {
      expect(worstDrawdown(each.map(Math.abs))).toBe(0);
      const falls = each.reduce((sum, change) => sum + Math.max(0, -change), 0);
      expect(worstDrawdown(each)).toBeLessThanOrEqual(falls * (1 + 1e-12) + 1e-6);
    }),
  );
});

test('variance by hand: of 1, 2, 3 it is two thirds; it is the covariance with itself and quadruples when changes double', () => {
  expect(varianceOf(Float64Array.of(1, 2, 3))).toBeCloseTo(2 / 3, 15);
  fc.assert(
    fc.property(changes, (each) => {
      expect(varianceOf(each)).toBe(covarianceOf(each, each));
      expect(varianceOf(each.map((change) => 2 * change))).toBe(4 * varianceOf(each));
    }),
  );
  expect(varianceOf(new Float64Array(0))).toBeNaN();
});

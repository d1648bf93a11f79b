import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convexMinorant, convexWithin } from '../../../../main/engine/pricing/quotes/convex-curve.ts';
import { smoothWithin } from '../../../../main/engine/pricing/quotes/smooth-within.ts';

const points = fc
  .array(
    fc.tuple(
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
    ),
    {
      minLength: 2,
      maxLength: 25,
    },
  )
  .map((rows) => {
    let at = 0;
    const x = Float64Array.from(rows, ([step]) => (at += step));
    const target = Float64Array.from(rows, ([, value]) => value);
    const half = Float64Array.from(rows, ([, , width]) => width);
    return { x, target, low: target.map((value, i) => value - (half[i] ?? 0)), high: target.map((value, i) => value + (half[i] ?? 0)) };
  });

function isConvex(x: Float64Array, y: Float64Array): boolean {
  for (let i = 1; i + 1 < x.length; i += 1) {
    const [a = NaN, b = NaN, c = NaN] = x.subarray(i - 1, i + 2);
    const [u = NaN, v = NaN, w = NaN] = y.subarray(i - 1, i + 2);
    if ((w - v) / (c - b) < (v - u) / (b - a) - 1e-7) return false;
  }
  return true;
}

describe('convex curves', () => {
  test('the greatest convex function under points is convex, under them, and touches at both ends', () => {
    fc.assert(
      fc.property(points, ({ x, target }) => {
        const under = convexMinorant(x, target);
        expect(isConvex(x, under)).toBe(true);
        under.forEach((value, i) => expect(value).toBeLessThanOrEqual((target[i] ?? NaN) + 1e-12));
        expect(under[0]).toBe(target[0]);
        expect(under.at(-1)).toBe(target.at(-1));
        convexMinorant(x, under).forEach((value, i) => expect(value).toBeCloseTo(under[i] ?? NaN, 10));
      }),
    );
  });

  test('a curve within bands is convex, never above an upper end, and below a lower end only where it says so', () => {
    fc.assert(
      fc.property(points, ({ x, low, high, target }) => {
        const { values, missed } = convexWithin(x, low, high, target);
        expect(isConvex(x, values)).toBe(true);
        values.forEach((value, i) => {
          expect(value).toBeLessThanOrEqual((high[i] ?? NaN) + 1e-9);
          if (!missed.includes(i)) expect(value).toBeGreaterThanOrEqual((low[i] ?? NaN) - 1e-9);
        });
      }),
    );
  });

  test('bands that hold a convex curve are met without exception, and a convex target is kept', () => {
    fc.assert(
      fc.property(points, ({ x, target, low, high }) => {
        const convex = convexMinorant(x, target);
        const around = (ends: Float64Array): Float64Array => ends.map((value, i) => value - (target[i] ?? 0) + (convex[i] ?? 0));
        const { values, missed } = convexWithin(x, around(low), around(high), convex);
        expect(missed).toEqual([]);
        values.forEach((value, i) => expect(value).toBeCloseTo(convex[i] ?? NaN, 9));
      }),
    );
  });
});

describe('smooth values', () => {
  test('stay within their bands, and a straight target is kept as it is', () => {
    fc.assert(
      fc.property(points, ({ x, low, high, target }) => {
        smoothWithin(x, low, high, target).forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(low[i] ?? NaN);
          expect(value).toBeLessThanOrEqual(high[i] ?? NaN);
        });
        const line = x.map((at) => 2 - 0.3 * at);
        smoothWithin(
          x,
          line.map((value) => value - 1),
          line.map((value) => value + 1),
          line,
        ).forEach((value, i) => expect(value).toBeCloseTo(line[i] ?? NaN, 9));
      }),
    );
  });

  test('are never rougher than the target put into its bands', () => {
    const roughness = (x: Float64Array, y: Float64Array): number => {
      let sum = 0;
      for (let i = 1; i + 1 < x.length; i += 1) {
        const slope = (from: number): number => ((y[from + 1] ?? NaN) - (y[from] ?? NaN)) / ((x[from + 1] ?? NaN) - (x[from] ?? NaN));
        sum += (slope(i) - slope(i - 1)) ** 2;
      }
      return sum;
    };
    fc.assert(
      fc.property(points, ({ x, low, high, target }) => {
        expect(roughness(x, smoothWithin(x, low, high, target))).toBeLessThanOrEqual(roughness(x, target) * (1 + 1e-9) + 1e-12);
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jointDistance } from '../../../main/engine/requirement/distance/joint-distance.ts';
import { choleskyRoot, nearestBreach } from '../../../main/engine/requirement/distance/nearest-breach.ts';
import { expectClose } from '../../support/expect-close.ts';

const real = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** A market of two to four factors: volatilities, and loadings that correlate them. */
const markets = fc.integer({ min: 2, max: 4 }).chain((n) =>
  fc.record({
    slopes: fc.array(fc.oneof(real(-5, -0.1), real(0.1, 5)), { minLength: n, maxLength: n }),
    volatilities: fc.array(real(0.005, 0.08), { minLength: n, maxLength: n }),
    common: fc.array(real(-0.9, 0.9), { minLength: n, maxLength: n }),
    excess: real(0.05, 0.5),
  }),
);

function covarianceOf(volatilities: readonly number[], common: readonly number[]): Float64Array {
  return Float64Array.from(
    volatilities.flatMap((left, i) => volatilities.map((right, j) => left * right * (i === j ? 1 : (common[i] ?? 0) * (common[j] ?? 0)))),
  );
}

test('for a linear excess the search ends where the closed form says', () => {
  fc.assert(
    fc.property(markets, ({ slopes, volatilities, common, excess }) => {
      const covariance = covarianceOf(volatilities, common);
      const exposures = Float64Array.from(slopes);
      const linear = jointDistance(excess, exposures, covariance);
      fc.pre(linear.sigmaDays !== null && linear.sigmaDays < 50);
      const found = nearestBreach(
        (moves) => excess + moves.reduce((sum, move, k) => sum + move * (slopes[k] ?? 0), 0),
        covariance,
        slopes.length,
      );
      expectClose({ actual: found?.sigmaDays ?? NaN, expected: linear.sigmaDays, rel: 1e-6 });
      for (let k = 0; k < slopes.length; k += 1) {
        expectClose({
          actual: found?.moves[k] ?? NaN,
          expected: linear.mostLikelyMove?.[k] ?? NaN,
          rel: 1e-4,
          abs: 1e-4 * (volatilities[k] ?? 0) * linear.sigmaDays,
        });
      }
    }),
    { numRuns: 60 },
  );
});

test('scaling every quantity leaves the distance, and the order of the factors does not matter', () => {
  fc.assert(
    fc.property(markets, real(0.01, 100), ({ slopes, volatilities, common, excess }, scale) => {
      const covariance = covarianceOf(volatilities, common);
      const bent =
        (weight: number, order: readonly number[]) =>
        (moves: Float64Array): number =>
          weight * (excess + order.reduce((sum, k, i) => sum + (slopes[k] ?? 0) * (moves[i] ?? 0) - 2 * (moves[i] ?? 0) ** 2, 0));
      const order = slopes.map((_, k) => k);
      const turned = order.toReversed();
      const there = nearestBreach(bent(1, order), covariance, order.length);
      const larger = nearestBreach(bent(scale, order), covariance, order.length);
      const pick = (values: readonly number[]): number[] => turned.map((k) => values[k] ?? 0);
      const permuted = nearestBreach(bent(1, turned), covarianceOf(pick(volatilities), pick(common)), order.length);
      expectClose({ actual: larger?.sigmaDays ?? NaN, expected: there?.sigmaDays ?? NaN, rel: 1e-5 });
      expectClose({ actual: permuted?.sigmaDays ?? NaN, expected: there?.sigmaDays ?? NaN, rel: 1e-3 });
    }),
    { numRuns: 40 },
  );
});

test('the nearest of two breaches is found though the slope here points at the farther one', () => {
  // Short a straddle: it loses both ways, more upwards per move but sooner downwards.
  const excess = (moves: Float64Array): number => Math.min(1 - 2 * (moves[0] ?? 0), 1 + 10 * ((moves[0] ?? 0) + 0.05));
  const found = nearestBreach(excess, Float64Array.of(0.05 ** 2), 1);
  expectClose({ actual: found?.moves[0] ?? NaN, expected: -0.15, rel: 1e-9 });
  expectClose({ actual: found?.sigmaDays ?? NaN, expected: 3, rel: 1e-9 });
});

test('an account that is already below zero is no distance away, and one that nothing moves is never reached', () => {
  expect(nearestBreach(() => -1, Float64Array.of(0.01), 1)?.sigmaDays).toBe(0);
  expect(nearestBreach(() => NaN, Float64Array.of(0.01), 1)?.sigmaDays).toBe(0);
  expect(nearestBreach(() => 1, Float64Array.of(0.01), 1)).toBeNull();
});

test('price ÷ health factor is not the distance where debt and collateral share a driver', () => {
  // 100 coins at threshold 0.9 against 60 coins and 20 dollars of debt, coin at 1: excess 10 + 30 s.
  const excess = (moves: Float64Array): number => (0.9 * 100 - 60) * (1 + (moves[0] ?? 0)) - 20;
  const found = nearestBreach(excess, Float64Array.of(0.04 ** 2), 1);
  const healthFactor = 90 / 80;
  expectClose({ actual: found?.moves[0] ?? NaN, expected: -1 / 3, rel: 1e-9 });
  expect(Math.abs((found?.moves[0] ?? 0) - (1 / healthFactor - 1))).toBeGreaterThan(0.2);
});

test('the root of a covariance multiplies out to it, also where two factors are the same', () => {
  const covariance = Float64Array.of(4, 2, 2, 2, 1, 1, 2, 1, 5);
  const root = choleskyRoot(covariance, 3);
  for (let i = 0; i < 3; i += 1) {
    for (let j = 0; j < 3; j += 1) {
      let sum = 0;
      for (let k = 0; k < 3; k += 1) sum += (root[i * 3 + k] ?? 0) * (root[j * 3 + k] ?? 0);
      expectClose({ actual: sum, expected: covariance[i * 3 + j] ?? NaN, abs: 1e-12 });
    }
  }
});

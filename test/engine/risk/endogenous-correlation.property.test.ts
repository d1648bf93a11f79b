import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveDense } from '../../../main/engine/math/dense-solve.ts';
import { symmetricEigen } from '../../../main/engine/math/symmetric-eigen.ts';
import {
  correlationOf,
  covarianceAfterSales,
  feedbackGain,
  volatilityRatio,
  type FeedbackMarket,
} from '../../../main/engine/risk/endogenous-correlation.ts';
import { expectClose } from '../../support/expect-close.ts';

const list = (k: number, min: number, max: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: k, maxLength: k });

/** Markets whose covariance is a matrix times itself, so positive semidefinite. */
const markets = fc.integer({ min: 1, max: 6 }).chain((k) =>
  fc
    .record({
      root: list(k * k, -0.6, 0.6),
      position: list(k, -100, 100),
      depth: list(k, 0, 0.4),
      saleSlope: fc.double({ min: 0, max: 3, noNaN: true }),
    })
    .map(({ root, position, depth, saleSlope }): FeedbackMarket => {
      const covariance = Float64Array.from({ length: k * k }, (_, at) => {
        let sum = 0;
        for (let m = 0; m < k; m += 1) sum += (root[Math.floor(at / k) * k + m] ?? NaN) * (root[(at % k) * k + m] ?? NaN);
        return sum;
      });
      return {
        covariance,
        positionValueUsd: Float64Array.from(position),
        quantityOverDepth: Float64Array.from(depth),
        saleSlope,
        referenceValueUsd: 100,
      };
    }),
);

function largest(matrix: Float64Array): number {
  return matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
}

test('covariance after sales is symmetric and positive semidefinite', () => {
  fc.assert(
    fc.property(markets, (market) => {
      const k = market.positionValueUsd.length;
      const gain = feedbackGain(market);
      fc.pre(gain.feedback < 0.98);
      for (const passes of [1, gain.amplification]) {
        const after = covarianceAfterSales(market, passes);
        for (let i = 0; i < k; i += 1) for (let j = 0; j < k; j += 1) expect(after[i * k + j]).toBe(after[j * k + i]);
        expect(symmetricEigen(after, k).values[k - 1]).toBeGreaterThanOrEqual(-1e-11 * largest(after));
      }
    }),
  );
});

test('with all passes it solves (I − gΛπ′) C (I − gπΛ′) = S', () => {
  fc.assert(
    fc.property(markets, (market) => {
      const { covariance, positionValueUsd, quantityOverDepth, saleSlope, referenceValueUsd } = market;
      const k = positionValueUsd.length;
      const gain = feedbackGain(market);
      fc.pre(gain.feedback < 0.9);
      const after = covarianceAfterSales(market, gain.amplification);
      const inverse = (column: number): Float64Array => {
        const matrix = Float64Array.from({ length: k * k }, (_, at) => {
          const [i, j] = [Math.floor(at / k), at % k];
          return (i === j ? 1 : 0) - (saleSlope / referenceValueUsd) * (quantityOverDepth[i] ?? NaN) * (positionValueUsd[j] ?? NaN);
        });
        const unit = new Float64Array(k);
        unit[column] = 1;
        expect(solveDense(matrix, unit, k)).toBe(true);
        return unit;
      };
      const columns = Array.from({ length: k }, (_, j) => inverse(j));
      for (let i = 0; i < k; i += 1) {
        for (let j = 0; j < k; j += 1) {
          let expected = 0;
          for (let m = 0; m < k; m += 1)
            for (let n = 0; n < k; n += 1) expected += (columns[m]?.[i] ?? NaN) * (covariance[m * k + n] ?? NaN) * (columns[n]?.[j] ?? NaN);
          expectClose({ actual: after[i * k + j] ?? NaN, expected, abs: 1e-9 * largest(after) });
        }
      }
    }),
  );
});

test('a fund that does not sell, or trades nothing, changes nothing', () => {
  fc.assert(
    fc.property(markets, (market) => {
      const zero = new Float64Array(market.positionValueUsd.length);
      for (const still of [
        { ...market, saleSlope: 0 },
        { ...market, positionValueUsd: zero },
        { ...market, quantityOverDepth: zero },
      ]) {
        expect(feedbackGain(still)).toMatchObject({ status: 'stable', amplification: 1 });
        expect([...covarianceAfterSales(still, 1)].map((each) => each + 0)).toEqual([...market.covariance].map((each) => each + 0));
      }
    }),
  );
});

test('feedback of exactly one is unstable; a short book damps', () => {
  const market = (position: number): FeedbackMarket => ({
    covariance: Float64Array.of(0.04),
    positionValueUsd: Float64Array.of(position),
    quantityOverDepth: Float64Array.of(0.5),
    saleSlope: 1,
    referenceValueUsd: 64,
  });
  expect(feedbackGain(market(128))).toEqual({ status: 'unstable', feedback: 1, amplification: Infinity });
  expect(feedbackGain({ ...market(1), positionValueUsd: Float64Array.of(NaN) }).status).toBe('unstable');
  const short = feedbackGain(market(-64));
  expect(short).toMatchObject({ status: 'stable', feedback: -0.5 });
  expect(covarianceAfterSales(market(-64), short.amplification)[0]).toBeLessThan(0.04);
});

test('correlations are 1 on the diagonal and do not exist for an asset that does not move', () => {
  const covariance = Float64Array.of(0.04, 0.01, 0, 0.01, 0.09, 0, 0, 0, 0);
  const correlation = correlationOf(covariance, 3);
  expect([correlation[0], correlation[4], correlation[1]]).toEqual([1, 1, 0.01 / (0.2 * 0.3)]);
  expect([2, 5, 6, 7, 8].every((at) => Number.isNaN(correlation[at]))).toBe(true);
  expect([
    ...volatilityRatio(
      covariance.map((each) => 4 * each),
      covariance,
      3,
    ),
  ]).toEqual([2, 2, NaN]);
});

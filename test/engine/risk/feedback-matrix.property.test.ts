import fc from 'fast-check';
import { expect, test } from 'vitest';
import { impactAdjusted } from '../../../main/engine/requirement/lending/liquidity-limits.ts';
import { covarianceAfterSales, feedbackGain } from '../../../main/engine/risk/endogenous-correlation.ts';
import { exitCost } from '../../../main/engine/risk/exit-cost.ts';
import { covarianceWithFeedback, reproductionNumber } from '../../../main/engine/risk/feedback-matrix.ts';
import { expectClose } from '../../support/expect-close.ts';

const double = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const list = (n: number, min: number, max: number): fc.Arbitrary<number[]> => fc.array(double(min, max), { minLength: n, maxLength: n });

/** Funds that hold and sell several assets, as vectors of one length. */
const funds = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.record({ position: list(n, 0, 100), depth: list(n, 0, 0.2), root: list(n * n, -0.5, 0.5) }));

test('of one fund the reproduction number is κ, and the covariance that of Cont and Wagalath', () => {
  fc.assert(
    fc.property(funds, ({ position, depth, root }) => {
      const n = position.length;
      const covariance = Float64Array.from({ length: n * n }, (_, at) => {
        let sum = 0;
        for (let m = 0; m < n; m += 1) sum += (root[Math.floor(at / n) * n + m] ?? NaN) * (root[(at % n) * n + m] ?? NaN);
        return sum;
      });
      const market = {
        covariance,
        positionValueUsd: Float64Array.from(position),
        quantityOverDepth: Float64Array.from(depth),
        saleSlope: 1.5,
        referenceValueUsd: 100,
      };
      const gain = feedbackGain(market);
      fc.pre(gain.feedback < 0.95);
      const matrix = Float64Array.from(
        { length: n * n },
        (_, at) => (1.5 / 100) * (depth[Math.floor(at / n)] ?? NaN) * (position[at % n] ?? NaN),
      );
      expectClose({ actual: reproductionNumber(matrix, n), expected: gain.feedback, rel: 1e-9, abs: 1e-12 });
      const after = covarianceWithFeedback(covariance, matrix, n);
      covarianceAfterSales(market, gain.amplification).forEach((expected, at) => {
        expectClose({ actual: after?.[at] ?? NaN, expected, rel: 1e-8, abs: 1e-8 * gain.amplification ** 2 });
      });
    }),
  );
});

test('without impact nothing comes back; from one on there is no covariance; buying back is not counted', () => {
  const covariance = Float64Array.of(0.04, 0.01, 0.01, 0.09);
  expect(reproductionNumber(new Float64Array(4), 2)).toBe(0);
  expect(covarianceWithFeedback(covariance, new Float64Array(4), 2)).toEqual(covariance);
  expect(covarianceWithFeedback(covariance, Float64Array.of(1, 0, 0, 0.2), 2)).toBeNull();
  expect(reproductionNumber(Float64Array.of(0.5, 0, 0, -3), 2)).toBeCloseTo(0.5, 12);
  expect(reproductionNumber(new Float64Array(0), 0)).toBe(0);
});

test('the reproduction number grows with every entry and in proportion to impact', () => {
  fc.assert(
    fc.property(list(9, 0, 1), fc.integer({ min: 0, max: 8 }), double(0.1, 5), (entries, at, factor) => {
      const matrix = Float64Array.from(entries);
      const number = reproductionNumber(matrix, 3);
      expectClose({
        actual: reproductionNumber(
          matrix.map((each) => each * factor),
          3,
        ),
        expected: number * factor,
        rel: 1e-6,
        abs: 1e-6,
      });
      expect(
        reproductionNumber(
          matrix.map((each, i) => (i === at ? each + 0.3 : each)),
          3,
        ),
      ).toBeGreaterThanOrEqual(number - 1e-6);
    }),
  );
});

const exits = fc.record({
  quantity: double(0.1, 1e4),
  priceUsd: double(0.5, 1e5),
  volume: double(1e3, 1e7),
  volatility: double(0.001, 0.2),
  debtShare: double(0, 0.99),
});

test('one coin that is all there is costs what a single position does', () => {
  fc.assert(
    fc.property(exits, ({ quantity, priceUsd, volume, volatility, debtShare }) => {
      const assetsUsd = quantity * priceUsd;
      const one = impactAdjusted({
        quantity,
        priceUsd,
        debtUsd: assetsUsd * debtShare,
        dailyVolume: volume,
        dailyVolatility: volatility,
        impactCoefficient: 1,
      });
      const many = exitCost({
        quantity: Float64Array.of(quantity, 0),
        priceUsd: Float64Array.of(priceUsd, 1),
        dailyVolume: Float64Array.of(volume, NaN),
        dailyVolatility: Float64Array.of(volatility, NaN),
        coefficient: 1,
        assetsUsd,
        equityUsd: one.equityUsd,
      });
      expectClose({ actual: many.impactFraction, expected: one.impactFraction, rel: 1e-12 });
      expectClose({ actual: many.criticalLeverage ?? NaN, expected: one.criticalLeverage ?? NaN, rel: 1e-12 });
      expectClose({ actual: many.impactAdjustedEquityUsd, expected: one.impactAdjustedEquityUsd, rel: 1e-9, abs: 1e-9 * assetsUsd });
      expect(many.isExitPossible).toBe(many.impactAdjustedEquityUsd > 0);
      // The critical leverage is where the equity is gone.
      const edge = assetsUsd / (many.criticalLeverage ?? NaN);
      expectClose({ actual: edge - many.costUsd, expected: 0, abs: 1e-9 * assetsUsd });
    }),
  );
});

test('selling together costs more than selling one after the other was counted, by the square root', () => {
  const sell = (quantity: number): number =>
    exitCost({
      quantity: Float64Array.of(quantity),
      priceUsd: Float64Array.of(100),
      dailyVolume: Float64Array.of(1e6),
      dailyVolatility: Float64Array.of(0.05),
      coefficient: 1,
      assetsUsd: quantity * 100,
      equityUsd: 1,
    }).costUsd;
  expect(sell(400) / (4 * sell(100))).toBeCloseTo(2, 12);
  expect(sell(0)).toBe(0);
});

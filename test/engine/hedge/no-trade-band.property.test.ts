import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfWidthNearTrigger, noTradeBands, type BandOption } from '../../../main/engine/hedge/no-trade-band.ts';
import { expectClose } from '../../support/expect-close.ts';

const options: fc.Arbitrary<BandOption> = fc.record({
  isCall: fc.boolean(),
  spot: fc.double({ min: 50, max: 200, noNaN: true }),
  strike: fc.double({ min: 50, max: 200, noNaN: true }),
  years: fc.double({ min: 0.02, max: 2, noNaN: true }),
  volatility: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
  ratePerYear: fc.double({ min: -0.02, max: 0.1, noNaN: true }),
  costFraction: fc.double({ min: 1e-5, max: 0.02, noNaN: true }),
  riskAversion: fc.double({ min: 0.01, max: 10, noNaN: true }),
});

test('without costs there is no band: hedge at delta', () => {
  fc.assert(
    fc.property(options, fc.boolean(), (option, isLong) => {
      const { delta, whalleyWilmott, zakamouline, varianceShift } = noTradeBands({ ...option, costFraction: 0 }, isLong);
      expect(whalleyWilmott).toEqual({ center: delta, halfWidth: 0, low: delta, high: delta });
      expect(zakamouline).toEqual({ center: delta, halfWidth: 0, low: delta, high: delta, modifiedVolatility: option.volatility });
      expect(Object.is(varianceShift, 0)).toBe(true);
    }),
  );
});

test('the Whalley-Wilmott band grows with the cube root of the cost', () => {
  fc.assert(
    fc.property(options, (option) => {
      const [once, eightfold] = [option, { ...option, costFraction: 8 * option.costFraction }].map(
        (each) => noTradeBands(each, true).whalleyWilmott.halfWidth,
      );
      expectClose({ actual: eightfold ?? NaN, expected: 2 * (once ?? NaN), rel: 1e-12 });
    }),
  );
});

test('higher costs never narrow a band, more risk aversion never widens one', () => {
  fc.assert(
    fc.property(options, (option) => {
      const base = noTradeBands(option, true);
      const costly = noTradeBands({ ...option, costFraction: 1.5 * option.costFraction }, true);
      const careful = noTradeBands({ ...option, riskAversion: 1.5 * option.riskAversion }, true);
      const width = ({ baseHalfWidth, gammaHalfWidth }: typeof base): number => baseHalfWidth + gammaHalfWidth;
      expect(costly.whalleyWilmott.halfWidth).toBeGreaterThanOrEqual(base.whalleyWilmott.halfWidth);
      expect(careful.whalleyWilmott.halfWidth).toBeLessThanOrEqual(base.whalleyWilmott.halfWidth);
      expect([width(costly) >= width(base), width(careful) <= width(base)]).toEqual([true, true]);
    }),
  );
});

test('a put has the band of its call, one lower; a long option hedges at less volatility than a short one', () => {
  fc.assert(
    fc.property(options, (option) => {
      const call = noTradeBands({ ...option, isCall: true }, true);
      const put = noTradeBands({ ...option, isCall: false }, true);
      const short = noTradeBands({ ...option, isCall: true }, false);
      expectClose({ actual: put.whalleyWilmott.low, expected: call.whalleyWilmott.low - 1, abs: 1e-12 });
      expectClose({ actual: put.gammaHalfWidth, expected: call.gammaHalfWidth, rel: 1e-12 });
      expect(call.varianceShift).toBeLessThanOrEqual(0);
      expect(short.zakamouline?.modifiedVolatility).toBeGreaterThanOrEqual(option.volatility);
      if (call.zakamouline !== null) expect(call.zakamouline.modifiedVolatility).toBeLessThanOrEqual(option.volatility);
    }),
  );
});

test('costs that would leave a long option no variance give no Zakamouline band, and everything else', () => {
  const option = {
    isCall: true,
    spot: 3000,
    strike: 3000,
    years: 0.01,
    volatility: 0.1,
    ratePerYear: 0,
    costFraction: 0.3,
    riskAversion: 10,
  };
  const bands = noTradeBands(option, true);
  expect(bands.varianceShift).toBeLessThan(-1);
  expect(bands.zakamouline).toBeNull();
  expect([bands.baseHalfWidth, bands.gammaHalfWidth, bands.whalleyWilmott.halfWidth].every(Number.isFinite)).toBe(true);
  expect(noTradeBands(option, false).zakamouline).not.toBeNull();
});

test('near a trigger the band is a share of the distance, and closed at it', () => {
  expect(halfWidthNearTrigger(0.1, 10, 0.5)).toBe(0.1);
  expect(halfWidthNearTrigger(0.1, Number.POSITIVE_INFINITY, 0.5)).toBe(0.1);
  expect(halfWidthNearTrigger(0.1, 0.1, 0.5)).toBe(0.05);
  expect(halfWidthNearTrigger(0.1, -1, 0.5)).toBe(0);
});

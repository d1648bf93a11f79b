import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chords,
  impactKnots,
  impactsUsd,
  impactUsd,
  leastImpactUsd,
  mostImpactUsd,
  reserveImpactUsd,
  squareRootImpactUsd,
} from '../../../main/engine/hedge/market-impact.ts';

const CAP_USD = 4_000_000;
const knotsUsd = [0.25, 0.5, 1].map((share) => share * CAP_USD);
const terms = { volatility: 0.04, volumeUsd: 8e9, coefficient: 1 };
const rootUsd = (usd: number): number => squareRootImpactUsd(usd, terms);
const root = chords('sell ETH', knotsUsd, rootUsd);
const product = chords('sell ETH', knotsUsd, (usd) => reserveImpactUsd(usd, 8e9));

const size = fc.double({ min: 0, max: CAP_USD, noNaN: true });
const anySize = fc.double({ min: 0, max: 3 * CAP_USD, noNaN: true });
const seeded = { seed: 11, numRuns: 200 };

describe('what a price gives way', () => {
  test('the square-root law: 1 % of the volume at 4 % a day moves the price by 0.4 %, of which two thirds are paid', () => {
    expect(rootUsd(80e6)).toBeCloseTo(80e6 * 0.004 * (2 / 3), 6);
  });

  test('a constant product gives up q/R of a small trade, exactly q/(R − q) of the coins bought', () => {
    const [tradedUsd, reserveUsd] = [1e5, 1e9];
    const exactUsd = (tradedUsd * reserveUsd) / (reserveUsd - tradedUsd) - tradedUsd;
    expect(Math.abs(reserveImpactUsd(tradedUsd, reserveUsd) / exactUsd - 1)).toBeLessThan(2e-4);
  });

  test.each([
    ['square root', root, rootUsd],
    ['constant product', product, (usd: number) => reserveImpactUsd(usd, 8e9)],
  ] as const)(
    '%s: chords are zero at zero, equal to the law at the knots, and nowhere below it up to what the market bears',
    (_, curve, law) => {
      expect(impactUsd(curve, 0)).toBe(0);
      for (const knot of knotsUsd) expect(impactUsd(curve, knot)).toBeCloseTo(law(knot), 6);
      fc.assert(
        fc.property(size, (usd) => impactUsd(curve, usd) >= law(usd) - 1e-9),
        seeded,
      );
    },
  );

  test('the cost is convex: the middle of two sizes costs no more than their mean', () => {
    fc.assert(
      fc.property(anySize, anySize, (a, b) => {
        expect(impactUsd(root, (a + b) / 2)).toBeLessThanOrEqual((impactUsd(root, a) + impactUsd(root, b)) / 2 + 1e-6);
      }),
      seeded,
    );
  });

  test('a larger volume never costs more', () => {
    const wide = chords('sell ETH', knotsUsd, (usd) => squareRootImpactUsd(usd, { ...terms, volumeUsd: 2 * terms.volumeUsd }));
    fc.assert(
      fc.property(anySize, (usd) => impactUsd(wide, usd) <= impactUsd(root, usd)),
      seeded,
    );
  });
});

describe('a market shared by several legs', () => {
  const leg = { notionalUsd: 2000, impact: root };

  test('one trade split over two accounts costs the same in all, each by its notional', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 2000, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (units, share) => {
        const [whole = NaN] = impactsUsd([leg], [units]);
        const [one = NaN, other = NaN] = impactsUsd([leg, { ...leg, notionalUsd: 4000 }], [share * units, ((1 - share) * units) / 2]);
        expect(one + other).toBeCloseTo(whole, 6);
        expect(one).toBeCloseTo(share * whole, 6);
      }),
      seeded,
    );
  });

  test('opposite directions and other markets do not share, and what has no impact costs nothing', () => {
    const legs = [leg, { notionalUsd: 2000, impact: { ...root, market: 'buy ETH' } }, { notionalUsd: 2000 }];
    const [sell, buy, none] = impactsUsd(legs, [500, 500, 500]);
    expect(sell).toBeCloseTo(impactUsd(root, 1e6), 6);
    expect(buy).toBe(sell);
    expect(none).toBe(0);
  });

  test('the first slope and the knots that can be reached add up to the cost of any amounts', () => {
    const candidates = [
      { ...leg, upper: 900 },
      { ...leg, notionalUsd: 500, upper: 3000 },
      { notionalUsd: 1000, upper: 50 },
    ];
    const knots = impactKnots(candidates, 50);
    expect(knots).toHaveLength(2);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), (shares) => {
        const amounts = candidates.map(({ upper }, index) => upper * (shares[index] ?? 0));
        const sum = (of: (index: number) => number): number => candidates.reduce((total, _, index) => total + of(index), 0);
        const least = sum((index) => 50 * leastImpactUsd(candidates[index] ?? leg) * (amounts[index] ?? 0));
        const passed = knots.reduce((total, { leastUsd, perUnitUsd, price }) => {
          const missed = leastUsd - sum((index) => (perUnitUsd[index] ?? 0) * (amounts[index] ?? 0));
          return total + price * Math.max(0, missed);
        }, 0);
        const costUsd = impactsUsd(candidates, amounts).reduce((total, usd) => total + usd, 0);
        expect(least + passed).toBeCloseTo(50 * costUsd, 3);
        expect(costUsd).toBeLessThanOrEqual(sum((index) => mostImpactUsd(candidates[index] ?? leg) * (amounts[index] ?? 0)) + 1e-6);
      }),
      seeded,
    );
  });

  test('a knot that nothing can reach is left out', () => {
    expect(impactKnots([{ ...leg, upper: 400 }], 50)).toEqual([]);
    expect(impactKnots([{ ...leg, upper: 600 }], 50)).toHaveLength(1);
  });
});

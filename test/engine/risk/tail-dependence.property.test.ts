import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothBelow } from '../../../main/engine/math/bivariate-normal.ts';
import { normalCdf } from '../../../main/engine/math/normal.ts';
import { tailDependence } from '../../../main/engine/risk/tail-dependence.ts';
import { countTailDependence } from '../../oracle/tail-dependence-count.ts';

const DAYS = 160;
const SHARE = 0.05;

/** Days of moves of so many assets, rounded so that some are equal. */
function someMoves(assets: number): fc.Arbitrary<Float64Array> {
  return fc
    .array(fc.integer({ min: -400, max: 400 }), { minLength: DAYS * assets, maxLength: DAYS * assets })
    .map((values) => Float64Array.from(values, (value) => value / 1000));
}

describe('tailDependence', () => {
  it('is the share of an asset’s worst days on which the other has one too, counted by rank', () => {
    fc.assert(
      fc.property(someMoves(3), (moves) => {
        const { lower, tailDays, days } = tailDependence(moves, 3, SHARE);
        expect({ tailDays, days }).toEqual({ tailDays: 8, days: DAYS });
        expect(lower).toBeCloseTo(countTailDependence(moves, 3, SHARE), 12);
      }),
    );
  });

  it('is 1 for assets that always move together and lies in its interval', () => {
    fc.assert(
      fc.property(someMoves(1), someMoves(2), (one, two) => {
        const same = Float64Array.from({ length: 2 * DAYS }, (_, at) => (one[Math.floor(at / 2)] ?? 0) * (at % 2 === 0 ? 1 : 2));
        fc.pre(one.some((move) => move !== one[0]));
        expect(tailDependence(same, 2, SHARE)).toMatchObject({ lower: 1, high: 1 });
        const { lower, low, high } = tailDependence(two, 2, SHARE);
        expect(0 <= low && low <= lower && lower <= high && high <= 1).toBe(true);
      }),
    );
  });

  it('depends on ranks alone: any rising change of an asset’s moves leaves it', () => {
    fc.assert(
      fc.property(someMoves(2), (moves) => {
        const bent = moves.map((move, at) => (at % 2 === 0 ? move : move ** 3 + 2 * move));
        expect(tailDependence(bent, 2, SHARE).lower).toBe(tailDependence(moves, 2, SHARE).lower);
      }),
    );
  });

  it('has no value with one asset, without movement, or with fewer than five days in a tail', () => {
    expect(tailDependence(new Float64Array(DAYS), 1, SHARE).lower).toBeNaN();
    expect(tailDependence(new Float64Array(2 * DAYS), 2, SHARE).lower).toBeNaN();
    expect(tailDependence(new Float64Array(), 0, SHARE).lower).toBeNaN();
    const short = Float64Array.from({ length: 160 }, (_, at) => Math.sin(at));
    expect(tailDependence(short, 2, SHARE)).toMatchObject({ lower: NaN, tailDays: 4, days: 80 });
  });
});

describe('bothBelow', () => {
  it('is a product without correlation, one chance with full correlation, and 1/4 + asin ρ / 2π at the median', () => {
    for (const z of [-2.5, -1.6448536269514722, -0.3, 0, 1.2]) {
      expect(bothBelow(z, 0)).toBeCloseTo(normalCdf(z) ** 2, 14);
      expect(bothBelow(z, 1)).toBeCloseTo(normalCdf(z), 11);
      expect(bothBelow(z, -1)).toBeCloseTo(Math.max(0, 2 * normalCdf(z) - 1), 11);
    }
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (correlation) => {
        expect(bothBelow(0, correlation)).toBeCloseTo(0.25 + Math.asin(correlation) / (2 * Math.PI), 12);
      }),
    );
  });

  it('rises with correlation and has no value outside −1 to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -1, max: 0.98, noNaN: true }), (z, correlation) => {
        expect(bothBelow(z, correlation + 0.02)).toBeGreaterThanOrEqual(bothBelow(z, correlation) - 1e-13);
      }),
    );
    expect(bothBelow(0, 1.1)).toBeNaN();
    expect(bothBelow(0, NaN)).toBeNaN();
  });
});

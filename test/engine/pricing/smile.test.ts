import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smileThrough, surfaceVolatility, totalVarianceAt } from '../../../main/engine/pricing/smile.ts';
import type { Smile } from '../../../main/engine/pricing/smile.ts';
import { expectClose } from '../../support/expect-close.ts';

/** The smile through volatilities by strike at forward 100. */
function smileAt(strikes: readonly number[], volatilities: readonly number[], years: number): Smile {
  return smileThrough(
    years,
    Float64Array.from(strikes, (strike) => Math.log(strike / 100)),
    Float64Array.from(volatilities, (volatility) => volatility ** 2 * years),
  );
}

function volatilityAt(smile: Smile, strike: number): number {
  return Math.sqrt(totalVarianceAt(smile, Math.log(strike / 100)) / smile.years);
}

describe('smile', () => {
  const built = fc
    .tuple(
      fc.uniqueArray(
        fc.integer({ min: 2, max: 80 }).map((tens) => tens * 5),
        { minLength: 1, maxLength: 12 },
      ),
      fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: 12, maxLength: 12 }),
    )
    .map(([strikes, volatilities]) => ({
      strikes: strikes.toSorted((left, right) => left - right),
      volatilities: volatilities.slice(0, strikes.length),
    }));

  test('passes through its points and never leaves the range of the neighbours between them', () => {
    fc.assert(
      fc.property(built, ({ strikes, volatilities }) => {
        const smile = smileAt(strikes, volatilities, 0.5);
        strikes.forEach((strike, k) =>
          expectClose({
            actual: volatilityAt(smile, strike),
            expected: volatilities[k] ?? NaN,
            rel: 1e-10,
            inputs: { strikes, volatilities },
          }),
        );
        for (let k = 1; k < smile.logMoneyness.length; k += 1) {
          const [from, to] = [smile.logMoneyness[k - 1] ?? NaN, smile.logMoneyness[k] ?? NaN];
          const [first, last] = [smile.totalVariance[k - 1] ?? NaN, smile.totalVariance[k] ?? NaN];
          for (let part = 0.05; part < 1; part += 0.1) {
            const value = totalVarianceAt(smile, from + part * (to - from));
            expect(value).toBeGreaterThanOrEqual(Math.min(first, last) - 1e-12);
            expect(value).toBeLessThanOrEqual(Math.max(first, last) + 1e-12);
          }
        }
      }),
    );
  });

  test('is between its points what SciPy 1.10 PchipInterpolator makes of the same log-moneyness and total variance', () => {
    const smile = smileAt([70, 90, 100, 130, 160], [0.9, 0.7, 0.62, 0.6, 0.75], 0.5);
    expectClose({ actual: totalVarianceAt(smile, Math.log(0.95)), expected: 0.21178944560570825, rel: 1e-14 });
    expectClose({ actual: totalVarianceAt(smile, Math.log(1.1)), expected: 0.1848106638169604, rel: 1e-14 });
    expectClose({ actual: totalVarianceAt(smile, Math.log(1.2)), expected: 0.1810760302178951, rel: 1e-14 });
  });

  test('has no jump and no kink at its points, the outermost included', () => {
    fc.assert(
      fc.property(built, ({ strikes, volatilities }) => {
        const smile = smileAt(strikes, volatilities, 0.5);
        const h = 1e-7;
        smile.logMoneyness.forEach((x) => {
          const before = (totalVarianceAt(smile, x) - totalVarianceAt(smile, x - h)) / h;
          const after = (totalVarianceAt(smile, x + h) - totalVarianceAt(smile, x)) / h;
          expect(Math.abs(after - before)).toBeLessThan(1e-2);
        });
      }),
    );
  });

  test('stays positive and bounded far beyond its last strikes', () => {
    fc.assert(
      fc.property(built, ({ strikes, volatilities }) => {
        const smile = smileAt(strikes, volatilities, 0.5);
        const largest = Math.max(...smile.totalVariance);
        for (const strike of [1e-6, 1e-2, 1e4, 1e9]) {
          expect(volatilityAt(smile, strike)).toBeGreaterThan(0);
          expect(totalVarianceAt(smile, Math.log(strike / 100))).toBeLessThanOrEqual(largest + 0.5 + 1e-9);
        }
      }),
    );
  });

  test('without points answers NaN', () => {
    expect(totalVarianceAt(smileAt([], [], 1), 0)).toBeNaN();
    expect(totalVarianceAt(smileAt([100], [0.4], 1), NaN)).toBeNaN();
  });
});

describe('surface', () => {
  const flat = (volatility: number, years: number): Smile => smileAt([100], [volatility], years);
  const surface = { years: Float64Array.of(0.25, 1), smiles: [flat(0.8, 0.25), flat(0.5, 1)] };

  test('is linear in total variance between expiries and flat in volatility outside them', () => {
    expectClose({ actual: surfaceVolatility(surface, 0.25, 0), expected: 0.8, rel: 1e-12 });
    expectClose({ actual: surfaceVolatility(surface, 1, 0), expected: 0.5, rel: 1e-12 });
    expectClose({ actual: surfaceVolatility(surface, 0.625, 0), expected: Math.sqrt((0.16 + 0.25) / 2 / 0.625), rel: 1e-12 });
    expectClose({ actual: surfaceVolatility(surface, 0.01, 0), expected: 0.8, rel: 1e-12 });
    expectClose({ actual: surfaceVolatility(surface, 5, 0), expected: 0.5, rel: 1e-12 });
  });

  test('never lets total variance fall in time', () => {
    const inverted = { years: Float64Array.of(0.25, 1), smiles: [flat(1.2, 0.25), flat(0.5, 1)] };
    expectClose({ actual: surfaceVolatility(inverted, 0.625, 0), expected: Math.sqrt(0.36 / 0.625), rel: 1e-12 });
  });

  test('without expiries or time answers NaN', () => {
    expect(surfaceVolatility({ years: new Float64Array(), smiles: [] }, 1, 0)).toBeNaN();
    expect(surfaceVolatility(surface, 0, 0)).toBeNaN();
  });
});

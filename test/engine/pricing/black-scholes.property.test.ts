import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blackScholes } from '../../../main/engine/pricing/black-scholes.ts';
import type { SpotOption } from '../../../main/engine/pricing/black-scholes.ts';
import { expectClose } from '../../support/expect-close.ts';

const option = fc.record({
  isCall: fc.boolean(),
  spot: fc.double({ min: 50, max: 5000, noNaN: true }),
  strike: fc.double({ min: 50, max: 5000, noNaN: true }),
  ratePerYear: fc.double({ min: -0.05, max: 0.3, noNaN: true }),
  yieldPerYear: fc.double({ min: -0.05, max: 0.3, noNaN: true }),
  years: fc.double({ min: 0.05, max: 3, noNaN: true }),
  volatility: fc.double({ min: 0.1, max: 2, noNaN: true }),
});

describe('generalised Black-Scholes', () => {
  test('keeps put-call parity on the spot with yield', () => {
    fc.assert(
      fc.property(option, (terms) => {
        const gap = blackScholes({ ...terms, isCall: true }).price - blackScholes({ ...terms, isCall: false }).price;
        const expected =
          terms.spot * Math.exp(-terms.yieldPerYear * terms.years) - terms.strike * Math.exp(-terms.ratePerYear * terms.years);
        expectClose({ actual: gap, expected, abs: 1e-12 * (terms.spot + terms.strike), inputs: terms });
      }),
    );
  });

  test('its Greeks obey the pricing equation: theta + (r − q) S delta + ½ σ² S² gamma = r V', () => {
    fc.assert(
      fc.property(option, (terms) => {
        const { spot, ratePerYear, yieldPerYear, volatility } = terms;
        const greeks = blackScholes(terms);
        const left =
          greeks.thetaPerYear + (ratePerYear - yieldPerYear) * spot * greeks.delta + 0.5 * volatility ** 2 * spot ** 2 * greeks.gamma;
        expectClose({ actual: left, expected: ratePerYear * greeks.price, abs: 1e-11 * (spot + terms.strike), inputs: terms });
      }),
    );
  });

  test('is homogeneous: V = S delta + K dual delta', () => {
    fc.assert(
      fc.property(option, (terms) => {
        const greeks = blackScholes(terms);
        expectClose({
          actual: terms.spot * greeks.delta + terms.strike * greeks.dualDelta,
          expected: greeks.price,
          abs: 1e-11 * (terms.spot + terms.strike),
          inputs: terms,
        });
      }),
    );
  });

  test('rho, yield rho, charm and speed are the differences of price, delta and gamma', () => {
    fc.assert(
      fc.property(option, (terms) => {
        const moved = (change: Partial<SpotOption>): ReturnType<typeof blackScholes> => blackScholes({ ...terms, ...change });
        const here = blackScholes(terms);
        const h = 1e-5;
        const rho = (moved({ ratePerYear: terms.ratePerYear + h }).price - moved({ ratePerYear: terms.ratePerYear - h }).price) / (2 * h);
        expectClose({ actual: here.rho, expected: rho, rel: 1e-5, abs: 1e-6 * terms.spot, inputs: terms });
        const yieldRho =
          (moved({ yieldPerYear: terms.yieldPerYear + h }).price - moved({ yieldPerYear: terms.yieldPerYear - h }).price) / (2 * h);
        expectClose({ actual: here.yieldRho, expected: yieldRho, rel: 1e-5, abs: 1e-6 * terms.spot, inputs: terms });
        const t = 1e-5 * terms.years;
        const charm = -(moved({ years: terms.years + t }).delta - moved({ years: terms.years - t }).delta) / (2 * t);
        expectClose({ actual: here.charm, expected: charm, rel: 1e-4, abs: 1e-6, inputs: terms });
        const s = 1e-5 * terms.spot;
        const speed = (moved({ spot: terms.spot + s }).gamma - moved({ spot: terms.spot - s }).gamma) / (2 * s);
        expectClose({ actual: here.speed, expected: speed, rel: 1e-4, abs: 1e-6 / terms.spot ** 2, inputs: terms });
      }),
    );
  });

  test('without time or volatility it is the discounted intrinsic value, and never NaN', () => {
    const terms = { isCall: true, spot: 100, strike: 100, ratePerYear: 0.05, yieldPerYear: 0, years: 0, volatility: 0.4 };
    expect(blackScholes(terms)).toMatchObject({ price: 0, delta: 0.5, gamma: 0, vega: 0, volga: 0 });
    expectClose({ actual: blackScholes({ ...terms, years: 1, volatility: 0 }).price, expected: 100 - 100 * Math.exp(-0.05), rel: 1e-14 });
    const { elasticity, ...others } = blackScholes({ ...terms, spot: 90 });
    expect(Object.values(others).every(Number.isFinite)).toBe(true);
    expect(elasticity).toBeNaN();
  });
});

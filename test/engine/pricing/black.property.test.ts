import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blackGreeks, blackOutput, BLACK_OUTPUTS, blackPrice, logRatio, timeValue } from '../../../main/engine/pricing/black.ts';
import { blackPriceByIntegral } from '../../oracle/black-integral.ts';
import { expectClose } from '../../support/expect-close.ts';

const forward = fc.double({ min: 50, max: 150_000, noNaN: true });
const moneyness = fc.double({ min: 0.1, max: 8, noNaN: true });
const volatility = fc.double({ min: 0.05, max: 3, noNaN: true });
const years = fc.double({ min: 0.001, max: 3, noNaN: true });
const option = fc.record({ isCall: fc.boolean(), forward, moneyness, volatility, years });

function greeks(isCall: boolean, market: { forward: number; strike: number; volatility: number; years: number }): Float64Array {
  const out = new Float64Array(BLACK_OUTPUTS);
  blackGreeks(isCall, market.forward, market.strike, market.volatility, market.years, out);
  return out;
}

function greek(out: Float64Array, name: keyof typeof blackOutput): number {
  return out[blackOutput[name]] ?? NaN;
}

describe("Black's price", () => {
  test('is the integral of the payoff over the lognormal density', () => {
    fc.assert(
      fc.property(option, ({ isCall, ...m }) => {
        const strike = m.forward * m.moneyness;
        const deviation = m.volatility * Math.sqrt(m.years);
        const expected = blackPriceByIntegral(isCall, { forward: m.forward, strike, deviation });
        expectClose({
          actual: blackPrice(isCall, m.forward, strike, deviation, 1),
          expected,
          rel: 1e-9,
          abs: 1e-9 * m.forward,
          inputs: { isCall, ...m },
        });
      }),
    );
  });

  test('call less put is the discounted forward less the strike', () => {
    fc.assert(
      fc.property(option, fc.double({ min: 0.5, max: 1, noNaN: true }), (m, discount) => {
        const strike = m.forward * m.moneyness;
        const deviation = m.volatility * Math.sqrt(m.years);
        const gap = blackPrice(true, m.forward, strike, deviation, discount) - blackPrice(false, m.forward, strike, deviation, discount);
        expectClose({ actual: gap, expected: discount * (m.forward - strike), abs: 1e-14 * (m.forward + strike), inputs: m });
      }),
    );
  });

  test('is homogeneous of degree one in forward and strike', () => {
    fc.assert(
      fc.property(option, fc.double({ min: 0.001, max: 1000, noNaN: true }), (m, scale) => {
        const strike = m.forward * m.moneyness;
        const deviation = m.volatility * Math.sqrt(m.years);
        const scaled = blackPrice(m.isCall, scale * m.forward, scale * strike, deviation, 1);
        expectClose({
          actual: scaled,
          expected: scale * blackPrice(m.isCall, m.forward, strike, deviation, 1),
          rel: 1e-9,
          abs: 1e-12 * scale * m.forward,
          inputs: { m, scale },
        });
      }),
    );
  });

  test('rises with volatility, and stays between intrinsic and its bound', () => {
    fc.assert(
      fc.property(option, fc.double({ min: 1e-3, max: 1, noNaN: true }), (m, more) => {
        const strike = m.forward * m.moneyness;
        const deviation = m.volatility * Math.sqrt(m.years);
        const low = timeValue(m.forward, strike, deviation);
        const high = timeValue(m.forward, strike, deviation + more);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        expect(high).toBeLessThanOrEqual(Math.min(m.forward, strike));
      }),
    );
  });

  test('falls for a call and rises for a put as the strike rises, never faster than the strike', () => {
    fc.assert(
      fc.property(option, (m) => {
        const deviation = m.volatility * Math.sqrt(m.years);
        const [low, high] = [m.forward * m.moneyness, m.forward * m.moneyness * 1.01];
        const change = blackPrice(m.isCall, m.forward, high, deviation, 1) - blackPrice(m.isCall, m.forward, low, deviation, 1);
        const slack = 1e-12 * m.forward;
        expect(m.isCall ? -change : change).toBeGreaterThanOrEqual(-slack);
        expect(Math.abs(change)).toBeLessThanOrEqual(high - low + slack);
      }),
    );
  });

  test('has its limits without spread, with endless spread, at strike 0 and forward 0', () => {
    expect([blackPrice(true, 100, 90, 0, 1), blackPrice(false, 100, 90, 0, 1), blackPrice(true, 100, 100, 0, 1)]).toEqual([10, 0, 0]);
    expect([blackPrice(true, 100, 90, Infinity, 0.5), blackPrice(false, 100, 90, Infinity, 0.5)]).toEqual([50, 45]);
    expect([blackPrice(true, 100, 0, 0.3, 1), blackPrice(false, 100, 0, 0.3, 1), blackPrice(false, 0, 90, 0.3, 1)]).toEqual([100, 0, 90]);
  });

  test('is NaN for NaN and for negative prices or spread, never a number that looks right', () => {
    for (const broken of [
      [NaN, 90, 0.2],
      [100, NaN, 0.2],
      [100, 90, NaN],
      [-1, 90, 0.2],
      [100, -1, 0.2],
      [100, 90, -0.2],
    ] as const) {
      expect(blackPrice(true, broken[0], broken[1], broken[2], 1)).toBeNaN();
    }
  });
});

describe("Black's Greeks", () => {
  test('are the derivatives of the price', () => {
    fc.assert(
      fc.property(option, ({ isCall, ...m }) => {
        const strike = m.forward * m.moneyness;
        const at = (change: { forward?: number; volatility?: number; years?: number }): Float64Array =>
          greeks(isCall, {
            forward: m.forward + (change.forward ?? 0),
            strike,
            volatility: m.volatility + (change.volatility ?? 0),
            years: m.years + (change.years ?? 0),
          });
        const here = at({});
        const h = 1e-4 * m.forward * m.volatility * Math.sqrt(m.years);
        const slope = (name: keyof typeof blackOutput, by: keyof Parameters<typeof at>[0], step: number): number =>
          (greek(at({ [by]: step }), name) - greek(at({ [by]: -step }), name)) / (2 * step);
        const size = { rel: 2e-5, inputs: { isCall, ...m } };
        const kappa = m.forward / h;
        expectClose({
          actual: greek(here, 'delta'),
          expected: slope('price', 'forward', h),
          abs: 1e-13 * kappa + 1e-9,
          ...size,
        });
        expectClose({
          actual: greek(here, 'gamma'),
          expected: slope('delta', 'forward', h),
          abs: 1e-13 / h + (1e-9 * 1e-4) / h,
          ...size,
        });
        const v = 1e-4 * m.volatility;
        expectClose({
          actual: greek(here, 'vega'),
          expected: slope('price', 'volatility', v),
          abs: (1e-13 * m.forward) / v + 1e-7 * m.forward,
          ...size,
        });
        expectClose({
          actual: greek(here, 'vanna'),
          expected: slope('delta', 'volatility', v),
          abs: 1e-13 / v + 1e-6,
          ...size,
        });
        expectClose({
          actual: greek(here, 'volga'),
          expected: slope('vega', 'volatility', v),
          abs: (1e-13 * m.forward) / v + 1e-6 * m.forward,
          ...size,
        });
        const t = 1e-4 * m.years;
        expectClose({
          actual: greek(here, 'theta'),
          expected: -slope('price', 'years', t),
          abs: (1e-13 * m.forward) / t + 1e-6 * m.forward,
          ...size,
        });
      }),
    );
  });

  test('without time or volatility are the limits, one half of delta at the strike, and no NaN', () => {
    const expired = greeks(true, { forward: 100, strike: 100, volatility: 0.5, years: 0 });
    expect([...expired]).toEqual([0, 0.5, 0, 0, 0, 0, 0]);
    expect(greek(greeks(false, { forward: 90, strike: 100, volatility: 0.5, years: 0 }), 'delta')).toBe(-1);
    const flat = greeks(true, { forward: 100, strike: 100, volatility: 0, years: 1 });
    expectClose({ actual: greek(flat, 'vega'), expected: 100 / Math.sqrt(2 * Math.PI), rel: 1e-15 });
    expect([...greeks(true, { forward: 100, strike: 0, volatility: 0.5, years: 1 })]).toEqual([100, 1, 0, 0, 0, 0, 0]);
    expect([...greeks(false, { forward: 0, strike: 50, volatility: 0.5, years: 1 })]).toEqual([50, -1, 0, 0, 0, 0, 0]);
    for (const strike of [1e-300, 1e300])
      expect(greeks(true, { forward: 100, strike, volatility: 0.01, years: 0.001 }).every(Number.isFinite)).toBe(true);
  });

  test('are all NaN for a NaN argument', () => {
    expect(greeks(true, { forward: NaN, strike: 100, volatility: 0.5, years: 1 }).every(Number.isNaN)).toBe(true);
  });

  test('logarithm of a ratio keeps its relative accuracy near one', () => {
    expectClose({ actual: logRatio(1 + 2 ** -40, 1), expected: 2 ** -40 - 2 ** -81, rel: 1e-15 });
    expectClose({ actual: logRatio(200, 100), expected: Math.LN2, rel: 1e-16 });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COIN_OPTION_OUTPUTS,
  coinOptionGreeks,
  coinOptionOutput,
  coinOptionPayoff,
  inverseFutureDeltaCoin,
  inverseFutureProfitCoin,
  inverseFutureProfitUsd,
  inverseMoveProfitCoin,
} from '../../../main/engine/pricing/inverse.ts';
import { expectClose } from '../../support/expect-close.ts';

const price = fc.double({ min: 100, max: 200_000, noNaN: true });
const quantity = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((tens) => tens * 10);

function greeks(isCall: boolean, market: { forward: number; strike: number; volatility: number; years: number }): Float64Array {
  const out = new Float64Array(COIN_OPTION_OUTPUTS);
  coinOptionGreeks(isCall, market.forward, market.strike, market.volatility, market.years, out);
  return out;
}

describe('coin-settled option', () => {
  const market = fc.record({
    forward: price,
    strike: price,
    volatility: fc.double({ min: 0.1, max: 3, noNaN: true }),
    years: fc.double({ min: 0.01, max: 2, noNaN: true }),
  });

  test('net delta is the forward delta less the coin price, and the derivatives of the coin price are those of its function', () => {
    fc.assert(
      fc.property(fc.boolean(), market, (isCall, m) => {
        const here = greeks(isCall, m);
        const at = (name: keyof typeof coinOptionOutput, out = here): number => out[coinOptionOutput[name]] ?? NaN;
        expectClose({
          actual: at('deltaNetCoin'),
          expected: at('deltaForward') - at('priceCoin'),
          rel: 1e-9,
          abs: 1e-12 * (1 + at('priceCoin')),
          inputs: m,
        });
        const h = 1e-4 * m.forward * m.volatility * Math.sqrt(m.years);
        const up = greeks(isCall, { ...m, forward: m.forward + h });
        const down = greeks(isCall, { ...m, forward: m.forward - h });
        const noise = (1e-13 * (1 + m.strike / m.forward)) / h;
        expectClose({
          actual: at('priceCoinByForward'),
          expected: (at('priceCoin', up) - at('priceCoin', down)) / (2 * h),
          rel: 1e-5,
          abs: noise + 1e-9 / m.forward,
          inputs: m,
        });
        expectClose({ actual: at('priceUsd'), expected: at('priceCoin') * m.forward, rel: 1e-15, inputs: m });
      }),
    );
  });

  test('vega, theta, vanna and volga are differences of the price in dollars and in coins', () => {
    const near = fc.record({
      forward: fc.double({ min: 1000, max: 100_000, noNaN: true }),
      moneyness: fc.double({ min: 0.6, max: 1.6, noNaN: true }),
      volatility: fc.double({ min: 0.3, max: 2, noNaN: true }),
      years: fc.double({ min: 0.05, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.boolean(), near, (isCall, { moneyness, ...m }) => {
        const option = { ...m, strike: m.forward * moneyness };
        const of = (change: Partial<typeof option>, name: keyof typeof coinOptionOutput): number =>
          greeks(isCall, { ...option, ...change })[coinOptionOutput[name]] ?? NaN;
        const v = 1e-4;
        const t = 1e-6 * m.years;
        const f = 1e-5 * m.forward;
        const slope = (name: keyof typeof coinOptionOutput, key: 'volatility' | 'years' | 'forward', step: number): number =>
          (of({ [key]: option[key] + step }, name) - of({ [key]: option[key] - step }, name)) / (2 * step);
        const near = (name: keyof typeof coinOptionOutput, expected: number, abs: number): void =>
          expectClose({ actual: of({}, name), expected, rel: 1e-4, abs, inputs: { name, option } });
        near('vegaCoin', slope('priceCoin', 'volatility', v), 1e-8);
        near('thetaUsd', -slope('priceUsd', 'years', t), 1e-4 * m.forward);
        near('thetaCoin', -slope('priceCoin', 'years', t), 1e-4);
        near('vannaUsd', slope('vegaUsd', 'forward', f), 1e-6);
        near('vannaCoin', slope('vegaCoin', 'forward', f), 1e-6 / m.forward);
        near('volgaUsd', slope('vegaUsd', 'volatility', v), 1e-6 * m.forward);
        near('volgaCoin', slope('vegaCoin', 'volatility', v), 1e-6);
      }),
    );
  });

  test('a call is never worth more than a coin; a put may be', () => {
    fc.assert(
      fc.property(market, (m) => {
        expect(greeks(true, m)[0]).toBeLessThanOrEqual(1);
      }),
    );
    expect(greeks(false, { forward: 1000, strike: 60_000, volatility: 0.5, years: 0.1 })[0]).toBeGreaterThan(50);
  });

  test('pays max(w(S − K), 0)/S, and that is its price at expiry', () => {
    for (const settlement of [1000, 29_999, 30_000, 45_000]) {
      for (const isCall of [true, false]) {
        expectClose({
          actual: greeks(isCall, { forward: settlement, strike: 30_000, volatility: 0.7, years: 0 })[0] ?? NaN,
          expected: coinOptionPayoff(isCall, 30_000, settlement),
          rel: 1e-15,
        });
      }
    }
  });

  test('is NaN where the coin is worthless or an argument is missing', () => {
    expect(greeks(true, { forward: 0, strike: 100, volatility: 0.5, years: 1 }).every(Number.isNaN)).toBe(true);
    expect(greeks(true, { forward: 100, strike: NaN, volatility: 0.5, years: 1 })[coinOptionOutput.deltaNetCoin]).toBeNaN();
  });
});

describe('coin-settled future', () => {
  test('profit in coin and in dollars agree at the mark, and long is minus short', () => {
    fc.assert(
      fc.property(quantity, price, price, (size, entry, mark) => {
        const coins = inverseFutureProfitCoin(size, entry, mark);
        expectClose({
          actual: coins,
          expected: size / entry - size / mark,
          rel: 1e-9,
          abs: (1e-14 * Math.abs(size)) / Math.min(entry, mark),
        });
        expectClose({ actual: inverseFutureProfitUsd(size, entry, mark), expected: coins * mark, rel: 1e-12 });
        expect(inverseFutureProfitCoin(-size, entry, mark)).toBe(-coins);
      }),
    );
  });

  test('delta is the dollars gained per dollar from the mark', () => {
    const gained = inverseFutureProfitCoin(100_000, 50_000, 50_005) * 50_005;
    expectClose({ actual: inverseFutureDeltaCoin(100_000, 50_000) * 5, expected: gained, rel: 1e-12 });
  });

  test('loses faster than it gains: half the price costs the size, twice the price earns half of it', () => {
    expect([inverseMoveProfitCoin(10, -0.5), inverseMoveProfitCoin(10, 1), inverseMoveProfitCoin(10, 0)]).toEqual([-10, 5, 0]);
    expect(inverseMoveProfitCoin(10, -1)).toBe(-Infinity);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blackPrice } from '../../../main/engine/pricing/black.ts';
import { impliedVolatility } from '../../../main/engine/pricing/implied-volatility.ts';
import { impliedVolatilityByBisection } from '../../oracle/implied-volatility-bisection.ts';
import { expectClose } from '../../support/expect-close.ts';

const market = fc.record({
  isCall: fc.boolean(),
  forward: fc.double({ min: 50, max: 150_000, noNaN: true }),
  moneyness: fc.double({ min: 0.2, max: 5, noNaN: true }),
  years: fc.double({ min: 0.001, max: 3, noNaN: true }),
  volatility: fc.double({ min: 0.02, max: 6, noNaN: true }),
});

function find(
  isCall: boolean,
  terms: { forward: number; strike: number; years: number },
  price: number,
): ReturnType<typeof impliedVolatility> {
  return impliedVolatility(isCall, terms.forward, terms.strike, terms.years, price, 1);
}

describe('implied volatility', () => {
  test('of a price is the volatility that made it, wherever the price still shows it', () => {
    fc.assert(
      fc.property(market, ({ isCall, forward, moneyness, years, volatility }) => {
        const terms = { forward, strike: forward * moneyness, years };
        const deviation = volatility * Math.sqrt(years);
        const price = blackPrice(isCall, forward, terms.strike, deviation, 1);
        const found = find(isCall, terms, price);
        const intrinsic = Math.max(isCall ? forward - terms.strike : terms.strike - forward, 0);
        const bound = isCall ? forward : terms.strike;
        const visible = Math.min(price - intrinsic, bound - price) / Math.max(price, Number.MIN_VALUE);
        fc.pre(visible > 1e-7 && price > 1e-290);
        if (found.status !== 'ok') expect.fail(`${found.status} for ${JSON.stringify({ isCall, ...terms, price })}`);
        expectClose({
          actual: found.volatility,
          expected: volatility,
          rel: 1e-9 + 1e-15 / visible,
          inputs: { isCall, ...terms, volatility },
        });
        expect(found.iterations).toBeLessThan(30);
      }),
      { numRuns: 1000 },
    );
  });

  test('agrees with two hundred halvings', () => {
    for (const moneyness of [0.5, 0.9, 1, 1.0001, 1.3, 2.5]) {
      for (const volatility of [0.1, 0.6, 2]) {
        const terms = { forward: 2000, strike: 2000 * moneyness, years: 0.25 };
        const price = blackPrice(true, terms.forward, terms.strike, volatility * 0.5, 1);
        if (price - Math.max(terms.forward - terms.strike, 0) < 1e-6) continue;
        const found = find(true, terms, price);
        if (found.status !== 'ok') expect.fail(`${found.status} for ${JSON.stringify(terms)}`);
        expectClose({ actual: found.volatility, expected: impliedVolatilityByBisection(true, terms, price), rel: 1e-7, inputs: terms });
      }
    }
  });

  test('a price at intrinsic has none to show: volatility 0', () => {
    expect(find(true, { forward: 100, strike: 80, years: 1 }, 20)).toEqual({ status: 'ok', volatility: 0, iterations: 0 });
    expect(find(true, { forward: 80, strike: 100, years: 1 }, 0)).toEqual({ status: 'ok', volatility: 0, iterations: 0 });
  });

  test('a price outside its bounds is a named status with the bound', () => {
    expect(find(true, { forward: 100, strike: 80, years: 1 }, 19)).toEqual({ status: 'belowIntrinsic', price: 19, bound: 20 });
    expect(find(true, { forward: 100, strike: 80, years: 1 }, 100)).toEqual({ status: 'aboveBound', price: 100, bound: 100 });
    expect(find(false, { forward: 100, strike: 80, years: 1 }, 81)).toEqual({ status: 'aboveBound', price: 81, bound: 80 });
  });

  test('arguments that cannot be are named', () => {
    const named = (forward: number, strike: number, rest: readonly [number, number, number]): unknown =>
      impliedVolatility(true, forward, strike, ...rest);
    expect(named(0, 100, [1, 5, 1])).toEqual({ status: 'invalid', argument: 'forward' });
    expect(named(100, NaN, [1, 5, 1])).toEqual({ status: 'invalid', argument: 'strike' });
    expect(named(100, 100, [0, 5, 1])).toEqual({ status: 'invalid', argument: 'years' });
    expect(named(100, 100, [1, -5, 1])).toEqual({ status: 'invalid', argument: 'price' });
    expect(named(100, 100, [1, NaN, 1])).toEqual({ status: 'invalid', argument: 'price' });
    expect(named(100, 100, [1, 5, 0])).toEqual({ status: 'invalid', argument: 'discount' });
  });

  test('does not depend on the discount', () => {
    const plain = impliedVolatility(true, 100, 120, 0.5, 4, 1);
    const discounted = impliedVolatility(true, 100, 120, 0.5, 2, 0.5);
    expect(discounted).toEqual(plain);
  });
});

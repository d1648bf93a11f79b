import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blackPrice, FUTURE_OPTION_OUTPUTS, futureOptionGreeks, futureOptionOutput } from '../../../main/engine/pricing/black.ts';
import { expectClose } from '../../support/expect-close.ts';

type Terms = {
  readonly isCall: boolean;
  readonly strike: number;
  readonly volatility: number;
  readonly years: number;
  readonly rate: number;
};

function greeks({ isCall, strike, volatility, years, rate }: Terms): Float64Array {
  const out = new Float64Array(FUTURE_OPTION_OUTPUTS);
  futureOptionGreeks(isCall, 100, strike, volatility, years, rate, out);
  return out;
}

function price({ isCall, strike, volatility, years, rate }: Terms, future = 100): number {
  return blackPrice(isCall, future, strike, volatility * Math.sqrt(years), Math.exp(-rate * years));
}

const terms = fc.record({
  isCall: fc.boolean(),
  strike: fc.double({ min: 60, max: 160, noNaN: true }),
  volatility: fc.double({ min: 0.2, max: 1.5, noNaN: true }),
  years: fc.double({ min: 0.1, max: 2, noNaN: true }),
  rate: fc.double({ min: -0.05, max: 0.2, noNaN: true }),
});

test('delta, gamma, vega, theta and rho of an option on a future are the differences of its price', () => {
  fc.assert(
    fc.property(terms, (each) => {
      const found = greeks(each);
      const h = 1e-4;
      const slope = (up: number, down: number): number => (up - down) / (2 * h);
      const close = (place: number, expected: number, abs: number): void =>
        expectClose({ actual: found[place] ?? NaN, expected, abs, inputs: { each, place } });
      close(futureOptionOutput.price, price(each), 1e-12);
      close(futureOptionOutput.delta, slope(price(each, 100 + h), price(each, 100 - h)), 1e-8);
      close(futureOptionOutput.gamma, price(each, 101) - 2 * price(each) + price(each, 99), 2e-3);
      const { volatility, years, rate } = each;
      close(
        futureOptionOutput.vega,
        slope(price({ ...each, volatility: volatility + h }), price({ ...each, volatility: volatility - h })),
        1e-4,
      );
      close(futureOptionOutput.theta, -slope(price({ ...each, years: years + h }), price({ ...each, years: years - h })), 1e-3);
      close(futureOptionOutput.rho, slope(price({ ...each, rate: rate + h }), price({ ...each, rate: rate - h })), 1e-4);
    }),
  );
});

test('without time or volatility every number is finite, and a missing one makes all missing', () => {
  const base: Terms = { isCall: true, strike: 100, volatility: 0.5, years: 1, rate: 0.05 };
  for (const each of [
    { ...base, years: 0 },
    { ...base, volatility: 0 },
    { ...base, strike: 0 },
  ])
    expect(greeks(each).every(Number.isFinite)).toBe(true);
  expect(greeks({ ...base, volatility: NaN }).every(Number.isNaN)).toBe(true);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalCdf } from '../../../main/engine/math/normal.ts';
import { normalCdfFast } from '../../../main/engine/math/normal-table.ts';
import { blackPrice } from '../../../main/engine/pricing/black.ts';
import { LEAST_VOLATILITY, packOptionBlock, revalueOptionBlock } from '../../../main/engine/pricing/option-block.ts';
import { expectClose } from '../../support/expect-close.ts';

fc.configureGlobal({ seed: 7 });

const option = fc.record({
  isCall: fc.boolean(),
  forward: fc.double({ min: 50, max: 150_000, noNaN: true }),
  moneyness: fc.double({ min: 0.1, max: 8, noNaN: true }),
  volatility: fc.double({ min: 0.05, max: 3, noNaN: true }),
  years: fc.double({ min: 0.001, max: 3, noNaN: true }),
});

describe('tabulated distribution function', () => {
  test('agrees with the exact one to 1e-15 and has its ends', () => {
    for (let x = -10; x <= 10; x += 0.00317) expectClose({ actual: normalCdfFast(x), expected: normalCdf(x), abs: 1e-15, inputs: x });
    expect([
      normalCdfFast(-Infinity),
      normalCdfFast(-9),
      normalCdfFast(0),
      normalCdfFast(9),
      normalCdfFast(Infinity),
      normalCdfFast(NaN),
    ]).toEqual([0, 0, 0.5, 1, 1, NaN]);
  });
});

describe('option block', () => {
  test('gives the prices of the plain formula after the move and the shift', () => {
    fc.assert(
      fc.property(
        fc.array(option, { maxLength: 20 }),
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.double({ min: -0.5, max: 1, noNaN: true }),
        (options, multiplier, shift) => {
          const column = (pick: (each: (typeof options)[number]) => number): Float64Array => Float64Array.from(options, pick);
          const strike = column((each) => each.forward * each.moneyness);
          const terms = {
            isCall: Uint8Array.from(options, (each) => Number(each.isCall)),
            forward: column((each) => each.forward),
            strike,
          };
          const block = packOptionBlock({ ...terms, volatility: column((each) => each.volatility), years: column((each) => each.years) });
          const prices = new Float64Array(options.length);
          revalueOptionBlock(block, multiplier, shift, prices);
          options.forEach((each, k) => {
            const moved = each.forward * multiplier;
            const deviation = Math.max(LEAST_VOLATILITY, each.volatility + shift) * Math.sqrt(each.years);
            const expected = blackPrice(each.isCall, moved, strike[k] ?? NaN, deviation, 1);
            expectClose({
              actual: prices[k] ?? NaN,
              expected,
              abs: 4e-15 * (moved + (strike[k] ?? NaN)),
              inputs: { each, multiplier, shift },
            });
          });
        },
      ),
    );
  });

  test('of nothing is nothing, and a missing term stays missing', () => {
    const none = new Float64Array();
    revalueOptionBlock(
      packOptionBlock({ isCall: new Uint8Array(), forward: none, strike: none, volatility: none, years: none }),
      1,
      0,
      none,
    );
    const one = packOptionBlock({
      isCall: Uint8Array.of(1),
      forward: Float64Array.of(NaN),
      strike: Float64Array.of(90),
      volatility: Float64Array.of(0.5),
      years: Float64Array.of(1),
    });
    const prices = new Float64Array(1);
    revalueOptionBlock(one, 1, 0, prices);
    expect(prices[0]).toBeNaN();
  });
});

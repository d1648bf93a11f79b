import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileOptionKernel } from '../../../.config/compile-option-kernel.ts';
import { normalCdf, normalPdf } from '../../../main/engine/math/normal.ts';
import { normalCdfFast, normalPairFast } from '../../../main/engine/math/normal-table.ts';
import { blackPrice } from '../../../main/engine/pricing/black.ts';
import {
  BLOCK_SUMS,
  LEAST_VOLATILITY,
  packOptionBlock,
  SCENARIO_NUMBERS,
  setScenario,
  type OptionBlock,
  type OptionKernel,
} from '../../../main/engine/pricing/option-block.ts';
import { scalarOptionKernel } from '../../../main/engine/pricing/option-kernel.ts';
import { instantiateOptionKernel } from '../../../main/pool/option-kernel.ts';
import { expectClose } from '../../support/expect-close.ts';
import { drawOptionCase, sumsByKernel, sumsWrittenOut } from './option-case.ts';

let strict: OptionKernel;
let relaxed: OptionKernel;

beforeAll(async () => {
  strict = instantiateOptionKernel('strict', await compileOptionKernel('strict'));
  relaxed = instantiateOptionKernel('relaxed', await compileOptionKernel('relaxed'));
});

/** Ordinary numbers and the ends of every range. */
const edgy = (least: number, most: number, ...ends: number[]): fc.Arbitrary<number> =>
  fc.oneof({ weight: 4, arbitrary: fc.double({ min: least, max: most, noNaN: true }) }, { weight: 1, arbitrary: fc.constantFrom(...ends) });

const option = fc.record({
  isCall: fc.boolean(),
  forward: edgy(50, 150_000, 0, 100, 1e-300, 1e300, NaN),
  moneyness: edgy(0.1, 8, 0, 1, 1e-9, 1e9, Infinity, NaN),
  volatility: edgy(0.05, 3, 0, 1e-12, 50, NaN),
  years: edgy(0.001, 3, 0, 1e-12, 100, NaN),
  underlying: fc.integer({ min: 0, max: 3 }),
  quantity: edgy(-10, 10, 0, NaN),
});
const scenario = fc.record({ multiplier: edgy(0.2, 3, 0, 1, 1e-12, NaN), factor: edgy(0, 2, 0, 1), shift: edgy(-0.5, 1, 0, -9, NaN) });
type Valued<Drawn> = Drawn extends fc.Arbitrary<infer Value> ? Value : never;
type Option = Valued<typeof option>;
type Scenario = Valued<typeof scenario>;

function pack(options: readonly Option[]): OptionBlock {
  const column = (pick: (each: Option) => number): Float64Array => Float64Array.from(options, pick);
  const terms = {
    isCall: Uint8Array.from(options, (each) => Number(each.isCall)),
    forward: column((each) => each.forward),
    strike: column((each) => each.forward * each.moneyness),
    volatility: column((each) => each.volatility),
    years: column((each) => each.years),
    underlying: Int32Array.from(options, (each) => each.underlying),
  };
  return packOptionBlock(terms, {
    quantity: column((each) => each.quantity),
    spotUsd: Float64Array.of(100, 50_000, 1, 0),
    ratePerYear: Float64Array.of(0, 0.04, -0.01, 0.1),
  });
}

function scenariosOf(block: OptionBlock, moves: readonly Scenario[]): Float64Array {
  const groups = block.underlyings.length;
  const scenarios = new Float64Array(moves.length * groups * SCENARIO_NUMBERS);
  for (const [s, { multiplier, factor, shift }] of moves.entries())
    for (let group = 0; group < groups; group += 1) setScenario(scenarios, s * groups + group, multiplier, factor, shift);
  return scenarios;
}

describe('tabulated normal distribution', () => {
  const pair = new Float64Array(2);

  test('agrees with the exact one to 4e-16, its slope to 2e-15, and has its ends', () => {
    for (let x = -10; x <= 10; x += 0.000917) {
      normalPairFast(x, pair);
      expectClose({ actual: normalCdfFast(x), expected: normalCdf(x), abs: 4e-16, inputs: x });
      expectClose({ actual: pair[0] ?? NaN, expected: normalCdfFast(x), abs: 0, inputs: x });
      expectClose({ actual: pair[1] ?? NaN, expected: normalPdf(x), abs: 2e-15, inputs: x });
    }
    expect([-Infinity, -9, 0, 9, Infinity, NaN].map(normalCdfFast)).toEqual([0, 0, 0.5, 1, 1, NaN]);
  });
});

describe('option kernels', () => {
  test('the strict build and the scalar twin give the same bits, at every edge', () => {
    fc.assert(
      fc.property(fc.array(option, { maxLength: 25 }), fc.array(scenario, { minLength: 1, maxLength: 4 }), (options, moves) => {
        const block = pack(options);
        const scenarios = scenariosOf(block, moves);
        const prices = [scalarOptionKernel, strict].map((kernel) => {
          const out = new Float64Array(moves.length * block.slots);
          kernel.prices(block, scenarios, out);
          return out;
        });
        const sums = [scalarOptionKernel, strict].map((kernel) => {
          const out = new Float64Array(moves.length * BLOCK_SUMS);
          kernel.sums(block, scenarios, out);
          return out;
        });
        // Object.is inside: −0 differs from 0, NaN equals NaN.
        expect(prices[1]).toEqual(prices[0]);
        expect(sums[1]).toEqual(sums[0]);
      }),
      { numRuns: 3000 },
    );
  });

  test('prices are those of the plain formula after the move and the shift, to 4e-15 of forward and strike', () => {
    const ordinary = fc.record({
      ...{ isCall: fc.boolean(), underlying: fc.integer({ min: 0, max: 3 }), quantity: fc.constant(1) },
      forward: fc.double({ min: 50, max: 150_000, noNaN: true }),
      moneyness: fc.double({ min: 0.1, max: 8, noNaN: true }),
      volatility: fc.double({ min: 0, max: 3, noNaN: true }),
      years: edgy(0.001, 3, 0),
    });
    const move = fc.record({
      multiplier: edgy(0.2, 3, 0, 1),
      factor: fc.constant(1),
      shift: fc.double({ min: -0.5, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(ordinary, { maxLength: 20 }), move, (options, only) => {
        const block = pack(options);
        const prices = new Float64Array(block.slots);
        for (const kernel of [strict, relaxed]) {
          kernel.prices(block, scenariosOf(block, [only]), prices);
          for (const [k, each] of options.entries()) {
            const moved = each.forward * only.multiplier;
            const strike = each.forward * each.moneyness;
            const deviation = Math.max(LEAST_VOLATILITY, each.volatility + only.shift) * Math.sqrt(each.years);
            const expected = blackPrice(each.isCall, moved, strike, deviation, 1);
            const actual = prices[block.slotOf[k] ?? -1] ?? NaN;
            expectClose({ actual, expected, abs: 4e-15 * (moved + strike), inputs: { each, only, kernel: kernel.name } });
          }
        }
      }),
    );
  });

  test('sums agree with the formula written out to 8e-15 of the largest sum', () => {
    const drawn = drawOptionCase(3, 5, 101, 40);
    const expected = sumsWrittenOut(drawn);
    for (const kernel of [scalarOptionKernel, strict, relaxed]) {
      const actual = sumsByKernel(kernel, drawn);
      for (let place = 0; place < BLOCK_SUMS; place += 1) {
        const own = (all: Float64Array): Float64Array => all.filter((_, at) => at % BLOCK_SUMS === place);
        const largest = Math.max(...own(expected).map(Math.abs));
        own(actual).forEach((value, s) =>
          expectClose({
            actual: value,
            expected: own(expected)[s] ?? NaN,
            abs: 8e-15 * largest,
            inputs: { kernel: kernel.name, place, s },
          }),
        );
      }
    }
  });

  test('a shift too small to change a volatility, which is added and divided by, changes the sums by 8e-15 of the largest', () => {
    const drawn = drawOptionCase(11, 4, 61, 1);
    const block = packOptionBlock(drawn.terms, drawn.weights);
    const moves = Array.from({ length: 30 }, (_, s) => ({ multiplier: 0.7 + s / 50, factor: 0.6 + s / 30 }));
    for (const kernel of [scalarOptionKernel, strict, relaxed]) {
      const [scaled, shifted] = [0, 1e-18].map((shift) => {
        const out = new Float64Array(moves.length * BLOCK_SUMS);
        kernel.sums(
          block,
          scenariosOf(
            block,
            moves.map((move) => ({ ...move, shift })),
          ),
          out,
        );
        return out;
      });
      for (let place = 0; place < BLOCK_SUMS; place += 1) {
        const own = (all?: Float64Array): Float64Array => (all ?? new Float64Array()).filter((_, at) => at % BLOCK_SUMS === place);
        const largest = Math.max(...own(shifted).map(Math.abs));
        own(scaled).forEach((value, s) =>
          expectClose({ actual: value, expected: own(shifted)[s] ?? NaN, abs: 8e-15 * largest, inputs: { kernel: kernel.name, place, s } }),
        );
      }
    }
  });

  test('without time the payoff is left, its delta one half at the strike, and no curvature', () => {
    const expired: Option = { isCall: true, forward: 100, moneyness: 1, volatility: 0, years: 0, underlying: 0, quantity: 1 };
    const block = pack([expired, { ...expired, isCall: false, moneyness: 1.5 }]);
    const sums = new Float64Array(BLOCK_SUMS);
    strict.sums(block, scenariosOf(block, [{ multiplier: 1, factor: 1, shift: 0 }]), sums);
    expect([...sums]).toEqual([50, -0.5, 0, 0, 0]);
  });

  test('of nothing is nothing', () => {
    for (const kernel of [scalarOptionKernel, strict, relaxed]) {
      const block = pack([]);
      const none = new Float64Array();
      kernel.prices(block, none, none);
      kernel.sums(block, none, none);
      expect(block.slots).toBe(0);
    }
  });

  test('a group does not depend on its neighbours, nor a scenario on those run with it', () => {
    const drawn = drawOptionCase(5, 3, 7, 9);
    const block = packOptionBlock(drawn.terms, drawn.weights);
    const moves = Array.from({ length: 9 }, (_, s) => ({ multiplier: 0.6 + s / 10, factor: 1, shift: s / 50 }));
    const whole = new Float64Array(9 * BLOCK_SUMS);
    strict.sums(block, scenariosOf(block, moves), whole);
    for (const [s, move] of moves.entries()) {
      const alone = new Float64Array(BLOCK_SUMS);
      strict.sums(block, scenariosOf(block, [move]), alone);
      expect(alone).toEqual(whole.slice(s * BLOCK_SUMS, (s + 1) * BLOCK_SUMS));
    }
  });
});

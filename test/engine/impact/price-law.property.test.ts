import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseLaw, type LawName } from '../../../main/engine/impact/law/choose-law.ts';
import { depthCurveKnots } from '../../../main/engine/impact/law/depth-curve.ts';
import { joinRecords, RECORD_FORM, type RecordKnots } from '../../../main/engine/impact/law/market-records.ts';
import { NO_PARAMETERS, type LawParameters } from '../../../main/engine/impact/law/price-law.ts';
import { tickPoolKnots } from '../../../main/engine/impact/law/tick-walk.ts';
import { expectClose } from '../../support/expect-close.ts';

const positive = (least: number, most: number): fc.Arbitrary<number> => fc.double({ min: least, max: most, noNaN: true });

/** Depth at the shock, what has been sold before (in depths), and two more sales (in depths). */
const sale = fc.record({ depth: positive(1, 1e7), before: positive(0, 1), first: positive(0.001, 1), second: positive(0.001, 1) });

/** A random order book of one market of depth 1: levels that fall further and hold more. */
function recordOfBook(): fc.Arbitrary<LawParameters> {
  const steps = fc.array(fc.tuple(positive(0.01, 0.15), positive(0.01, 0.4)), { minLength: 1, maxLength: 5 });
  return steps.map((each) => {
    const falls = each.map((_, i) => 1 - each.slice(0, i + 1).reduce((left, [fall]) => left * (1 - fall), 1));
    const sold = each.map((_, i) => each.slice(0, i + 1).reduce((sum, [, quantity]) => sum + quantity, 0));
    return recorded(RECORD_FORM.depthCurve, depthCurveKnots(falls, sold));
  });
}

/** A random tick pool of one market of depth about 1, with liquidity from end to end. */
function recordOfPool(): fc.Arbitrary<LawParameters> {
  const range = fc.tuple(fc.integer({ min: -40, max: 39 }), fc.integer({ min: 1, max: 40 }), positive(0.1, 3));
  return fc.tuple(fc.array(range, { maxLength: 6 }), fc.boolean(), positive(0.9, 1.1)).map(([drawn, isToken0, sqrtPrice]) => {
    const ranges = drawn.map(([lower, width, liquidity]) => ({ tickLower: lower * 60, tickUpper: (lower + width) * 60, liquidity }));
    const whole = { tickLower: -887_220, tickUpper: 887_220, liquidity: 0.2 };
    return recorded(RECORD_FORM.tickPool, tickPoolKnots([whole, ...ranges], sqrtPrice, isToken0));
  });
}

function recorded(form: number, knots: RecordKnots): LawParameters {
  return { ...NO_PARAMETERS, records: joinRecords([{ form, knots, reserve: 1 }]) };
}

const laws: readonly (readonly [LawName, fc.Arbitrary<LawParameters>])[] = [
  ['constantProduct', fc.constant({ scale: new Float64Array(0), coefficient: new Float64Array(0) })],
  ['exponential', positive(0.1, 3).map((share) => ({ scale: Float64Array.of(share), coefficient: new Float64Array(0) }))],
  ['recorded', recordOfBook()],
  ['recorded', recordOfPool()],
  [
    'squareRoot',
    fc
      .tuple(positive(0.5, 10), positive(0.01, 0.3))
      .map(([volume, peak]) => ({ scale: Float64Array.of(volume), coefficient: Float64Array.of(peak) })),
  ],
];

describe.each(laws)('the %s law', (name, parameters) => {
  const law = chooseLaw(name);

  test('leaves the price alone at zero, lowers it as the sale grows, and pays a mean between the price before and after', () => {
    fc.assert(
      fc.property(parameters, sale, (known, { depth, before, first, second }) => {
        const at = [depth * (1 + before), depth * before] as const;
        expect([law.averageShare(known, 0, ...at, 0), law.marginalShare(known, 0, ...at, 0)]).toEqual([1, 1]);
        const [small, large] = [first, first + second].map((part) => ({
          mean: law.averageShare(known, 0, ...at, part * depth),
          after: law.marginalShare(known, 0, ...at, part * depth),
        }));
        if (small === undefined || large === undefined) return;
        expect(large.after).toBeLessThanOrEqual(small.after);
        expect(large.mean).toBeLessThanOrEqual(small.mean * (1 + 1e-12));
        expect(small.after).toBeLessThanOrEqual(small.mean * (1 + 1e-12));
        expect(small.mean).toBeLessThanOrEqual(1);
        expect(large.after).toBeGreaterThan(0);
      }),
    );
  });

  test('two sales one after the other move the price, and bring in, as much as one', () => {
    fc.assert(
      fc.property(parameters, sale, (known, { depth, before, first, second }) => {
        const at = [depth * (1 + before), depth * before] as const;
        const next = [depth * (1 + before + first), depth * (before + first)] as const;
        const [a, b] = [first * depth, second * depth];
        const between = law.marginalShare(known, 0, ...at, a);
        expectClose({
          actual: between * law.marginalShare(known, 0, ...next, b),
          expected: law.marginalShare(known, 0, ...at, a + b),
          rel: 1e-9,
        });
        const inTwo = law.averageShare(known, 0, ...at, a) * a + between * law.averageShare(known, 0, ...next, b) * b;
        expectClose({ actual: inTwo, expected: law.averageShare(known, 0, ...at, a + b) * (a + b), rel: 1e-9 });
      }),
    );
  });

  test('buying back what was sold brings the price back', () => {
    fc.assert(
      fc.property(parameters, sale, (known, { depth, before, first }) => {
        const there = law.marginalShare(known, 0, depth * (1 + before), depth * before, first * depth * 0.4);
        const back = law.marginalShare(known, 0, depth * (1 + before + 0.4 * first), depth * (before + 0.4 * first), -first * depth * 0.4);
        // The root is infinitely steep where nothing has been sold: a rounding of 1e-16 of the quantity is 1e-8 of the price there.
        expectClose({ actual: there * back, expected: 1, rel: 1e-7 });
      }),
    );
  });

  test('pays the mean of the prices along the way', () => {
    fc.assert(
      fc.property(parameters, sale, (known, { depth, before, first }) => {
        const steps = 2000;
        const at = [depth * (1 + before), depth * before] as const;
        let mean = 0;
        for (let i = 0; i < steps; i += 1) mean += law.marginalShare(known, 0, ...at, (first * depth * (i + 0.5)) / steps) / steps;
        expectClose({ actual: law.averageShare(known, 0, ...at, first * depth), expected: mean, rel: 2e-5 });
      }),
      { numRuns: 50 },
    );
  });
});

test('the exponential law at half the reserve begins as steeply as the constant product', () => {
  const slope = (name: LawName, scale: number): number =>
    (1 - chooseLaw(name).marginalShare({ scale: Float64Array.of(scale), coefficient: new Float64Array(0) }, 0, 1000, 0, 1e-3)) / 1e-3;
  expectClose({ actual: slope('exponential', 0.5), expected: slope('constantProduct', 0.5), rel: 1e-5 });
});

test('the square root gives a hand-computed peak and stays above zero beyond its range', () => {
  const known = { scale: Float64Array.of(2), coefficient: Float64Array.of(0.04) };
  const law = chooseLaw('squareRoot');
  // 5 of a volume of 2 × 1000 = 0.25 %: 4 % × 0.05.
  expectClose({ actual: law.marginalShare(known, 0, 1000, 0, 5), expected: 0.998, rel: 1e-12 });
  expect(law.marginalShare(known, 0, 1000, 0, 1e9)).toBe(0.001);
});

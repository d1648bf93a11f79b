import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseLaw, type LawName } from '../../../main/engine/impact/law/choose-law.ts';
import type { LawParameters } from '../../../main/engine/impact/law/price-law.ts';
import { expectClose } from '../../support/expect-close.ts';

const positive = (least: number, most: number): fc.Arbitrary<number> => fc.double({ min: least, max: most, noNaN: true });

/** Depth at the shock, what has been sold before (in depths), and two more sales (in depths). */
const sale = fc.record({ depth: positive(1, 1e7), before: positive(0, 1), first: positive(0.001, 1), second: positive(0.001, 1) });

const laws: readonly (readonly [LawName, fc.Arbitrary<LawParameters>])[] = [
  ['constantProduct', fc.constant({ scale: new Float64Array(0), coefficient: new Float64Array(0) })],
  ['exponential', positive(0.1, 3).map((share) => ({ scale: Float64Array.of(share), coefficient: new Float64Array(0) }))],
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

import { describe, expect, test } from 'vitest';
import { greekNeutralHedge } from '../../../main/engine/hedge/greek-neutral.ts';
import { lowerQuantile } from '../../../main/engine/hedge/lower-quantile.ts';
import { minimumVarianceHedge } from '../../../main/engine/hedge/minimum-variance.ts';
import { normalTailLoss } from '../../../main/engine/hedge/normal-tail-loss.ts';
import { seededNumbers } from './random-problem.ts';

describe('minimum-variance hedge', () => {
  const next = seededNumbers(3);
  const first = Float64Array.from({ length: 200 }, () => next() - 0.5);
  const second = Float64Array.from({ length: 200 }, () => next() - 0.5);
  const exposure = first.map((value, t) => 0.7 * value - 1.4 * (second[t] ?? Number.NaN) + 0.01 * (next() - 0.5));

  test('finds the mix that the exposure was made of', () => {
    const found = minimumVarianceHedge(exposure, [first, second]);
    expect(found.ratios[0]).toBeCloseTo(0.7, 2);
    expect(found.ratios[1]).toBeCloseTo(-1.4, 2);
    expect(found.effectivenessFraction).toBeGreaterThan(0.999);
  });

  test('any other ratio leaves more variance', () => {
    const best = minimumVarianceHedge(exposure, [first]).hedgedVariance;
    for (const shift of [-0.1, 0.1]) {
      const ratio = (minimumVarianceHedge(exposure, [first]).ratios[0] ?? Number.NaN) + shift;
      const left = exposure.map((value, t) => value - ratio * (first[t] ?? Number.NaN));
      expect(minimumVarianceHedge(left, []).unhedgedVariance).toBeGreaterThan(best);
    }
  });

  test('hedges that move together have no ratio', () => {
    expect(minimumVarianceHedge(exposure, [first, first]).ratios.every((ratio) => Number.isNaN(ratio))).toBe(true);
  });
});

describe('Greek-neutral hedge', () => {
  const book = { delta: 10, gamma: -0.5, vega: -900 };
  const one = { delta: 0.5, gamma: 0.01, vega: 20 };
  const two = { delta: -0.3, gamma: 0.02, vega: 12 };

  test('leaves no gamma, vega or delta', () => {
    const found = greekNeutralHedge(book, [one, two]);
    expect(found).not.toBeNull();
    const [a = 0, b = 0] = found?.options ?? [];
    expect(book.gamma + a * one.gamma + b * two.gamma).toBeCloseTo(0, 12);
    expect(book.vega + a * one.vega + b * two.vega).toBeCloseTo(0, 9);
    expect(book.delta + a * one.delta + b * two.delta + (found?.underlying ?? Number.NaN)).toBeCloseTo(0, 9);
  });

  test('is null for options whose gamma and vega are proportional, and for none or three', () => {
    expect(greekNeutralHedge(book, [one, { delta: 1, gamma: 0.02, vega: 40 }])).toBeNull();
    expect(greekNeutralHedge(book, [])).toBeNull();
    expect(greekNeutralHedge(book, [one, two, one])).toBeNull();
  });
});

describe('tails', () => {
  test('the lower quantile is the smallest loss that reaches the confidence', () => {
    const losses = Float64Array.of(4, 1, 3, 2);
    const weights = new Float64Array(4).fill(0.25);
    expect([0, 0.25, 0.26, 0.75, 0.76].map((confidence) => lowerQuantile(losses, weights, confidence))).toEqual([1, 1, 2, 3, 4]);
    expect(lowerQuantile(new Float64Array(0), new Float64Array(0), 0.5)).toBeNaN();
  });

  test('the normal tail scales with the deviation and moves with the mean', () => {
    const base = normalTailLoss(0, 1, 0.975);
    const moved = normalTailLoss(5, 3, 0.975);
    expect(moved.expectedShortfall).toBeCloseTo(5 + 3 * base.expectedShortfall, 12);
    expect(base.expectedShortfall).toBeGreaterThan(base.valueAtRisk);
  });
});

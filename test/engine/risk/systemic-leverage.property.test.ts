import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawdownCorrelation } from '../../../main/engine/risk/drawdown-correlation.ts';
import { amplificationPart, couplingPart, leveragePart, systemicLeverageIndex } from '../../../main/engine/risk/systemic-leverage.ts';
import { normalQuantile } from '../../../main/engine/math/normal.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const four = fc.tuple(share, share, share, share);
const index = (values: readonly number[]): number => systemicLeverageIndex(values.map((value) => ({ value, weight: 0.25 })));

describe('the systemic leverage index', () => {
  test('is zero for a book without leverage, amplification, coupling and correlation', () => {
    expect(index([leveragePart(1), amplificationPart(1), couplingPart(5, 5), 0])).toBe(0);
  });

  test('rises in each part and lies between its least and its largest', () => {
    fc.assert(
      fc.property(four, fc.integer({ min: 0, max: 3 }), share, (values, at, other) => {
        const raised = values.map((value, i) => (i === at ? Math.max(value, other) : value));
        expect(index(raised)).toBeGreaterThanOrEqual(index(values) - 1e-9);
        expect(index(values)).toBeGreaterThanOrEqual(100 * Math.min(...values) - 1e-9);
        expect(index(values)).toBeLessThanOrEqual(100 * Math.max(...values) + 1e-9);
      }),
    );
  });

  test('is 100 as soon as one part is one, and does not depend on the order of its parts', () => {
    expect(index([1, 0, 0, 0])).toBe(100);
    expect(index([0.1, 0.5, 0.3, 0.7])).toBeCloseTo(index([0.7, 0.3, 0.1, 0.5]), 12);
  });

  test('a figure without a share has none: nothing becomes a silent zero', () => {
    expect(leveragePart(NaN)).toBeNaN();
    expect(leveragePart(-2)).toBeNaN();
    expect(amplificationPart(0)).toBeNaN();
    expect(index([NaN, 0, 0, 0])).toBeNaN();
  });

  test('coupling is the share of the joint loss that the parts do not explain', () => {
    expect(couplingPart(10, 4)).toBeCloseTo(0.6, 12);
    expect(couplingPart(10, 0)).toBe(1);
    expect(couplingPart(4, 10)).toBe(0);
    expect(couplingPart(0, 0)).toBe(0);
  });
});

/** Days of two assets whose returns are normal with a given correlation. */
function normalDays(days: number, correlation: number): Float64Array {
  const moves = new Float64Array(days * 2);
  for (let day = 0; day < days; day += 1) {
    const first = normalQuantile(randomUniform(23, day, 0));
    const second = normalQuantile(randomUniform(23, day, 1));
    moves[2 * day] = 0.03 * first;
    moves[2 * day + 1] = 0.04 * (correlation * first + Math.sqrt(1 - correlation ** 2) * second);
  }
  return moves;
}

describe('drawdown correlation', () => {
  test('of normal returns is what selection alone makes of it', () => {
    const found = drawdownCorrelation(normalDays(40_000, 0.6), Float64Array.of(1, 1), 0.1);
    expect(found.days).toBe(4000);
    expect(found.calm).toBeCloseTo(0.6, 1);
    expect(Math.abs(found.worst - found.reference)).toBeLessThan(0.03);
    expect(Math.abs(found.reference - found.calm)).toBeGreaterThan(0.1);
  });

  test('finds assets that move apart in calm and together in the worst days', () => {
    const moves = normalDays(1000, 0);
    for (let day = 0; day < 100; day += 1) {
      const fall = -0.2 - 0.1 * randomUniform(29, day, 0);
      moves[2 * day] = fall;
      moves[2 * day + 1] = 1.2 * fall;
    }
    const found = drawdownCorrelation(moves, Float64Array.of(1, 1), 0.1);
    expect(found.worst).toBeGreaterThan(0.95);
    expect(found.worst).toBeGreaterThan(found.reference + 0.3);
  });

  test('does not depend on the scale of the holdings or of the moves', () => {
    const moves = normalDays(400, 0.3);
    const base = drawdownCorrelation(moves, Float64Array.of(2, 1), 0.1);
    const scaled = drawdownCorrelation(
      moves.map((move) => move * 7),
      Float64Array.of(20, 10),
      0.1,
    );
    expect(scaled.worst).toBeCloseTo(base.worst, 10);
    expect(scaled.reference).toBeCloseTo(base.reference, 10);
  });

  test('with fewer than two assets that move is no number', () => {
    expect(drawdownCorrelation(Float64Array.of(0.1, -0.1), Float64Array.of(1), 0.1).worst).toBeNaN();
    expect(drawdownCorrelation(new Float64Array(0), new Float64Array(0), 0.1).worst).toBeNaN();
  });
});

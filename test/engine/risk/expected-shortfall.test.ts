import { expect, test } from 'vitest';
import { diversificationRatio, tailRisk } from '../../../main/engine/risk/expected-shortfall.ts';

test('the atom at the edge of the tail counts with the part beyond it', () => {
  // Tail of 2.5 % of 10 scenarios = a quarter of one scenario.
  const losses = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(tailRisk(losses, null, 0.975)).toEqual({ expectedShortfall: 10, valueAtRisk: 10 });
  expect(tailRisk(losses, null, 0.75).expectedShortfall).toBeCloseTo((10 + 9 + 0.5 * 8) / 2.5, 12);
});

test('value at risk is the lower quantile', () => {
  const losses = Float64Array.from([1, 2, 3, 4]);
  expect(tailRisk(losses, null, 0.75).valueAtRisk).toBe(3);
  expect(tailRisk(losses, null, 0.76).valueAtRisk).toBe(4);
  expect(tailRisk(losses, null, 0.5).valueAtRisk).toBe(2);
});

test('weights count as so many scenarios', () => {
  const plain = tailRisk(Float64Array.of(5, 5, 9, 1), null, 0.6);
  expect(tailRisk(Float64Array.of(5, 9, 1), Float64Array.of(2, 1, 1), 0.6)).toEqual(plain);
});

test('the shortfall is never below the quantile, shifts with the losses and scales with them', () => {
  const losses = Float64Array.from({ length: 57 }, (_, i) => Math.sin(i) * 10);
  const { expectedShortfall, valueAtRisk } = tailRisk(losses, null, 0.9);
  expect(expectedShortfall).toBeGreaterThanOrEqual(valueAtRisk);
  expect(
    tailRisk(
      losses.map((loss) => 3 * loss + 2),
      null,
      0.9,
    ).expectedShortfall,
  ).toBeCloseTo(3 * expectedShortfall + 2, 10);
});

test('without scenarios there is no number', () => {
  expect(tailRisk(new Float64Array(0), null, 0.9)).toEqual({ expectedShortfall: NaN, valueAtRisk: NaN });
});

test('the diversification ratio is one for one part, and has no value without a tail loss', () => {
  expect(diversificationRatio(Float64Array.of(7), 7)).toBe(1);
  expect(diversificationRatio(Float64Array.of(7, 5), 8)).toBe(1.5);
  expect(diversificationRatio(Float64Array.of(1), 0)).toBeNull();
});

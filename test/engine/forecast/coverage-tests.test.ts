import { expect, test } from 'vitest';
import { chiSquareAbove, testCoverage } from '../../../main/engine/forecast/coverage-tests.ts';
import { expectClose } from '../../support/expect-close.ts';

const NO_STARTS: ReadonlySet<number> = new Set();

function kupiec(count: number, hits: number, level: number): number {
  const series = Uint8Array.from({ length: count }, (_, i) => (i < hits ? 1 : 0));
  return testCoverage(series, level, NO_STARTS).unconditional.statistic;
}

/** A series of so many zeros after zeros, ones after ones, and lone stretches of ones. */
function chain(stretches: number, onesAfterOnes: number, zerosAfterZeros: number): Uint8Array {
  const series = [0];
  for (let i = 0; i < stretches; i += 1) series.push(1, ...(i < onesAfterOnes ? [1] : []), 0);
  return Uint8Array.from([...series, ...Array.from({ length: zerosAfterZeros }, () => 0)]);
}

test('as many hits as Kupiec lets pass at 95 % pass, one more or fewer does not', () => {
  // Kupiec (1995), non-rejection regions: more than the first, fewer than the second. Where none is too few the first is not tested.
  const regions: readonly (readonly [level: number, count: number, above: number, below: number])[] = [
    [0.01, 255, -1, 7],
    [0.01, 510, 1, 11],
    [0.01, 1000, 4, 17],
    [0.025, 255, 2, 12],
    [0.025, 510, 6, 21],
    [0.025, 1000, 15, 36],
    [0.05, 255, 6, 21],
    [0.05, 510, 16, 36],
    [0.05, 1000, 37, 65],
    [0.1, 255, 16, 36],
    [0.1, 510, 38, 65],
    [0.1, 1000, 81, 120],
  ];
  for (const [level, count, above, below] of regions) {
    if (above >= 0) expect(kupiec(count, above, level)).toBeGreaterThan(3.841);
    expect(kupiec(count, Math.max(1, above + 1), level)).toBeLessThan(3.841);
    expect(kupiec(count, below - 1, level)).toBeLessThan(3.841);
    expect(kupiec(count, below, level)).toBeGreaterThan(3.841);
  }
});

test('a bank with 20 misses in 252 days, six of them the day after another, fails on number and on clustering', () => {
  // Jorion, "Value at risk" (3rd ed., 2007), sections 6.2.2 and 6.2.4: LR_uc = 3.91 and LR_ind = 9.53.
  expectClose({ actual: kupiec(252, 20, 0.05), expected: 3.91, abs: 0.005 });
  const clustered = testCoverage(chain(14, 6, 218), 0.05, NO_STARTS);
  expectClose({ actual: clustered.independence.statistic, expected: 9.53, abs: 0.005 });
  expect(clustered.conditional.pValue).toBeLessThan(0.002);
  expectClose({
    actual: clustered.conditional.statistic,
    expected: clustered.unconditional.statistic + clustered.independence.statistic,
    rel: 1e-12,
  });
});

test('critical values of χ² leave what they should', () => {
  expectClose({ actual: chiSquareAbove(3.841458820694124, 1), expected: 0.05, rel: 1e-12 });
  expectClose({ actual: chiSquareAbove(6.6348966010212145, 1), expected: 0.01, rel: 1e-12 });
  expectClose({ actual: chiSquareAbove(5.991464547107979, 2), expected: 0.05, rel: 1e-12 });
  expect(chiSquareAbove(0, 1)).toBe(1);
});

test('no hits, only hits and a single outcome have finite statistics', () => {
  for (const series of [new Uint8Array(50), new Uint8Array(50).fill(1), Uint8Array.of(1)]) {
    const { unconditional, independence, conditional } = testCoverage(series, 0.05, NO_STARTS);
    for (const { statistic, pValue } of [unconditional, independence, conditional]) {
      expect(Number.isFinite(statistic)).toBe(true);
      expect(pValue).toBeGreaterThanOrEqual(0);
      expect(pValue).toBeLessThanOrEqual(1);
    }
  }
  expectClose({ actual: kupiec(50, 0, 0.05), expected: -100 * Math.log(0.95), rel: 1e-12 });
});

test('going over and coming back are told apart', () => {
  // 0 0 0 1 1 by hand: n00 = 2, n01 = 1, n10 = 0, n11 = 1.
  const chained = Math.log(1 / 3) + 2 * Math.log(2 / 3);
  const together = 4 * Math.log(0.5);
  const { independence } = testCoverage(Uint8Array.of(0, 0, 0, 1, 1), 0.2, NO_STARTS);
  expectClose({ actual: independence.statistic, expected: 2 * (chained - together), rel: 1e-12 });
});

test('no transition leads into a new stretch', () => {
  const series = Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 0);
  const apart = testCoverage(series, 0.2, new Set([2]));
  // Without the transition 1 → 1 every hit is followed by a miss; by hand: n00 = 2, n01 = 2, n10 = 2, n11 = 0.
  const chained = 2 * Math.log(0.5) + 2 * Math.log(0.5) + 0;
  const together = 2 * Math.log(2 / 6) + 4 * Math.log(4 / 6);
  expectClose({ actual: apart.independence.statistic, expected: 2 * (chained - together), rel: 1e-12 });
});

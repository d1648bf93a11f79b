import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlapIndex, overlapMatrix } from '../../../main/engine/contagion/overlap.ts';
import { symmetricEigen } from '../../../main/engine/math/symmetric-eigen.ts';
import { expectClose } from '../../support/expect-close.ts';

/** Round amounts, so that doubling is exact. */
const value = fc.integer({ min: -10_000, max: 10_000 }).map((cents) => cents / 128);
const matrices = fc.integer({ min: 1, max: 8 }).chain((n) => fc.array(value, { minLength: n * n, maxLength: n * n }));

function symmetric(entries: readonly number[]): { n: number; matrix: Float64Array } {
  const n = Math.sqrt(entries.length);
  return {
    n,
    matrix: Float64Array.from(
      entries,
      (_, at) => entries[Math.max(Math.floor(at / n), at % n) * n + Math.min(Math.floor(at / n), at % n)] ?? NaN,
    ),
  };
}

const holdings = fc.record({ n: fc.integer({ min: 1, max: 6 }), k: fc.integer({ min: 1, max: 6 }) }).chain(({ n, k }) =>
  fc.record({
    n: fc.constant(n),
    positionValueUsd: fc.array(value, { minLength: n * k, maxLength: n * k }).map((values) => Float64Array.from(values)),
    depthUsd: fc
      .array(fc.double({ min: 1, max: 1e4, noNaN: true }), { minLength: k, maxLength: k })
      .map((values) => Float64Array.from(values)),
  }),
);

describe('eigenvalues of a symmetric matrix', () => {
  test('rebuild the matrix from vectors that are perpendicular and of length 1', () => {
    fc.assert(
      fc.property(matrices, (entries) => {
        const { n, matrix } = symmetric(entries);
        const { status, values, vectors } = symmetricEigen(matrix, n);
        const scale = Math.max(...entries.map(Math.abs), 1e-30);
        expect(status).toBe('converged');
        expect([...values]).toEqual([...values].toSorted((a, b) => b - a));
        for (let i = 0; i < n; i += 1) {
          for (let j = 0; j < n; j += 1) {
            let rebuilt = 0;
            let product = 0;
            for (let k = 0; k < n; k += 1) {
              rebuilt += (values[k] ?? NaN) * (vectors[k * n + i] ?? NaN) * (vectors[k * n + j] ?? NaN);
              product += (vectors[i * n + k] ?? NaN) * (vectors[j * n + k] ?? NaN);
            }
            expectClose({ actual: rebuilt, expected: matrix[i * n + j] ?? NaN, abs: 1e-12 * scale * n, inputs: entries });
            expectClose({ actual: product, expected: i === j ? 1 : 0, abs: 1e-12 });
          }
        }
      }),
    );
  });

  test('of none, of one and of a diagonal are what stands there', () => {
    expect([...symmetricEigen(new Float64Array(0), 0).values]).toEqual([]);
    expect([...symmetricEigen(Float64Array.of(-3), 1).values]).toEqual([-3]);
    expect([...symmetricEigen(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 2), 3).values]).toEqual([5, 2, 1]);
  });
});

describe('overlap of holders', () => {
  test('is symmetric and positive semidefinite, and its index is its largest eigenvalue', () => {
    fc.assert(
      fc.property(holdings, ({ n, ...given }) => {
        const overlap = overlapMatrix(given);
        const { topEigenvalueUsd, principalVector } = overlapIndex(overlap, n);
        const { values } = symmetricEigen(overlap, n);
        for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) expect(overlap[i * n + j]).toBe(overlap[j * n + i]);
        expect(values[n - 1]).toBeGreaterThanOrEqual(-1e-12 * Math.max(1, topEigenvalueUsd));
        if (principalVector === null) return;
        expectClose({ actual: Math.hypot(...principalVector), expected: 1, rel: 1e-12 });
        expect(principalVector.reduce((sum, part) => sum + part, 0)).toBeGreaterThanOrEqual(-1e-12);
        for (let i = 0; i < n; i += 1) {
          let image = 0;
          for (let j = 0; j < n; j += 1) image += (overlap[i * n + j] ?? NaN) * (principalVector[j] ?? NaN);
          expectClose({ actual: image, expected: topEigenvalueUsd * (principalVector[i] ?? NaN), abs: 1e-11 * topEigenvalueUsd });
        }
      }),
    );
  });

  test('halving the depth doubles it, and doubling the book makes it four times as large', () => {
    fc.assert(
      fc.property(holdings, ({ positionValueUsd, depthUsd }) => {
        const overlap = overlapMatrix({ positionValueUsd, depthUsd });
        expect([...overlapMatrix({ positionValueUsd, depthUsd: depthUsd.map((depth) => depth / 2) })]).toEqual(
          [...overlap].map((each) => 2 * each),
        );
        const doubled = overlapMatrix({ positionValueUsd: positionValueUsd.map((each) => 2 * each), depthUsd });
        expect([...doubled]).toEqual([...overlap].map((each) => 4 * each));
      }),
    );
  });

  test('no direction stands out of equal separate blocks or of an empty book', () => {
    const blocks = overlapMatrix({ positionValueUsd: Float64Array.of(10, 0, 0, 10), depthUsd: Float64Array.of(100, 100) });
    expect(overlapIndex(blocks, 2)).toEqual({ status: 'converged', topEigenvalueUsd: 1, principalVector: null });
    expect(overlapIndex(new Float64Array(4), 2)).toEqual({ status: 'converged', topEigenvalueUsd: 0, principalVector: null });
    expect(overlapIndex(new Float64Array(0), 0).principalVector).toBeNull();
    expect(overlapIndex(Float64Array.of(4), 1).principalVector).toEqual(Float64Array.of(1));
  });
});

import { solveDense } from '../math/dense-solve.ts';
import { spectralRadius } from '../math/spectral-radius.ts';

/*
 * Feedback between n markets: entry (m, k) of a feedback matrix is the relative fall of market m made by the sales that a fall of 1 in
 * market k forces. Row-major, dimensionless. Buying back is below zero.
 */

/**
 * Liquidation reproduction number: spectral radius of the feedback matrix. Of a fall in the worst mix of markets, this share comes back as the
 * next round's fall; below 1 rounds die out, from 1 on they grow. Buying back is left out, so the number errs against the book.
 *
 * @returns ≥ 0; 0 without impact
 * Source: F. Caccioli, M. Shrestha, C. Moore, J. D. Farmer, "Stability analysis of financial contagion due to overlapping portfolios", J.
 * Banking and Finance 46 (2014) 233-245, for the criterion.
 */
export function reproductionNumber(matrix: Float64Array, n: number): number {
  return spectralRadius(
    matrix.map((each) => Math.max(0, each)),
    n,
  );
}

/**
 * Covariance once every fall has gone through all rounds of selling: C = (I − M)⁻¹ Σ (I − M′)⁻¹. For M = (f′/V₀) Λπ′ it is that of Cont and
 * Wagalath.
 *
 * @returns null where the rounds do not die out (reproduction number at or above 1)
 */
export function covarianceWithFeedback(covariance: Float64Array, matrix: Float64Array, n: number): Float64Array | null {
  if (!(reproductionNumber(matrix, n) < 1)) return null;
  const left = solveColumns(matrix, covariance, n);
  if (left === null) return null;
  const whole = solveColumns(matrix, transposed(left, n), n);
  if (whole === null) return null;
  // Exactly symmetric, whatever the rounding of the two solves.
  for (let i = 0; i < n; i += 1) for (let j = 0; j < i; j += 1) whole[i * n + j] = whole[j * n + i]!;
  return whole;
}

/** (I − M)⁻¹ R, column by column; null where I − M is singular. */
function solveColumns(matrix: Float64Array, right: Float64Array, n: number): Float64Array | null {
  const result = new Float64Array(n * n);
  const column = new Float64Array(n);
  const system = new Float64Array(n * n);
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1) {
      column[i] = right[i * n + j]!;
      for (let k = 0; k < n; k += 1) system[i * n + k] = (i === k ? 1 : 0) - matrix[i * n + k]!;
    }
    if (!solveDense(system, column, n)) return null;
    for (let i = 0; i < n; i += 1) result[i * n + j] = column[i]!;
  }
  return result;
}

function transposed(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from(matrix, (_, at) => matrix[(at % n) * n + Math.floor(at / n)]!);
}

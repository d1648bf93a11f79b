/** Eigenvalues, largest first, and their vectors of length 1 as the rows of an n × n matrix. */
export type SymmetricEigen = {
  readonly status: 'converged' | 'notConverged';
  readonly values: Float64Array;
  readonly vectors: Float64Array;
};

/** Sweeps converge quadratically; eight are enough for matrices of hundreds of rows. */
const MOST_SWEEPS = 64;

/**
 * All eigenvalues and vectors of a symmetric matrix by cyclic Jacobi rotations: slow for large matrices and accurate to rounding, small
 * eigenvalues included. It ends when every entry off the diagonal has vanished against the two on it.
 *
 * @param matrix row-major, symmetric, finite; not changed
 * Source: C. G. J. Jacobi (1846); G. Golub, C. Van Loan, "Matrix computations", section 8.5.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const work = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) vectors[i * n + i] = 1;
  let rotations = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && rotations > 0; sweep += 1) {
    rotations = 0;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) if (rotate(work, vectors, { p, q, n })) rotations += 1;
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).toSorted((a, b) => work[b * n + b]! - work[a * n + a]!);
  return {
    status: rotations === 0 ? 'converged' : 'notConverged',
    values: Float64Array.from(order, (i) => work[i * n + i]!),
    vectors: Float64Array.from(order.flatMap((i) => [...vectors.subarray(i * n, (i + 1) * n)])),
  };
}

/** Turns rows and columns p and q so that their common entry vanishes; false where it has already. */
function rotate(work: Float64Array, vectors: Float64Array, { p, q, n }: { p: number; q: number; n: number }): boolean {
  const common = work[p * n + q]!;
  const first = work[p * n + p]!;
  const second = work[q * n + q]!;
  if (Math.abs(common) <= 1e-17 * (Math.abs(first) + Math.abs(second)) || common === 0) {
    work[p * n + q] = 0;
    work[q * n + p] = 0;
    return false;
  }
  const theta = (second - first) / (2 * common);
  const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k += 1) {
    if (k === p || k === q) continue;
    const left = work[k * n + p]!;
    const right = work[k * n + q]!;
    work[k * n + p] = cosine * left - sine * right;
    work[k * n + q] = sine * left + cosine * right;
    work[p * n + k] = work[k * n + p]!;
    work[q * n + k] = work[k * n + q]!;
  }
  work[p * n + p] = first - tangent * common;
  work[q * n + q] = second + tangent * common;
  work[p * n + q] = 0;
  work[q * n + p] = 0;
  for (let k = 0; k < n; k += 1) {
    const left = vectors[p * n + k]!;
    const right = vectors[q * n + k]!;
    vectors[p * n + k] = cosine * left - sine * right;
    vectors[q * n + k] = sine * left + cosine * right;
  }
  return true;
}

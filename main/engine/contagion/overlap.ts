import { symmetricEigen } from '../math/symmetric-eigen.ts';

/** Holdings by holder × asset, row-major, USD, signed; the depth of each asset in USD, > 0. */
export type CommonHoldings = { readonly positionValueUsd: Float64Array; readonly depthUsd: Float64Array };

/** The direction in which holders hit each other most, and how hard. */
export type OverlapIndex = {
  readonly status: 'converged' | 'notConverged';
  /** Largest eigenvalue of the overlap, USD, >= 0. */
  readonly topEigenvalueUsd: number;
  /** How much each holder is part of it: length 1, sum above zero. null where no direction stands out or nobody holds anything. */
  readonly principalVector: Float64Array | null;
};

/** Eigenvalues this close, relatively, leave the direction undetermined. */
const TIED = 1e-9;

/**
 * Liquidity-weighted overlap Ω = Π diag(1/depth) Π′: Ω_ij is what i loses when j sells its whole book into the depth, USD. Symmetric and
 * positive semidefinite.
 *
 * Source: R. Cont, E. Schaanning, "Monitoring indirect contagion", J. Banking and Finance 104 (2019) 85-102.
 */
export function overlapMatrix({ positionValueUsd, depthUsd }: CommonHoldings): Float64Array {
  const k = depthUsd.length;
  const n = k === 0 ? 0 : positionValueUsd.length / k;
  const overlap = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      for (let asset = 0; asset < k; asset += 1) {
        sum += (positionValueUsd[i * k + asset]! * positionValueUsd[j * k + asset]!) / depthUsd[asset]!;
      }
      overlap[i * n + j] = sum;
      overlap[j * n + i] = sum;
    }
  }
  return overlap;
}

/** Largest eigenvalue of an overlap of n holders, and its vector where one stands out. */
export function overlapIndex(overlap: Float64Array, n: number): OverlapIndex {
  const { status, values, vectors } = symmetricEigen(overlap, n);
  const top = n === 0 ? 0 : Math.max(0, values[0]!);
  const isUnique = top > 0 && (n === 1 || values[1]! < top * (1 - TIED));
  return { status, topEigenvalueUsd: top, principalVector: isUnique ? facingUp(vectors.slice(0, n)) : null };
}

/** The vector or its opposite, whichever has the larger sum; where the sum is nothing, the first part that is not is above zero. */
function facingUp(vector: Float64Array): Float64Array {
  let sum = 0;
  for (const value of vector) sum += value;
  const decisive = Math.abs(sum) > 1e-12 ? sum : (vector.find((value) => Math.abs(value) > 1e-12) ?? 0);
  return decisive < 0 ? vector.map((value) => -value) : vector;
}

/**
 * Largest eigenvalue of a non-negative n × n matrix (its Perron root): (I + M)^(2^k) by repeated squaring, so that periodic
 * loops converge too, then the bounds min and max of (M v)ᵢ / vᵢ, whose middle is returned.
 *
 * @param matrix row-major, entries ≥ 0; not changed. For a reducible matrix rows without weight in the limit are left out.
 * @returns dimensionless, ≥ 0; Infinity where an entry is infinite
 * Source: L. Collatz, "Einschliessungssatz für die charakteristischen Zahlen von Matrizen", Math. Zeitschrift 48 (1942) 221-226.
 */
export function spectralRadius(matrix: Float64Array, n: number): number {
  if (n === 0) return 0;
  if (n === 1) return matrix[0]!;
  let power = Float64Array.from(matrix);
  for (let i = 0; i < n; i += 1) power[i * n + i]! += 1;
  let spare = new Float64Array(n * n);
  for (let step = 0; step < 60; step += 1) {
    if (!normalise(power)) return Infinity;
    square(power, spare, n);
    [power, spare] = [spare, power];
  }
  const vector = new Float64Array(n);
  for (let i = 0; i < n; i += 1) for (let k = 0; k < n; k += 1) vector[i]! += power[i * n + k]!;
  return middleRatio(matrix, vector, n);
}

function normalise(matrix: Float64Array): boolean {
  let largest = 0;
  for (const value of matrix) largest = Math.max(largest, value);
  if (!Number.isFinite(largest) || largest === 0) return false;
  for (let i = 0; i < matrix.length; i += 1) matrix[i]! /= largest;
  return true;
}

function square(matrix: Float64Array, out: Float64Array, n: number): void {
  out.fill(0);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < n; k += 1) {
      const left = matrix[i * n + k]!;
      if (left === 0) continue;
      for (let j = 0; j < n; j += 1) out[i * n + j]! += left * matrix[k * n + j]!;
    }
  }
}

function middleRatio(matrix: Float64Array, vector: Float64Array, n: number): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, value);
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < n; i += 1) {
    if (vector[i]! <= largest * 1e-12) continue;
    let image = 0;
    for (let k = 0; k < n; k += 1) image += matrix[i * n + k]! * vector[k]!;
    low = Math.min(low, image / vector[i]!);
    high = Math.max(high, image / vector[i]!);
  }
  return high === 0 ? 0 : (low + high) / 2;
}

/**
 * Solves A x = b in place by elimination with partial pivoting.
 *
 * @param matrix n × n, row-major; destroyed
 * @param rightSide length n; becomes x
 * @returns false where the matrix is singular to working precision; `rightSide` is then meaningless
 */
export function solveDense(matrix: Float64Array, rightSide: Float64Array, n: number): boolean {
  for (let column = 0; column < n; column += 1) {
    const pivot = pivotRow(matrix, column, n);
    if (Math.abs(matrix[pivot * n + column]!) < 1e-300) return false;
    if (pivot !== column) swapRows(matrix, rightSide, { first: pivot, second: column, n });
    for (let row = column + 1; row < n; row += 1) {
      const factor = matrix[row * n + column]! / matrix[column * n + column]!;
      if (factor === 0) continue;
      for (let k = column; k < n; k += 1) matrix[row * n + k]! -= factor * matrix[column * n + k]!;
      rightSide[row]! -= factor * rightSide[column]!;
    }
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    let value = rightSide[row]!;
    for (let k = row + 1; k < n; k += 1) value -= matrix[row * n + k]! * rightSide[k]!;
    rightSide[row] = value / matrix[row * n + row]!;
  }
  return true;
}

function pivotRow(matrix: Float64Array, column: number, n: number): number {
  let pivot = column;
  for (let row = column + 1; row < n; row += 1) {
    if (Math.abs(matrix[row * n + column]!) > Math.abs(matrix[pivot * n + column]!)) pivot = row;
  }
  return pivot;
}

function swapRows(matrix: Float64Array, rightSide: Float64Array, rows: { first: number; second: number; n: number }): void {
  const { first, second, n } = rows;
  for (let k = 0; k < n; k += 1) {
    const kept = matrix[first * n + k]!;
    matrix[first * n + k] = matrix[second * n + k]!;
    matrix[second * n + k] = kept;
  }
  const kept = rightSide[first]!;
  rightSide[first] = rightSide[second]!;
  rightSide[second] = kept;
}

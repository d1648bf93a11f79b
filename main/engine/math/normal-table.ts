import { normalCdf, normalPdf } from './normal.ts';

/** Grid points per unit. A power of two, so that the nearest grid point is exact. */
const DENSITY = 128;
/** Beyond ±9 the distribution function is 0 or 1 to the last bit of a money value. */
const REACH = 9;
/** Numbers per grid point: value, the coefficients one to five, and two unused; a cache line. */
const STRIDE = 8;
/** Terms that a row accounts for. */
const TERMS = 6;
/** Rows of the table, a power of two: row of grid point k is k modulo ROWS, so that any bits whatever select a row. */
const ROWS = 4096;
/** Adding and taking away rounds to the nearest 1/128; the low bits of the sum are the grid point. 1.5 × 2^52 / 128. */
const ROUNDER = 52776558133248;

/**
 * Polynomials of Φ around every multiple of 1/128 in ±9, row-major, row of point k at k modulo 4096: Taylor's, φ⁽ⁿ⁾ = (−1)ⁿ Heₙ φ with
 * Hermite's polynomials, the sixth term spread over the lower ones so that the slope errs evenly (Chebyshev). The two end rows
 * are flat at 0 and 1. The compiled option kernels read the same numbers.
 */
export const normalTable: Float64Array = fillTable();

function fillTable(): Float64Array {
  const filled = new Float64Array(ROWS * STRIDE);
  const end = REACH * DENSITY;
  filled[(end & (ROWS - 1)) * STRIDE] = 1;
  for (let point = 1 - end; point < end; point += 1) {
    const x = point / DENSITY;
    const row = (point & (ROWS - 1)) * STRIDE;
    filled[row] = normalCdf(x);
    let factorial = 1;
    let before = 0;
    let hermite = 1;
    let coefficient = 0;
    for (let order = 1; order <= TERMS; order += 1) {
      factorial *= order;
      coefficient = ((order % 2 === 1 ? 1 : -1) * hermite * normalPdf(x)) / factorial;
      if (order < TERMS) filled[row + order] = coefficient;
      [before, hermite] = [hermite, x * hermite - (order - 1) * before];
    }
    // Of the slope's last term 6 c6 h^5 only what Chebyshev's T5 leaves is dropped: H^5 T5(h/H)/16, H half a grid step.
    const half = 0.5 / DENSITY;
    filled[row + 4] = filled[row + 4]! + (6 / 4) * coefficient * half ** 2 * (20 / 16);
    filled[row + 2] = filled[row + 2]! - (6 / 2) * coefficient * half ** 4 * (5 / 16);
  }
  return filled;
}

/**
 * {@link normalCdf} by a polynomial around the nearest of 2,305 grid points, without an exponential: absolute error below 4e-16, which
 * is right for sums of money and wrong for relative accuracy far in the tail. 0 and 1 outside ±9; NaN for NaN.
 */
export function normalCdfFast(x: number): number {
  const inside = clamp(x);
  const point = inside + ROUNDER - ROUNDER;
  const h = inside - point;
  const at = ((point * DENSITY) & (ROWS - 1)) * STRIDE;
  const upper = normalTable[at + 5]! * h + normalTable[at + 4]!;
  return (((upper * h + normalTable[at + 3]!) * h + normalTable[at + 2]!) * h + normalTable[at + 1]!) * h + normalTable[at]!;
}

/**
 * Φ and φ of the same argument by one look-up: the polynomial and its derivative by one Horner scheme. Absolute error below
 * 4e-16 and 6e-16; φ is exactly 0 outside ±9.
 *
 * @param out filled with Φ(x), φ(x)
 */
export function normalPairFast(x: number, out: Float64Array): void {
  const inside = clamp(x);
  const point = inside + ROUNDER - ROUNDER;
  const h = inside - point;
  const at = ((point * DENSITY) & (ROWS - 1)) * STRIDE;
  const p5 = normalTable[at + 5]!;
  const p4 = p5 * h + normalTable[at + 4]!;
  const p3 = p4 * h + normalTable[at + 3]!;
  const p2 = p3 * h + normalTable[at + 2]!;
  const p1 = p2 * h + normalTable[at + 1]!;
  out[0] = p1 * h + normalTable[at]!;
  out[1] = (((p5 * h + p4) * h + p3) * h + p2) * h + p1;
}

/** Written with comparisons that a NaN fails, so that it passes through. */
function clamp(x: number): number {
  const least = x < -REACH ? -REACH : x;
  return least > REACH ? REACH : least;
}

import { solveDense } from '../math/dense-solve.ts';

/** Greeks of one unit of an instrument or of a whole book. */
export type Greeks = { readonly delta: number; readonly gamma: number; readonly vega: number };

/**
 * Options that take gamma (one option) or gamma and vega (two) of a book to zero, and the underlying that then takes delta
 * to zero. Quantities are to be added; negative = sell.
 *
 * @param options one or two hedging options; their gammas and vegas must not be proportional
 * @returns null when no such hedge exists
 * Source: Hull, Options, Futures, and Other Derivatives, chapter on the Greek letters.
 */
export function greekNeutralHedge(book: Greeks, options: readonly Greeks[]): { options: Float64Array; underlying: number } | null {
  const rows: readonly ('gamma' | 'vega')[] = options.length === 1 ? ['gamma'] : ['gamma', 'vega'];
  if (options.length < 1 || options.length > 2) return null;
  const matrix = new Float64Array(options.length * options.length);
  const quantities = new Float64Array(options.length);
  rows.forEach((greek, row) => {
    // Each row in units of its own largest entry, so that tiny gammas beside large vegas are not taken for dependence.
    const unit = Math.max(...options.map((option) => Math.abs(option[greek])), Number.MIN_VALUE);
    quantities[row] = -book[greek] / unit;
    options.forEach((option, column) => {
      matrix[row * options.length + column] = option[greek] / unit;
    });
  });
  if (!solveDense(matrix, quantities, options.length)) return null;
  const optionDelta = options.reduce((sum, option, index) => sum + option.delta * quantities[index]!, 0);
  return { options: quantities, underlying: -book.delta - optionDelta };
}

import type { Cell } from '../../contract/cell.ts';
import type { Estimate } from '../../contract/backtest.ts';
import { drawBlocks } from '../../engine/risk/block-bootstrap.ts';
import { tailRisk } from '../../engine/risk/expected-shortfall.ts';
import { covarianceOf, varianceOf, worstDrawdown } from '../../engine/risk/path-risk.ts';

/** Draws of the resampling, hours of a block and most of it as a share of the window, and the share of the draws that an interval leaves out at each end. */
export const RESAMPLING = { draws: 1000, blockHours: 12, mostOfWindow: 0.2, leftOut: 0.05 } as const;

/** Changes of equity of one strategy and of the book left as it is, over the same hours. USD. */
export type Changes = { readonly own: Float64Array; readonly asIs: Float64Array };

/** The figures of a strategy that carry an interval. */
export type RealisedFigures = Readonly<
  Record<'realisedShortfallUsd' | 'worstDrawdownUsd' | 'varianceReduction' | 'shortfallReduction', Estimate>
>;

/** Rows of each draw, the same for every strategy, so that differences between them are taken over the same hours. `hours` is what one change is over. */
export function resample(count: number, hours: number, seed: number): Int32Array[] {
  const wanted = Math.min(RESAMPLING.blockHours / hours, RESAMPLING.mostOfWindow * count);
  const blockLength = Math.max(1, Math.floor(wanted));
  return Array.from({ length: RESAMPLING.draws }, (_, draw) => {
    const rows = new Int32Array(count);
    drawBlocks(count, blockLength, seed, draw, rows);
    return rows;
  });
}

/** Mean of the worst share of the losses that the confidence leaves, USD; a loss is a fall of equity. */
export function shortfallOf(changes: Float64Array, confidence: number): number {
  return tailRisk(
    changes.map((change) => -change),
    null,
    confidence,
  ).expectedShortfall;
}

/** The realised figures with the middle nine tenths of the draws. */
export function realisedFigures(changes: Changes, draws: readonly Int32Array[], confidence: number): RealisedFigures {
  const drawn = draws.map((rows) => ({ own: picked(changes.own, rows), asIs: picked(changes.asIs, rows) }));
  const estimate = (of: (each: Changes) => number, without: string): Estimate => {
    const values = drawn.map(of).filter((value) => Number.isFinite(value));
    values.sort((left, right) => left - right);
    const at = (share: number): Cell => cellOf(values[Math.round(share * (values.length - 1))] ?? NaN, without);
    return { value: cellOf(of(changes), without), from: at(RESAMPLING.leftOut), to: at(1 - RESAMPLING.leftOut) };
  };
  const shortfall = (each: Float64Array): number => shortfallOf(each, confidence);
  return {
    realisedShortfallUsd: estimate(({ own }) => shortfall(own), 'the window has no hours'),
    worstDrawdownUsd: estimate(({ own }) => worstDrawdown(own), 'the window has no hours'),
    varianceReduction: estimate(({ own, asIs }) => 1 - varianceOf(own) / varianceOf(asIs), 'the book left as it is does not move'),
    shortfallReduction: estimate(({ own, asIs }) => {
      const unhedged = shortfall(asIs);
      return unhedged > 0 ? 1 - shortfall(own) / unhedged : NaN;
    }, 'the book left as it is loses nothing in its worst hours'),
  };
}

/** What is left of the book's own moves: the slope of one on the other. */
export function keptExposure({ own, asIs }: Changes): Cell {
  return cellOf(covarianceOf(own, asIs) / varianceOf(asIs), 'the book left as it is does not move');
}

/** Share of the draws in which the first one's realised shortfall is below the second one's; a draw that ties counts half. */
export function surerFraction(
  first: Float64Array,
  second: Float64Array,
  { draws, confidence }: { readonly draws: readonly Int32Array[]; readonly confidence: number },
): number {
  let surer = 0;
  for (const rows of draws) {
    const difference = shortfallOf(picked(first, rows), confidence) - shortfallOf(picked(second, rows), confidence);
    if (difference < 0) surer += 1;
    else if (difference === 0) surer += 0.5;
  }
  return surer / Math.max(1, draws.length);
}

function picked(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? NaN);
}

function cellOf(value: number, without: string): Cell {
  return Number.isFinite(value) ? value : { reason: 'unsupported', message: without };
}

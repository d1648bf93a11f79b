import type { GridResult } from '../../../main/contract/analysis.ts';
import type { Shock } from '../../../main/domain/scenario.ts';

/** Which number the heatmap shows: before any forced sale, after the cascade, or what the cascade adds. */
export type HeatView = 'firstRound' | 'afterCascade' | 'difference';

/** One cell: column by spot move, row by volatility shift, both as positions in the grid's lists. */
export type HeatCell = { readonly column: number; readonly row: number; readonly valueUsd: number; readonly accountsLost: number };

/** Cells of a grid in one of its three views, USD. A cell is the engine's; the difference is after minus before. */
export function heatCells(grid: GridResult, view: HeatView): readonly HeatCell[] {
  return grid.volatilityShifts.flatMap((_, row) =>
    grid.spotMoves.map((__, column) => {
      const first = grid.firstRoundUsd[row]?.[column] ?? 0;
      const after = grid.afterCascadeUsd[row]?.[column] ?? 0;
      const valueUsd = view === 'firstRound' ? first : view === 'afterCascade' ? after : after - first;
      return { column, row, valueUsd, accountsLost: grid.accountsLost[row]?.[column] ?? 0 };
    }),
  );
}

/** Limit of a symmetric scale, USD: the largest size of any cell; 1 for a grid of zeros so that zero stays in the middle. */
export function heatLimit(cells: readonly HeatCell[]): number {
  const limit = Math.max(0, ...cells.map((cell) => Math.abs(cell.valueUsd)));
  return limit === 0 ? 1 : limit;
}

/** An edge of a cell, in cells: x from 0 to the number of columns, y from 0 to the number of rows (row 0 is between y 0 and 1). */
export type BoundarySegment = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/** The line between cells in which every account holds and cells in which the first has fallen. */
export function firstBreachBoundary(grid: GridResult): readonly BoundarySegment[] {
  const size = { rows: grid.volatilityShifts.length, columns: grid.spotMoves.length };
  return boundary(size, (row, column) => (grid.accountsLost[row]?.[column] ?? 0) > 0);
}

/** Edges between cells that pass a test and cells that do not. */
export function boundary(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  passes: (row: number, column: number) => boolean,
): readonly BoundarySegment[] {
  const segments: BoundarySegment[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (column + 1 < columns && passes(row, column) !== passes(row, column + 1))
        segments.push({ x1: column + 1, y1: row, x2: column + 1, y2: row + 1 });
      if (row + 1 < rows && passes(row, column) !== passes(row + 1, column))
        segments.push({ x1: column, y1: row + 1, x2: column + 1, y2: row + 1 });
    }
  }
  return segments;
}

/** Moves of a cell as a shock: one driver alone, or all of them by their betas along the common axis. */
export function shockOfCell(
  grid: GridResult,
  cell: { readonly column: number; readonly row: number },
  betas: Readonly<Record<string, number>>,
): Shock {
  const move = grid.spotMoves[cell.column] ?? 0;
  const moves =
    grid.underlying === '*'
      ? Object.fromEntries(Object.entries(betas).map(([driver, beta]) => [driver, clampedMove(move * beta)]))
      : { [grid.underlying]: move };
  return { moves, volatilityShift: grid.volatilityShifts[cell.row] ?? 0 };
}

/** A price cannot fall by all of itself. */
function clampedMove(move: number): number {
  return Math.max(-0.999, move);
}

/** A quarter of a point: a reference shock is stated in whole percents, a cell follows the betas exactly. */
const TOLERANCE = 2.5e-3;

/** The cell that is this shock; null when the shock is between cells or off the grid. */
export function cellOfShock(
  grid: GridResult,
  shock: Shock,
  betas: Readonly<Record<string, number>>,
): { readonly column: number; readonly row: number } | null {
  const row = grid.volatilityShifts.findIndex((shift) => Math.abs(shift - shock.volatilityShift) < TOLERANCE);
  if (row < 0) return null;
  const drivers = new Set([...Object.keys(betas), ...Object.keys(shock.moves)]);
  const column = grid.spotMoves.findIndex((_, index) => {
    const { moves } = shockOfCell(grid, { column: index, row }, betas);
    return [...drivers].every((driver) => Math.abs((moves[driver] ?? 0) - (shock.moves[driver] ?? 0)) < TOLERANCE);
  });
  return column < 0 ? null : { column, row };
}

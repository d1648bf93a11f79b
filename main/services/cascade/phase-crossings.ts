import type { Cell } from '../../contract/cell.ts';
import { succeed, type Result } from '../../domain/failure.ts';

/** What one cascade of the map came to. USD. */
export type Phase = {
  readonly rounds: number;
  readonly hasConverged: boolean;
  readonly accountsFallen: number;
  readonly fallenOnlyJointly: number;
  readonly badDebtUsd: number;
  readonly lossUsd: number;
  readonly priceAmplification: Cell;
  readonly lossAmplification: Cell;
};

/** The grid whose rows are searched: sizes of the shock, rising, and what each came to. */
export type PhaseGrid = { readonly scales: readonly number[]; readonly rows: readonly (readonly Phase[])[]; readonly level: number };

/** Where one row first changes its phase, as a multiple of the shock; null = nowhere on the map. */
export type RowCrossing = { readonly firstOnlyJointScale: number | null; readonly amplifiedScale: number | null };

/** Halvings of a cell edge: a crossing is known to a 64th of a column. */
const HALVINGS = 6;

type Bracket = { low: number; high: number } | null;

/** Whether a cascade brings down an account that would hold if nobody sold. */
export function isOnlyJoint(phase: Phase): boolean {
  return phase.fallenOnlyJointly > 0;
}

/** Whether a cascade amplifies the loss to a level or beyond. */
export function isAmplified(phase: Phase, level: number): boolean {
  return typeof phase.lossAmplification === 'number' && phase.lossAmplification >= level;
}

/**
 * Halves the first edge of each row at which the phase changes, all rows at once: two more cascades per row and step. The answer is the
 * upper end, where the change has happened; further changes along the row are on the map only.
 */
export async function findCrossings(
  { scales, rows, level }: PhaseGrid,
  run: (asked: readonly (readonly number[])[]) => Promise<Result<Phase[][]>>,
): Promise<Result<{ readonly rows: RowCrossing[]; readonly width: number }>> {
  const tests: readonly ((phase: Phase) => boolean)[] = [isOnlyJoint, (phase) => isAmplified(phase, level)];
  const brackets = tests.map((test) => rows.map((row) => firstEdge(scales, row, test)));
  for (let step = 0; step < HALVINGS; step += 1) {
    const asked = rows.map((_, y) => brackets.map((each) => middleOf(each[y] ?? null)));
    const found = await run(asked.map((row) => row.filter((scale) => scale !== null)));
    if (!found.ok) return found;
    asked.forEach((row, y) => {
      let at = 0;
      row.forEach((middle, t) => {
        const bracket = brackets[t]?.[y];
        if (middle === null || bracket === null || bracket === undefined) return;
        const phase = found.value[y]?.[at];
        at += 1;
        if (phase === undefined) return;
        if (tests[t]?.(phase) === true) bracket.high = middle;
        else bracket.low = middle;
      });
    });
  }
  const all = brackets.flat().flatMap((bracket) => (bracket === null ? [] : [bracket.high - bracket.low]));
  return succeed({
    rows: rows.map((_, y) => ({
      firstOnlyJointScale: brackets[0]?.[y]?.high ?? null,
      amplifiedScale: brackets[1]?.[y]?.high ?? null,
    })),
    width: Math.max(0, ...all),
  });
}

function middleOf(bracket: Bracket): number | null {
  return bracket === null ? null : (bracket.low + bracket.high) / 2;
}

/** The first size at which a row passes a test, with the size before it (no shock at all before the first). */
function firstEdge(scales: readonly number[], row: readonly Phase[], test: (phase: Phase) => boolean): Bracket {
  const column = row.findIndex(test);
  return column < 0 ? null : { low: scales[column - 1] ?? 0, high: scales[column] ?? 0 };
}

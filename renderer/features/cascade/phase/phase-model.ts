import type { Cell } from '../../../../main/contract/cell.ts';
import type { PhaseMap } from '../../../../main/contract/phase-map.ts';
import { phaseMapKey } from '../../../../main/contract/question-key.ts';
import type { Shock } from '../../../../main/domain/scenario.ts';
import { isFailure } from '../../../format/failure.ts';
import { fixed, signed, THIN_SPACE } from '../../../format/number.ts';
import { boundary, type BoundarySegment } from '../cascade-heat.ts';
import { scaledShock } from '../shock-text.ts';

/** Which figure of the map is shown. */
export type PhaseView = 'falls' | 'loss' | 'price' | 'badDebt' | 'rounds';

/** One cell: column by size of the shock, row by thinning; `share` of the scale of its view, 0 … 1, and its text. */
export type PhaseCell = { readonly column: number; readonly row: number; readonly share: number; readonly text: string };

type Place = { readonly row: number; readonly column: number };

/** Cells of the map in one view, row by row. Amplification is coloured from 1; a cell without a value is a dash on the ground colour. */
export function phaseCells(map: PhaseMap, view: PhaseView): readonly PhaseCell[] {
  const values = map.thinnings.flatMap((_, row) =>
    map.scales.map((__, column) => ({ column, row, value: valueAt(map, view, { row, column }) })),
  );
  const zero = view === 'loss' || view === 'price' ? 1 : 0;
  const sizes = values.flatMap(({ value }) => (isFailure(value) ? [] : [value - zero]));
  const limit = Math.max(...sizes, zero === 1 ? 0.25 : 1e-9);
  return values.map(({ column, row, value }) => ({
    column,
    row,
    share: isFailure(value) ? 0 : Math.max(0, (value - zero) / limit),
    text: isFailure(value) ? '–' : `${valueText(view, value)}${view === 'rounds' && map.hasConverged[row]?.[column] !== 1 ? '…' : ''}`,
  }));
}

/** The figure of a cell; a failure where amplification has no value. */
export function valueAt(map: PhaseMap, view: PhaseView, { row, column }: Place): Cell {
  const at = (matrix: readonly (readonly Cell[])[]): Cell => matrix[row]?.[column] ?? 0;
  switch (view) {
    case 'falls':
      return at(map.accountsFallen);
    case 'loss':
      return at(map.lossAmplification);
    case 'price':
      return at(map.priceAmplification);
    case 'badDebt':
      return at(map.badDebtUsd);
    case 'rounds':
      return at(map.rounds);
  }
}

/** A figure as it stands in a cell: counts whole, amplification with two decimals, bad debt in M USD. */
export function valueText(view: PhaseView, value: number): string {
  if (view === 'falls' || view === 'rounds') return fixed(value, 0);
  if (view === 'badDebt') return fixed(value / 1e6, value === 0 || value >= 1e5 ? 1 : 2);
  return fixed(value, 2);
}

/** Under which metric, and of which subject, the figure of a cell can be asked about. */
export function cellMetric(
  map: PhaseMap,
  view: PhaseView,
  { row, column }: Place,
): { readonly metric: string; readonly subjectId: string } {
  const metrics = {
    falls: { metric: 'phaseMap.accountsFallen' },
    loss: { metric: 'phaseMap.lossAmplification' },
    price: { metric: 'phaseMap.priceAmplification' },
    badDebt: { metric: 'phaseMap.badDebtUsd' },
    rounds: { metric: 'phaseMap.rounds' },
  } as const;
  return { ...metrics[view], subjectId: `${phaseMapKey(map)} ${row} ${column}` };
}

/** The figure of a cell with its unit: '4 fall', '1.52 × the first round'. */
export function cellWords(map: PhaseMap, view: PhaseView, place: Place): string {
  const value = valueAt(map, view, place);
  if (isFailure(value)) return 'no amplification: the shock itself loses nothing';
  const text = valueText(view, value);
  switch (view) {
    case 'falls':
      return value === 0 ? 'none of mine falls' : `${text} of mine ${value === 1 ? 'falls' : 'fall'}`;
    case 'loss':
      return `${text}${THIN_SPACE}× the first round`;
    case 'price':
      return `${text}${THIN_SPACE}× the shock`;
    case 'badDebt':
      return `${text} M USD of bad debt`;
    case 'rounds':
      return `${text} ${value === 1 ? 'round' : 'rounds'}`;
  }
}

/** Edges at which accounts begin to fall that would hold if nobody sold. */
export function jointBoundary(map: PhaseMap): readonly BoundarySegment[] {
  return boundary(sizeOf(map), (row, column) => (map.fallenOnlyJointly[row]?.[column] ?? 0) > 0);
}

/** Edges at which the loss passes the stated amplification. */
export function amplifiedBoundary(map: PhaseMap): readonly BoundarySegment[] {
  return boundary(sizeOf(map), (row, column) => {
    const value = valueAt(map, 'loss', { row, column });
    return !isFailure(value) && value >= map.amplificationLevel;
  });
}

/** Columns and rows of the map. */
export function sizeOf(map: PhaseMap): { readonly columns: number; readonly rows: number } {
  return { columns: map.scales.length, rows: map.thinnings.length };
}

/** The shock of a column. */
export function shockAt(map: PhaseMap, column: number): Shock {
  return scaledShock(map.shock, map.scales[column] ?? 1);
}

/** A thousandth of a move: closer than any column to its neighbour. */
const SAME = 1e-3;

/** The cell of a shock and a thinning; null between cells and off the map. */
export function cellAt(map: PhaseMap, shock: Shock, thinning: number): { readonly column: number; readonly row: number } | null {
  const row = map.thinnings.findIndex((each) => Math.abs(each - thinning) < SAME);
  const ids = [...new Set([...Object.keys(map.shock.moves), ...Object.keys(shock.moves)])];
  const column = map.scales.findIndex((_, at) => {
    const there = shockAt(map, at);
    return (
      Math.abs(there.volatilityShift - shock.volatilityShift) < SAME &&
      ids.every((id) => Math.abs((there.moves[id] ?? 0) - (shock.moves[id] ?? 0)) < SAME)
    );
  });
  return row < 0 || column < 0 ? null : { column, row };
}

/** One sentence: from where on accounts fall only because others sell, in calm and in the thinnest market. */
export function phaseSentence(map: PhaseMap): string {
  const base = map.shock.moves[map.leadDriver] ?? 0;
  const words = (scale: number): string => `${map.leadDriver} ${signed(Math.max(-0.999, base * scale) * 100, 1)}${THIN_SPACE}%`;
  const found = map.crossings.filter((row) => row.firstOnlyJointScale !== null);
  const first = found[0];
  const last = found[found.length - 1];
  if (first === undefined || last === undefined) return 'Nowhere on this map does an account fall only because others sell.';
  const depth = (thinning: number): string =>
    thinning === 0 ? 'at full depth' : `with ${fixed(thinning * 100, 0)}${THIN_SPACE}% of the depth gone`;
  const from = `Accounts begin to fall only because others sell at ${words(first.firstOnlyJointScale ?? 0)} ${depth(first.thinningFraction)}`;
  const amplified = map.crossings.find((row) => row.amplifiedScale !== null);
  const end = last === first ? '' : `, at ${words(last.firstOnlyJointScale ?? 0)} ${depth(last.thinningFraction)}`;
  const level = fixed(map.amplificationLevel, 1);
  return amplified === undefined
    ? `${from}${end}. The loss is nowhere ${level}${THIN_SPACE}× the first round.`
    : `${from}${end}. The loss reaches ${level}${THIN_SPACE}× the first round from ${words(amplified.amplifiedScale ?? 0)} ${depth(amplified.thinningFraction)} on.`;
}

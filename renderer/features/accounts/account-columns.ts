import type { PositionResult } from '../../../main/contract/analysis.ts';
import type { Column } from '../../grid/columns.ts';
import { price, shown, thousands } from '../../format/money.ts';
import { fixed, quantity } from '../../format/number.ts';
import { percentFigure } from '../../format/share.ts';
import { age } from '../../format/time.ts';

/** A position as a row of the grid. */
export type PositionRow = PositionResult & { readonly id: string };

/** Rows of one account, the largest value first. */
export function positionRows(positions: readonly PositionResult[], accountId: string): readonly PositionRow[] {
  const size = (row: PositionResult) => (typeof row.valueUsd === 'number' ? Math.abs(row.valueUsd) : Infinity);
  return positions
    .filter((position) => position.accountId === accountId)
    .map((position) => ({ ...position, id: position.positionId }))
    .toSorted((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1));
}

function explained(metric: string): (row: PositionRow) => { metric: string; subjectId: string } {
  return (row) => ({ metric, subjectId: row.positionId });
}

function staleClass(row: PositionRow): string {
  return row.isStale ? 'stale-value' : '';
}

function lookThroughText(row: PositionRow): string {
  return Object.entries(row.lookThroughUsd)
    .toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
    .map(([asset, usd]) => `${asset} ${thousands(usd)}`)
    .join(', ');
}

/** The positions of one account: what each is, what it is worth, how it moves, what it rests on. */
export const positionColumns: readonly Column<PositionRow>[] = [
  {
    id: 'instrument',
    title: 'Instrument',
    kind: 'text',
    value: (row) => row.instrumentName,
    width: 180,
    isPinned: true,
    className: () => 'grid-strong',
    tooltip: (row) => row.instrumentName,
  },
  { id: 'kind', title: 'Kind', kind: 'text', value: (row) => row.kind, width: 82, className: () => 'muted' },
  {
    id: 'quantity',
    title: 'Quantity',
    kind: 'number',
    value: (row) => Number(row.quantity),
    text: (row) => quantity(row.quantity),
    width: 108,
    metric: explained('position.quantity'),
  },
  {
    id: 'mark',
    title: 'Mark',
    kind: 'number',
    value: (row) => row.mark,
    text: (row) => price(row.mark, row.markUnit),
    width: 88,
    className: staleClass,
    tooltip: (row) => `${row.source}, ${row.markUnit}`,
    metric: explained('position.mark'),
  },
  {
    id: 'volatility',
    title: 'IV, %',
    kind: 'number',
    value: (row) => row.impliedVolatility,
    text: (row) => percentFigure(row.impliedVolatility),
    width: 58,
    metric: explained('position.impliedVolatility'),
  },
  {
    id: 'value',
    title: 'Value, k USD',
    kind: 'number',
    value: (row) => row.valueUsd,
    text: (row) => thousands(row.valueUsd),
    width: 94,
    className: staleClass,
    metric: explained('position.valueUsd'),
  },
  {
    id: 'delta',
    title: 'Delta, coin',
    kind: 'number',
    value: (row) => row.deltaCoin,
    text: (row) => shown(row.deltaCoin, (value) => fixed(value, 2)),
    width: 86,
    metric: explained('position.deltaCoin'),
  },
  {
    id: 'vega',
    title: 'Vega, k/pt',
    kind: 'number',
    value: (row) => row.vegaUsdPerPoint,
    text: (row) => thousands(row.vegaUsdPerPoint),
    width: 80,
    metric: explained('position.vegaUsdPerPoint'),
  },
  {
    id: 'requirement',
    title: 'Req., k USD',
    kind: 'number',
    value: (row) => row.requirementUsd,
    text: (row) => thousands(row.requirementUsd),
    width: 86,
    metric: explained('position.requirementUsd'),
  },
  {
    id: 'lookThrough',
    title: 'Looks through to, k USD',
    kind: 'text',
    value: lookThroughText,
    flex: 1,
    minWidth: 150,
    tooltip: lookThroughText,
  },
  { id: 'age', title: 'Age', kind: 'number', value: (row) => row.ageMs, text: (row) => age(row.ageMs), width: 72, className: staleClass },
];

import type { ReactElement } from 'react';
import { millions } from '../../format/money.ts';
import { distance, percentFigure, sigmaDays } from '../../format/share.ts';
import type { Column } from '../../grid/columns.ts';
import { CouplingGauge, GaugeHead } from '../../parts/coupling-gauge.tsx';
import { stateClass } from '../../parts/state-mark.tsx';
import { VenueMark } from '../../parts/venue-mark.tsx';
import type { DistanceRow } from './distance-rows.ts';

function explained(metric: string): (row: DistanceRow) => { metric: string; subjectId: string } {
  return (row) => ({ metric, subjectId: row.id });
}

/** Columns of the accounts by distance. */
export function distanceColumns(lens: string, referenceMove: number): readonly Column<DistanceRow>[] {
  return [...identity, ...money, ...distances(lens, referenceMove)];
}

const identity: readonly Column<DistanceRow>[] = [
  {
    id: 'account',
    title: 'Account',
    kind: 'text',
    width: 90,
    value: (row) => row.id,
    className: () => 'grid-strong',
    tooltip: (row) => row.name,
  },
  {
    id: 'venue',
    title: 'Venue',
    kind: 'text',
    width: 152,
    value: (row) => row.venueName,
    render: (row) => (
      <span className="venue-cell">
        <VenueMark mark={row.venueMark} />
        <span className="secondary">{row.venueName}</span>
      </span>
    ),
  },
];

const money: readonly Column<DistanceRow>[] = [
  {
    id: 'equity',
    title: 'Equity, M',
    kind: 'number',
    width: 76,
    value: (row) => row.equityUsd,
    text: (row) => millions(row.equityUsd),
    metric: explained('account.equityUsd'),
  },
  {
    id: 'excess',
    title: 'Excess, M',
    kind: 'number',
    width: 78,
    value: (row) => row.excessUsd,
    text: (row) => millions(row.excessUsd),
    metric: explained('account.excessUsd'),
  },
  {
    id: 'use',
    title: 'Use, %',
    kind: 'number',
    width: 66,
    value: (row) => row.useFraction,
    text: (row) => percentFigure(row.useFraction),
    metric: explained('account.useFraction'),
  },
];

function distances(lens: string, referenceMove: number): readonly Column<DistanceRow>[] {
  return [
    {
      id: 'alone',
      title: lens === 'joint' ? 'Alone, %' : `${lens} only, %`,
      kind: 'number',
      width: 80,
      value: (row) => row.ownMove,
      text: (row) => distance(row.ownMove, row.hasRequirement),
      className: (row) => (row.ownMove === null ? 'muted' : ''),
      metric: explained(lens === 'joint' ? 'account.aloneMove' : 'account.liquidationPrice'),
    },
    {
      id: 'joint',
      title: 'Joint, %',
      kind: 'number',
      width: 72,
      value: (row) => row.jointMove,
      text: (row) => distance(row.jointMove, row.hasRequirement),
      className: (row) => `grid-strong ${row.state === 'safe' || row.state === 'none' ? '' : stateClass(row.state)}`,
      metric: explained('account.jointMove'),
    },
    {
      id: 'gauge',
      title: 'Joint against alone',
      kind: 'text',
      width: 200,
      flex: 1,
      isSortable: false,
      value: (row) => (row.jointMove === null || row.ownMove === null ? null : row.ownMove - row.jointMove),
      head: () => <GaugeHead />,
      render: (row) => <Distance row={row} referenceMove={referenceMove} />,
      metric: explained('account.jointMove'),
    },
    {
      id: 'sigma',
      title: 'σ-days',
      kind: 'number',
      width: 66,
      value: (row) => row.sigmaDays,
      text: (row) => (row.hasRequirement ? sigmaDays(row.sigmaDays) : '–'),
      metric: explained('account.sigmaDays'),
    },
    {
      id: 'falls',
      title: 'Falls',
      kind: 'number',
      width: 84,
      value: (row) => row.fallsInRound,
      text: (row) => (row.fallsInRound === null ? '–' : `round ${row.fallsInRound}`),
      className: (row) => (row.fallsInRound === null ? 'muted' : 'state-danger'),
      metric: explained('account.fallsInRound'),
    },
  ];
}

/** The gauge; words where there is nothing to draw on a scale of falls. */
function Distance({ row, referenceMove }: { readonly row: DistanceRow; readonly referenceMove: number }): ReactElement {
  if (!row.hasRequirement) return <span className="secondary">no requirement</span>;
  if (row.jointMove !== null && row.jointMove > 0) return <span className="secondary">falls only in a rise</span>;
  return <CouplingGauge name={row.id} jointMove={row.jointMove} aloneMove={row.ownMove} state={row.state} referenceMove={referenceMove} />;
}

import type { ReactElement } from 'react';
import type { PositionResult } from '../../../main/contract/analysis.ts';
import { isFailure } from '../../format/failure.ts';
import { type Amount, fullUsd, millions, price, shown, thousands } from '../../format/money.ts';
import { fixed, quantity } from '../../format/number.ts';
import { distance, percentFigure } from '../../format/share.ts';
import { age } from '../../format/time.ts';
import type { Column } from '../../grid/columns.ts';
import { HealthBar } from '../../parts/health-bar.tsx';
import { StaleMark } from '../../parts/stale-mark.tsx';
import { stateClass } from '../../parts/state-mark.tsx';
import { VenueMark } from '../../parts/venue-mark.tsx';
import { type BookRow, lookThroughWords } from './book-rows.ts';

type Actions = {
  readonly setQuantity: (row: BookRow, text: string) => void;
  readonly toggle: (row: BookRow) => void;
};

const kindWords: Record<PositionResult['kind'], string> = {
  spot: 'Spot',
  wrapper: 'Wrapper',
  share: 'Share',
  supplied: 'Supply',
  borrowed: 'Debt',
  perpetual: 'Perpetual',
  future: 'Future',
  option: 'Option',
};

/** Columns of the book, from what it is to how far it is from falling. */
export function bookColumns(actions: Actions): readonly Column<BookRow>[] {
  return [nameColumn(actions), kindColumn, quantityColumn(actions), ...marketColumns, ...greekColumns, ...accountColumns];
}

function nameColumn({ toggle }: Actions): Column<BookRow> {
  return {
    id: 'name',
    title: 'Account / instrument',
    kind: 'text',
    width: 204,
    isPinned: true,
    value: (row) => row.label,
    isPlain: (row) => row.level === 'position' && !row.isStale,
    className: (row) => (row.level === 'position' && !row.isStale ? 'book-plain-name' : ''),
    render: (row) =>
      row.level === 'position' ? <PositionName row={row} /> : <GroupName row={row} isOpen={!row.isFolded} onToggle={() => toggle(row)} />,
  };
}

function PositionName({ row }: { readonly row: BookRow }): ReactElement {
  return (
    <span className="book-name">
      <span>{row.label}</span>
      {row.isStale && (
        <span className="book-age">
          <StaleMark /> {age(row.ageMs)}
        </span>
      )}
    </span>
  );
}

function GroupName({
  row,
  isOpen,
  onToggle,
}: {
  readonly row: BookRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}): ReactElement {
  return (
    <span className="book-group">
      {row.level === 'group' && (
        <button
          type="button"
          className="book-toggle"
          tabIndex={-1}
          aria-label={isOpen ? `Fold ${row.label}` : `Unfold ${row.label}`}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {isOpen ? '⌄' : '›'}
        </button>
      )}
      {row.venueMark !== null && <VenueMark mark={row.venueMark} />}
      <span>{row.label}</span>
      <span className="book-count">{row.countWords}</span>
    </span>
  );
}

const kindColumn: Column<BookRow> = {
  id: 'kind',
  title: 'Kind',
  kind: 'text',
  width: 76,
  value: (row) => (row.kind === null ? '' : kindWords[row.kind]),
  className: () => 'secondary',
};

function quantityColumn({ setQuantity }: Actions): Column<BookRow> {
  return {
    id: 'quantity',
    title: 'Quantity',
    kind: 'number',
    width: 100,
    value: (row) => (row.quantity === null ? null : Number(row.quantity)),
    text: (row) => (row.quantity === null ? '' : quantity(row.quantity)),
    tooltip: (row) => (row.level === 'position' ? 'F2 or a double click edits' : null),
    edit: { isEditable: (row) => row.level === 'position', start: (row) => row.quantity ?? '', commit: setQuantity },
  };
}

/** Missing numbers are named in red; stale ones and those not yet valued again keep their place, striped. */
function valueClass(pick: (row: BookRow) => Amount): (row: BookRow) => string {
  return (row) => {
    const amount = pick(row);
    if (isFailure(amount)) return 'state-danger';
    return amount === null || amount === undefined ? 'muted' : '';
  };
}

type Spec = {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly pick: (row: BookRow) => Amount;
  readonly show: (amount: Amount, row: BookRow) => string;
  readonly metric: string;
  readonly groupMetric?: string;
};

/** Groups without a value and positions that were not yet valued are empty: a dash means that it does not apply. */
function isBlank(row: BookRow, amount: Amount): boolean {
  return amount === null && (row.level !== 'position' || !row.isValued);
}

/** A column of figures: groups without a value are empty, not dashed. */
function figure(spec: Spec): Column<BookRow> {
  return {
    id: spec.id,
    title: spec.title,
    kind: 'number',
    width: spec.width,
    minWidth: spec.width,
    flex: spec.width,
    value: spec.pick,
    text: (row) => (isBlank(row, spec.pick(row)) ? '' : spec.show(spec.pick(row), row)),
    className: valueClass(spec.pick),
    isStale: (row) => row.level === 'position' && (row.isStale || row.isEdited) && typeof spec.pick(row) === 'number',
    tooltip: (row) => failureText(spec.pick(row)),
    metric: (row) => explained(row, spec),
  };
}

function explained(row: BookRow, spec: Spec): { metric: string; subjectId: string } | null {
  if (row.positionId !== null) return { metric: `position.${spec.metric}`, subjectId: row.positionId };
  if (row.level === 'group' && row.accountId !== null && spec.groupMetric !== undefined)
    return { metric: `account.${spec.groupMetric}`, subjectId: row.accountId };
  return row.level === 'total' && spec.groupMetric !== undefined ? { metric: `totals.${spec.groupMetric}`, subjectId: '' } : null;
}

function failureText(amount: Amount): string | null {
  return isFailure(amount) ? amount.message : typeof amount === 'number' ? String(amount) : null;
}

const marketColumns: readonly Column<BookRow>[] = [
  figure({
    id: 'mark',
    title: 'Mark',
    width: 82,
    pick: (row) => row.mark,
    show: (amount, row) => price(amount, row.markUnit),
    metric: 'mark',
  }),
  figure({
    id: 'volatility',
    title: 'IV, %',
    width: 56,
    pick: (row) => row.impliedVolatility,
    show: (amount) => percentFigure(amount),
    metric: 'impliedVolatility',
  }),
  {
    ...figure({
      id: 'value',
      title: 'Value, k USD',
      width: 90,
      pick: (row) => row.valueUsd,
      show: thousands,
      metric: 'valueUsd',
      groupMetric: 'equityUsd',
    }),
    tooltip: (row) =>
      isFailure(row.valueUsd)
        ? row.valueUsd.message
        : row.valueCoin === null
          ? fullUsd(row.valueUsd)
          : `${fullUsd(row.valueUsd)} = ${shown(row.valueCoin, (value) => fixed(value, 5))} ${row.markUnit}`,
  },
];

const greekColumns: readonly Column<BookRow>[] = [
  figure({
    id: 'delta',
    title: 'Delta, coin',
    width: 82,
    pick: (row) => row.deltaCoin,
    show: (amount) => shown(amount, (value) => fixed(value, 1)),
    metric: 'deltaCoin',
  }),
  figure({
    id: 'gamma',
    title: 'Gamma, k / 1 %',
    width: 100,
    pick: (row) => row.gammaUsdPerPercent,
    show: thousands,
    metric: 'gammaUsdPerPercent',
  }),
  figure({ id: 'vega', title: 'Vega, k / pt', width: 80, pick: (row) => row.vegaUsdPerPoint, show: thousands, metric: 'vegaUsdPerPoint' }),
  figure({ id: 'theta', title: 'Theta, k / d', width: 78, pick: (row) => row.thetaUsdPerDay, show: thousands, metric: 'thetaUsdPerDay' }),
];

const accountColumns: readonly Column<BookRow>[] = [
  {
    ...figure({
      id: 'requirement',
      title: 'Requirement, M',
      width: 102,
      pick: (row) => row.requirementUsd,
      show: millions,
      metric: 'requirementUsd',
      groupMetric: 'maintenanceRequirementUsd',
    }),
    text: (row) => (row.isPooled ? 'in pool' : isBlank(row, row.requirementUsd) ? '' : millions(row.requirementUsd)),
  },
  {
    id: 'use',
    title: 'Use, %',
    kind: 'number',
    width: 98,
    value: (row) => row.useFraction,
    text: (row) => (row.level === 'position' ? '' : percentFigure(row.useFraction)),
    isPlain: (row) => row.level === 'position',
    render: (row) => {
      if (typeof row.useFraction !== 'number') return <span className="muted">{row.hasRequirement ? '–' : ''}</span>;
      return (
        <span className="book-use">
          <HealthBar useFraction={row.useFraction} label={`${row.label} use`} />
          <span>{percentFigure(row.useFraction)}</span>
        </span>
      );
    },
    metric: (row) =>
      row.level === 'group' && row.accountId !== null
        ? { metric: 'account.useFraction', subjectId: row.accountId }
        : row.level === 'total'
          ? { metric: 'totals.useFraction', subjectId: '' }
          : null,
  },
  {
    ...figure({
      id: 'lookThrough',
      title: 'Look-through Δ, M',
      width: 116,
      pick: (row) => row.lookThroughUsd,
      show: millions,
      metric: 'lookThroughUsd',
    }),
    tooltip: lookThroughWords,
  },
  {
    id: 'joint',
    title: 'Joint, %',
    kind: 'number',
    width: 80,
    value: (row) => row.jointMove,
    text: (row) => (row.isValued || row.hasRequirement ? distance(row.jointMove, row.hasRequirement) : ''),
    className: (row) => (row.level === 'position' ? 'muted' : row.state === 'safe' || row.state === 'none' ? '' : stateClass(row.state)),
    metric: (row) => (row.accountId === null ? null : { metric: 'account.jointMove', subjectId: row.accountId }),
  },
];

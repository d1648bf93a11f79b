import type { RuleMeasures, RuleSetRow } from '../../../main/contract/rule-set.ts';
import type { Column } from '../../grid/columns.ts';
import { type Amount, fullUsd, millions, shown } from '../../format/money.ts';
import { fixed, NOT_APPLICABLE } from '../../format/number.ts';
import { distance, healthFactor } from '../../format/share.ts';

/** A status; of rules that the positions do not fit, the reason says more than 'not eligible'. */
export function statusText(row: RuleSetRow): string {
  return row.measures === null ? row.why : row.status;
}

function rowClass(row: RuleSetRow): string {
  if (row.kind === 'edited') return 'hypothetical-value';
  if (row.kind === 'inForce') return 'grid-strong';
  return row.measures === null ? 'muted' : '';
}

function statusClass(row: RuleSetRow): string {
  if (row.status === 'falls at once') return 'state-danger';
  if (row.status.startsWith('announced') || row.status === 'lends too little') return 'state-watch';
  return 'secondary';
}

function figure(
  column: Pick<Column<RuleSetRow>, 'id' | 'title' | 'width'>,
  value: (measures: RuleMeasures) => Amount,
  text: (amount: Amount) => string,
): Column<RuleSetRow> {
  return {
    ...column,
    kind: 'number',
    value: (row) => (row.measures === null ? null : (value(row.measures) ?? null)),
    text: (row) => (row.measures === null ? NOT_APPLICABLE : text(value(row.measures))),
    className: rowClass,
    metric: (row) => ({ metric: `ruleSet.${column.id}`, subjectId: row.id }),
  };
}

/** A distance: null is 'never', and a row the positions do not fit has none. */
function move(
  column: Pick<Column<RuleSetRow>, 'id' | 'title' | 'width'>,
  value: (measures: RuleMeasures) => number | null,
): Column<RuleSetRow> {
  return { ...figure(column, value, (amount) => distance(amount as number | null)), metric: explainedBy(column.id) };
}

function explainedBy(id: string): NonNullable<Column<RuleSetRow>['metric']> {
  const metric = id.startsWith('driver:') ? 'ruleSet.aloneMove' : `ruleSet.${id}`;
  return (row) => ({ metric, subjectId: row.id });
}

function days(amount: Amount): string {
  return shown(amount, (value) => (value === Infinity ? 'never' : fixed(value, 0)));
}

/** Columns of the comparison: what the rules count for, how far it is from liquidation, and what it is called. */
export function ruleColumns(isLending: boolean, drivers: readonly string[]): readonly Column<RuleSetRow>[] {
  return [
    {
      id: 'title',
      title: 'Rule set',
      kind: 'text',
      value: (row) => row.title,
      width: 216,
      isPinned: true,
      isSortable: false,
      className: rowClass,
      tooltip: (row) => `${row.why} (${row.source}, ${row.asOf})`,
    },
    figure({ id: 'resourcesUsd', title: 'Limit, M', width: 68 }, (m) => m.resourcesUsd, millions),
    figure({ id: 'requirementUsd', title: 'Used, M', width: 68 }, (m) => m.requirementUsd, millions),
    { ...figure({ id: 'excessUsd', title: 'Excess, M', width: 76 }, (m) => m.excessUsd, millions), tooltip: excessTip },
    ...(isLending
      ? [
          figure({ id: 'healthFactor', title: 'Health', width: 64 }, (m) => m.healthFactor, healthFactor),
          figure({ id: 'availableBorrowUsd', title: 'Can borrow, M', width: 106 }, (m) => m.availableBorrowUsd, millions),
        ]
      : []),
    move({ id: 'aloneMove', title: 'Alone, %', width: 70 }, (m) => m.aloneMove),
    ...drivers.map((driver) =>
      move({ id: `driver:${driver}`, title: `${driver}, %`, width: 66 }, (m) => {
        const point = m.byDriver.find((each) => each.driver === driver);
        return point?.downMove ?? point?.upMove ?? null;
      }),
    ),
    move({ id: 'jointMove', title: 'Joint, %', width: 68 }, (m) => m.jointMove),
    ...(isLending ? [figure({ id: 'interestDays', title: 'Interest, d', width: 74 }, (m) => m.interestDays, days)] : []),
    {
      id: 'status',
      title: 'Status',
      kind: 'text',
      value: statusText,
      flex: 1,
      minWidth: 200,
      className: statusClass,
      tooltip: (row) => row.why,
    },
  ];
}

function excessTip(row: RuleSetRow): string | null {
  return row.measures === null ? null : fullUsd(row.measures.excessUsd);
}

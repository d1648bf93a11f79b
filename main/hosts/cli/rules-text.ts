import type { RuleSetComparison } from '../../contract/rule-set.ts';
import { dollars, percent, ratio, table } from './table.ts';

/** The comparison of rules for a terminal: one line per rule set, then why those that differ do. */
export function rulesText(comparison: RuleSetComparison): string {
  const rows = comparison.rows.map(({ title, status, measures }) => [
    title,
    dollars(measures?.resourcesUsd),
    dollars(measures?.requirementUsd),
    dollars(measures?.excessUsd),
    ratio(measures?.healthFactor),
    measures === null ? 'n/a' : percent(measures.aloneMove),
    measures === null ? 'n/a' : percent(measures.jointMove),
    status,
  ]);
  const figures = ['Limit', 'Used', 'Excess', 'Health', 'Alone', 'Joint'].map((heading) => ({ heading, isFigure: true }));
  const whys = comparison.rows.map((row) => `${row.title}: ${row.why}\n`).join('');
  return `${comparison.accountId} at ${comparison.venueName}, ${comparison.snapshotAsOf}\n\n${table([{ heading: 'Rules' }, ...figures, { heading: 'Status' }], rows)}\n${whys}`;
}

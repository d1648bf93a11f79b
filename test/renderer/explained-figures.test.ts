import { expect, it } from 'vitest';
import { bookColumns } from '../../renderer/features/book/book-columns.tsx';
import { ruleColumns } from '../../renderer/features/accounts/rule-columns.ts';
import { bookRows } from '../../renderer/features/book/book-rows.ts';
import { distanceColumns } from '../../renderer/features/overview/distance-columns.tsx';
import { distanceRows } from '../../renderer/features/overview/distance-rows.ts';
import { overviewTiles } from '../../renderer/features/overview/overview-tiles.ts';
import { measures } from '../../renderer/features/what-if/what-if-tables.tsx';
import { metricNamed } from '../../main/services/explain/catalogue.ts';
import { sampleAnalysis } from '../support/sample-analysis.ts';
import { sampleRuleSet } from '../support/sample-rule-set.ts';

/** Metrics that the figures of the Overview, the Book and the comparison of rules ask about. */
function asked(): readonly string[] {
  const accounts = distanceRows(sampleAnalysis, 'joint');
  const lenses = ['joint', 'ETH'].flatMap((lens) =>
    distanceColumns(lens, -0.18).flatMap((column) => accounts.flatMap((row) => column.metric?.(row)?.metric ?? [])),
  );
  const result = sampleAnalysis.positions[0] ?? null;
  const account = sampleAnalysis.accounts[0] ?? null;
  const line = {
    positionId: 'p',
    kind: 'option',
    underlying: 'ETH',
    venueMark: 'DRB',
    venueName: 'Deribit',
    accountId: 'A',
    quantity: '1',
    label: 'P',
    result,
    account,
    lookThroughUsd: 1,
  } as const;
  const rows = bookRows({ lines: [line], chosen: [line], grouping: 'account', collapsed: new Set() });
  const columns = bookColumns({ toggle: () => undefined, setQuantity: () => undefined });
  const book = columns.flatMap((column) => rows.flatMap((row) => column.metric?.(row)?.metric ?? []));
  const rules = ruleColumns(true, ['ETH']).flatMap((column) => sampleRuleSet.rows.flatMap((row) => column.metric?.(row)?.metric ?? []));
  return [
    ...rules,
    ...measures.flatMap(({ metric }) => metric ?? []),
    ...overviewTiles(sampleAnalysis).flatMap((tile) => tile.metric ?? []),
    ...lenses,
    ...book,
    'surplus.ratio',
    'venue.useFraction',
  ];
}

it('every figure that offers an explanation has one in the catalogue', () => {
  expect([...new Set(asked())].filter((name) => metricNamed(name) === undefined)).toEqual([]);
});

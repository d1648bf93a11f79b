import type { AccountResult, CascadeResult } from '../../main/contract/analysis.ts';
import type { BookContents } from '../../main/domain/book.ts';
import type { Result } from '../../main/domain/failure.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../main/engine/packed/evaluate-accounts.ts';
import { valuePositions } from '../../main/engine/scenario/value-book.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { accountResults } from '../../main/services/analysis/account-results.ts';
import { cascadeResult } from '../../main/services/analysis/cascade-result.ts';
import { runEngine, type EngineRun } from '../../main/services/analysis/engine-run.ts';
import { networkResult } from '../../main/services/analysis/network-result.ts';
import { packBook } from '../../main/services/pack.ts';
import { resourcesFolder } from '../../main/hosts/folders.ts';
import { readDemo } from '../../main/market/demo.ts';
import type { Benchmark } from '../bench/benchmark.ts';

/** Copies of the demo's twelve accounts, each with its own positions and pledges. */
const COPIES = 452;
const NODES = 5_000;
const EDGES = 19_000;

type Desk = { readonly run: EngineRun; readonly accounts: readonly AccountResult[]; readonly cascade: CascadeResult };
let desk: Desk | null = null;

async function setUp(): Promise<void> {
  const { contents, snapshot, scenarioSets } = taken(readDemo(resourcesFolder));
  const [scenarioSet] = scenarioSets;
  if (scenarioSet === undefined) throw new Error('the demo has no scenarios');
  const inputs = { contents, snapshot, scenarioSet, shock: scenarioSet.reference, assumptions: scenarioSet.cascade };
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const run = taken(await runEngine(inputs, createInlinePool(), context));
  const copies = copied(contents);
  const pack = taken(packBook(copies, snapshot, scenarioSet));
  const measures = makeAccountMeasures(pack.packed.accounts.count);
  evaluateAccounts(pack.packed, pack.packed.initial, measures);
  const values = { ...run.values, positions: valuePositions(pack.packed), accounts: measures };
  const accounts = accountResults(run);
  desk = {
    run: { ...run, inputs: { ...inputs, contents: copies }, pack, values },
    accounts: copyNumbers.flatMap((copy) => accounts.map((account) => ({ ...account, accountId: named(account.accountId, copy) }))),
    cascade: cascadeResult(run),
  };
  const { nodes, edges } = measured();
  if (nodes.length < NODES || edges.length < EDGES) throw new Error(`only ${nodes.length} nodes and ${edges.length} edges`);
}

const copyNumbers = Array.from({ length: COPIES }, (_, copy) => copy);

function named(id: string, copy: number): string {
  return `${id}/${copy}`;
}

function copied(contents: BookContents): BookContents {
  const each = <Row>(rows: readonly Row[], change: (row: Row, copy: number) => Row): Row[] =>
    copyNumbers.flatMap((copy) => rows.map((row) => change(row, copy)));
  return {
    ...contents,
    accounts: each(contents.accounts, (row, copy) => ({ ...row, id: named(row.id, copy) })),
    positions: each(contents.positions, (row, copy) => ({ ...row, id: named(row.id, copy), accountId: named(row.accountId, copy) })),
    pledges: each(contents.pledges, (row, copy) => ({ ...row, accountId: named(row.accountId, copy) })),
  };
}

function taken<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

function standing(): Desk {
  if (desk === null) throw new Error('not set up');
  return desk;
}

function measured(): ReturnType<typeof networkResult> {
  const { run, accounts, cascade } = standing();
  return networkResult(run, accounts, cascade);
}

/** About 5,000 nodes and 19,000 edges: four a node, as the demo has. */
export const benchmarks: Benchmark[] = [
  { name: 'network metrics of 5,000 nodes and 19,000 edges', setUp, run: measured, limitCpuMs: 1_000, repeats: 3 },
];

import type { AccountResult, CascadeResult } from '../../main/contract/analysis.ts';
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
import { copiedContents, nameInCopy, sparsePart } from '../support/copied-demo.ts';
import type { Benchmark } from '../bench/benchmark.ts';

const NODES = 5_000;
/** A book of so many copies of the demo's accounts, or of those with few ties, each with its own positions and pledges. */
type Size = { readonly copies: number; readonly edges: number; readonly isSparse: boolean };
/** Two ties for each node, and the four that the demo has. */
const SPARSE: Size = { copies: 2_500, edges: 10_000, isSparse: true };
const DENSE: Size = { copies: 452, edges: 19_000, isSparse: false };

type Desk = { readonly run: EngineRun; readonly accounts: readonly AccountResult[]; readonly cascade: CascadeResult };
let desk: Desk | null = null;

async function setUp({ copies: count, edges: leastEdges, isSparse }: Size): Promise<void> {
  const { contents, snapshot, scenarioSets } = taken(readDemo(resourcesFolder));
  const [scenarioSet] = scenarioSets;
  if (scenarioSet === undefined) throw new Error('the demo has no scenarios');
  const inputs = { contents, snapshot, scenarioSet, shock: scenarioSet.reference, assumptions: scenarioSet.cascade };
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const run = taken(await runEngine(inputs, createInlinePool(), context));
  const part = isSparse ? sparsePart(contents) : contents;
  const copies = copiedContents(part, count);
  const pack = taken(packBook(copies, snapshot, scenarioSet));
  const measures = makeAccountMeasures(pack.packed.accounts.count);
  evaluateAccounts(pack.packed, pack.packed.initial, measures);
  const values = { ...run.values, positions: valuePositions(pack.packed), accounts: measures };
  const kept = new Set(part.accounts.map(({ id }) => id));
  const accounts = accountResults(run).filter(({ accountId }) => kept.has(accountId));
  desk = {
    run: { ...run, inputs: { ...inputs, contents: copies }, pack, values },
    accounts: Array.from({ length: count }, (_, copy) =>
      accounts.map((account) => ({ ...account, accountId: nameInCopy(account.accountId, copy) })),
    ).flat(),
    cascade: cascadeResult(run),
  };
  const { nodes, edges } = measured();
  if (nodes.length < NODES || edges.length < leastEdges) throw new Error(`only ${nodes.length} nodes and ${edges.length} edges`);
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

export const benchmarks: Benchmark[] = [
  {
    name: 'the whole network result of 5,000 nodes and 10,000 edges',
    setUp: () => setUp(SPARSE),
    run: measured,
    limitCpuMs: 200,
    repeats: 15,
  },
  {
    name: 'the whole network result of 5,000 nodes and 19,000 edges',
    setUp: () => setUp(DENSE),
    run: measured,
    limitCpuMs: 400,
  },
];

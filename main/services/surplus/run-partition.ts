import { fail, succeed, type Result } from '../../domain/failure.ts';
import { antitheticOrders, coalitionsAlong, sampledShapley } from '../../engine/cascade/shapley-sampling.ts';
import { MOST_EXACT_BLOCKS, shapleyValues } from '../../engine/cascade/surplus.ts';
import type { CoalitionTable } from '../../engine/scenario/coalition-chunk.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { historyShocks, readHistory } from '../analysis/shock-lists.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';
import { cascadeRules, packShocks, type RunContext } from '../scenarios.ts';
import { blockMap, type Block } from './partition.ts';

/** Cascades per part of work: about 10 ms each. Fixed, so that the parts do not depend on the number of workers. */
const COALITIONS_PER_CHUNK = 24;

/** Cascades that a sampled attribution may take, as many as the largest exact one. */
const MOST_CASCADES = 2 ** MOST_EXACT_BLOCKS;

/** Fewest and most antithetic pairs of orders. */
const LEAST_PAIRS = 16;
const MOST_PAIRS = 512;

/** A partition under way. */
export type PartitionWork = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly blocks: readonly Block[];
  readonly seed: number;
  readonly pool: Pool;
  readonly context: RunContext;
};

/** Everything the engine computed of one partition. USD. */
export type PartitionRun = {
  readonly alone: readonly CoalitionOutcome[];
  readonly joint: CoalitionOutcome;
  /** Block × block, upper half: what two lose together beyond what each loses alone. */
  readonly tiesUsd: Float64Array;
  readonly shapleyUsd: Float64Array;
  readonly standardErrorsUsd: Float64Array | null;
  readonly cascades: number;
  readonly orders: number;
  readonly convergedFraction: number;
};

/** One coalition's loss, by block, and who falls. */
export type CoalitionOutcome = { readonly lossUsd: number; readonly byBlockUsd: Float64Array; readonly fallen: readonly number[] };

/** Runs every coalition that the attribution needs: all subsets to 12 blocks, those along sampled orders beyond. */
export async function runPartition(work: PartitionWork): Promise<Result<PartitionRun>> {
  const n = work.blocks.length;
  const isExact = n <= MOST_EXACT_BLOCKS;
  const orders = isExact ? new Int32Array(0) : antitheticOrders(n, pairsFor(n), work.seed);
  const list: CoalitionList = { rows: [], places: new Map() };
  if (isExact) for (let subset = 1; subset < 2 ** n; subset += 1) addTo(list, subsetRow(subset, n));
  else addSampled(list, orders, n);
  const outcomes = await runCoalitionList(work, list);
  if (!outcomes.ok) return outcomes;
  const { table, accounts } = outcomes.value;
  const loss = (row: Uint8Array): number => table.lossUsd[placeIn(list, row)] ?? NaN;
  const single = (i: number): Uint8Array => Uint8Array.from({ length: n }, (_, b) => (b === i ? 1 : 0));
  const outcome = (row: Uint8Array): CoalitionOutcome => outcomeAt(table, placeIn(list, row), { blocks: n, accounts });
  const tiesUsd = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const both = Uint8Array.from({ length: n }, (_, b) => (b === i || b === j ? 1 : 0));
      tiesUsd[i * n + j] = loss(both) - loss(single(i)) - loss(single(j));
    }
  }
  const shared = {
    alone: Array.from({ length: n }, (_, i) => outcome(single(i))),
    joint: outcome(new Uint8Array(n).fill(1)),
    tiesUsd,
    cascades: list.rows.length,
    convergedFraction: table.hasConverged.reduce((sum, each) => sum + each, 0) / Math.max(1, list.rows.length),
  };
  if (isExact) {
    const bySubset = Float64Array.from({ length: 2 ** n }, (_, subset) => (subset === 0 ? 0 : loss(subsetRow(subset, n))));
    return succeed({ ...shared, shapleyUsd: shapleyValues(bySubset, n), standardErrorsUsd: null, orders: 0 });
  }
  const members = coalitionsAlong(orders, n);
  const along = Float64Array.from(orders, (_, row) => loss(members.subarray(row * n, (row + 1) * n)));
  const { values, standardErrors } = sampledShapley(orders, along, n);
  return succeed({ ...shared, shapleyUsd: values, standardErrorsUsd: standardErrors, orders: orders.length / n });
}

/** Loss of each block on each ordinary day, nobody forced to sell: day × block. */
export async function runCalm({ inputs, pack, blocks, pool, context }: PartitionWork): Promise<Result<Float64Array>> {
  const history = readHistory(inputs, pack.driverIds);
  if (!history.ok) return history;
  const still = { moves: {}, volatilityShift: 0 };
  const shocks = [still, ...historyShocks(history.value, inputs.scenarioSet, pack.driverIds)];
  const input = { packedId: pack.packed.id, quantities: null, ...packShocks(shocks, pack.driverIds) };
  const tables = await pool.run({ name: 'revalue', inputs: [input] }, context.signal);
  if (!tables.ok) return tables;
  const equity = tables.value[0]?.equityUsd;
  if (equity === undefined) return fail('internal', 'a job gave no answer');
  const accounts = pack.accountIds.length;
  const { ofAccount } = blockMap(blocks, pack);
  const losses = new Float64Array((shocks.length - 1) * blocks.length);
  for (let day = 0; day + 1 < shocks.length; day += 1) {
    ofAccount.forEach((block, a) => {
      const at = day * blocks.length + block;
      losses[at] = (losses[at] ?? 0) + (equity[a] ?? 0) - (equity[(day + 1) * accounts + a] ?? 0);
    });
  }
  return succeed(losses);
}

/** Antithetic pairs for n blocks, as the budget of cascades allows. */
export function pairsFor(n: number): number {
  return Math.max(LEAST_PAIRS, Math.min(MOST_PAIRS, Math.floor(MOST_CASCADES / (2 * n))));
}

function subsetRow(subset: number, n: number): Uint8Array {
  return Uint8Array.from({ length: n }, (_, block) => (subset >> block) & 1);
}

function addSampled(list: CoalitionList, orders: Int32Array, n: number): void {
  const members = coalitionsAlong(orders, n);
  for (let row = 0; row < orders.length; row += 1) addTo(list, members.subarray(row * n, (row + 1) * n));
  for (let i = 0; i < n; i += 1) {
    for (let j = i; j < n; j += 1)
      addTo(
        list,
        Uint8Array.from({ length: n }, (_, b) => (b === i || b === j ? 1 : 0)),
      );
  }
}

/** Coalitions to run, each once, and where to find one. */
type CoalitionList = { readonly rows: Uint8Array[]; readonly places: Map<string, number> };

function addTo({ rows, places }: CoalitionList, row: Uint8Array): void {
  const key = row.join('');
  if (places.has(key)) return;
  places.set(key, rows.length);
  rows.push(row);
}

function placeIn({ places }: CoalitionList, row: Uint8Array): number {
  return places.get(row.join('')) ?? -1;
}

async function runCoalitionList(
  { inputs, pack, blocks, pool, context }: PartitionWork,
  list: CoalitionList,
): Promise<Result<{ table: CoalitionTable; accounts: number }>> {
  pool.share(pack.packed.id, pack.packed);
  const n = blocks.length;
  const map = blockMap(blocks, pack);
  const { moves } = packShocks([inputs.shock], pack.driverIds);
  const chunk = { packedId: pack.packed.id, quantities: null, moves, volatilityShift: inputs.shock.volatilityShift, map };
  const jobs = Array.from({ length: Math.ceil(list.rows.length / COALITIONS_PER_CHUNK) }, (_, i) => {
    const rows = list.rows.slice(i * COALITIONS_PER_CHUNK, (i + 1) * COALITIONS_PER_CHUNK);
    const members = new Uint8Array(rows.length * n);
    rows.forEach((row, at) => members.set(row, at * n));
    return { ...chunk, rules: cascadeRules(inputs.assumptions, pack), members };
  });
  const parts = await pool.run({ name: 'coalitions', inputs: jobs }, context.signal, (done, total) =>
    context.progress('Running every combination of blocks', done, total),
  );
  if (!parts.ok) return parts;
  const accounts = pack.accountIds.length;
  const table: CoalitionTable = {
    lossUsd: new Float64Array(list.rows.length),
    lossByBlockUsd: new Float64Array(list.rows.length * n),
    hasFallen: new Uint8Array(list.rows.length * accounts),
    hasConverged: new Uint8Array(list.rows.length),
  };
  parts.value.forEach((part, i) => {
    const first = i * COALITIONS_PER_CHUNK;
    table.lossUsd.set(part.lossUsd, first);
    table.lossByBlockUsd.set(part.lossByBlockUsd, first * n);
    table.hasFallen.set(part.hasFallen, first * accounts);
    table.hasConverged.set(part.hasConverged, first);
  });
  return succeed({ table, accounts });
}

function outcomeAt(table: CoalitionTable, at: number, size: { blocks: number; accounts: number }): CoalitionOutcome {
  const fallen: number[] = [];
  for (let a = 0; a < size.accounts; a += 1) if (table.hasFallen[at * size.accounts + a] === 1) fallen.push(a);
  return {
    lossUsd: table.lossUsd[at] ?? NaN,
    byBlockUsd: table.lossByBlockUsd.slice(at * size.blocks, (at + 1) * size.blocks),
    fallen,
  };
}

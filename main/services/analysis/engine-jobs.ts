import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Shock } from '../../domain/scenario.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { DistanceSearch } from '../../engine/scenario/distance-search.ts';
import type { CascadeTrace } from '../../engine/scenario/trace-cascade.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { PackResult } from '../pack.ts';
import { cascadeRules, packShocks, type RunContext } from '../scenarios.ts';
import type { AnalysisInputs, Distances, EngineRun } from './engine-run.ts';
import { axisShock, CURVE_MOVES } from './shock-lists.ts';

/** One analysis under way. */
export type EngineWork = { readonly inputs: AnalysisInputs; readonly pack: PackResult; readonly pool: Pool; readonly context: RunContext };

/** Moves tried in the search for distances: every 2 % to −94 %, and to +60 %, then every 10 % to +200 %. */
const DOWN_MOVES = Float64Array.from({ length: 47 }, (_, i) => -(i + 1) / 50);
const UP_MOVES = Float64Array.from({ length: 44 }, (_, i) => (i < 30 ? (i + 1) / 50 : 0.6 + (i - 29) / 10));

/** The reference cascade with its history. */
export async function runTrace({ inputs, pack, pool, context }: EngineWork): Promise<Result<CascadeTrace>> {
  pool.share(pack.packed.id, pack.packed);
  const { moves } = packShocks([inputs.shock], pack.driverIds);
  const input = {
    packedId: pack.packed.id,
    quantities: null,
    moves,
    volatilityShift: inputs.shock.volatilityShift,
    rules: cascadeRules(inputs.assumptions, pack),
  };
  const result = await pool.run({ name: 'trace', inputs: [input] }, context.signal);
  return result.ok ? firstOf(result.value) : result;
}

/** Values now, the excess curves, the day before, and the traced reference cascade. */
export async function runBase(work: EngineWork): Promise<Result<Pick<EngineRun, 'values' | 'trace' | 'curves' | 'equityDayBeforeUsd'>>> {
  const { inputs, pack, pool, context } = work;
  const { scenarioSet, snapshot } = inputs;
  const { packed, driverIds } = pack;
  pool.share(packed.id, packed);
  const book = { packedId: packed.id, quantities: null };
  const axes = ['*', ...driverIds];
  const curveInputs = axes.map((driver) => {
    const shocks = CURVE_MOVES.map((move) =>
      driver === '*' ? axisShock(scenarioSet, driverIds, move) : { moves: { [driver]: move }, volatilityShift: 0 },
    );
    return { ...book, ...packShocks(shocks, driverIds) };
  });
  const dayBefore = dayBeforeShock(snapshot, pack);
  const revalueInputs = dayBefore === null ? curveInputs : [...curveInputs, { ...book, ...packShocks([dayBefore], driverIds) }];
  const [values, trace, tables] = await Promise.all([
    pool.run({ name: 'value', inputs: [book] }, context.signal),
    runTrace(work),
    pool.run({ name: 'revalue', inputs: revalueInputs }, context.signal),
  ]);
  if (!values.ok) return values;
  if (!trace.ok) return trace;
  if (!tables.ok) return tables;
  const first = firstOf(values.value);
  if (!first.ok) return first;
  return succeed({
    values: first.value,
    trace: trace.value,
    curves: axes.map((driver, i) => ({
      driver,
      table: tables.value[i] ?? { equityUsd: new Float64Array(0), excessUsd: new Float64Array(0) },
    })),
    equityDayBeforeUsd: dayBefore === null ? null : (tables.value[axes.length]?.equityUsd ?? null),
  });
}

function firstOf<T>(values: readonly T[]): Result<T> {
  const first = values[0];
  return first === undefined ? fail('internal', 'a job gave no answer') : succeed(first);
}

/** The move from now back to the day before; null where a driver has no price of that day. */
function dayBeforeShock(snapshot: Snapshot, pack: PackResult): Shock | null {
  const before = new Map(snapshot.dayBefore.map((row) => [row.assetId, row.priceUsd]));
  const moves: Record<string, number> = {};
  for (const id of pack.driverIds) {
    const then = before.get(id);
    const now = pack.packed.initial.priceUsd[pack.assetIndex.get(id) ?? -1] ?? 0;
    if (then === undefined || !(now > 0)) return null;
    moves[id] = then / now - 1;
  }
  return { moves, volatilityShift: 0 };
}

/** Liquidation points of every account, or of one only: jointly and alone along the common axis, and alone by each driver. */
export async function runDistances({ inputs, pack, pool, context }: EngineWork, account?: number): Promise<Result<Distances>> {
  const { driverIds, packed } = pack;
  pool.share(packed.id, packed);
  const common = {
    direction: Float64Array.from(driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0),
    volatilityPerMove: inputs.scenarioSet.volatilityPerMove,
  };
  const book = { packedId: packed.id, quantities: null, ...(account === undefined ? {} : { account }) };
  const both = (axis: DistanceSearch['axis'], rules: DistanceSearch['rules']): DistanceSearch[] => [
    { ...book, axis, rules, moves: DOWN_MOVES },
    { ...book, axis, rules, moves: UP_MOVES },
  ];
  const single = driverIds.map((_, d) => ({ direction: Float64Array.from(driverIds, (__, i) => (i === d ? 1 : 0)), volatilityPerMove: 0 }));
  const searches = [
    ...both(common, cascadeRules(inputs.assumptions, pack)),
    ...both(common, null),
    ...single.flatMap((axis) => both(axis, null)),
  ];
  const found = await pool.run({ name: 'distances', inputs: searches }, context.signal, (done, total) =>
    context.progress('Searching liquidation points', done, total),
  );
  if (!found.ok) return found;
  const at = (i: number): Float64Array => found.value[i] ?? new Float64Array(0);
  return succeed({
    joint: nearer(at(0), at(1)),
    alone: nearer(at(2), at(3)),
    byDriver: driverIds.map((_, d) => ({ down: at(4 + 2 * d), up: at(5 + 2 * d) })),
  });
}

/** Where each account falls along the common axis when nobody sells: the only distance a single cascade is told with. */
export async function runAloneDistance({ inputs, pack, pool, context }: EngineWork): Promise<Result<Pick<Distances, 'alone'>>> {
  pool.share(pack.packed.id, pack.packed);
  const axis = {
    direction: Float64Array.from(pack.driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0),
    volatilityPerMove: inputs.scenarioSet.volatilityPerMove,
  };
  const search = { packedId: pack.packed.id, quantities: null, axis, rules: null };
  const searches = [DOWN_MOVES, UP_MOVES].map((moves): DistanceSearch => ({ ...search, moves }));
  const found = await pool.run({ name: 'distances', inputs: searches }, context.signal);
  if (!found.ok) return found;
  const [down = new Float64Array(0), up = new Float64Array(0)] = found.value;
  return succeed({ alone: nearer(down, up) });
}

/** The fall unless there is none or the rise is nearer. */
function nearer(down: Float64Array, up: Float64Array): Float64Array {
  return down.map((fall, a) => (Number.isNaN(fall) || Math.abs(up[a] ?? NaN) < Math.abs(fall) ? (up[a] ?? NaN) : fall));
}

import type { BookContents } from '../../domain/book.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { CascadeAssumptions, ScenarioSet, Shock } from '../../domain/scenario.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { CascadeTrace } from '../../engine/scenario/trace-cascade.ts';
import type { BookValues } from '../../engine/scenario/value-book.ts';
import { commonMove, historyMoves, type HistoryMoves } from '../../engine/scenario/history-moves.ts';
import type { DistanceSearch } from '../../engine/scenario/distance-search.ts';
import type { RevalueTable } from '../../engine/scenario/revalue-chunk.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { packBook, type PackResult } from '../pack.ts';
import { cascadeRules, packShocks, runScenarios, type RunContext, type ScenarioTable } from '../scenarios.ts';

/** What an analysis is made from; nothing else enters its numbers. */
export type AnalysisInputs = {
  readonly contents: BookContents;
  readonly snapshot: Snapshot;
  readonly scenarioSet: ScenarioSet;
  /** The shock in place of the set's reference, and assumptions in place of the set's. */
  readonly shock: Shock;
  readonly assumptions: CascadeAssumptions;
};

/** Distances by account, NaN = never: alone and jointly along the common axis, and alone by each driver (driver × direction). */
export type Distances = {
  readonly alone: Float64Array;
  readonly joint: Float64Array;
  readonly byDriver: readonly { readonly down: Float64Array; readonly up: Float64Array }[];
};

/** Everything the engine computed for one analysis, before it is put into words. */
export type EngineRun = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly values: BookValues;
  readonly history: HistoryMoves;
  readonly historyDays: readonly string[];
  readonly trace: CascadeTrace;
  readonly distances: Distances;
  /** '*' first, then each driver; rows by volatility shift, columns by move. */
  readonly grids: readonly { readonly underlying: string; readonly table: ScenarioTable }[];
  readonly historyTable: ScenarioTable;
  readonly curveMoves: readonly number[];
  readonly curves: readonly { readonly driver: string; readonly table: RevalueTable }[];
  readonly jointCurve: ScenarioTable;
  /** By venue: the cascade of its accounts and its part of the crowd alone. */
  readonly venuesAlone: readonly ScenarioTable[];
  readonly equityDayBeforeUsd: Float64Array | null;
};

/** Moves of the excess curves: −50 % … +50 %, every 2.5 %. */
const CURVE_MOVES = Array.from({ length: 41 }, (_, i) => (i - 20) / 40);
/** Moves tried in the search for distances: every 2 % to −94 %, and to +60 %, then every 10 % to +200 %. */
const DOWN_MOVES = Float64Array.from({ length: 47 }, (_, i) => -(i + 1) / 50);
const UP_MOVES = Float64Array.from({ length: 44 }, (_, i) => (i < 30 ? (i + 1) / 50 : 0.6 + (i - 29) / 10));

/** Shock of a move along the common axis: drivers by their betas; volatility rises with a fall and never falls with a rise. */
export function axisShock(set: ScenarioSet, driverIds: readonly string[], move: number): Shock {
  return {
    moves: Object.fromEntries(driverIds.map((id) => [id, Math.max(-0.99, (set.betas[id] ?? 0) * move)])),
    volatilityShift: Math.max(0, set.volatilityPerMove * move),
  };
}

/** Runs everything an analysis needs in the pool. */
export async function runEngine(inputs: AnalysisInputs, pool: Pool, context: RunContext): Promise<Result<EngineRun>> {
  const { contents, snapshot, scenarioSet, shock, assumptions } = inputs;
  context.progress('Packing the book', 0, 1);
  const packed = packBook(contents, snapshot, scenarioSet);
  if (!packed.ok) return packed;
  const pack = packed.value;
  const history = readHistory(inputs, pack.driverIds);
  if (!history.ok) return history;
  const { moves, days } = history.value;
  const betas = Float64Array.from(pack.driverIds, (id) => scenarioSet.betas[id] ?? 0);
  const historyShocks = days.map((_, day) => historyShock(moves, day, betas, inputs, pack.driverIds));
  const step = (name: string): RunContext => ({ signal: context.signal, progress: (_, done, total) => context.progress(name, done, total) });
  const cascade = (shocks: readonly Shock[], name: string, more: { activeVenues?: Uint8Array; assumptions?: CascadeAssumptions } = {}): Promise<Result<ScenarioTable>> =>
    runScenarios({ packed: pack.packed, driverIds: pack.driverIds, shocks, assumptions, ...more }, pool, step(name));

  const [base, distances, grids, historyTable, jointCurve, venuesAlone] = await Promise.all([
    runBase(inputs, pack, pool, context),
    runDistances(inputs, pack, pool, step('Searching liquidation points')),
    Promise.all(gridShocks(inputs, pack.driverIds).map(({ shocks }) => cascade(shocks, 'Running the grids'))),
    cascade(historyShocks, 'Running the daily moves'),
    cascade(CURVE_MOVES.map((move) => axisShock(scenarioSet, pack.driverIds, move)), 'Drawing the joint curve'),
    Promise.all(contents.venues.map((_, venue) => cascade([shock], 'Running each venue alone', { activeVenues: onlyVenue(contents.venues.length, venue) }))),
  ]);
  const failed = [base, distances, ...grids, historyTable, jointCurve, ...venuesAlone].find((each) => !each.ok);
  if (failed !== undefined && !failed.ok) return failed;
  if (!base.ok || !distances.ok || !historyTable.ok || !jointCurve.ok) return fail('internal', 'the analysis lost a part of its work');
  return succeed({
    inputs,
    pack,
    ...base.value,
    history: moves,
    historyDays: days,
    distances: distances.value,
    grids: gridShocks(inputs, pack.driverIds).map(({ underlying }, i) => ({ underlying, table: tableOf(grids[i]) })),
    historyTable: historyTable.value,
    curveMoves: CURVE_MOVES,
    jointCurve: jointCurve.value,
    venuesAlone: venuesAlone.map(tableOf),
  });
}

/** The reference cascade and each venue alone: what the Stress screen's assumption bar asks for. */
export async function runCascadeOnly(inputs: AnalysisInputs, pool: Pool, context: RunContext): Promise<Result<Pick<EngineRun, 'inputs' | 'pack' | 'trace' | 'distances' | 'venuesAlone'>>> {
  const packed = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  if (!packed.ok) return packed;
  const pack = packed.value;
  const { venues } = inputs.contents;
  const [trace, distances, ...alone] = await Promise.all([
    runTrace(inputs, pack, pool, context),
    runDistances(inputs, pack, pool, context),
    ...venues.map((_, venue) =>
      runScenarios({ packed: pack.packed, driverIds: pack.driverIds, shocks: [inputs.shock], assumptions: inputs.assumptions, activeVenues: onlyVenue(venues.length, venue) }, pool, context),
    ),
  ]);
  const failed = [trace, distances, ...alone].find((each) => !each.ok);
  if (failed !== undefined && !failed.ok) return failed;
  if (!trace.ok || !distances.ok) return fail('internal', 'the cascade lost a part of its work');
  return succeed({ inputs, pack, trace: trace.value, distances: distances.value, venuesAlone: alone.map(tableOf) });
}

function tableOf(result: Result<ScenarioTable> | undefined): ScenarioTable {
  if (result?.ok !== true) throw new Error('a table is read before its failure was looked at');
  return result.value;
}

function onlyVenue(venues: number, venue: number): Uint8Array {
  const active = new Uint8Array(venues);
  active[venue] = 1;
  return active;
}

async function runTrace(inputs: AnalysisInputs, pack: PackResult, pool: Pool, context: RunContext): Promise<Result<CascadeTrace>> {
  pool.share(pack.packed.id, pack.packed);
  const { moves } = packShocks([inputs.shock], pack.driverIds);
  const input = { packedId: pack.packed.id, quantities: null, moves, volatilityShift: inputs.shock.volatilityShift, rules: cascadeRules(inputs.assumptions) };
  const result = await pool.run({ name: 'trace', inputs: [input] }, context.signal);
  return result.ok ? firstOf(result.value) : result;
}

/** Values now, the excess curves, the day before, and the traced reference cascade. */
async function runBase(inputs: AnalysisInputs, pack: PackResult, pool: Pool, context: RunContext): Promise<Result<Pick<EngineRun, 'values' | 'trace' | 'curves' | 'equityDayBeforeUsd'>>> {
  const { scenarioSet, snapshot } = inputs;
  const { packed, driverIds } = pack;
  pool.share(packed.id, packed);
  const book = { packedId: packed.id, quantities: null };
  const axes = ['*', ...driverIds];
  const curveInputs = axes.map((driver) => {
    const shocks = CURVE_MOVES.map((move) => (driver === '*' ? axisShock(scenarioSet, driverIds, move) : { moves: { [driver]: move }, volatilityShift: 0 }));
    return { ...book, ...packShocks(shocks, driverIds) };
  });
  const dayBefore = dayBeforeShock(snapshot, pack);
  const revalueInputs = dayBefore === null ? curveInputs : [...curveInputs, { ...book, ...packShocks([dayBefore], driverIds) }];
  const [values, trace, tables] = await Promise.all([
    pool.run({ name: 'value', inputs: [book] }, context.signal),
    runTrace(inputs, pack, pool, context),
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
    curves: axes.map((driver, i) => ({ driver, table: tables.value[i] ?? { equityUsd: new Float64Array(0), excessUsd: new Float64Array(0) } })),
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

async function runDistances(inputs: AnalysisInputs, pack: PackResult, pool: Pool, context: RunContext): Promise<Result<Distances>> {
  const { driverIds, packed } = pack;
  pool.share(packed.id, packed);
  const common = { direction: Float64Array.from(driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0), volatilityPerMove: inputs.scenarioSet.volatilityPerMove };
  const book = { packedId: packed.id, quantities: null };
  const both = (axis: DistanceSearch['axis'], rules: DistanceSearch['rules']): DistanceSearch[] => [
    { ...book, axis, rules, moves: DOWN_MOVES },
    { ...book, axis, rules, moves: UP_MOVES },
  ];
  const single = driverIds.map((_, d) => ({ direction: Float64Array.from(driverIds, (__, i) => (i === d ? 1 : 0)), volatilityPerMove: 0 }));
  const searches = [...both(common, cascadeRules(inputs.assumptions)), ...both(common, null), ...single.flatMap((axis) => both(axis, null))];
  const found = await pool.run({ name: 'distances', inputs: searches }, context.signal, (done, total) => context.progress('Searching liquidation points', done, total));
  if (!found.ok) return found;
  const at = (i: number): Float64Array => found.value[i] ?? new Float64Array(0);
  return succeed({
    joint: nearer(at(0), at(1)),
    alone: nearer(at(2), at(3)),
    byDriver: driverIds.map((_, d) => ({ down: at(4 + 2 * d), up: at(5 + 2 * d) })),
  });
}

/** The fall unless there is none or the rise is nearer. */
function nearer(down: Float64Array, up: Float64Array): Float64Array {
  return down.map((fall, a) => (Number.isNaN(fall) || Math.abs(up[a] ?? NaN) < Math.abs(fall) ? (up[a] ?? NaN) : fall));
}

function gridShocks({ scenarioSet }: AnalysisInputs, driverIds: readonly string[]): { underlying: string; shocks: Shock[] }[] {
  return ['*', ...driverIds].map((underlying) => ({
    underlying,
    shocks: scenarioSet.volatilityShifts.flatMap((volatilityShift) =>
      scenarioSet.spotMoves.map((move) => ({
        moves: underlying === '*' ? axisShock(scenarioSet, driverIds, move).moves : { [underlying]: move },
        volatilityShift,
      })),
    ),
  }));
}

/** Last daily moves of the drivers; every driver needs a close on every day used. */
function readHistory({ snapshot, scenarioSet }: AnalysisInputs, driverIds: readonly string[]): Result<{ moves: HistoryMoves; days: string[] }> {
  const rows = snapshot.history.filter((row) => driverIds.every((id) => (row.closeUsd[id] ?? 0) > 0)).toSorted((left, right) => (left.day < right.day ? -1 : 1));
  if (rows.length < 21) {
    return fail('missingPrice', `snapshot ${snapshot.id} has ${rows.length} days with closes of ${driverIds.join(' and ')}; at least 21 are needed for the distribution`, { remedy: 'Import daily prices.' });
  }
  const closes = Float64Array.from(rows.flatMap((row) => driverIds.map((id) => row.closeUsd[id] ?? NaN)));
  const moves = historyMoves(closes, driverIds.length, scenarioSet.isVolatilityScaled, scenarioSet.historyDays);
  return succeed({ moves, days: rows.slice(rows.length - moves.days).map((row) => row.day) });
}

function historyShock(history: HistoryMoves, day: number, betas: Float64Array, inputs: AnalysisInputs, driverIds: readonly string[]): Shock {
  const moves = history.moves.subarray(day * driverIds.length, (day + 1) * driverIds.length);
  return {
    moves: Object.fromEntries(driverIds.map((id, d) => [id, moves[d] ?? 0])),
    volatilityShift: Math.max(0, inputs.scenarioSet.volatilityPerMove * commonMove(betas, moves)),
  };
}

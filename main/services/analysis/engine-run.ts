import type { BookContents } from '../../domain/book.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { CascadeAssumptions, ScenarioSet, Shock } from '../../domain/scenario.ts';
import type { PledgeLog } from '../../domain/pledge.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { TransferTerms } from '../../domain/system.ts';
import { onlyVenue } from '../../engine/cascade/participants.ts';
import type { AccountBreach } from '../../engine/scenario/account-breach.ts';
import type { CascadeTrace } from '../../engine/scenario/trace-cascade.ts';
import type { BookValues } from '../../engine/scenario/value-book.ts';
import type { HistoryMoves } from '../../engine/scenario/history-moves.ts';
import type { RevalueTable } from '../../engine/scenario/revalue-chunk.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { packBook, type PackResult } from '../pack.ts';
import { breachFactors } from '../requirement/breach-factors.ts';
import { runBreaches } from '../requirement/run-breaches.ts';
import { runScenarios, type RunContext, type ScenarioTable } from '../scenarios.ts';
import { runAloneDistance, runBase, runDistances, runTrace, type EngineWork } from './engine-jobs.ts';
import { axisShock, CURVE_MOVES, gridShocks, historyShocks, readHistory } from './shock-lists.ts';

/** What an analysis is made from; nothing else enters its numbers. */
export type AnalysisInputs = {
  readonly contents: BookContents;
  readonly snapshot: Snapshot;
  readonly scenarioSet: ScenarioSet;
  /** The shock in place of the set's reference, and assumptions in place of the set's. */
  readonly shock: Shock;
  readonly assumptions: CascadeAssumptions;
  /** What the book remembers of its pledges; absent where no book stands behind the contents. */
  readonly pledgeLog?: PledgeLog;
  /** How fast collateral leaves venues and issuers; absent where nobody asks how fast it can. */
  readonly transferTerms?: TransferTerms;
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
  /** Where each account alone is most likely to run out of excess; null in custody. */
  readonly breaches: readonly (AccountBreach | null)[];
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

/** Runs everything an analysis needs in the pool. */
export async function runEngine(inputs: AnalysisInputs, pool: Pool, context: RunContext): Promise<Result<EngineRun>> {
  const { contents, snapshot, scenarioSet } = inputs;
  context.progress('Packing the book', 0, 1);
  const packed = packBook(contents, snapshot, scenarioSet);
  if (!packed.ok) return packed;
  const pack = packed.value;
  const history = readHistory(inputs, pack.driverIds);
  if (!history.ok) return history;
  const part = sharedProgress(context, 'Running cascades');
  const work = { inputs, pack, pool, context: part() };
  const grids = gridShocks(inputs, pack.driverIds);
  const cascades = [
    ...grids.map(({ shocks }) => shocks),
    historyShocks(history.value, scenarioSet, pack.driverIds),
    CURVE_MOVES.map((move) => axisShock(scenarioSet, pack.driverIds, move)),
  ];
  const { factors } = breachFactors(inputs, pack, history.value.moves);
  const [base, distances, breaches, alone, tables] = await Promise.all([
    runBase(work),
    runDistances({ ...work, context: part() }),
    runBreaches({ ...work, context: part() }, factors, null),
    runVenuesAlone({ ...work, context: part() }),
    Promise.all(
      cascades.map((shocks) =>
        runScenarios({ packed: pack.packed, driverIds: pack.driverIds, shocks, assumptions: inputs.assumptions }, pool, part()),
      ),
    ).then(allOf),
  ]);
  if (!base.ok) return base;
  if (!distances.ok) return distances;
  if (!breaches.ok) return breaches;
  if (!alone.ok) return alone;
  if (!tables.ok) return tables;
  const [historyTable, jointCurve] = tables.value.slice(grids.length);
  if (historyTable === undefined || jointCurve === undefined) return fail('internal', 'the analysis lost a part of its work');
  return succeed({
    inputs,
    pack,
    ...base.value,
    history: history.value.moves,
    historyDays: history.value.days,
    distances: distances.value,
    breaches: breaches.value,
    grids: tables.value.slice(0, grids.length).map((table, i) => ({ underlying: grids[i]?.underlying ?? '', table })),
    historyTable,
    curveMoves: CURVE_MOVES,
    jointCurve,
    venuesAlone: alone.value,
  });
}

/** What one cascade is told from. */
export type CascadeOnly = Pick<EngineRun, 'inputs' | 'pack' | 'trace' | 'venuesAlone'> & { readonly distances: Pick<Distances, 'alone'> };

/** The reference cascade and each venue alone: what the Stress screen's assumption bar asks for. */
export async function runCascadeOnly(inputs: AnalysisInputs, pool: Pool, context: RunContext): Promise<Result<CascadeOnly>> {
  const packed = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  if (!packed.ok) return packed;
  const part = sharedProgress(context, 'Running cascades');
  const work = { inputs, pack: packed.value, pool, context: part() };
  const [trace, distances, alone] = await Promise.all([
    runTrace(work),
    runAloneDistance(work),
    runVenuesAlone({ ...work, context: part() }),
  ]);
  if (!trace.ok) return trace;
  if (!distances.ok) return distances;
  if (!alone.ok) return alone;
  return succeed({ inputs, pack: packed.value, trace: trace.value, distances: distances.value, venuesAlone: alone.value });
}

/** Each venue's accounts and its part of the crowd alone at the reference shock, in venue order. */
async function runVenuesAlone({ inputs, pack, pool, context }: EngineWork): Promise<Result<ScenarioTable[]>> {
  const { packed, driverIds } = pack;
  const { shock, assumptions } = inputs;
  const venues = inputs.contents.venues.length;
  const tables = await Promise.all(
    inputs.contents.venues.map((_, venue) => {
      const participants = onlyVenue(packed.accounts.venue, venues, venue);
      return runScenarios({ packed, driverIds, shocks: [shock], assumptions, participants }, pool, context);
    }),
  );
  return allOf(tables);
}

/** All values, or the first failure. */
function allOf<T>(results: readonly Result<T>[]): Result<T[]> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return succeed(values);
}

/** Contexts for parts that run side by side, whose progress adds up under one name and never goes back. */
function sharedProgress(context: RunContext, phase: string): () => RunContext {
  const parts: { done: number; total: number }[] = [];
  let shown = 0;
  return () => {
    const part = { done: 0, total: 0 };
    parts.push(part);
    return {
      signal: context.signal,
      progress: (_, done, total) => {
        part.done = done;
        part.total = total;
        const sum = parts.reduce((all, each) => ({ done: all.done + each.done, total: all.total + Math.max(each.total, 1) }), {
          done: 0,
          total: 0,
        });
        if (sum.done <= shown) return;
        shown = sum.done;
        context.progress(phase, sum.done, sum.total);
      },
    };
  };
}

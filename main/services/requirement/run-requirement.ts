import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { AccountBreach } from '../../engine/scenario/account-breach.ts';
import type { BumpTable } from '../../engine/scenario/bump-book.ts';
import type { RequirementGreeks } from '../../engine/scenario/requirement-greeks.ts';
import type { BookValues } from '../../engine/scenario/value-book.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { readHistory } from '../analysis/shock-lists.ts';
import { packBook, type PackResult } from '../pack.ts';
import { cascadeRules, type RunContext } from '../scenarios.ts';
import { breachFactors, type NamedFactors } from './breach-factors.ts';
import { planBumps, type BumpPlan } from './bump-plan.ts';
import { runBreaches } from './run-breaches.ts';

/** Bumps per part of work: about 10 ms each. Fixed, so that the parts do not depend on the number of workers. */
const BUMPS_PER_CHUNK = 20;

/** Everything the engine computed of how requirements move, before it is put into words. */
export type RequirementRun = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly plan: BumpPlan;
  readonly named: NamedFactors;
  readonly values: BookValues;
  readonly now: RequirementGreeks;
  /** Bump × account. */
  readonly table: BumpTable;
  /** By account; null in custody. */
  readonly breaches: readonly (AccountBreach | null)[];
};

/** Runs everything in the pool: closed forms, bumps alone and through the cascade, and each account's nearest breach. */
export async function runRequirement(inputs: AnalysisInputs, pool: Pool, context: RunContext): Promise<Result<RequirementRun>> {
  const packed = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  if (!packed.ok) return packed;
  const pack = packed.value;
  const history = readHistory(inputs, pack.driverIds);
  if (!history.ok) return history;
  const plan = planBumps(inputs, pack);
  const named = breachFactors(inputs, pack, history.value.moves);
  pool.share(pack.packed.id, pack.packed);
  const book = { packedId: pack.packed.id, quantities: null };
  const rules = cascadeRules(inputs.assumptions, pack);
  const chunks = Array.from({ length: Math.ceil(plan.bumps.length / BUMPS_PER_CHUNK) }, (_, i) => ({
    ...book,
    rules,
    bumps: plan.bumps.slice(i * BUMPS_PER_CHUNK, (i + 1) * BUMPS_PER_CHUNK),
  }));
  const total = chunks.length + pack.accountIds.length;
  const tables = await pool.run({ name: 'bumps', inputs: chunks }, context.signal, (done) =>
    context.progress('Moving each driver', done, total),
  );
  if (!tables.ok) return tables;
  const search = {
    signal: context.signal,
    progress: (phase: string, done: number) => context.progress(phase, chunks.length + done, total),
  };
  const [values, now, found] = await Promise.all([
    pool.run({ name: 'value', inputs: [book] }, context.signal),
    pool.run({ name: 'requirementGreeks', inputs: [book] }, context.signal),
    runBreaches({ pack, pool, context: search }, named.factors, rules),
  ]);
  if (!values.ok) return values;
  if (!now.ok) return now;
  if (!found.ok) return found;
  const [valued, greeks] = [values.value[0], now.value[0]];
  if (valued === undefined || greeks === undefined) return fail('internal', 'a job gave no answer');
  return succeed({ inputs, pack, plan, named, values: valued, now: greeks, table: joinTables(tables.value), breaches: found.value });
}

function joinTables(parts: readonly BumpTable[]): BumpTable {
  const join = (columns: readonly Float64Array[]): Float64Array => {
    const whole = new Float64Array(columns.reduce((sum, column) => sum + column.length, 0));
    let at = 0;
    for (const column of columns) {
      whole.set(column, at);
      at += column.length;
    }
    return whole;
  };
  return {
    aloneExcessUsd: join(parts.map((part) => part.aloneExcessUsd)),
    jointExcessUsd: join(parts.map((part) => part.jointExcessUsd)),
  };
}

import { succeed, type Result } from '../../domain/failure.ts';
import { agedBook } from '../../engine/forecast/aged-book.ts';
import type { ForecastTable } from '../../engine/forecast/forecast-chunk.ts';
import { looksOf, type PathSpan } from '../../engine/forecast/price-path.ts';
import type { PackedBook } from '../../engine/packed/packed-book.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';
import { runScenarios, type RunContext, type ScenarioTable } from '../scenarios.ts';
import type { BookModel } from './path-model.ts';

/** A forecast under way. */
export type ForecastWork = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly book: BookModel;
  readonly draws: number;
  readonly pool: Pool;
  readonly context: RunContext;
};

/** The times ahead: an hour looked at every quarter, a day every two hours, a week in steps of a day looked at every six hours. */
export const SPANS: readonly PathSpan[] = [
  { days: 1 / 24, steps: 1, looksPerStep: 4 },
  { days: 1, steps: 1, looksPerStep: 12 },
  { days: 7, steps: 7, looksPerStep: 4 },
];

/** Valuations of the book per part of work: about 50 ms. Fixed, so that the parts do not depend on the number of workers. */
const LOOKS_PER_CHUNK = 600;

/** What differs from the rules in force: the book packed under other rules, which hold from so many days ahead on. */
export type LaterRules = { readonly packed: PackedBook; readonly fromDays: number };

/** Which accounts to lead along the paths, and under which rules. */
export type PathRun = { readonly span: PathSpan; readonly accounts: Int32Array; readonly later: LaterRules | null; readonly phase: string };

/** Values accounts along every path of a span, in fixed chunks. */
export async function runPaths({ pack, book, draws, pool, context }: ForecastWork, run: PathRun): Promise<Result<ForecastTable>> {
  const { span, accounts, later } = run;
  pool.share(pack.packed.id, pack.packed);
  if (later !== null) pool.share(later.packed.id, later.packed);
  const perChunk = Math.max(1, Math.floor(LOOKS_PER_CHUNK / looksOf(span)));
  const inputs = Array.from({ length: Math.ceil(draws / perChunk) }, (_, i) => ({
    packedId: pack.packed.id,
    quantities: null,
    later: later === null ? null : { packedId: later.packed.id, fromDays: later.fromDays },
    model: book.model,
    market: book.market,
    span,
    accounts,
    firstDraw: i * perChunk,
    draws: Math.min(perChunk, draws - i * perChunk),
  }));
  const parts = await pool.run({ name: 'forecast', inputs }, context.signal, (done, total) => context.progress(run.phase, done, total));
  if (!parts.ok) return parts;
  const join = (column: keyof ForecastTable): Float64Array => joined(parts.value.map((part) => part[column]));
  return succeed({
    endRequirementUsd: join('endRequirementUsd'),
    endExcessUsd: join('endExcessUsd'),
    leastExcessUsd: join('leastExcessUsd'),
    endMoves: join('endMoves'),
    endVolatilityShift: join('endVolatilityShift'),
  });
}

/** The cascade that the end of every path sets off, on the book as it has aged by then. */
export async function runReactions(
  { inputs, pack, book, pool, context }: ForecastWork,
  { span, phase }: Pick<PathRun, 'span' | 'phase'>,
  ends: ForecastTable,
): Promise<Result<ScenarioTable>> {
  const aged = agedBook(pack.packed, span.days, book.market.debtRatePerYear);
  const packed = { ...aged, id: `${pack.packed.id} in ${span.days} days` };
  const { driverIds } = pack;
  const shocks = Array.from(ends.endVolatilityShift, (volatilityShift, draw) => ({
    moves: Object.fromEntries(driverIds.map((id, d) => [id, ends.endMoves[draw * driverIds.length + d] ?? 0])),
    volatilityShift,
  }));
  return runScenarios({ packed, driverIds, shocks, assumptions: inputs.assumptions, phase }, pool, context);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

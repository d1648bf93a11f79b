import { succeed, type Result } from '../../../domain/failure.ts';
import type { RecordedWindow } from '../../../domain/recorded-window.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { FAMILY } from '../../../engine/packed/packed-book.ts';
import { commonMove } from '../../../engine/scenario/history-moves.ts';
import { readCloses } from '../../analysis/shock-lists.ts';
import type { ReplayWork } from '../../replay/run-path.ts';
import { SPANS } from '../run-paths.ts';
import { dailyOrigins, hourlyOrigins, type JudgedOrigin, type JudgedSpan, type RecordedCloses } from './origins.ts';

/** Levels that are judged. */
export const COVERAGE_LEVELS = [0.01, 0.05] as const;
/** Paths where the time ahead has several steps. */
const DRAWS = 500;
const ORIGINS_PER_CHUNK = 3;
const MOVES_PER_CHUNK = 500;

/** Forecasts and outcomes of one time ahead, origin × account (× level), USD. */
export type JudgedForecasts = JudgedSpan & {
  readonly accounts: readonly number[];
  readonly quantileUsd: Float64Array;
  /** The same from the recorded days as they were, volatility ignored. */
  readonly plainUsd: Float64Array;
  readonly realisedUsd: Float64Array;
};

/** Forecasts from every recorded moment beside what came, and what could not be used. */
export type CoverageRun = {
  readonly spans: readonly JudgedForecasts[];
  readonly recorded: RecordedCloses;
  readonly leftOut: readonly string[];
};

/** Forecasts an hour ahead along the recorded windows, and a day and a week ahead along the recorded closes. */
export async function runCoverage(
  work: ReplayWork,
  history: Snapshot['history'],
  { windows, seed }: { readonly windows: readonly RecordedWindow[]; readonly seed: number },
): Promise<Result<CoverageRun>> {
  const { driverIds } = work.pack;
  const read = readCloses({ snapshot: { ...work.inputs.snapshot, history } }, driverIds);
  if (!read.ok) return read;
  const recorded: RecordedCloses = { ...read.value, drivers: driverIds.length };
  const leftOut: string[] = [];
  const hours = windows.flatMap((window) => {
    const origins = hourlyOrigins(window, recorded, driverIds);
    if (origins === null) leftOut.push(`${window.id}: the window lacks bars of ${driverIds.join(' or ')}`);
    else if (origins.length === 0) leftOut.push(`${window.id}: too few closes are recorded before it`);
    return origins ?? [];
  });
  const spans: JudgedForecasts[] = [];
  for (const span of SPANS) {
    const origins = span.days < 1 ? hours : dailyOrigins(recorded, span.days);
    if (origins.length === 0) continue;
    const judged = await judgeSpan(work, { recorded, seed }, { span: { ...span, looksPerStep: 1 }, origins });
    if (!judged.ok) return judged;
    spans.push(judged.value);
  }
  return succeed({ spans, recorded, leftOut });
}

type Record_ = { readonly recorded: RecordedCloses; readonly seed: number };

async function judgeSpan(work: ReplayWork, { recorded, seed }: Record_, judged: JudgedSpan): Promise<Result<JudgedForecasts>> {
  const { inputs, pack, pool, context } = work;
  const { span, origins } = judged;
  pool.share(pack.packed.id, pack.packed);
  const accounts = pack.accountIds.flatMap((_, a) => (pack.packed.accounts.family[a] === FAMILY.custody ? [] : [a]));
  const chunk = {
    packedId: pack.packed.id,
    quantities: null,
    closes: recorded.closes,
    keptDays: inputs.scenarioSet.historyDays,
    betas: Float64Array.from(pack.driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0),
    volatilityPerMove: inputs.scenarioSet.volatilityPerMove,
    span,
    draws: DRAWS,
    seed,
    accounts: Int32Array.from(accounts),
    levels: Float64Array.from(COVERAGE_LEVELS),
  };
  const chunks = Array.from({ length: Math.ceil(origins.length / ORIGINS_PER_CHUNK) }, (_, i) => ({
    ...chunk,
    origins: origins.slice(i * ORIGINS_PER_CHUNK, (i + 1) * ORIGINS_PER_CHUNK).map((each) => each.origin),
  }));
  const phase = `Forecasting ${span.days < 1 ? 'hours' : span.days === 1 ? 'days' : 'weeks'} of the record`;
  const parts = await pool.run({ name: 'quantiles', inputs: chunks }, context.signal, (done, total) =>
    context.progress(phase, done, total),
  );
  if (!parts.ok) return parts;
  const realised = await excessAfter(
    work,
    origins.map((each) => each.realised),
    accounts,
  );
  if (!realised.ok) return realised;
  const plain = await plainQuantiles(work, { recorded, seed }, { ...judged, accounts });
  if (!plain.ok) return plain;
  const quantileUsd = Float64Array.from(parts.value.flatMap((part) => Array.from(part)));
  return succeed({ ...judged, accounts, quantileUsd, plainUsd: plain.value, realisedUsd: realised.value });
}

/** Excess of the accounts after each move, move × account. */
async function excessAfter(
  { inputs, pack, pool, context }: ReplayWork,
  moves: readonly Float64Array[],
  accounts: readonly number[],
): Promise<Result<Float64Array>> {
  const betas = Float64Array.from(pack.driverIds, (id) => inputs.scenarioSet.betas[id] ?? 0);
  const chunks = Array.from({ length: Math.ceil(moves.length / MOVES_PER_CHUNK) }, (_, i) => {
    const part = moves.slice(i * MOVES_PER_CHUNK, (i + 1) * MOVES_PER_CHUNK);
    return {
      packedId: pack.packed.id,
      quantities: null,
      moves: Float64Array.from(part.flatMap((row) => Array.from(row))),
      volatilityShifts: Float64Array.from(part, (row) => Math.max(0, inputs.scenarioSet.volatilityPerMove * commonMove(betas, row))),
    };
  });
  const tables = await pool.run({ name: 'revalue', inputs: chunks }, context.signal);
  if (!tables.ok) return tables;
  const all = pack.accountIds.length;
  return succeed(
    Float64Array.from(
      tables.value.flatMap(({ excessUsd }) =>
        Array.from({ length: excessUsd.length / all }, (_, row) => accounts.map((a) => excessUsd[row * all + a] ?? NaN)).flat(),
      ),
    ),
  );
}

/** What the recorded days before each moment would have given if taken as they were; a time of several days takes every stretch of it. */
async function plainQuantiles(
  work: ReplayWork,
  { recorded }: Record_,
  { span, origins, accounts }: JudgedSpan & { readonly accounts: readonly number[] },
): Promise<Result<Float64Array>> {
  const { closes, drivers, days } = recorded;
  const length = Math.max(1, span.days);
  const scale = span.days < 1 ? Math.sqrt(span.days) : 1;
  const moves = Array.from({ length: Math.max(0, days.length - length) }, (_, i) =>
    Float64Array.from(
      { length: drivers },
      (__, d) => scale * ((closes[(i + length) * drivers + d] ?? NaN) / (closes[i * drivers + d] ?? NaN) - 1),
    ),
  );
  const after = await excessAfter(work, moves, accounts);
  if (!after.ok) return after;
  const kept = work.inputs.scenarioSet.historyDays;
  const quantiles = origins.flatMap(({ origin }: JudgedOrigin) => {
    const to = origin.closes - length;
    return accounts.flatMap((_, a) => {
      const seen = Array.from({ length: Math.min(kept, to) }, (__, i) => after.value[(to - 1 - i) * accounts.length + a] ?? NaN).toSorted(
        (l, r) => l - r,
      );
      return COVERAGE_LEVELS.map((level) => seen[Math.floor(seen.length * level + 1e-9)] ?? NaN);
    });
  });
  return succeed(Float64Array.from(quantiles));
}

import type { ForecastAccount, ForecastChange, ForecastResult } from '../../contract/forecast.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { ascending, shareBelowZero } from '../../engine/forecast/order-statistics.ts';
import type { ForecastTable } from '../../engine/forecast/forecast-chunk.ts';
import { evaluateAccounts, makeAccountMeasures, type AccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { FAMILY, type PackedBook } from '../../engine/packed/packed-book.ts';
import { unpricedObligation } from '../analysis/account-results.ts';
import type { ScenarioTable } from '../scenarios.ts';
import { accountHorizon, chances, columnOf, couplingOf } from './account-forecast.ts';
import { assumptionsOf, headlineOf, horizonWords } from './forecast-words.ts';
import { datedChanges, type DatedChange } from './rule-changes.ts';
import type { AskedChange } from '../../contract/forecast.ts';
import { runPaths, runReactions, SPANS, type ForecastWork } from './run-paths.ts';

/** What a call asks for besides the book; `changes` null leaves out those that are announced too. */
export type ForecastWish = { readonly alpha: number; readonly seed: number; readonly changes: readonly AskedChange[] | null };

/** A forecast without what identifies the run. */
export type BareForecast = Omit<ForecastResult, 'runId' | 'inputsDigest' | 'elapsedMs'>;

type Horizon = { readonly hours: number; readonly ends: ForecastTable; readonly reactions: ScenarioTable };

/** Draws every horizon, lets everybody react at its end, and does the same under every dated change of the rules. */
export async function runForecast(work: ForecastWork, wish: ForecastWish): Promise<Result<BareForecast>> {
  const { inputs, pack, book } = work;
  const changes = wish.changes === null ? succeed([]) : datedChanges(inputs, pack, wish.changes);
  if (!changes.ok) return changes;
  const judged = pack.accountIds.flatMap((_, a) => (pack.packed.accounts.family[a] === FAMILY.custody ? [] : [a]));
  if (judged.length === 0) return fail('notFound', 'no account of the book can fall: nothing is required of any');
  const accounts = Int32Array.from(judged);
  const horizons: Horizon[] = [];
  for (const span of SPANS) {
    const hours = Math.round(span.days * 24);
    const ends = await runPaths(work, { span, accounts, later: null, phase: `Drawing ${horizonWords(hours)} ahead` });
    if (!ends.ok) return ends;
    const reactions = await runReactions(work, { span, phase: `Letting everybody react in ${horizonWords(hours)}` }, ends.value);
    if (!reactions.ok) return reactions;
    horizons.push({ hours, ends: ends.value, reactions: reactions.value });
  }
  const changed: ForecastChange[] = [];
  for (const change of changes.value) {
    const told = await runChange(work, change, wish.alpha);
    if (!told.ok) return told;
    changed.push(told.value);
  }
  const now = measuresOf(pack.packed);
  const rows = judged.map((own, a): ForecastAccount => {
    const trouble = unpricedObligation(pack, own);
    const place = { a, accounts: judged.length, own, alpha: wish.alpha };
    return {
      accountId: pack.accountIds[own] ?? '',
      trouble,
      requirementUsd: now.requirementUsd[own] ?? 0,
      excessUsd: now.excessUsd[own] ?? 0,
      horizons: trouble === null ? horizons.map(({ hours, ...tables }) => accountHorizon(hours, tables, place)) : [],
    };
  });
  const bare = {
    bookName: inputs.contents.name,
    asOf: inputs.snapshot.asOf,
    seed: wish.seed,
    draws: work.draws,
    alpha: wish.alpha,
    hours: horizons.map((each) => each.hours),
    factors: [...book.factors],
    accounts: rows,
    book: horizons.map((horizon) => anyFall(horizon, judged, rows)),
    changes: changed,
  };
  return succeed({ ...bare, headline: headlineOf(bare), assumptions: assumptionsOf(work) });
}

/** The accounts a change reaches, under rules that hold from its day on, or at once where that lies beyond every horizon. */
async function runChange(work: ForecastWork, change: DatedChange, alpha: number): Promise<Result<ForecastChange>> {
  const { pack } = work;
  const { accountIds, pack: changedPack, fromDays, ...told } = change;
  const isWithin = SPANS.some((span) => span.days >= fromDays);
  const reached = accountIds.filter((id) => pack.packed.accounts.family[pack.accountIndex.get(id) ?? -1] !== FAMILY.custody);
  const accounts = Int32Array.from(reached, (id) => pack.accountIndex.get(id) ?? 0);
  const later = { packed: changedPack.packed, fromDays: isWithin ? fromDays : 0 };
  const [now, then] = [measuresOf(pack.packed), measuresOf(changedPack.packed)];
  const ends: { hours: number; table: ForecastTable }[] = [];
  for (const span of SPANS) {
    const table = await runPaths(work, { span, accounts, later, phase: `Drawing under ${told.title}` });
    if (!table.ok) return table;
    ends.push({ hours: Math.round(span.days * 24), table: table.value });
  }
  return succeed({
    ...told,
    isWithin,
    accounts: reached.map((id, a) => ({
      accountId: id,
      excessUsd: now.excessUsd[accounts[a] ?? -1] ?? 0,
      changedExcessUsd: then.excessUsd[accounts[a] ?? -1] ?? 0,
      horizons: ends.map(({ hours, table }) => ({ hours, ...chances(table, { a, accounts: reached.length, alpha }) })),
    })),
  });
}

function measuresOf(packed: PackedBook): AccountMeasures {
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, packed.initial, measures);
  return measures;
}

/** Chance that at least one account falls: the lowest excess of all in every draw. */
function anyFall(
  { hours, ends, reactions }: Horizon,
  judged: readonly number[],
  rows: readonly ForecastAccount[],
): ForecastResult['book'][number] {
  const draws = ends.endVolatilityShift.length;
  const least = new Float64Array(draws).fill(Infinity);
  const joint = new Float64Array(draws).fill(Infinity);
  judged.forEach((own, a) => {
    if (rows[a]?.trouble !== null) return;
    const coupling = couplingOf(reactions, own);
    const alone = columnOf(ends.endExcessUsd, a, judged.length);
    columnOf(ends.leastExcessUsd, a, judged.length).forEach((each, draw) => {
      least[draw] = Math.min(least[draw] ?? NaN, each);
      joint[draw] = Math.min(joint[draw] ?? NaN, each, (alone[draw] ?? NaN) + (coupling[draw] ?? NaN));
    });
  });
  return {
    hours,
    liquidationProbability: shareBelowZero(ascending(least)),
    jointProbability: shareBelowZero(ascending(joint)),
  };
}

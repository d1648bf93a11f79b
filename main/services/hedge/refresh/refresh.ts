import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { roundToLot } from '../../../domain/decimal.ts';
import { succeed, type Result } from '../../../domain/failure.ts';
import { lossesAgainst, worstFallUsd } from '../../../engine/hedge/table-figures.ts';
import { quantitiesAfter } from '../../../engine/hedge/packed-candidate.ts';
import type { TailStart } from '../../../engine/hedge/program/tail-columns.ts';
import { tailRisk } from '../../../engine/risk/expected-shortfall.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { runRetained } from '../latency/run-retained.ts';
import { measurePlan, nothing, type Outcome, type Plan } from '../measures.ts';
import { runPasses } from '../passes.ts';
import { programSolver } from '../program-solver.ts';
import type { Candidate } from '../proposals/candidates.ts';
import { runCascades, type Setting } from '../setting.ts';
import { legTitle, listText } from '../words/words.ts';
import { bandFractions, narrowestBand } from './band-width.ts';
import { changeOf, whyChanged, type LegChange } from './leg-changes.ts';
import { whatChanged } from './what-changed.ts';

/** A suggestion that stands, with what it was made from. */
export type Standing = {
  readonly setting: Setting;
  readonly plan: Plan;
  readonly start: TailStart | null;
  readonly budgetUsd: number | null;
};

type Refreshed = Omit<HedgeRefresh, 'runId' | 'madeAt' | 'ageSeconds' | 'totalMs'>;

/** Solves again from where the standing suggestion ended, and compares leg by leg on the book and market as they are now. */
export async function refreshSuggestion(setting: Setting, standing: Standing, remainingMs: () => number): Promise<Result<Refreshed>> {
  const tell = (phase: string, step: number): void => setting.context.progress(phase, step, 4);
  const quiet: Setting = { ...setting, context: { ...setting.context, progress: () => undefined } };
  tell('Running the book as it is', 0);
  const before = await measurePlan(quiet, nothing, { withUnitValues: true });
  if (!before.ok) return before;
  tell('Solving from the standing suggestion', 1);
  const solver = programSolver(setting.pool, setting.context.signal, { remainingMs, from: standing.start });
  const passes = await runPasses(quiet, { before: before.value, budgetUsd: standing.budgetUsd, solver });
  if (!passes.ok) return passes;
  const fresh = passes.value.best;
  tell('Running the standing legs', 2);
  const changes = legChanges(setting, standing.plan, fresh.plan);
  const kept = planOf(changes, (change) => change.standing);
  const stood = await judge(quiet, kept);
  if (!stood.ok) return stood;
  tell('Changing each leg alone', 3);
  const legs: HedgeRefresh['legs'] = [];
  for (const change of changes) {
    const leg = await judgeLeg(quiet, { change, changes, stood: stood.value, standing });
    if (!leg.ok) return leg;
    legs.push(leg.value);
  }
  const freshFalls = names(setting, fresh.fallsRetained);
  const isStandingEnough = stood.value.falls.length <= freshFalls.length && legs.every((leg) => leg.isWithinBand);
  return succeed({
    changes: whatChanged(standing.setting, setting),
    statement: statementOf(legs, { isStandingEnough, falls: stood.value.falls }),
    isStandingEnough,
    standing: stood.value.outcome.measures,
    standingFalls: stood.value.falls,
    fresh: fresh.outcome.measures,
    freshFalls,
    legs,
    programMs: solver.spentMs(),
  });
}

type Judged = { readonly outcome: Outcome; readonly falls: string[]; readonly bands: Float64Array };

async function judge(setting: Setting, plan: Plan): Promise<Result<Judged>> {
  const outcome = await measurePlan(setting, plan);
  if (!outcome.ok) return outcome;
  const retained = await runRetained(setting, plan);
  if (!retained.ok) return retained;
  const worstUsd = worstFallUsd(retained.value);
  const falls = [...worstUsd.keys()].filter((account) => Number.isFinite(worstUsd[account]));
  const bands = bandFractions(setting, outcome.value.quantities, retained.value);
  return succeed({ outcome: outcome.value, falls: names(setting, falls), bands });
}

/** Every leg of either plan; what the market no longer offers has no candidate now and cannot be done. */
function legChanges(setting: Setting, standing: Plan, fresh: Plan): readonly LegChange[] {
  const amountIn = (plan: Plan, id: string): number => plan.amounts[plan.candidates.findIndex((one) => one.id === id)] ?? 0;
  const ids = [...new Set([...standing.candidates, ...fresh.candidates].map((candidate) => candidate.id))];
  return ids.flatMap((id): LegChange[] => {
    const now = setting.candidates.find((one) => one.id === id);
    const candidate: Candidate | undefined = now ?? standing.candidates.find((one) => one.id === id);
    if (candidate === undefined) return [];
    const possible = now === undefined ? 0 : Math.min(amountIn(standing, id), now.upper);
    return [{ candidate, stood: amountIn(standing, id), standing: possible, fresh: amountIn(fresh, id) }];
  });
}

function planOf(changes: readonly LegChange[], amountOf: (change: LegChange) => number): Plan {
  const used = changes.filter((change) => amountOf(change) > 0);
  return { candidates: used.map(({ candidate }) => candidate), amounts: used.map((change) => amountOf(change)) };
}

type LegQuestion = {
  readonly change: LegChange;
  readonly changes: readonly LegChange[];
  readonly stood: Judged;
  readonly standing: Standing;
};

/**
 * A leg is inside its band when nobody falls for leaving it, and changing it alone to the fresh amount takes off less expected shortfall
 * than its cost has to take off: the program's own exchange of dollars. Gas is paid once, so a small change on chain never pays: the impulse
 * rule. The nearer an account comes to its requirement, the narrower the band of every leg that acts on it; one that falls closes it.
 */
async function judgeLeg(
  setting: Setting,
  { change, changes, stood, standing }: LegQuestion,
): Promise<Result<HedgeRefresh['legs'][number]>> {
  const { candidate } = change;
  const moved = change.fresh - change.standing;
  const kind = changeOf(change);
  let gainUsd = 0;
  if (kind !== 'same') {
    const plan = planOf(changes, (each) => (each === change ? each.fresh : each.standing));
    const quantities = quantitiesAfter(setting.pack.packed, plan.candidates, plan.amounts);
    const days = await runCascades(setting, { shocks: setting.shocks.days, quantities });
    if (!days.ok) return days;
    const after = tailRisk(lossesAgainst(setting.equityBeforeUsd, days.value), null, setting.confidence).expectedShortfall;
    gainUsd = stood.outcome.measures.expectedShortfallUsd - after;
  }
  const costUsd = moved === 0 ? 0 : Math.abs(moved) * candidate.costUsd + candidate.gasUsd;
  const accountId = candidate.target.accountId;
  const band = narrowestBand(setting, stood.bands, candidate);
  const isNeeded = stood.falls.includes(accountId) && kind !== 'same';
  const text = (amount: number): string | null => (amount > 0 ? roundToLot(amount * (1 + 1e-12), candidate.lotText) : null);
  return succeed({
    id: candidate.id,
    title: legTitle(setting.book, candidate, text(change.fresh) ?? text(change.stood) ?? '0'),
    accountId,
    change: kind,
    standingQuantity: text(change.stood),
    freshQuantity: text(change.fresh),
    gainUsd,
    costUsd,
    bandFraction: band.fraction,
    isWithinBand: !isNeeded && gainUsd <= band.fraction * hedgeAssumptions.costWeight * costUsd,
    why: whyChanged(setting, standing.setting, { change, isNeeded, band }),
  });
}

function names(setting: Setting, accounts: readonly number[]): string[] {
  return accounts.map((account) => setting.pack.accountIds[account] ?? '');
}

function statementOf(
  legs: HedgeRefresh['legs'],
  { isStandingEnough, falls }: { isStandingEnough: boolean; falls: readonly string[] },
): string {
  if (isStandingEnough) return 'The standing suggestion is still right: every leg is inside its no-trade band, and nothing need be done.';
  const outside = legs.filter((leg) => !leg.isWithinBand);
  const who =
    falls.length === 0
      ? 'Nobody falls with the standing legs'
      : `With the standing legs ${listText(falls)} ${falls.length === 1 ? 'falls' : 'fall'}`;
  return `${who}; ${outside.length} of ${legs.length} legs ${outside.length === 1 ? 'is' : 'are'} outside ${outside.length === 1 ? 'its' : 'their'} no-trade band.`;
}

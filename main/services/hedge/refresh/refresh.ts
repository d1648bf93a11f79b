import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { roundToLot } from '../../../domain/decimal.ts';
import { allOf, succeed, type Result } from '../../../domain/failure.ts';
import type { TailStart } from '../../../engine/hedge/program/tail-columns.ts';
import type { Plan } from '../measures.ts';
import { runPasses } from '../passes.ts';
import { programSolver } from '../program-solver.ts';
import type { Setting } from '../setting.ts';
import { startingPoint } from '../starting-point.ts';
import { legTitle } from '../words/words.ts';
import { bandFractions } from './band-width.ts';
import { deltaBands } from './delta-bands.ts';
import { actedAmount, actOn } from './act-on.ts';
import { bundlesOf } from './bundles.ts';
import { judgeBundle, unchanged, type Verdict } from './judge-leg.ts';
import { judgePlan, type Judged } from './judge-plan.ts';
import { changeOf, legChanges, standingAmounts, whyChanged } from './leg-changes.ts';
import { refreshStatement } from './refresh-statement.ts';
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
  tell('Running the book as it is, and with the standing legs', 0);
  const [start, kept] = await Promise.all([startingPoint(quiet), judgePlan(quiet, standingAmounts(setting, standing.plan))]);
  if (!start.ok) return start;
  if (!kept.ok) return kept;
  tell('Solving from the standing suggestion', 1);
  const solver = programSolver(setting.pool, setting.context.signal, { remainingMs, from: standing.start });
  const passes = await runPasses(quiet, { start: start.value, budgetUsd: standing.budgetUsd, solver });
  if (!passes.ok) return passes;
  const fresh = passes.value.best;
  tell('Changing each leg alone, or with those it shares cash with', 2);
  const changes = legChanges(setting, standing.plan, fresh.plan);
  // The standing legs, and at nothing those of the fresh suggestion only: the same book.
  const stood: Judged = { ...kept.value, plan: planOf(changes.map(({ candidate, standing: amount }) => ({ candidate, amount }))) };
  const grounds = {
    stood,
    bands: deltaBands(setting, changes, stood),
    fractions: bandFractions(setting, stood.outcome.quantities, stood.worstExcessUsd),
  };
  const judged = allOf(
    await Promise.all(bundlesOf(setting.pack.packed, changes).map((places) => judgeBundle(quiet, grounds, { changes, places }))),
  );
  if (!judged.ok) return judged;
  const verdicts = changes.map((change) => judged.value.flat().find((verdict) => verdict.change === change) ?? unchanged(change));
  tell('Running the legs to act on', 3);
  const freshFalls = fresh.fallsRetained.map((account) => setting.pack.accountIds[account] ?? '');
  const acted = await actOn(quiet, verdicts, { stood, fresh: { measures: fresh.outcome.measures, falls: freshFalls } });
  if (!acted.ok) return acted;
  const legs = acted.value.verdicts.map((verdict) => legOf(setting, standing.setting, verdict));
  const isStandingEnough = stood.falls.length <= freshFalls.length && legs.every((leg) => leg.isWithinBand);
  return succeed({
    changes: whatChanged(standing.setting, setting),
    statement: refreshStatement(legs, { isStandingEnough, falls: stood.falls }),
    isStandingEnough,
    standing: stood.outcome.measures,
    standingFalls: [...stood.falls],
    fresh: fresh.outcome.measures,
    freshFalls,
    acted: acted.value.measures,
    actedFalls: [...acted.value.falls],
    whyBands: acted.value.whyBands,
    legs,
    programMs: solver.spentMs(),
  });
}

type Leg = { readonly candidate: Plan['candidates'][number]; readonly amount: number };

function planOf(legs: readonly Leg[]): Plan {
  return { candidates: legs.map(({ candidate }) => candidate), amounts: legs.map(({ amount }) => amount) };
}

function legOf(now: Setting, former: Setting, verdict: Verdict): HedgeRefresh['legs'][number] {
  const { change, narrowest, band, share } = verdict;
  const { candidate, stood, fresh } = change;
  const kind = changeOf(change);
  const text = (amount: number): string | null => (amount > 0 ? roundToLot(amount * (1 + 1e-12), candidate.lotText) : null);
  return {
    id: candidate.id,
    title: legTitle(now.book, candidate, text(fresh) ?? text(stood) ?? '0'),
    accountId: candidate.target.accountId,
    change: kind,
    standingQuantity: text(stood),
    freshQuantity: text(fresh),
    actQuantity: text(actedAmount(verdict)),
    gainUsd: verdict.gainUsd,
    costUsd: verdict.costUsd,
    bandFraction: narrowest.fraction,
    band,
    bandUse: verdict.bandUse,
    isWithinBand: share === 0 && kind !== 'impossible',
    why: whyChanged(now, former, verdict),
  };
}

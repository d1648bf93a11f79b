import type { hedgeAccountEffect, hedgeMeasures } from '../../contract/hedge.ts';
import type { z } from 'zod';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Shock } from '../../domain/scenario.ts';
import { quantitiesAfter, quantitiesBy } from '../../engine/hedge/packed-candidate.ts';
import { impactsUsd } from '../../engine/hedge/market-impact.ts';
import { lossesAgainst, liquidatedFraction, measuresNow } from '../../engine/hedge/table-figures.ts';
import { tailRisk } from '../../engine/risk/expected-shortfall.ts';
import type { ScenarioTable } from '../scenarios.ts';
import type { Candidate } from './proposals/candidates.ts';
import { runCascades } from './setting.ts';
import type { CascadeRun, Setting } from './setting.ts';

/** Measures of a book under a set of legs. */
export type HedgeMeasures = z.infer<typeof hedgeMeasures>;
/** Before and after of one account. */
export type HedgeAccountEffect = z.infer<typeof hedgeAccountEffect>;

/** Legs in their amounts. */
export type Plan = { readonly candidates: readonly Candidate[]; readonly amounts: ArrayLike<number> };

/** No legs at all: the book as it is. */
export const nothing: Plan = { candidates: [], amounts: [] };

/** A book after a plan, seen through the full cascade: the reference shock, and the days of the distribution. */
export type Outcome = {
  readonly quantities: Float64Array;
  readonly days: ScenarioTable;
  readonly reference: ScenarioTable;
  /** Loss of each day against the book as it is, costs included. USD. */
  readonly lossesUsd: Float64Array;
  readonly measures: HedgeMeasures;
  /** Excess of each account now; NaN for custody. USD. */
  readonly excessNowUsd: Float64Array;
  /** Least excess of each account that falls in a retained scenario, where that was looked at. USD. */
  readonly retainedWorstUsd?: Float64Array;
};

/** Runs the full cascades of a plan and measures them. */
export async function measurePlan(
  setting: Setting,
  plan: Plan,
  options: { readonly withUnitValues?: boolean } = {},
): Promise<Result<Outcome>> {
  const quantities = quantitiesAfter(setting.pack.packed, plan.candidates, plan.amounts);
  const [days, reference] = await Promise.all([
    runCascades(setting, { shocks: setting.shocks.days, quantities, withUnitValues: options.withUnitValues ?? false }),
    runReference(setting, plan),
  ]);
  if (!days.ok) return days;
  if (!reference.ok) return reference;
  const lossesUsd = lossesAgainst(setting.equityBeforeUsd, days.value);
  return succeed({
    quantities,
    days: days.value,
    reference: reference.value,
    lossesUsd,
    excessNowUsd: measuresNow(setting.pack.packed, quantities).excessUsd,
    measures: {
      ...planCosts(plan),
      expectedShortfallUsd: tailRisk(lossesUsd, null, setting.confidence).expectedShortfall,
      anyLiquidationFraction: liquidatedFraction(days.value),
      fallenAtReference: setting.pack.accountIds.filter((_, account) => isFallen(reference.value, account)),
      secondRoundLossUsd: Math.max(0, sumOf(reference.value.shockedEquityUsd) - sumOf(reference.value.equityUsd)),
    },
  });
}

/** What a run of the reference shock differs in; another shock may stand in its place. */
type ReferenceRun = Omit<CascadeRun, 'shocks' | 'quantities'> & { readonly shock?: Shock };

/** The reference shock, the first of the retained scenarios, with what of a plan has arrived by then. */
export function runReference(setting: Setting, plan: Plan, { shock, ...run }: ReferenceRun = {}): Promise<Result<ScenarioTable>> {
  const quantities = quantitiesBy(setting.pack.packed, plan, setting.shocks.earliestMinutes[0] ?? Number.POSITIVE_INFINITY);
  return runCascades(setting, { ...run, shocks: [shock ?? setting.book.set.reference], quantities });
}

/** Cost of each leg, gas and market impact included, and how much of it is impact; a market's is shared by notional. USD. */
export function legCosts({ candidates, amounts }: Plan): readonly { readonly costUsd: number; readonly impactUsd: number }[] {
  const impacts = impactsUsd(candidates, amounts);
  return candidates.map((candidate, index) => {
    const amount = amounts[index] ?? 0;
    const impactUsd = impacts[index] ?? 0;
    return { costUsd: amount === 0 ? 0 : amount * candidate.costUsd + candidate.gasUsd + impactUsd, impactUsd };
  });
}

/** Cost and premium of a plan's legs. */
export function planCosts(plan: Plan): { readonly costUsd: number; readonly premiumUsd: number } {
  return {
    costUsd: legCosts(plan).reduce((sum, { costUsd }) => sum + costUsd, 0),
    premiumUsd: plan.candidates.reduce((sum, candidate, index) => sum + premiumOf(candidate) * (plan.amounts[index] ?? 0), 0),
  };
}

/** Premium paid (+) or received (−) for one unit; nothing for what has no premium. */
export function premiumOf(candidate: Candidate): number {
  return candidate.isOption ? candidate.sign * candidate.valueUsd : 0;
}

/** An outcome with the joint distance of each own account: the move at which it falls; NaN = never. */
export type Stands = { readonly outcome: Outcome; readonly jointMoves: Float64Array };

/** Before and after of every account that can fall or changes. */
export function accountEffects(setting: Setting, before: Stands, after: Stands): HedgeAccountEffect[] {
  return setting.pack.accountIds.map((accountId, account) => ({
    accountId,
    jointMoveBefore: finiteOrNull(before.jointMoves[account]),
    jointMoveAfter: finiteOrNull(after.jointMoves[account]),
    excessBeforeUsd: finiteOrNull(before.outcome.excessNowUsd[account]),
    excessAfterUsd: finiteOrNull(after.outcome.excessNowUsd[account]),
    fallsBefore: roundOrNull(before.outcome.reference.fallenRound[account]),
    fallsAfter: roundOrNull(after.outcome.reference.fallenRound[account]),
  }));
}

/** Whether an account falls in the one scenario of a table. */
export function isFallen(table: ScenarioTable, account: number): boolean {
  return (table.fallenRound[account] ?? 0) > 0;
}

function finiteOrNull(value = Number.NaN): number | null {
  return Number.isFinite(value) ? value : null;
}

function roundOrNull(round = 0): number | null {
  return round > 0 ? round : null;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

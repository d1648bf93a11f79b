import type { HedgeLeg } from '../../contract/hedge.ts';
import { roundToLot } from '../../domain/decimal.ts';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { tailRisk } from '../../engine/risk/expected-shortfall.ts';
import { quantitiesAfter } from './candidates.ts';
import { subset } from './choose-legs.ts';
import { lossesOf, premiumOf } from './measures.ts';
import type { Outcome } from './measures.ts';
import type { Pass } from './passes.ts';
import { runCascades } from './setting.ts';
import type { Setting } from './setting.ts';
import { whyLeg } from './why.ts';
import { legRoute, legTitle } from './words.ts';

/** Days looked at when one leg is left out: the tail and what may come into it. Multiple of the tail's number of days. */
const tailDaysMultiple = 5;

/** The legs of a suggestion as the contract shows them, largest effect first. */
export async function describeLegs(setting: Setting, pass: Pass, before: Outcome): Promise<Result<HedgeLeg[]>> {
  const { plan, choice } = pass;
  const problem = subset(pass.built.problem, choice.chosen);
  const reasons = { setting, built: pass.built, solved: choice.solved, before, problem };
  const legs: HedgeLeg[] = [];
  for (const [index, candidate] of plan.candidates.entries()) {
    const amount = plan.amounts[index]!;
    const quantity = roundToLot(amount * (1 + 1e-12), candidate.lotText);
    const effect = await leaveOut(setting, pass, index);
    if (!effect.ok) return effect;
    const variable = choice.chosen.findIndex((chosen) => setting.candidates[chosen] === candidate);
    legs.push({
      id: candidate.id,
      kind: candidate.kind,
      accountId: candidate.target.accountId,
      fromAccountId: candidate.kind === 'trade' ? null : candidate.payer.accountId,
      instrumentId: candidate.kind === 'trade' ? candidate.target.instrumentId : null,
      assetId: candidate.assetId,
      side: candidate.side,
      quantity,
      title: legTitle(setting.book, candidate, quantity),
      route: legRoute(setting.book, candidate),
      notionalUsd: amount * candidate.notionalUsd,
      costUsd: amount * candidate.costUsd + candidate.gasUsd,
      premiumUsd: amount * premiumOf(candidate),
      expectedShortfallEffectUsd: effect.value,
      why: whyLeg(reasons, { candidate, variable, amount }),
      depthUsedFraction: candidate.depth === null ? 0 : Math.min(1, amount / candidate.depth.units),
    });
  }
  return succeed(legs.sort((a, b) => kindRank(a) - kindRank(b) || a.expectedShortfallEffectUsd - b.expectedShortfallEffectUsd));
}

/** Cash first, because it keeps accounts alive; then trades. */
function kindRank(leg: HedgeLeg): number {
  return leg.kind === 'trade' ? 1 : 0;
}

/**
 * What the expected shortfall changes by through this leg: with all legs, less with all others. Negative = the leg helps.
 * Only the days that can be in the tail are run again; all others stay below it.
 */
async function leaveOut(setting: Setting, pass: Pass, left: number): Promise<Result<number>> {
  const { plan, outcome } = pass;
  const total = outcome.lossesUsd.length;
  const wanted = Math.min(total, Math.ceil(total * (1 - setting.confidence) * tailDaysMultiple) + 10);
  const candidate = plan.candidates[left]!;
  const { days } = outcome;
  const withoutUsd = outcome.lossesUsd.map((loss, day) => {
    const at = day * days.positions;
    return loss + plan.amounts[left]! * (candidate.sign * days.unitValueUsd[at + candidate.targetRow]! + candidate.payerUnits * days.unitValueUsd[at + candidate.payerRow]!);
  });
  const picked = [...new Set([...worst(outcome.lossesUsd, wanted), ...worst(withoutUsd, wanted)])].sort((a, b) => a - b);
  const amounts = Float64Array.from(plan.amounts, (amount, index) => (index === left ? 0 : amount));
  const quantities = quantitiesAfter(setting.pack, plan.candidates, amounts);
  const table = await runCascades(setting, { shocks: picked.map((day) => setting.shocks.days[day]!), quantities });
  if (!table.ok) return table;
  const losses = withoutUsd.slice();
  lossesOf(setting, table.value).forEach((loss, at) => {
    losses[picked[at]!] = loss;
  });
  return succeed(outcome.measures.expectedShortfallUsd - tailRisk(losses, null, setting.confidence).expectedShortfall);
}

function worst(losses: Float64Array, count: number): readonly number[] {
  return [...losses.keys()].sort((a, b) => losses[b]! - losses[a]! || a - b).slice(0, count);
}

import type { HedgeResult } from '../../../contract/hedge.ts';
import { succeed } from '../../../domain/failure.ts';
import type { Result } from '../../../domain/failure.ts';
import { refreshClaimPrices } from '../../../engine/packed/claim-prices.ts';
import type { PackedBook } from '../../../engine/packed/packed-book.ts';
import { quantitiesAfter } from '../../../engine/hedge/packed-candidate.ts';
import { lossesAgainst, widerDiscounts } from '../../../engine/hedge/table-figures.ts';
import { tailRisk } from '../../../engine/risk/expected-shortfall.ts';
import { isFallen, runReference } from '../measures.ts';
import type { Outcome, Plan } from '../measures.ts';
import { runCascades } from '../setting.ts';
import type { CascadeRun, Setting } from '../setting.ts';
import { listText, moneyText, percentText } from './words.ts';

export type Risk = HedgeResult['whatCouldGoWrong'][number];

/** Fall of every wrapper with a market of its own against its backing, for the third assumption. */
export const discountStep = 0.03;

/** The suggestion re-run with three assumptions broken, one at a time; the effect in words. */
export async function whatCouldGoWrong(setting: Setting, plan: Plan, after: Outcome): Promise<Result<Risk[]>> {
  const thinning = setting.book.set.cascade.depthThinningFraction;
  const withoutCash: Plan = {
    candidates: plan.candidates,
    amounts: Float64Array.from(plan.candidates, (candidate, index) => (candidate.kind === 'trade' ? (plan.amounts[index] ?? 0) : 0)),
  };
  const hasCash = plan.candidates.some((candidate) => candidate.kind !== 'trade');
  const cases: readonly Broken[] = [
    { assumption: 'Depth is half of what is assumed', plan, run: { assumptions: { depthThinningFraction: 1 - (1 - thinning) / 2 } } },
    ...(hasCash ? [{ assumption: 'Repayments and transfers arrive after the fall', plan: withoutCash, run: {} }] : []),
    {
      assumption: `Staked ether trades ${percentText(discountStep)} further under ether`,
      plan,
      run: { packed: withWiderDiscounts(setting.pack.packed) },
    },
  ];
  const risks: Risk[] = [];
  for (const broken of cases) {
    const effect = await effectOf(setting, broken, after);
    if (!effect.ok) return effect;
    risks.push({ assumption: broken.assumption, effect: effect.value });
  }
  return succeed(risks);
}

/** An assumption that is broken: what is left of the legs, and what differs in the run. */
type Broken = { readonly assumption: string; readonly plan: Plan; readonly run: Omit<CascadeRun, 'shocks' | 'quantities'> };

async function effectOf(setting: Setting, { plan, run }: Broken, after: Outcome): Promise<Result<string>> {
  const reference = await runReference(setting, plan, run);
  if (!reference.ok) return reference;
  const quantities = quantitiesAfter(setting.pack.packed, plan.candidates, plan.amounts);
  const days = await runCascades(setting, { ...run, quantities, shocks: setting.shocks.days });
  if (!days.ok) return days;
  const losses = lossesAgainst(setting.equityBeforeUsd, days.value);
  const shortfallUsd = tailRisk(losses, null, setting.confidence).expectedShortfall;
  const fallen = setting.pack.accountIds.filter((_, account) => isFallen(reference.value, account) && !isFallen(after.reference, account));
  const change = `ES ${moneyText(after.measures.expectedShortfallUsd)} → ${moneyText(shortfallUsd)} USD`;
  if (fallen.length === 0) return succeed(`${change}; nobody more falls at the reference shock`);
  const rounds = fallen.map((id) => `${id} in round ${reference.value.fallenRound[setting.pack.accountIndex.get(id) ?? 0]}`);
  return succeed(`${change}; ${listText(rounds)} ${fallen.length === 1 ? 'falls' : 'fall'} at the reference shock`);
}

/** The same book in a market where every wrapper that has a depth pool trades further below its backing. */
export function withWiderDiscounts(packed: PackedBook): PackedBook {
  const initial = widerDiscounts(packed, discountStep);
  refreshClaimPrices(packed.assets, initial);
  return { ...packed, id: `${packed.id}:discount`, initial };
}

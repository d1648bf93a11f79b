import { isFallen } from '../measures.ts';
import type { Outcome } from '../measures.ts';
import type { Pass } from '../passes.ts';
import type { Setting } from '../setting.ts';
import { countText, listText, moneyText } from './words.ts';

/** Accounts that fall at the reference shock before and hold after. */
export function savedAccounts(setting: Setting, before: Outcome, after: Outcome): string[] {
  return setting.pack.accountIds.filter((_, account) => isFallen(before.reference, account) && !isFallen(after.reference, account));
}

/** The result in one or two sentences, every figure from the full cascade. */
export function hedgeStatement(setting: Setting, before: Outcome, pass: Pass): string {
  const { plan, outcome } = pass;
  const count = plan.candidates.length;
  const able = setting.pack.accountIds.length - setting.custodyAccounts;
  const after = outcome.measures.fallenAtReference;
  const saved = savedAccounts(setting, before, outcome);
  if (count === 0) {
    return after.length === 0
      ? 'Nothing to do: every account holds at the reference shock, and no trade takes off more loss than it costs.'
      : `Nothing that can be done keeps ${listText(after)} alive at the reference shock.`;
  }
  const actions = `${countText(count)} ${count === 1 ? 'action' : 'actions'} costing ${moneyText(outcome.measures.costUsd)} USD${premiumWords(outcome.measures.premiumUsd)}`;
  const shortfall = `Expected shortfall ${moneyText(before.measures.expectedShortfallUsd)} → ${moneyText(outcome.measures.expectedShortfallUsd)} USD.`;
  if (after.length === 0) {
    const all = able === 1 ? 'the account' : `all ${countText(able).toLowerCase()} accounts`;
    return saved.length === 0
      ? `${actions} ${count === 1 ? 'keeps' : 'keep'} ${all} alive, as now. ${shortfall}`
      : `${actions} ${count === 1 ? 'keeps' : 'keep'} ${all} alive; without ${count === 1 ? 'it' : 'them'} ${saved.length === 1 ? (saved[0] ?? '') : countText(saved.length).toLowerCase()} ${saved.length === 1 ? 'falls' : 'fall'}. ${shortfall}`;
  }
  const savedText = saved.length === 0 ? 'save nobody' : `save ${listText(saved)}`;
  return `${actions} ${savedText}, but ${listText(after)} still ${after.length === 1 ? 'falls' : 'fall'} at the reference shock. ${shortfall}`;
}

/** What is paid or received for options besides the cost: it buys something, so it is not a cost, but it leaves the account. */
function premiumWords(premiumUsd: number): string {
  if (premiumUsd === 0) return '';
  return premiumUsd > 0 ? ` and ${moneyText(premiumUsd)} of premium` : ` and bringing ${moneyText(-premiumUsd)} of premium`;
}

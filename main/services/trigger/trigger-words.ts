import type { TriggerResult } from '../../contract/trigger.ts';
import { ORDER_STAT } from '../../engine/trigger/run-order.ts';
import { figure, listing, money, percent } from '../analysis/words.ts';
import type { SaleDepth } from './sale-depth.ts';

type Told = Omit<TriggerResult, 'runId' | 'inputsDigest' | 'elapsedMs' | 'headline' | 'doubts' | 'assumptions'>;

/** The order by the objective asked for, or the safest where none is safe enough. */
export function chosenOf({ best, objective }: Pick<Told, 'best' | 'objective'>): TriggerResult['best']['cost'] {
  return objective === 'target' ? (best.target ?? best.safety) : best[objective];
}

/** What the best order does, against no order. */
export function triggerHeadline(told: Told): string {
  const { accountId, none, alpha, best, objective, isWorthIt, days } = told;
  const order = chosenOf(told);
  const without = none.liquidationProbability;
  if (objective === 'target' && without.value <= alpha)
    return `${accountId} needs no order for a chance of ${percent(alpha)}: without any it is liquidated in ${figure(days, 0)} days in ${percent(without.value, 1)} of the paths (${percent(without.from, 1)} to ${percent(without.to, 1)}). The cheapest order with less would repay below ${figure(order.trigger, 3)} up to ${figure(order.target, 3)} for ${money(order.expectedCostUsd.value)} USD expected against ${money(none.expectedCostUsd.value)} without.`;
  const says = `below ${figure(order.trigger, 3)} up to ${figure(order.target, 3)}`;
  const chances = `the chance of liquidation in ${figure(days, 0)} days goes from ${percent(none.liquidationProbability.value, 1)} to ${percent(order.liquidationProbability.value, 1)}`;
  const costs = `at ${money(order.expectedCostUsd.value)} USD expected against ${money(none.expectedCostUsd.value)} without an order`;
  const short = objective === 'target' && best.target === null ? ` No order brings it to ${percent(alpha)}; this is the safest.` : '';
  const worth = isWorthIt ? '' : ' It is no cheaper than no order beyond the simulation error; what it buys is the smaller chance.';
  return `${accountId}: repay ${says}; ${chances}, ${costs}.${short}${worth}${windowWords(told.windows)}`;
}

/** In which recorded windows the account would have been liquidated, without the order and all the same with it. */
function windowWords(windows: Told['windows']): string {
  const without = windows.filter((each) => each.isLiquidatedWithout);
  if (without.length === 0) return '';
  const despite = windows.filter((each) => each.isLiquidatedWith).map((each) => each.windowId);
  const head = ` Along ${figure(windows.length, 0)} recorded windows it is liquidated in ${figure(without.length, 0)} without the order`;
  return despite.length === 0
    ? `${head} and in none with it.`
    : `${head} and in ${figure(despite.length, 0)} with it: ${listing(despite)}.`;
}

/** Why an order may not execute: what the simulation met with the best order, then what it cannot know. */
export function triggerDoubts(stats: Float64Array, draws: number): TriggerResult['doubts'] {
  const met = (id: keyof typeof ORDER_STAT, text: string): TriggerResult['doubts'][number] => ({
    id,
    text,
    perPath: (stats[ORDER_STAT[id]] ?? 0) / draws,
  });
  const unknown = (id: string, text: string): TriggerResult['doubts'][number] => ({ id, text, perPath: null });
  return [
    met('overtaken', 'Prices fall through the whole distance before it has executed: the liquidation comes first.'),
    met(
      'missed',
      'Nobody carries it out at that moment: the keeper is late, gas is above what it pays, or the oracle has not posted. It tries again at the next look.',
    ),
    met('slipped', 'Selling that much would move the market by more than the cap, so the attempt reverts and the account stays as it is.'),
    met('recovered', 'Health is back above the trigger when the attempt comes, so nothing is done.'),
    met('tooSmall', 'There is not enough of the collateral, of the debt or of the cash to reach the target.'),
    unknown(
      'jump',
      'A price that jumps between two postings of the oracle passes trigger and liquidation in one; the half hours of these paths hold what came in half an hour, not what came in a minute.',
    ),
    unknown('together', 'Others have orders at the same prices: they sell into the same depth at the same time, and gas rises for all.'),
    unknown(
      'venue',
      'The venue may be paused, its withdrawals or its repayments frozen, or its rules changed so that the target cannot be reached.',
    ),
    unknown(
      'service',
      'The service that watches may be down, out of funds or switched off, and the permission it acts by may have been withdrawn.',
    ),
    unknown(
      'byHand',
      'Whoever changes the account by hand changes what the order finds; its size is set when it executes, not when it is written.',
    ),
  ];
}

/** What the numbers rest on. */
export function triggerAssumptions(told: Told, depth: SaleDepth, thinningFraction: number): string[] {
  const { terms, soldAssetId, repaidAssetId, lookMinutes, days, draws } = told;
  const source =
    terms.from === 'cash'
      ? `Debt in ${repaidAssetId} is repaid from ${money(terms.cashUsd)} USD of cash set aside.`
      : `${soldAssetId} is sold and ${repaidAssetId} repaid, into ${depth.markets.length === 0 ? 'no recorded market' : listing(depth.markets)} with ${percent(1 - thinningFraction, 0)} of the recorded depth: the largest collateral and the largest debt of the account; slippage above ${percent(terms.slippageCapFraction, 1)} reverts.`;
  return [
    `Paths are those of the forecast of requirements (recorded days at today’s volatility, each day’s move coming when that of a recorded day of the crash windows did), looked at every ${figure(lookMinutes, 0)} minutes for ${figure(days, 0)} days; all orders meet the same ${figure(draws, 0)} paths.`,
    source,
    `The first attempt comes ${figure(terms.latencyMinutes, 0)} minutes after the look that sets it off, in whole looks; each attempt fails by chance in ${percent(terms.missFraction, 0)}. It executes only if health is still below the trigger then.`,
    `An execution costs ${percent(terms.keeperFeeFraction, 2)} of what is repaid, ${money(terms.gasUsd)} USD of gas and the slippage; what prices do afterwards is no cost, since no drift is forecast.`,
    'A health below 1 at any look is a liquidation by the venue’s rules: its bonus on what is repaid is the loss, and the path ends there. Later liquidations, bad debt and what the seized collateral would have gained are left out.',
    'Along the recorded windows the account starts as it stands today, prices move as they did, and every bar is looked at with all of them at their lows at once, which is harsher than what came.',
    'Nobody else reacts: in a cascade others sell first, and the chance of being overtaken is higher.',
  ];
}

import { isJudgedWhole } from '../../../engine/packed/unit-requirement.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { statedImpact } from '../impact/impact-words.ts';
import { riseMultiples } from '../shocks/hedge-shocks.ts';
import { statedLatency } from '../latency/latency-words.ts';
import type { Setting } from '../setting.ts';
import { percentText } from './words.ts';

/** What a suggestion takes for granted, in sentences with the numbers that were used. */
export function statedAssumptions(setting: Setting): string[] {
  const { set } = setting.book;
  const used = hedgeAssumptions;
  return [
    `A dollar of cost has to take at least ${used.costWeight} dollars off the expected shortfall.`,
    `At most ${percentText(used.openInterestShare)} of an option's open interest and ${percentText(used.volumeShare, 2)} of a contract's 24-hour volume, or ${percentText(used.reserveShare, 2)} of the market's reserve where no volume is recorded.`,
    `Trades cost half the spread, the venue's fee and market impact; stablecoins are exchanged at ${percentText(used.stableSwapFraction, 2)}, coins at ${percentText(used.spotTradeFraction, 2)}; each payment takes ${set.gasUsd} USD of gas.`,
    `In ${setting.shocks.retained.length} scenarios within the reference shock, and rises up to ${riseMultiples.at(-1)} times as far, every account keeps ${percentText(used.bufferShareOfRequirement, 1)} of its requirement, and ${percentText(used.comfortShareOfRequirement)} where cash allows.`,
    `A pool bears swaps of ${percentText(used.swapShare, 1)} of its reserve, whose price gives way by as much; a flash loan that bridges a move costs ${percentText(used.flashFraction, 2)}; at most ${percentText(used.idleShare)} of what a lender has idle is drawn, and a dearer debt costs ${used.hedgeDays} days of the difference. Collateral leaves, and debt is drawn, only within the loan-to-value now.`,
    ...statedImpact(setting),
    ...judgedWhole(setting),
    ...statedLatency(setting),
  ];
}

/** How the program takes trades in accounts whose requirement is not a sum over positions. */
function judgedWhole({ pack }: Setting): string[] {
  const { family } = pack.packed.accounts;
  const names = pack.accountIds.filter((_, a) => isJudgedWhole(family[a] ?? 0));
  if (names.length === 0) return [];
  return [
    `${names.join(', ')}: judged whole by the venue; a trade is taken to require there what it would require by itself, closing included, which is at least what it adds. The check after it judges the whole account.`,
  ];
}

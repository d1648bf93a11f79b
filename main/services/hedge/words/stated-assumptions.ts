import { isJudgedWhole } from '../../../engine/packed/unit-requirement.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { statedImpact } from '../impact/impact-words.ts';
import { riseMultiples } from '../shocks/hedge-shocks.ts';
import { statedLatency } from '../latency/latency-words.ts';
import type { Setting } from '../setting.ts';
import { listText, percentText } from './words.ts';

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
    `What keeping a contract is expected to cost for ${used.hedgeDays} days counts like a cost: funding, of which ${percentText(used.fundingPersistence)} of the rate now is left on average beside the usual ${percentText(used.usualFunding, 3)} of eight hours; a dated future's way to its underlying; an option's time decay, less what it earns if prices move as on the days counted. Nothing is credited where keeping it earns.${unrecorded(setting)}`,
    ...statedImpact(setting),
    ...judgedWhole(setting),
    ...statedLatency(setting),
  ];
}

/** Perpetuals without a recorded rate. */
function unrecorded({ book, candidates }: Setting): string {
  const known = new Set<string>(book.snapshot.funding.map(({ instrumentId }) => instrumentId));
  const traded = candidates.flatMap(({ target }) => book.instrument(target.instrumentId) ?? []).filter(({ kind }) => kind === 'perpetual');
  const names = [...new Set(traded.filter(({ id }) => !known.has(id)).map(({ name }) => name))];
  return names.length === 0 ? '' : ` No funding is recorded of ${listText(names)}: the usual one is taken.`;
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

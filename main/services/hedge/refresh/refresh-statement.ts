import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { listText } from '../words/words.ts';

type Found = {
  readonly isStandingEnough: boolean;
  /** Accounts that fall with the standing legs. */
  readonly falls: readonly string[];
  /** Whether all legs change because those outside their bands do not go with the others: somebody would fall, or the cash would not reach. */
  readonly isWhole: boolean;
};

/** Whether anything need be done, in a sentence or two. */
export function refreshStatement(legs: HedgeRefresh['legs'], { isStandingEnough, falls, isWhole }: Found): string {
  if (isStandingEnough) return 'The standing suggestion is still right: every leg is inside its no-trade band, and nothing need be done.';
  const who =
    falls.length === 0
      ? 'Nobody falls with the standing legs'
      : `With the standing legs ${listText(falls)} ${falls.length === 1 ? 'falls' : 'fall'}`;
  const outside = legs.filter((leg) => !leg.isWithinBand);
  if (isWhole)
    return `${who}; the legs outside their no-trade bands do not go without the others, so that all ${outside.length} changes are to be made.`;
  return `${who}; ${outside.length} of ${legs.length} legs ${outside.length === 1 ? 'is' : 'are'} outside ${outside.length === 1 ? 'its' : 'their'} no-trade band.`;
}

import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { listText } from '../words/words.ts';

type Found = {
  readonly isStandingEnough: boolean;
  /** Accounts that fall with the standing legs. */
  readonly falls: readonly string[];
};

/** Whether anything need be done, in a sentence or two. */
export function refreshStatement(legs: HedgeRefresh['legs'], { isStandingEnough, falls }: Found): string {
  if (isStandingEnough) return 'The standing suggestion is still right: every leg is inside its no-trade band, and nothing need be done.';
  const who =
    falls.length === 0
      ? 'Nobody falls with the standing legs'
      : `With the standing legs ${listText(falls)} ${falls.length === 1 ? 'falls' : 'fall'}`;
  const outside = legs.filter((leg) => !leg.isWithinBand);
  return `${who}; ${outside.length} of ${legs.length} legs ${outside.length === 1 ? 'is' : 'are'} outside ${outside.length === 1 ? 'its' : 'their'} no-trade band.`;
}

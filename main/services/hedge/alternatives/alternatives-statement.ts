import type { HedgeAlternative } from '../../../contract/hedge-alternatives.ts';
import { listText, moneyText } from '../words/words.ts';

/** Why the delta hedge is not enough, or that it is, and what the program does instead: from the figures of the comparison. */
export function whyNotDelta(alternatives: readonly HedgeAlternative[]): string {
  const named = (id: string): HedgeAlternative | undefined => alternatives.find((each) => each.id === id);
  const [nothing, delta, program] = [named('nothing'), named('delta'), named('program')];
  if (nothing === undefined || delta === undefined || program === undefined) return '';
  if (delta.actions.length === 0) return 'No contract that can be traded here takes off delta, so there is no delta hedge to compare with.';
  const still = delta.measures.fallenAtReference;
  const fresh = delta.fallsRetained.filter((id) => !nothing.fallsRetained.includes(id));
  const shortfallUsd = { before: nothing.measures.expectedShortfallUsd, after: delta.measures.expectedShortfallUsd };
  const change = `takes ES from ${moneyText(shortfallUsd.before)} to ${moneyText(shortfallUsd.after)} USD`;
  if (still.length === 0 && delta.fallsRetained.length === 0) return `A delta hedge ${change} and no account falls: it is enough here.`;
  const falls =
    still.length === 0
      ? `yet ${listText(delta.fallsRetained)} ${fall(delta.fallsRetained)} in a retained scenario`
      : `yet ${listText(still)} still ${fall(still)}`;
  const added =
    fresh.length === 0 || still.length === 0 ? '' : `, and ${listText(fresh)}, which held, ${fall(fresh)} in a retained scenario`;
  return `A delta hedge ${change}, ${falls}${added}: it answers the book’s sum, while each account falls by its own requirement. ${programWords(program)}`;
}

function programWords({ measures, fallsRetained }: HedgeAlternative): string {
  const cost = `the program for ${moneyText(measures.costUsd)} USD`;
  return fallsRetained.length === 0
    ? `Nobody falls with ${cost}.`
    : `With ${cost}, ${listText(fallsRetained)} ${fall(fallsRetained)} in a retained scenario.`;
}

function fall(names: readonly string[]): string {
  return names.length === 1 ? 'falls' : 'fall';
}

import type { SurvivalState } from '../../../engine/hedge/survival/survival-states.ts';
import type { Setting } from '../setting.ts';
import { percentText } from '../words/words.ts';

/** Name of the venue or coin that a state is about. */
export function subjectOf({ pack, book }: Setting, { kind, subject }: SurvivalState): string {
  if (kind === 'depegged') return pack.assetIds[subject] ?? '';
  const id = pack.venueIds[subject];
  return book.contents.venues.find((venue) => venue.id === id)?.name ?? id ?? '';
}

/** What happens in a state, in words that follow 'if'. */
export function happening(setting: Setting, state: SurvivalState): string {
  const subject = subjectOf(setting, state);
  switch (state.kind) {
    case 'frozen':
      return `${subject} halts and what comes from there is stopped`;
    case 'deleveraged':
      return `${subject} deleverages its futures`;
    case 'depegged':
      return `${subject} is worth ${percentText(setting.survival?.depegFraction ?? 0)} less`;
  }
}

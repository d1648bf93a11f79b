import type { HedgeRefresh } from '../../../../main/contract/hedge-refresh.ts';
import type { ChipTone } from '../../../parts/chip.tsx';

export type StandingLeg = HedgeRefresh['legs'][number];

/** What became of a leg, as a state with its words. A leg outside its band is to be acted on. */
export function legState({ change, isWithinBand }: StandingLeg): { readonly tone: ChipTone; readonly words: string } {
  if (change === 'same') return { tone: 'safe', words: 'as it stands' };
  if (change === 'impossible') return { tone: 'danger', words: 'no longer offered' };
  return isWithinBand ? { tone: 'plain', words: `${WORDS[change]}, inside its band` } : { tone: 'watch', words: WORDS[change] };
}

/** Legs that are to be acted on before those that may stay as they stand. */
export function toActOnFirst(legs: readonly StandingLeg[]): readonly StandingLeg[] {
  const rank = ({ change, isWithinBand }: StandingLeg): number => (change === 'same' ? 2 : isWithinBand && change !== 'impossible' ? 1 : 0);
  return legs.toSorted((a, b) => rank(a) - rank(b));
}

const WORDS = { more: 'more now', less: 'less now', new: 'new', dropped: 'dropped' } as const;

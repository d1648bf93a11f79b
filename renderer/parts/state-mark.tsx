import type { ReactElement } from 'react';
import type { AccountState } from '../../main/contract/cell.ts';
import { HalfMark } from './half-mark.tsx';

const glyphs: Record<AccountState, { readonly glyph: string; readonly word: string }> = {
  safe: { glyph: '●', word: 'safe' },
  watch: { glyph: '◐', word: 'watch' },
  danger: { glyph: '◆', word: 'danger' },
  none: { glyph: '–', word: 'no requirement' },
};

/** Shape of a state: reads without colour. */
export function stateGlyph(state: AccountState): string {
  return glyphs[state].glyph;
}

/** Word of a state, for screen readers and tooltips. */
export function stateWord(state: AccountState): string {
  return glyphs[state].word;
}

/** Class that colours text by state. */
export function stateClass(state: AccountState): string {
  return `state-${state}`;
}

/** State as a coloured shape with its word for those who do not see it. */
export function StateMark({ state }: { readonly state: AccountState }): ReactElement {
  return (
    <span className={`state-mark ${stateClass(state)}`} role="img" aria-label={stateWord(state)} title={stateWord(state)}>
      {state === 'watch' ? <HalfMark /> : stateGlyph(state)}
    </span>
  );
}

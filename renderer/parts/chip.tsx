import type { ReactElement, ReactNode } from 'react';
import { HalfMark } from './half-mark.tsx';
import { StaleMark } from './stale-mark.tsx';

export type ChipTone = 'safe' | 'watch' | 'danger' | 'stale' | 'hypo' | 'plain';

const glyphs: Record<ChipTone, string> = { safe: '●', watch: '', danger: '◆', stale: '', hypo: '◇', plain: '' };

/** Small labelled state: shape, colour and words. */
export function Chip({
  tone,
  children,
  title,
}: {
  readonly tone: ChipTone;
  readonly children: ReactNode;
  readonly title?: string;
}): ReactElement {
  return (
    <span className={`chip chip-${tone}`} title={title}>
      {tone === 'stale' && <StaleMark />}
      {tone === 'watch' && <HalfMark />}
      {glyphs[tone] !== '' && <span aria-hidden="true">{glyphs[tone]}</span>}
      {children}
    </span>
  );
}

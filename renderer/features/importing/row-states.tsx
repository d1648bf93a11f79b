import type { ReactNode } from 'react';
import type { ImportPreview } from '../../../main/contract/importing.ts';
import { HalfMark } from '../../parts/half-mark.tsx';

type RowState = ImportPreview['sample'][number]['state'];

/** Rows by what happens to them, in the order of the counts. */
export const stateOrder: readonly RowState[] = ['new', 'changed', 'unchanged', 'asked', 'rejected'];

/** Word, shape and colour of what happens to a row. */
export const rowStates: Record<RowState, { readonly title: string; readonly glyph: ReactNode; readonly className: string }> = {
  new: { title: 'New', glyph: '●', className: 'state-safe' },
  changed: { title: 'Changed', glyph: '▲', className: 'import-changed' },
  unchanged: { title: 'Unchanged', glyph: '○', className: 'muted' },
  asked: { title: 'Asked', glyph: <HalfMark />, className: 'state-watch' },
  rejected: { title: 'Rejected', glyph: '◆', className: 'state-danger' },
};

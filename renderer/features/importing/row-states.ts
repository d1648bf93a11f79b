import type { ImportPreview } from '../../../main/contract/importing.ts';

type RowState = ImportPreview['sample'][number]['state'];

/** Rows by what happens to them, in the order of the counts. */
export const stateOrder: readonly RowState[] = ['new', 'changed', 'unchanged', 'asked', 'rejected'];

/** Word, shape and colour of what happens to a row. */
export const rowStates: Record<RowState, { readonly title: string; readonly glyph: string; readonly className: string }> = {
  new: { title: 'New', glyph: '●', className: 'state-safe' },
  changed: { title: 'Changed', glyph: '▲', className: 'import-changed' },
  unchanged: { title: 'Unchanged', glyph: '○', className: 'muted' },
  asked: { title: 'Asked', glyph: '◐', className: 'state-watch' },
  rejected: { title: 'Rejected', glyph: '◆', className: 'state-danger' },
};

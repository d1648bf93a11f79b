import type { BookContents } from '../../../main/domain/book.ts';
import { queryClient } from '../../client/queries.ts';
import { changeBook, undo } from '../../parts/book-actions.ts';
import { counted } from '../../format/number.ts';
import { notify } from '../../parts/notify.tsx';
import type { BookRow } from './book-rows.ts';
import { typedQuantity } from './typed-quantity.ts';

/** Gives a position another quantity, as one undoable step. */
export async function setQuantity(row: BookRow, text: string): Promise<void> {
  const contents = queryClient.getQueryData<BookContents>(['book.contents', {}]);
  const position = contents?.positions.find((candidate) => candidate.id === row.positionId);
  const quantity = typedQuantity(text);
  if (position === undefined) return;
  if (quantity === null) {
    notify({
      tone: 'watch',
      fact: `“${text}” is not a quantity`,
      reason: `${row.label} keeps ${position.quantity}. Type digits, a sign and one decimal point.`,
    });
    return;
  }
  const label = `${row.label} in ${position.accountId}: ${position.quantity} → ${quantity}`;
  if (await changeBook('book.edit', { label, edits: [{ kind: 'putPosition', row: { ...position, quantity } }] }))
    notify({ tone: 'info', fact: 'Quantity changed', reason: label, action: { title: 'Undo', run: () => void undo(label) } });
}

/** Deletes positions as one undoable step. */
export async function deletePositions(rows: readonly BookRow[]): Promise<void> {
  const ids = rows.flatMap((row) => row.positionId ?? []);
  const first = rows.find((row) => row.positionId !== null);
  if (first === undefined) return;
  const label = ids.length === 1 ? `Delete ${first.label} in ${first.accountId ?? ''}` : `Delete ${counted(ids.length, 'position')}`;
  if (await changeBook('book.edit', { label, edits: ids.map((id) => ({ kind: 'delete', noun: 'position', id })) }))
    notify({
      tone: 'info',
      fact: `${counted(ids.length, 'position')} deleted`,
      reason: label,
      action: { title: 'Undo', run: () => void undo(label) },
    });
}

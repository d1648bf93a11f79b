import type { InputOf } from '../../../main/contract/contract.ts';
import { call } from '../../client/client.ts';
import { saveText } from '../../client/file-source.ts';
import { bookChanged, queryClient, ticketsChanged } from '../../client/queries.ts';
import { counted } from '../../format/number.ts';
import { undo } from '../../parts/book-actions.ts';
import { notify, notifyFailure } from '../../parts/notify.tsx';

type Change = 'blotter.remove' | 'blotter.fill' | 'blotter.edit';

/** Calls what changes the blotter and shows what came of it; a fill changes the book too. True when it worked. */
async function changeBlotter<Name extends Change>(name: Name, input: InputOf<Name>): Promise<boolean> {
  const result = await call(name, input);
  if (!result.ok) {
    notifyFailure(result.failure);
    return false;
  }
  queryClient.setQueryData(['blotter.list', {}], result.value);
  if (name === 'blotter.fill') bookChanged();
  else ticketsChanged();
  return true;
}

const undoAction = { title: 'Undo', run: () => void undo(null) };

/** Books a fill: positions and the cash that pays, one undo step. */
export async function fillTicket(input: InputOf<'blotter.fill'>, title: string): Promise<boolean> {
  if (!(await changeBlotter('blotter.fill', input))) return false;
  notify({ tone: 'safe', fact: 'Fill booked', reason: `${input.quantity} of “${title}”`, action: undoAction });
  return true;
}

/** Changes what a ticket asks for. True when it worked. */
export async function changeTicket(id: string, change: InputOf<'blotter.edit'>['change']): Promise<boolean> {
  if (!(await changeBlotter('blotter.edit', { id, change }))) return false;
  notify({ tone: 'info', fact: 'Ticket changed', action: undoAction });
  return true;
}

/** Takes tickets out of the blotter. */
export async function removeTickets(ids: readonly string[]): Promise<void> {
  if (!(await changeBlotter('blotter.remove', { ids: [...ids] }))) return;
  notify({ tone: 'info', fact: `${counted(ids.length, 'ticket')} removed`, action: undoAction });
}

/** Offers the blotter as a file. */
export async function exportBlotter(format: 'csv' | 'json'): Promise<void> {
  const result = await call('blotter.export', { format });
  if (!result.ok) {
    notifyFailure(result.failure);
    return;
  }
  saveText(result.value.fileName, result.value.text, format === 'csv' ? 'text/csv' : 'application/json');
}

import type { InputOf, ProcedureName } from '../../main/contract/contract.ts';
import { call } from '../client/client.ts';
import { bookChanged, isSameBook, queryClient, ticketsChanged } from '../client/queries.ts';
import { notify, notifyFailure } from './notify.tsx';

type BookCommand = Extract<ProcedureName, 'book.create' | 'book.open' | 'book.openDemo' | 'book.undo' | 'book.redo' | 'book.edit'>;

/** Calls a command that changes which book is open or what is in it, and shows what came of it. True when it worked. */
export async function changeBook<Name extends BookCommand>(name: Name, input: InputOf<Name>): Promise<boolean> {
  const result = await call(name, input);
  if (!result.ok) {
    notifyFailure(result.failure);
    return false;
  }
  const isSame = isSameBook(result.value.digest);
  queryClient.setQueryData(['book.info', {}], result.value);
  (isSame ? ticketsChanged : bookChanged)();
  return true;
}

/** Takes the last step back and names it. */
export async function undo(label: string | null): Promise<void> {
  if (await changeBook('book.undo', {}))
    notify({
      tone: 'info',
      fact: 'Undone',
      ...(label === null ? {} : { reason: label }),
      action: { title: 'Redo', run: () => void redo(label) },
    });
}

/** Does the step that was taken back again and names it. */
export async function redo(label: string | null): Promise<void> {
  if (await changeBook('book.redo', {})) notify({ tone: 'info', fact: 'Done again', ...(label === null ? {} : { reason: label }) });
}

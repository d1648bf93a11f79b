import { type SubmitEvent, type ReactElement, useState } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { Button } from '../../parts/button.tsx';
import { changeBook } from '../../parts/book-actions.ts';
import { goTo } from '../navigation.ts';

/** Opens a book file, or makes a new one, by its path on the machine that Interlock runs on. */
export function BookSheet({ isNew, onClose }: { readonly isNew: boolean; readonly onClose: () => void }): ReactElement {
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const isReady = path.trim() !== '' && (!isNew || name.trim() !== '');
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    const isDone = isNew
      ? await changeBook('book.create', { path: path.trim(), name: name.trim() })
      : await changeBook('book.open', { path: path.trim() });
    setIsBusy(false);
    if (!isDone) return;
    onClose();
    goTo(isNew ? 'importing' : 'overview');
  };
  return (
    <Dialog label={isNew ? 'New book' : 'Open a book'} className="book-sheet" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <h2>{isNew ? 'New book' : 'Open a book'}</h2>
        {isNew && (
          <label>
            Name
            <input className="field" value={name} onChange={(event) => setName(event.target.value)} placeholder="Desk book" autoFocus />
          </label>
        )}
        <label>
          File on this machine
          <input
            className="field mono"
            value={path}
            onChange={(event) => setPath(event.target.value)}
            placeholder="/home/you/desk.interlock"
            autoFocus={!isNew}
            spellCheck={false}
          />
        </label>
        <div className="book-sheet-foot">
          <Button onClick={onClose} shortcut="Esc">
            Cancel
          </Button>
          <button type="submit" className="button button-primary" disabled={!isReady || isBusy}>
            {isNew ? 'Make the book' : 'Open'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

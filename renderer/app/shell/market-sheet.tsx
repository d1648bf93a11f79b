import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { OutputOf } from '../../../main/contract/contract.ts';
import { call } from '../../client/client.ts';
import { type ImportSource, sourceOf } from '../../client/file-source.ts';
import { bookChanged, useCall } from '../../client/queries.ts';
import { counted } from '../../format/number.ts';
import { instantWords } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { notify, notifyFailure } from '../../parts/notify.tsx';

type Snapshots = OutputOf<'market.snapshots'>;

/** Market snapshots of the book: which one values it, and how to bring in another (an option chain, price bars or a snapshot). */
export function MarketSheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [path, setPath] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const { value: snapshots } = useCall('market.snapshots', {});
  const read = async (source: ImportSource): Promise<void> => {
    setIsBusy(true);
    const result = await call('market.import', { source });
    setIsBusy(false);
    if (!result.ok) {
      notifyFailure(result.failure);
      return;
    }
    notify({ tone: result.value.rejected.length > 0 ? 'watch' : 'safe', fact: 'Market data read', reason: result.value.summary });
    bookChanged();
    onClose();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (path.trim() !== '') void read({ path: path.trim() });
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) await read(await sourceOf(file));
  };
  return (
    <Dialog label="Market data" className="book-sheet" onClose={onClose}>
      <form onSubmit={submit}>
        <h2>Market data</h2>
        <SnapshotList snapshots={snapshots ?? []} onDone={onClose} />
        <label>
          An option chain, price bars or a snapshot
          <input
            className="field"
            type="file"
            accept=".csv,.json"
            disabled={isBusy}
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </label>
        <label>
          Or its path on this machine
          <input
            className="field mono"
            value={path}
            spellCheck={false}
            placeholder="/home/you/market/chain.csv"
            onChange={(event) => setPath(event.target.value)}
          />
        </label>
        <div className="book-sheet-foot">
          <Button onClick={onClose} shortcut="Esc">
            Close
          </Button>
          <button type="submit" className="button button-primary" disabled={path.trim() === '' || isBusy}>
            {isBusy ? 'Reading' : 'Read it'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function SnapshotList({ snapshots, onDone }: { readonly snapshots: Snapshots; readonly onDone: () => void }): ReactElement {
  const activate = async (id: string): Promise<void> => {
    const result = await call('market.activate', { id });
    if (!result.ok) {
      notifyFailure(result.failure);
      return;
    }
    bookChanged();
    onDone();
  };
  if (snapshots.length === 0) return <p className="secondary">The book has no market snapshot yet; without one nothing can be valued.</p>;
  return (
    <ul className="snapshots">
      {snapshots.map((snapshot) => (
        <li key={snapshot.id}>
          <span>
            <strong>{snapshot.name}</strong>
            <small className="secondary">
              {instantWords(snapshot.asOf)} · {counted(snapshot.quotes, 'quote')} · {counted(snapshot.listings, 'listing')}
            </small>
          </span>
          {snapshot.isActive ? (
            <span className="state-safe">● in use</span>
          ) : (
            <Button onClick={() => void activate(snapshot.id)}>Use</Button>
          )}
        </li>
      ))}
    </ul>
  );
}

import { FileUp } from 'lucide-react';
import { type DragEvent, type SubmitEvent, type ReactElement, useRef, useState } from 'react';
import type { ImportFormat } from '../../../main/contract/importing.ts';
import { fileSize } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { notify } from '../../parts/notify.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { formatTitles } from './import-formats.ts';
import { LARGEST_UPLOAD_BYTES, sourceOf } from '../../client/file-source.ts';
import type { useImport } from './use-import.ts';

/** Drop a file, choose one, or name its path; and the layout, where it should not be recognised. */
export function ChooseFile({ importing }: { readonly importing: ReturnType<typeof useImport> }): ReactElement {
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > LARGEST_UPLOAD_BYTES) {
      notify({
        tone: 'watch',
        fact: `${file.name} is too large to drop`,
        reason: `${fileSize(file.size)}; give its path below, it is then read in pieces.`,
      });
      return;
    }
    importing.read(await sourceOf(file));
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <section
        className={isOver ? 'drop drop-over' : 'drop'}
        aria-label="Drop a file"
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
      >
        <FileUp size={26} strokeWidth={1.5} aria-hidden="true" />
        <strong>Drop an export here</strong>
        <p className="secondary">
          CSV, XLSX or JSON. Deribit, Binance USD-M and Hyperliquid exports are read as they come; other data in Interlock’s own layout.
        </p>
        <input
          ref={chooser}
          type="file"
          accept=".csv,.xlsx,.json,.txt"
          className="visually-hidden"
          tabIndex={-1}
          aria-label="File to import"
          onChange={(event) => void take(event.target.files?.[0])}
        />
        <Button tone="primary" onClick={() => chooser.current?.click()}>
          Choose a file
        </Button>
        <RunProgressBar runId={importing.runId} title="Reading" />
      </section>
      <ChooseMore importing={importing} />
    </>
  );
}

/** A path, for files too large to drop, and the layout. */
function ChooseMore({ importing }: { readonly importing: ReturnType<typeof useImport> }): ReactElement {
  const [path, setPath] = useState('');
  const onPath = (event: SubmitEvent): void => {
    event.preventDefault();
    if (path.trim() !== '') importing.read({ path: path.trim() });
  };
  return (
    <form className="choose-more" onSubmit={onPath}>
      <label>
        Or its path on this machine
        <input
          className="field mono"
          value={path}
          spellCheck={false}
          placeholder="/home/you/exports/deribit-transactions.csv"
          onChange={(event) => setPath(event.target.value)}
        />
      </label>
      <label>
        Layout
        <select className="field" value={importing.format} onChange={(event) => importing.setFormat(event.target.value as ImportFormat)}>
          {Object.entries(formatTitles).map(([format, title]) => (
            <option key={format} value={format}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button button-outline" disabled={path.trim() === ''}>
        Read it
      </button>
    </form>
  );
}

import type { ReactElement } from 'react';
import type { ImportPreview } from '../../../main/contract/importing.ts';
import { commaSeparated } from '../../format/raw.ts';
import { count, counted } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { saveText } from '../../client/file-source.ts';

/** Rows drawn here; the file to save holds every one that was reported. */
const SHOWN_ROWS = 200;

/** Every rejected row with line, column and reason, to be read here or kept as a file. */
export function RejectedRows({ preview }: { readonly preview: ImportPreview }): ReactElement {
  const rejected = preview.sample.filter((row) => row.state === 'rejected');
  const save = (): void => {
    const head = ['line', 'column', 'value', 'reason', ...preview.columns];
    const rows = rejected.map((row) => [row.line, row.column ?? '', cellOf(preview, row), row.reason ?? '', ...row.cells]);
    saveText(`${preview.fileName.replace(/\.[^.]+$/, '')}-rejected.csv`, commaSeparated([head, ...rows]));
  };
  return (
    <Panel
      title="Rejected, with line, column and reason"
      caption={
        preview.counts.rejected > rejected.length
          ? `the first ${count(rejected.length)} of ${counted(preview.counts.rejected, 'row')}`
          : counted(rejected.length, 'row')
      }
      className="import-rejected"
      isFlush
      actions={
        <Button onClick={save} disabled={rejected.length === 0}>
          Save as CSV
        </Button>
      }
    >
      {rejected.length === 0 ? (
        <p className="rejected-none secondary">No row is rejected.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Column</th>
              <th scope="col">Value</th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {rejected.slice(0, SHOWN_ROWS).map((row) => (
              <tr key={row.line}>
                <td className="figure">{row.line}</td>
                <td>
                  <strong>{row.column ?? 'whole row'}</strong>
                </td>
                <td className="mono">{cellOf(preview, row)}</td>
                <td>{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function cellOf(preview: ImportPreview, row: ImportPreview['sample'][number]): string {
  const index = row.column === null ? -1 : preview.columns.indexOf(row.column);
  return index === -1 ? '' : (row.cells[index] ?? '');
}

import type { ReactElement } from 'react';
import type { OutputOf } from '../../../main/contract/contract.ts';
import type { ReportFormat } from '../../../main/contract/reporting.ts';
import type { Result } from '../../../main/domain/failure.ts';
import { useCall } from '../../client/queries.ts';
import { fileSize } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { downloadAddress } from './download-address.ts';

type Written = OutputOf<'report.write'>;

/** The files of the last writing, each with its size and digest; in the browser each can be fetched. */
export function WrittenFiles(props: {
  readonly result: Result<Written> | null;
  /** Verifies a file by its path; null while another is being verified. */
  readonly verify: ((path: string) => void) | null;
}): ReactElement {
  const { result, verify } = props;
  const host = useCall('app.info', {}).value?.host ?? null;
  return (
    <Panel title="Written files" caption={result?.ok === true ? result.value.folder : 'size and SHA-256 of each'} isFlush>
      {result === null && <p className="report-none secondary">Nothing has been written in this session.</p>}
      {result !== null && !result.ok && <FailureBox failure={result.failure} />}
      {result?.ok === true && (
        <ul className="report-files">
          {result.value.files.map((file) => {
            const address = host === 'browser' ? downloadAddress(file.path) : null;
            return (
              <li key={file.path}>
                <div>
                  <strong>{nameOf(file.path)}</strong>
                  <span className="secondary figure">{fileSize(file.bytes)}</span>
                  {carriesRecord(file.format) && (
                    <Button tone="link" disabled={verify === null} onClick={() => verify?.(file.path)}>
                      Verify
                    </Button>
                  )}
                  {address !== null && (
                    <a href={address} download>
                      Download
                    </a>
                  )}
                </div>
                <code title={file.sha256}>{file.sha256}</code>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

/** CSV and XLSX hold figures alone. */
function carriesRecord(format: ReportFormat): boolean {
  return format === 'pdf' || format === 'html' || format === 'json';
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

import './reporting.css';
import { type Dispatch, type ReactElement, type SetStateAction, useCallback, useMemo, useRef, useState } from 'react';
import type { ReportFormat } from '../../../main/contract/reporting.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useJob } from '../../client/queries.ts';
import { counted } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { notify, notifyFailure } from '../../parts/notify.tsx';
import { Panel } from '../../parts/panel.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { reportFormats } from './report-formats.ts';
import { ReportPreview } from './report-preview.tsx';
import { useVerification } from './use-verification.ts';
import { VerifyPanel } from './verify-panel.tsx';
import { WrittenFiles } from './written-files.tsx';

/** The report of the current analysis and suggestion: seen as it will be, then written in the formats that are chosen. */
export function ReportingView(): ReactElement {
  const [chosen, setChosen] = useState<ReadonlySet<ReportFormat>>(new Set(reportFormats.map(({ format }) => format)));
  const [folder, setFolder] = useState('');
  const writing = useJob('report.write');
  const { start } = writing;
  const write = useCallback(async (): Promise<void> => {
    const formats = reportFormats.map(({ format }) => format).filter((format) => chosen.has(format));
    const result = await start(folder.trim() === '' ? { formats } : { formats, folder: folder.trim() });
    if (result.ok) notify({ tone: 'safe', fact: `${counted(result.value.files.length, 'file')} written`, reason: result.value.folder });
    else notifyFailure(result.failure);
  }, [chosen, folder, start]);
  const canWrite = chosen.size > 0 && writing.runId === null;
  const verification = useVerification();
  const canVerify = verification.runId === null;
  const chooser = useRef<HTMLInputElement>(null);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'report.write',
          title: 'Write the reports',
          group: 'Report',
          key: 'Ctrl+Enter',
          when: () => canWrite,
          run: () => void write(),
        },
        {
          id: 'report.verify',
          title: 'Verify a report',
          group: 'Report',
          key: 'V',
          when: () => canVerify,
          run: () => chooser.current?.click(),
        },
      ],
      [canWrite, canVerify, write],
    ),
  );
  return (
    <div className="reporting">
      <ReportPreview />
      <div className="reporting-side">
        <WritePanel writing={writing} canWrite={canWrite} write={() => void write()} wish={{ chosen, setChosen, folder, setFolder }} />
        <VerifyPanel verification={verification} chooser={chooser} />
        <WrittenFiles result={writing.result} verify={canVerify ? verification.verifyPath : null} />
      </div>
    </div>
  );
}

/** What is to be written, and where. */
type WriteWish = {
  readonly chosen: ReadonlySet<ReportFormat>;
  readonly setChosen: Dispatch<SetStateAction<ReadonlySet<ReportFormat>>>;
  readonly folder: string;
  readonly setFolder: (folder: string) => void;
};

function WritePanel(props: {
  readonly writing: { readonly runId: string | null };
  readonly canWrite: boolean;
  readonly write: () => void;
  readonly wish: WriteWish;
}): ReactElement {
  const { chosen, setChosen, folder, setFolder } = props.wish;
  const toggle = (format: ReportFormat): void =>
    setChosen((former) => (former.has(format) ? new Set([...former].filter((other) => other !== format)) : new Set([...former, format])));
  return (
    <Panel title="Write the report" caption="the same inputs give the same bytes">
      <fieldset className="report-formats">
        <legend className="visually-hidden">Formats</legend>
        {reportFormats.map(({ format, title, purpose }) => (
          <label key={format}>
            <input type="checkbox" checked={chosen.has(format)} onChange={() => toggle(format)} />
            <strong>{title}</strong>
            <span className="secondary">{purpose}</span>
          </label>
        ))}
      </fieldset>
      <p className="report-carry secondary">PDF, HTML and JSON carry what they were computed from: they can be verified.</p>
      <label className="report-folder">
        Folder on this machine
        <input
          className="field mono"
          value={folder}
          spellCheck={false}
          placeholder="Interlock’s own reports folder"
          onChange={(event) => setFolder(event.target.value)}
        />
      </label>
      <div className="report-foot">
        <Button tone="primary" shortcut="Ctrl ↵" disabled={!props.canWrite} onClick={props.write}>
          Write {counted(chosen.size, 'format')}
        </Button>
        <RunProgressBar runId={props.writing.runId} title="Writing" />
      </div>
    </Panel>
  );
}

import { type DragEvent, type ReactElement, type RefObject, useState } from 'react';
import type { ReportVerdict } from '../../../main/contract/reporting.ts';
import { instantWords } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { FailureBox } from '../../parts/states.tsx';
import { ReportParts } from './report-parts.tsx';
import type { Verification } from './use-verification.ts';

/** Drop a report here, or choose one: it is computed again from what it carries, and what differs first is named. */
export function VerifyPanel(props: {
  readonly verification: Verification;
  readonly chooser: RefObject<HTMLInputElement | null>;
}): ReactElement {
  const { verification, chooser } = props;
  const { runId, name, verdict, failure, verifyFile } = verification;
  const [isOver, setIsOver] = useState(false);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    void verifyFile(event.dataTransfer.files[0]);
  };
  return (
    <Panel title="Verify a report" caption={name ?? 'computed again from what it carries'} className="report-verify">
      <section
        className={isOver ? 'report-drop report-drop-over' : 'report-drop'}
        aria-label="Drop a report to verify"
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
      >
        <span className="secondary">Drop a report (PDF, HTML or JSON), or</span>
        <input
          ref={chooser}
          type="file"
          accept=".pdf,.html,.json"
          className="visually-hidden"
          tabIndex={-1}
          aria-label="Report to verify"
          onChange={(event) => {
            void verifyFile(event.target.files?.[0]);
            // The same file may be chosen again after it was changed.
            event.target.value = '';
          }}
        />
        <Button disabled={runId !== null} shortcut="V" onClick={() => chooser.current?.click()}>
          Choose a file
        </Button>
      </section>
      <RunProgressBar runId={runId} title="Verifying" />
      {failure !== null && <FailureBox failure={failure} />}
      {verdict !== null && <Verdict verdict={verdict} />}
    </Panel>
  );
}

function Verdict({ verdict }: { readonly verdict: ReportVerdict }): ReactElement {
  const { isReproduced, statement, difference, bookName, asOf, engineVersion, seed, recordDigest, parts, isOpenBook } = verdict;
  return (
    <div className="report-verdict" role="status">
      <p className={isReproduced ? 'report-verdict-word state-safe' : 'report-verdict-word state-danger'}>
        <span aria-hidden="true">{isReproduced ? '● ' : '◆ '}</span>
        {isReproduced ? 'Reproduced' : 'Differs'}
      </p>
      {difference === null ? (
        <p>{statement}</p>
      ) : (
        <dl>
          <dt>First difference</dt>
          <dd className="mono">{difference.where}</dd>
          <dt>In the file</dt>
          <dd className="mono">{difference.inFile}</dd>
          <dt>Computed again</dt>
          <dd className="mono">{difference.recomputed}</dd>
        </dl>
      )}
      <dl>
        <dt>Book</dt>
        <dd>
          {bookName}, {instantWords(asOf)}
          {isOpenBook !== null && (isOpenBook ? '; the book that is open' : '; not the open book as it is now')}
        </dd>
        <dt>Computed with</dt>
        <dd>
          engine {engineVersion}, seed {seed}
        </dd>
        <dt>Record</dt>
        <dd className="mono report-digest" title={recordDigest}>
          {recordDigest}
        </dd>
      </dl>
      <ReportParts parts={parts} />
    </div>
  );
}

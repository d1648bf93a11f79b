import './importing.css';
import { type ReactElement, useMemo } from 'react';
import { type Command, useCommands } from '../../app/commands.ts';
import { goTo } from '../../app/navigation.ts';
import { useBookInfo } from '../../client/queries.ts';
import { count } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { RunProgressBar } from '../../parts/progress.tsx';
import { EmptyState, FailureBox } from '../../parts/states.tsx';
import { ChooseFile } from './choose-file.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportQuestions } from './import-questions.tsx';
import { ImportRows } from './import-rows.tsx';
import { ImportSteps } from './import-steps.tsx';
import { RejectedRows } from './rejected-rows.tsx';
import { useImport } from './use-import.ts';

/** Reads a file, shows what it would do to the book, asks what it leaves open, and writes it as one step. */
export function ImportingView(): ReactElement {
  const importing = useImport();
  const book = useBookInfo();
  const { preview, failure, written, runId } = importing;
  const rows = preview === null ? 0 : preview.counts.new + preview.counts.changed;
  const canWrite = preview?.canCommit === true && rows > 0 && runId === null && written === null;
  const { write } = importing;
  useCommands(
    useMemo(
      (): readonly Command[] => [
        { id: 'import.write', title: 'Write the previewed rows', group: 'Import', key: 'Ctrl+Enter', when: () => canWrite, run: write },
      ],
      [canWrite, write],
    ),
  );
  if (book.value === null)
    return (
      <EmptyState title="An import needs a book" actions={[{ title: 'Back to the start', run: () => goTo('overview') }]}>
        Open or make a book first; the rows are written into it.
      </EmptyState>
    );
  return (
    <div className={preview === null ? 'importing importing-start' : 'importing'}>
      <ImportSteps importing={importing} />
      {preview === null ? (
        <div className="importing-choose">
          {failure !== null && <FailureBox failure={failure} />}
          <ChooseFile importing={importing} />
        </div>
      ) : (
        <>
          <ImportOutcome preview={preview} />
          <ImportQuestions importing={importing} preview={preview} />
          <ImportRows preview={preview} />
          <RejectedRows preview={preview} />
          <footer className="importing-foot">
            <Button onClick={importing.restart}>Another file</Button>
            <RunProgressBar runId={runId} title={written === null && !preview.canCommit ? 'Reading' : 'Working'} />
            <span className="importing-note">{footNote(importing)}</span>
            {written === null ? (
              <Button tone="primary" shortcut="Ctrl ↵" disabled={!canWrite} onClick={write}>
                Write {count(rows)} {rows === 1 ? 'row' : 'rows'}
              </Button>
            ) : (
              <Button tone="primary" shortcut="2" onClick={() => goTo('book')}>
                Show the book
              </Button>
            )}
          </footer>
        </>
      )}
    </div>
  );
}

function footNote({ preview, written, questions, answers }: ReturnType<typeof useImport>): string {
  if (written !== null) return written.summary;
  if (preview === null) return '';
  const open = questions.filter((question) => answers[question.id] === undefined).length;
  if (open > 0)
    return open === 1
      ? 'One question is open; nothing can be written before it is answered'
      : `${open} questions are open; nothing can be written before they are answered`;
  if (!preview.canCommit) return 'The file as a whole cannot be written; see what is wrong with it above';
  return preview.counts.rejected > 0 ? `${count(preview.counts.rejected)} rejected rows are left out` : 'Every row can be written';
}

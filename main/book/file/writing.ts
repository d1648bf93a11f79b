import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { createTrust } from '../journal/digest.ts';
import { applyEdits } from '../journal/edit.ts';
import { createImportWriter } from '../journal/import-writer.ts';
import { beginStep } from '../journal/step.ts';
import type { OpenStep, StepContext } from '../journal/step.ts';
import { redoStep, undoStep } from '../journal/undo.ts';
import { metaNoun } from '../meta.ts';
import type { MetaEntry } from '../meta.ts';
import { putChanges } from '../noun.ts';
import type { ImportWriter, JournalStep, OpenBook } from '../open-book.ts';
import { writeRun } from '../run.ts';
import { readScenarioSet } from '../scenario-set.ts';
import { readSnapshotHeads, snapshotNoun } from '../snapshot.ts';
import { connect } from './connection.ts';
import { guarded } from './sqlite-failure.ts';

/** An open file before it is dressed as a book. `filePath` differs from `path` for a read-only copy, which `discard` removes. */
export type BookFile = StepContext & { readonly isReadOnly: boolean; readonly filePath: string; readonly discard: () => void };

type Writing = Pick<
  OpenBook,
  'edit' | 'putSnapshot' | 'activateSnapshot' | 'activateScenarioSet' | 'undo' | 'redo' | 'beginImport' | 'putRun'
>;

/** The writing methods. While an import is under way nothing else is written, since SQLite has one writer at a time. */
export function createWriting(file: BookFile): Writing {
  const { reader, path } = file;
  let isImporting = false;
  const allowed = (): Result<void> => (isImporting ? importing(path) : writable(file));
  const step = (label: string, work: (open: OpenStep) => Result<void>): Result<JournalStep> => {
    const may = allowed();
    return may.ok ? inStep(file, label, work) : may;
  };
  const turned = (turn: (context: StepContext) => Result<JournalStep>) => (): Result<JournalStep> => {
    const may = allowed();
    return may.ok ? turn(file) : may;
  };
  return {
    edit: (label, edits) => step(label, (open) => applyEdits(reader, open, edits)),
    undo: turned(undoStep),
    redo: turned(redoStep),
    putSnapshot: (snapshot) =>
      step(`Import snapshot ${snapshot.name}`, (open) => {
        const rows = putChanges(snapshotNoun, [snapshot]);
        const stored = rows.ok ? open.apply(rows.value) : rows;
        return stored.ok ? setMeta(open, { id: 'activeSnapshotId', value: snapshot.id }) : stored;
      }),
    activateSnapshot: (id) => {
      const head = readSnapshotHeads(reader).find((candidate) => candidate.id === id);
      if (!head) return fail('notFound', `snapshot ${id}: not in this book`, { remedy: 'Choose one of the snapshots listed.' });
      const done = step(`Use snapshot ${head.name}`, (open) => setMeta(open, { id: 'activeSnapshotId', value: id }));
      return done.ok ? succeed({ ...head, isActive: true }) : done;
    },
    activateScenarioSet: (id) => {
      const found = readScenarioSet(reader, id);
      if (!found.ok) return found;
      const done = step(`Use scenario set ${found.value.name}`, (open) => setMeta(open, { id: 'activeScenarioSetId', value: id }));
      return done.ok ? found : done;
    },
    beginImport: (label) => {
      const may = allowed();
      if (!may.ok) return may;
      const begun = beginImport(file, label, () => {
        isImporting = false;
      });
      isImporting = begun.ok;
      return begun;
    },
    putRun: (run) => {
      const may = allowed();
      return may.ok ? guarded(`book ${path}: cannot save run ${run.id}`, () => writeRun(reader, run)) : may;
    },
  };
}

function writable({ path, isReadOnly }: BookFile): Result<void> {
  if (!isReadOnly) return succeed(undefined);
  return fail('storage', `book ${path}: it cannot be written where it is and was opened as a read-only copy`, {
    remedy: 'Save a backup of it in a folder of your own and open that.',
  });
}

function importing(path: string): Result<never> {
  return fail('busy', `book ${path}: an import is being written`, { remedy: 'Wait until it has finished, or cancel it.' });
}

function inStep(file: BookFile, label: string, work: (open: OpenStep) => Result<void>): Result<JournalStep> {
  const begun = beginStep(file, label);
  if (!begun.ok) return begun;
  const worked = guarded(`book ${file.path}: cannot save "${label}"`, () => work(begun.value));
  if (worked.ok) return begun.value.finish();
  begun.value.abandon();
  return worked;
}

function setMeta(open: OpenStep, entry: MetaEntry): Result<void> {
  const changes = putChanges(metaNoun, [entry]);
  return changes.ok ? open.apply(changes.value) : changes;
}

/** Opens an import on a connection of its own, so that readers of the book go on seeing it as it was. */
function beginImport(file: BookFile, label: string, onEnd: () => void): Result<ImportWriter> {
  const connected = guarded(`book ${file.path}: cannot import`, () => connect(file.filePath));
  if (!connected.ok) return connected;
  const reader = connected.value;
  const begun = beginStep({ ...file, reader, trust: createTrust(reader, file.path) }, label);
  if (!begun.ok) {
    reader.database.close();
    return begun;
  }
  const end = (): void => {
    reader.database.close();
    onEnd();
  };
  return succeed(createImportWriter(begun.value, end));
}

import { bookDigest, storedDigests } from '../journal/digest.ts';
import { nextRedo, nextUndo } from '../journal/undo.ts';
import { readMeta } from '../meta.ts';
import type { BookState, OpenBook } from '../open-book.ts';
import { backUp } from './backup.ts';
import { schemaVersion } from './migrate.ts';
import { createReading } from './reading.ts';
import { verifyFile } from './verify.ts';
import { createWriting } from './writing.ts';
import type { BookFile } from './writing.ts';

/** The methods of an open book over its connection. */
export function assembleBook(file: BookFile): OpenBook {
  const { reader, path, isReadOnly } = file;
  return {
    path,
    isReadOnly,
    info: () => readState(file),
    digest: () => bookDigest(storedDigests(reader)),
    ...createReading(file),
    ...createWriting(file),
    verify: () => verifyFile(file.filePath, path),
    backup: (target) => backUp(reader, path, target),
    close: () => {
      reader.database.close();
      file.discard();
    },
  };
}

function readState({ reader, path, isReadOnly }: BookFile): BookState {
  const read = (): BookState => {
    const digests = storedDigests(reader);
    const meta = readMeta(reader);
    const undo = nextUndo(reader);
    const redo = nextRedo(reader);
    return {
      path,
      name: meta.name,
      schemaVersion,
      digest: bookDigest(digests),
      counts: Object.fromEntries(countedNouns.map(([noun, table]) => [noun, digests.get(table)?.rows ?? 0])),
      canUndo: undo !== null && !isReadOnly,
      canRedo: redo !== null && !isReadOnly,
      undoLabel: undo?.label ?? null,
      redoLabel: redo?.label ?? null,
      isReadOnly,
      activeSnapshotId: meta.activeSnapshotId,
      activeScenarioSetId: meta.activeScenarioSetId,
    };
  };
  return reader.database.transaction(read).deferred();
}

const countedNouns: readonly (readonly [string, string])[] = [
  ['venue', 'venue'],
  ['asset', 'asset'],
  ['account', 'account'],
  ['instrument', 'instrument'],
  ['position', 'position'],
  ['pledge', 'pledge'],
  ['note', 'note'],
  ['scenarioSet', 'scenario_set'],
  ['snapshot', 'snapshot'],
];

import type { BookContents } from '../../domain/book.ts';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { readContents, valuationTables } from '../contents.ts';
import { bookDigest, storedDigests } from '../journal/digest.ts';
import type { StepContext } from '../journal/step.ts';
import { readPledgeLog } from '../journal/pledge-log.ts';
import { readJournal } from '../journal/undo.ts';
import { readMeta } from '../meta.ts';
import { readNotes } from '../note.ts';
import type { OpenBook } from '../open-book.ts';
import { readPosition, readPositionsById } from '../position.ts';
import { readRun, readRuns } from '../run.ts';
import { readScenarioSet, readScenarioSets } from '../scenario-set.ts';
import { readSnapshot, readSnapshotHeads, snapshotNoun } from '../snapshot.ts';
import { readTickets, ticketNoun } from '../ticket.ts';
import { guarded } from './sqlite-failure.ts';

type Reading = Pick<
  OpenBook,
  | 'contents'
  | 'notes'
  | 'tickets'
  | 'scenarioSets'
  | 'scenarioSet'
  | 'snapshots'
  | 'snapshot'
  | 'position'
  | 'hasPositionIds'
  | 'journal'
  | 'pledgeLog'
  | 'run'
  | 'runs'
>;

/** The reading methods; what was parsed last is kept and given again while its digest is the same. */
export function createReading({ reader, trust, path }: StepContext): Reading {
  const looked = <T>(work: () => Result<T>): Result<T> =>
    guarded(`book ${path}: cannot read it`, () => reader.database.transaction(work).deferred());
  let lastContents: { readonly digest: string; readonly value: BookContents } | null = null;
  let lastSnapshot: { readonly digest: string | undefined; readonly value: Snapshot } | null = null;

  const contents = (): Result<BookContents> =>
    looked(() => {
      const digest = bookDigest(storedDigests(reader));
      if (lastContents?.digest === digest) return succeed(lastContents.value);
      const isSound = trust.check(valuationTables);
      if (!isSound.ok) return isSound;
      const read = readContents(reader);
      if (read.ok) lastContents = { digest, value: read.value };
      return read;
    });
  const snapshot = (id?: string): Result<Snapshot> =>
    looked(() => {
      const digest = storedDigests(reader).get('snapshot')?.sha256;
      const wanted = id ?? readMeta(reader).activeSnapshotId;
      if (lastSnapshot && lastSnapshot.digest === digest && lastSnapshot.value.id === wanted) return succeed(lastSnapshot.value);
      const isSound = trust.check(snapshotNoun.tables);
      if (!isSound.ok) return isSound;
      const read = readSnapshot(reader, id);
      if (read.ok) lastSnapshot = { digest, value: read.value };
      return read;
    });
  return {
    contents,
    snapshot,
    snapshots: () => readSnapshotHeads(reader),
    notes: () => looked(() => readNotes(reader)),
    tickets: () =>
      looked(() => {
        const isSound = trust.check(ticketNoun.tables);
        return isSound.ok ? readTickets(reader) : isSound;
      }),
    scenarioSets: () => looked(() => readScenarioSets(reader)),
    scenarioSet: (id) => looked(() => readScenarioSet(reader, id)),
    position: (id) => looked(() => readPosition(reader, id)),
    hasPositionIds: (ids) => readPositionsById(reader, ids),
    journal: (limit) => readJournal(reader, limit),
    pledgeLog: () => reader.database.transaction(() => readPledgeLog(reader)).deferred(),
    run: (id) => looked(() => readRun(reader, id)),
    runs: (limit) => readRuns(reader, limit),
  };
}

import Database from 'better-sqlite3';
import { succeed } from '../../domain/failure.ts';
import type { Failure, Result } from '../../domain/failure.ts';
import type { Instant } from '../../domain/time.ts';
import type { BookReader, BookWriter } from '../file/connection.ts';
import { guarded } from '../file/sqlite-failure.ts';
import type { JournalStep } from '../open-book.ts';
import { bookDigest, storeDigests, storedDigests } from './digest.ts';
import type { Trust } from './digest.ts';
import { danglingReference } from './references.ts';
import { writeChange } from './table.ts';
import type { Table, TableChange } from './table.ts';

/** Steps that can be undone; older ones are forgotten. */
export const stepsKept = 200;

/** What a step needs to know of the book it changes. */
export type StepContext = { readonly reader: BookReader; readonly trust: Trust; readonly path: string; readonly now: () => Instant };

/** A step under way, in a transaction that nobody else sees. After a failure it is rolled back and stays failed. */
export type OpenStep = {
  readonly apply: (changes: readonly TableChange[]) => Result<void>;
  readonly finish: () => Result<JournalStep>;
  readonly abandon: () => void;
};

/** Begins a step: waits for other writers, forgets what was undone, and opens the journal entry. */
export function beginStep(context: StepContext, label: string): Result<OpenStep> {
  const { reader, now, path } = context;
  const doing = `book ${path}: cannot save "${label}"`;
  const at = now();
  const begun = guarded(doing, () => {
    reader.database.exec('BEGIN IMMEDIATE');
    reader.prepare('DELETE FROM journal_step WHERE is_undone = 1').run();
    const step = reader.prepare('SELECT coalesce(max(step), 0) + 1 FROM journal_step').pluck().get() as number;
    const digest = bookDigest(storedDigests(reader));
    reader
      .prepare(
        `INSERT INTO journal_step (step, label, at, row_count, is_undone, digest_before, digest_after) VALUES (?, ?, ?, 0, 0, ?, '')`,
      )
      .run(step, label, at, digest);
    return succeed(step);
  });
  if (!begun.ok) {
    rollBack(reader);
    return begun;
  }
  return succeed(openStep(context, { step: begun.value, label, at, doing }));
}

type Opening = { readonly step: number; readonly label: string; readonly at: Instant; readonly doing: string };

function openStep({ reader, trust }: StepContext, { step, label, at, doing }: Opening): OpenStep {
  const touched = new Set<Table>();
  let sequence = 0;
  let rowCount = 0;
  let failed: Failure | null = null;
  const nextSequence = (): number => sequence++;
  const writer: BookWriter = { ...reader, step, nextSequence };

  const attempt = <T>(work: () => Result<T>): Result<T> => {
    if (failed) return { ok: false, failure: failed };
    const result = guarded(doing, work);
    if (!result.ok) {
      failed = result.failure;
      rollBack(reader);
    }
    return result;
  };

  const apply = (changes: readonly TableChange[]): Result<void> =>
    attempt(() => {
      const isSound = trust.check(changes.map((change) => change.table).filter((table) => !touched.has(table)));
      if (!isSound.ok) return isSound;
      for (const change of changes) {
        touched.add(change.table);
        writeChange(writer, change);
        if (change.table.hasOneRowPerKey) rowCount += change.rowsByKey.size;
      }
      return succeed(undefined);
    });

  const finish = (): Result<JournalStep> =>
    attempt(() => {
      storeDigests(reader, touched);
      const digest = bookDigest(storedDigests(reader));
      reader.prepare('UPDATE journal_step SET row_count = ?, digest_after = ? WHERE step = ?').run(rowCount, digest, step);
      reader.prepare('DELETE FROM journal_step WHERE step <= ?').run(step - stepsKept);
      const committed = commit(reader);
      return committed.ok ? succeed({ step, label, at, rows: rowCount, isUndone: false }) : committed;
    });

  return { apply, finish, abandon: () => rollBack(reader) };
}

/** Commits; a reference that leads nowhere is named and leaves the transaction open for the caller to roll back. */
export function commit(reader: BookReader): Result<void> {
  try {
    reader.database.exec('COMMIT');
    return succeed(undefined);
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return danglingReference(reader);
    throw error;
  }
}

/** Ends the transaction under way, if any, without keeping anything of it. */
export function rollBack(reader: BookReader): void {
  if (reader.database.open && reader.database.inTransaction) reader.database.exec('ROLLBACK');
}

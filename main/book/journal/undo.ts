import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { contentTable } from '../contents.ts';
import type { BookReader } from '../file/connection.ts';
import { guarded } from '../file/sqlite-failure.ts';
import type { JournalStep } from '../open-book.ts';
import { bookDigest, storeDigests, storedDigests } from './digest.ts';
import { commit, rollBack } from './step.ts';
import type { StepContext } from './step.ts';
import { deleteKeys, imageSql, insertImage } from './table.ts';
import type { Table } from './table.ts';

type StepRow = Omit<JournalStep, 'isUndone'> & {
  readonly isUndone: 0 | 1;
  readonly digestBefore: string;
  readonly digestAfter: string;
};

const stepColumns = `step, label, at, row_count AS rows, is_undone AS isUndone, digest_before AS digestBefore, digest_after AS digestAfter`;

/** The step that undo would take back, or null. */
export function nextUndo(reader: BookReader): StepRow | null {
  return stepWhere(reader, 'is_undone = 0 ORDER BY step DESC');
}

/** The step that redo would bring back, or null. */
export function nextRedo(reader: BookReader): StepRow | null {
  return stepWhere(reader, 'is_undone = 1 ORDER BY step ASC');
}

/** The newest steps first. */
export function readJournal(reader: BookReader, limit: number): JournalStep[] {
  const rows = reader.prepare(`SELECT ${stepColumns} FROM journal_step ORDER BY step DESC LIMIT ?`).all(limit) as StepRow[];
  return rows.map(plainStep);
}

/** Takes back the newest step that is not undone. */
export function undoStep(context: StepContext): Result<JournalStep> {
  return turn(context, 'undo');
}

/** Brings back the oldest undone step. */
export function redoStep(context: StepContext): Result<JournalStep> {
  return turn(context, 'redo');
}

/**
 * An image holds the rows of its keys on the other side of the step: before it while it is done, after it while it is
 * undone. Turning a step swaps each image with the rows, the last first on the way back, so that a step of any size needs
 * the memory of one image. The result must have the digest the book had on that side.
 */
function turn(context: StepContext, direction: 'undo' | 'redo'): Result<JournalStep> {
  const { reader, path } = context;
  const result = guarded(`book ${path}: cannot ${direction}`, () => {
    reader.database.exec('BEGIN IMMEDIATE');
    const step = direction === 'undo' ? nextUndo(reader) : nextRedo(reader);
    if (!step) return fail('notFound', `book ${path}: there is no step to ${direction}`);
    const swapped = swapImages(context, step.step, direction === 'undo' ? 'DESC' : 'ASC');
    if (!swapped.ok) return swapped;
    const expected = direction === 'undo' ? step.digestBefore : step.digestAfter;
    if (bookDigest(storedDigests(reader)) !== expected) {
      return fail('damaged', `book ${path}: the journal of step ${step.step} "${step.label}" is damaged, cannot ${direction} it`, {
        remedy: 'Nothing was changed. Verify the book, or open its newest backup.',
      });
    }
    const isUndone = direction === 'undo';
    reader.prepare('UPDATE journal_step SET is_undone = ? WHERE step = ?').run(isUndone ? 1 : 0, step.step);
    const committed = commit(reader);
    return committed.ok ? succeed({ ...plainStep(step), isUndone }) : committed;
  });
  if (!result.ok) rollBack(reader);
  return result;
}

function swapImages({ reader, trust, path }: StepContext, step: number, order: 'ASC' | 'DESC'): Result<void> {
  const nouns = reader.prepare('SELECT DISTINCT noun FROM journal_image WHERE step = ?').pluck().all(step) as string[];
  const tables = new Map<string, Table>();
  for (const noun of nouns) {
    const table = contentTable(noun);
    if (!table) return fail('damaged', `book ${path}: step ${step} of the journal speaks of "${noun}", which is no noun of a book`);
    tables.set(noun, table);
  }
  const isSound = trust.check(tables.values());
  if (!isSound.ok) return isSound;
  const sequences = reader
    .prepare(`SELECT sequence FROM journal_image WHERE step = ? ORDER BY sequence ${order}`)
    .pluck()
    .all(step) as number[];
  const read = reader.prepare('SELECT noun, keys, images FROM journal_image WHERE step = ? AND sequence = ?');
  for (const sequence of sequences) {
    const image = read.get(step, sequence) as { noun: string; keys: string; images: string };
    const table = tables.get(image.noun);
    if (!table) continue;
    reader
      .prepare(`UPDATE journal_image SET images = (${imageSql(table)}) WHERE step = ? AND sequence = ?`)
      .run(image.keys, step, sequence);
    deleteKeys(reader, table, image.keys);
    insertImage(reader, table, image.images);
  }
  storeDigests(reader, tables.values());
  return succeed(undefined);
}

function stepWhere(reader: BookReader, clause: string): StepRow | null {
  const row = reader.prepare(`SELECT ${stepColumns} FROM journal_step WHERE ${clause} LIMIT 1`).get() as StepRow | undefined;
  return row ?? null;
}

function plainStep({ step, label, at, rows, isUndone }: StepRow): JournalStep {
  return { step, label, at, rows, isUndone: isUndone === 1 };
}

import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { contentTables } from '../contents.ts';
import { bookDigest, hashTable, storedDigests } from '../journal/digest.ts';
import type { Backup } from '../open-book.ts';
import { readerOf } from './connection.ts';
import type { BookReader } from './connection.ts';
import { checkNewFile } from './new-file.ts';
import { storageFailure } from './sqlite-failure.ts';

/**
 * Copies a book while it is in use, reads the copy back, and only then gives it its name. An existing file is never
 * overwritten, whatever it is: a backup that replaces the last good one is the one that fails.
 */
export async function backUp(reader: BookReader, path: string, target: string): Promise<Result<Backup>> {
  const free = checkNewFile('backup', target);
  if (!free.ok) return free;
  const partial = `${target}.partial-${process.pid}`;
  const doing = `book ${path}: cannot back up to ${target}`;
  try {
    await reader.database.backup(partial);
    const digest = settle(partial);
    if (digest === null)
      return fail('damaged', `${doing}: the copy does not agree with its digest`, { remedy: 'Verify the book, then try another disk.' });
    const stillFree = checkNewFile('backup', target);
    if (!stillFree.ok) return stillFree;
    renameSync(partial, target);
    return succeed({ path: target, bytes: statSync(target).size, digest });
  } catch (error) {
    return storageFailure(doing, error);
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${partial}${suffix}`, { force: true });
  }
}

/** Makes the copy one self-contained file and returns its digest, or null when its rows do not agree with it. */
function settle(partial: string): string | null {
  const database = new Database(partial);
  try {
    database.pragma('trusted_schema = 0');
    database.pragma('synchronous = FULL');
    database.pragma('journal_mode = DELETE');
    const copy = readerOf(database);
    const stored = storedDigests(copy);
    if (contentTables.some((table) => hashTable(copy, table).sha256 !== stored.get(table.name)?.sha256)) return null;
    return bookDigest(stored);
  } finally {
    database.close();
    const descriptor = openSync(partial, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}

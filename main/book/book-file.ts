import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { Instant } from '../domain/time.ts';
import { connect } from './file/connection.ts';
import type { BookReader } from './file/connection.ts';
import { emptySeed, writeBookFile } from './file/create.ts';
import type { BookSeed } from './file/create.ts';
import { inspectFile } from './file/inspect.ts';
import { migrate, schemaVersion } from './file/migrate.ts';
import { checkSchema } from './file/schema.ts';
import { guarded } from './file/sqlite-failure.ts';
import { createTrust } from './journal/digest.ts';
import { assembleBook } from './file/assemble-book.ts';
import type { OpenBook } from './open-book.ts';

/** How to open a book. `access` 'read' opens a copy that cannot be changed; by default that is done only where the file or its folder cannot be written. */
export type OpenOptions = { readonly access?: 'read' | 'write'; readonly now?: () => Instant };

/** Opens a book file, bringing an older layout up to date. A file that is not a sound book is refused without changing a byte. */
export function openBook(path: string, options: OpenOptions = {}): Result<OpenBook> {
  return guarded(`book ${path}: cannot open it`, () => {
    const header = inspectFile(path);
    if (!header.ok) return header;
    const isReadOnly = options.access ? options.access === 'read' : !canWrite(path);
    const file = isReadOnly ? copyOf(path) : { filePath: path, discard: () => undefined };
    const looked = isReadOnly || header.value.needsReadOnlyLook ? lookReadOnly(file.filePath, path) : succeed(undefined);
    const connected = looked.ok ? connectSound(file.filePath, path) : looked;
    if (!connected.ok) {
      file.discard();
      return connected;
    }
    const reader = connected.value;
    if (isReadOnly) reader.database.pragma('query_only = 1');
    const now = options.now ?? ((): Instant => new Date().toISOString());
    return succeed(assembleBook({ reader, trust: createTrust(reader, path), path, now, isReadOnly, ...file }));
  });
}

/** Creates a book with the given content, or an empty one, and opens it. An existing file is never replaced. */
export function createBook(path: string, nameOrSeed: string | BookSeed, options: OpenOptions = {}): Result<OpenBook> {
  const written = writeBookFile(path, typeof nameOrSeed === 'string' ? emptySeed(nameOrSeed) : nameOrSeed);
  return written.ok ? openBook(path, options) : written;
}

/**
 * Checks the tables before anything that could write: a book left by a crash carries a log that closing would fold in, and
 * a backup is not in the mode of a book in use.
 */
function lookReadOnly(filePath: string, path: string): Result<void> {
  const database = new Database(filePath, { readonly: true, fileMustExist: true });
  try {
    database.pragma('trusted_schema = 0');
    return checkSchema(database, path);
  } finally {
    database.close();
  }
}

function connectSound(filePath: string, path: string): Result<BookReader> {
  const connected = connect(filePath);
  if (!connected.ok) return connected;
  const { database } = connected.value;
  try {
    const checked = checkSchema(database, path);
    if (checked.ok) {
      if (database.pragma('user_version', { simple: true }) !== schemaVersion) migrate(database);
      return connected;
    }
    database.close();
    return checked;
  } catch (error) {
    database.close();
    throw error;
  }
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A copy in the temporary folder: SQLite cannot open a book in use mode where it may not write beside it. */
function copyOf(path: string): { readonly filePath: string; readonly discard: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-read-'));
  const filePath = join(folder, basename(path));
  copyFileSync(path, filePath);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${filePath}-wal`);
  return { filePath, discard: () => rmSync(folder, { recursive: true, force: true }) };
}

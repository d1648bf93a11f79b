import Database from 'better-sqlite3';
import type { Statement } from 'better-sqlite3';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';

/** SQLite's mark of a file that is ours: the letters 'ILBK'. */
export const applicationId = 0x494c424b;

/** How long a statement waits for another writer before it gives up, milliseconds. */
export const busyTimeoutMs = 5000;

/** A connection from which nouns can be read. */
export type BookReader = {
  readonly database: Database.Database;
  /** Prepares a statement once per connection. */
  readonly prepare: (sql: string) => Statement;
};

/** A connection inside a journal step; only it is given to functions that write. */
export type BookWriter = BookReader & {
  readonly step: number;
  /** Number of the next image of this step, counted up by each write. */
  readonly nextSequence: () => number;
};

/** What every connection must report before it is used, by pragma. */
export const requiredPragmas: Readonly<Record<string, string | number>> = {
  application_id: applicationId,
  journal_mode: 'wal',
  // better-sqlite3 is compiled with DEFAULT_WAL_SYNCHRONOUS=1, under which a power cut can lose a reported commit.
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: busyTimeoutMs,
  trusted_schema: 0,
  cell_size_check: 1,
};

/**
 * Opens one connection with the settings every connection of a book must have and reads them back. Throws SQLite's errors;
 * fails with 'internal' when a setting did not take.
 */
export function connect(path: string): Result<BookReader> {
  const database = new Database(path, { fileMustExist: true, timeout: busyTimeoutMs });
  try {
    database.pragma('trusted_schema = 0');
    database.pragma('cell_size_check = 1');
    database.pragma('foreign_keys = 1');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
  } catch (error) {
    database.close();
    throw error;
  }
  for (const [name, expected] of Object.entries(requiredPragmas)) {
    const actual = database.pragma(name, { simple: true });
    if (actual !== expected) {
      database.close();
      return fail('internal', `book ${path}: pragma ${name} is ${String(actual)}, not ${expected}`);
    }
  }
  return succeed(readerOf(database));
}

/** A reader over a connection, with its own store of prepared statements. */
export function readerOf(database: Database.Database): BookReader {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return { database, prepare };
}

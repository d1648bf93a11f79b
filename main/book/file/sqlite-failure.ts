import Database from 'better-sqlite3';
import { fail } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';

/**
 * Runs a piece of work on a book file and turns what SQLite or the file system refuses into a named failure. `doing` starts
 * the message: 'book desk.interlock: cannot save "Add pledge"'. An error of any other origin is a bug and passes through.
 */
export function guarded<T>(doing: string, work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    return storageFailure(doing, error);
  }
}

/** The failure for an error thrown by SQLite or the file system; throws any other error again. */
export function storageFailure(doing: string, error: unknown): Result<never> {
  if (error instanceof Database.SqliteError) return sqliteFailure(doing, error);
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    return fail('storage', `${doing}: ${error.message}`, { remedy: 'Check that the folder exists, has space and may be written.' });
  }
  throw error;
}

function sqliteFailure(doing: string, error: InstanceType<typeof Database.SqliteError>): Result<never> {
  const code = error.code;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return fail('busy', `${doing}: another program or window is writing to it`, {
      remedy: 'Close the other window or wait until its import has finished, then try again.',
    });
  }
  if (code === 'SQLITE_FULL') {
    return fail('storage', `${doing}: the disk is full`, { remedy: 'Free some space and try again; nothing of this step was kept.' });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return fail('damaged', `${doing}: the file is damaged (${error.message})`, { remedy: 'Open the newest backup of this book.' });
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_IOERR') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'SQLITE_PERM'
  ) {
    return fail('storage', `${doing}: the file cannot be read or written (${error.message})`, {
      remedy: 'Check the disk and the rights on the file and its folder.',
    });
  }
  if (
    code.startsWith('SQLITE_CONSTRAINT_CHECK') ||
    code === 'SQLITE_CONSTRAINT_DATATYPE' ||
    code === 'SQLITE_CONSTRAINT_NOTNULL' ||
    code === 'SQLITE_TOOBIG'
  ) {
    return fail('invalidValue', `${doing}: ${error.message}`, { remedy: 'Correct the value and try again.' });
  }
  throw error;
}

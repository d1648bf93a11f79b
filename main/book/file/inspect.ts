import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { applicationId } from './connection.ts';
import { schemaVersion } from './migrate.ts';

/** What the first bytes of a book file say; `needsReadOnlyLook` = opening it for writing would change it before it is checked. */
export type FileHeader = { readonly version: number; readonly needsReadOnlyLook: boolean };

const headerLength = 100;
const magic = 'SQLite format 3\u0000';

/**
 * Reads the header of a file without SQLite, so that nothing that is not a book is touched.
 * Offsets: the SQLite file format, section 1.3 (sqlite.org/fileformat2.html).
 */
export function inspectFile(path: string): Result<FileHeader> {
  if (!existsSync(path))
    return fail('notFound', `book ${path}: there is no such file`, { remedy: 'Check the path, or create a new book.' });
  if (!statSync(path).isFile()) return fail('invalidFile', `book ${path}: it is not a file`, { remedy: 'Choose a book file.' });
  const { header, size } = readHeader(path);
  if (size === 0) return notABook(path, 'the file is empty');
  if (size < headerLength || header.toString('latin1', 0, 16) !== magic) return notABook(path, 'it is not an Interlock book');
  const foundId = header.readUInt32BE(68);
  if (foundId !== applicationId) {
    return fail('foreignFile', `book ${path}: it is a SQLite file of another program (application id ${foundId})`, {
      remedy: 'Choose a file made by Interlock; it was left untouched.',
    });
  }
  const version = header.readUInt32BE(60);
  if (version > schemaVersion) {
    return fail('newerSchema', `book ${path}: it has layout ${version}, this Interlock knows up to ${schemaVersion}`, {
      remedy: 'Open it with a newer Interlock; it was left untouched.',
    });
  }
  if (version === 0)
    return fail('damaged', `book ${path}: its layout number is missing`, { remedy: 'Open the newest backup of this book.' });
  const hasTail = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
  const truncation = hasTail ? null : truncationOf(header, size);
  if (truncation !== null) {
    return fail('invalidFile', `book ${path}: the file is truncated (${truncation})`, {
      remedy: 'Copy it again in full, or open its newest backup.',
    });
  }
  const isWal = header.readUInt8(18) === 2;
  return succeed({ version, needsReadOnlyLook: hasTail || !isWal });
}

function readHeader(path: string): { readonly header: Buffer; readonly size: number } {
  const descriptor = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerLength);
    readSync(descriptor, header, 0, headerLength, 0);
    return { header, size: fstatSync(descriptor).size };
  } finally {
    closeSync(descriptor);
  }
}

function notABook(path: string, what: string): Result<never> {
  return fail('invalidFile', `book ${path}: ${what}`, { remedy: 'Choose a file made by Interlock; it was left untouched.' });
}

function truncationOf(header: Buffer, size: number): string | null {
  const declared = header.readUInt16BE(16);
  const pageSize = declared === 1 ? 65_536 : declared;
  const pages = header.readUInt32BE(28);
  // The page count is valid only where the change counter equals the counter it was written for.
  const isPageCountValid = header.readUInt32BE(24) === header.readUInt32BE(92);
  if (isPageCountValid && size < pages * pageSize) return `${size} of ${pages * pageSize} bytes`;
  return size % pageSize === 0 ? null : `${size} bytes are not a whole number of pages`;
}

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { NamedFile } from './open-table.ts';
import { reasonOf } from './text-file.ts';

/** A file to read, and what to call when it is no longer needed. */
export type SourceFile = NamedFile & { readonly discard: () => void };

/** Base64 characters decoded at a time; a multiple of four. */
const PIECE_CHARACTERS = 1 << 22;

/** A file on disk as it is, or bytes in base64 written to a temporary file that `discard` removes. */
export function sourceFile(source: { readonly path: string } | { readonly name: string; readonly base64: string }): Result<SourceFile> {
  if ('path' in source) return succeed({ path: source.path, name: basename(source.path), discard: () => undefined });
  const { name, base64 } = source;
  let folder: string | null = null;
  const discard = (): void => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  };
  try {
    folder = mkdtempSync(join(tmpdir(), 'interlock-import-'));
    const path = join(folder, 'source');
    if (writeBase64(path, base64)) return succeed({ path, name: basename(name), discard });
    discard();
    return fail('invalidFile', `${name} was not sent as base64`, { where: { file: name } });
  } catch (cause) {
    discard();
    return fail('storage', `${name} cannot be kept for reading: ${reasonOf(cause)}`, { where: { file: name } });
  }
}

function writeBase64(path: string, base64: string): boolean {
  if (base64.length % 4 !== 0) return false;
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let start = 0; start < base64.length; start += PIECE_CHARACTERS) {
      const piece = base64.slice(start, start + PIECE_CHARACTERS);
      const isLast = start + PIECE_CHARACTERS >= base64.length;
      if (!(isLast ? /^[A-Za-z0-9+/]*={0,2}$/ : /^[A-Za-z0-9+/]*$/).test(piece)) return false;
      writeSync(file, Buffer.from(piece, 'base64'));
    }
    return true;
  } finally {
    closeSync(file);
  }
}

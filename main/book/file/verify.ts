import Database from 'better-sqlite3';
import { contentTables } from '../contents.ts';
import { bookDigest, damageMessage, hashTable, storedDigests } from '../journal/digest.ts';
import type { TableDigest } from '../journal/digest.ts';
import { danglingReferences } from '../journal/references.ts';
import type { Verification } from '../open-book.ts';
import { runProblems } from '../run.ts';
import { connect } from './connection.ts';
import type { BookReader } from './connection.ts';
import { checkSchema } from './schema.ts';

/**
 * Checks a whole book on a connection of its own, so that pages in memory do not hide what the disk holds: SQLite's
 * structure, the tables, references, and the rows against the digests kept at the last step, since SQLite's own check
 * does not see values that changed within a sound page.
 */
export function verifyFile(filePath: string, path: string): Verification {
  const problems: string[] = [];
  const collect = <T>(what: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      problems.push(`book ${path}: cannot check ${what}: ${error.message}`);
      return null;
    }
  };
  const connected = collect('the file', () => connect(filePath));
  if (connected && !connected.ok) problems.push(connected.failure.message);
  if (!connected?.ok) return { isSound: false, problems, digest: '' };
  const reader = connected.value;
  try {
    reader.database.exec('BEGIN');
    collect('its structure', () => problems.push(...structureProblems(reader)));
    const schema = collect('its tables', () => checkSchema(reader.database, path));
    if (schema && !schema.ok) problems.push(schema.failure.message);
    collect('its references', () => problems.push(...danglingReferences(reader, 20)));
    collect('its runs', () => problems.push(...runProblems(reader)));
    const digest = verifyDigests(reader, path, { collect, problems });
    return { isSound: problems.length === 0, problems, digest };
  } finally {
    reader.database.close();
  }
}

type Collect = <T>(what: string, work: () => T) => T | null;

function verifyDigests(
  reader: BookReader,
  path: string,
  { collect, problems }: { readonly collect: Collect; readonly problems: string[] },
): string {
  const stored = collect('its digests', () => storedDigests(reader)) ?? new Map<string, TableDigest>();
  const actual = new Map<string, TableDigest>();
  for (const table of contentTables) {
    const found = collect(`the rows of ${table.name}`, () => hashTable(reader, table));
    if (!found) continue;
    actual.set(table.name, found);
    const kept = stored.get(table.name);
    if (kept?.sha256 !== found.sha256 || kept.rows !== found.rows) problems.push(damageMessage(path, table));
  }
  return bookDigest(actual);
}

function structureProblems(reader: BookReader): string[] {
  const rows = reader.database.pragma('integrity_check') as { integrity_check: string }[];
  return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}

import { createHash } from 'node:crypto';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { contentTables } from '../contents.ts';
import type { BookReader } from '../file/connection.ts';
import type { Table } from './table.ts';

/** SHA-256 of one table's rows, hex, and how many there are. */
export type TableDigest = { readonly sha256: string; readonly rows: number };

/** Text gathered before it is hashed; larger pieces gain nothing. */
const pieceLength = 65_536;

/**
 * SHA-256 over a table's name and its rows in their fixed order, each as a JSON array of its columns and a line feed. It does
 * not depend on the order of insertion, on row numbers or on pages.
 */
export function hashTable(reader: BookReader, table: Table): TableDigest {
  const hash = createHash('sha256');
  const rows = reader.prepare(`SELECT json_array(${table.columns.join(', ')}) FROM ${table.name} ORDER BY ${table.order}`).pluck();
  let count = 0;
  let piece = `${table.name}\n`;
  for (const row of rows.iterate()) {
    count += 1;
    piece += `${String(row)}\n`;
    if (piece.length > pieceLength) {
      hash.update(piece);
      piece = '';
    }
  }
  return { sha256: hash.update(piece).digest('hex'), rows: count };
}

/** The digests kept beside the rows, by table. */
export function storedDigests(reader: BookReader): ReadonlyMap<string, TableDigest> {
  const rows = reader.prepare('SELECT noun, sha256, row_count FROM content_digest').raw().all() as [string, string, number][];
  return new Map(rows.map(([noun, sha256, count]) => [noun, { sha256, rows: count }]));
}

/** The digest of the whole book: SHA-256 over the digests of its tables in their fixed order, hex; what enters no figure is left out. */
export function bookDigest(digests: ReadonlyMap<string, TableDigest>): string {
  const hash = createHash('sha256');
  for (const table of contentTables)
    if (table.isOutsideBookDigest !== true) hash.update(`${table.name} ${digests.get(table.name)?.sha256 ?? ''}\n`);
  return hash.digest('hex');
}

/** Recomputes the digests of the tables and keeps them; to be called in the transaction that changed the rows. */
export function storeDigests(reader: BookReader, tables: Iterable<Table>): void {
  const statement = reader.prepare('INSERT OR REPLACE INTO content_digest (noun, sha256, row_count) VALUES (?, ?, ?)');
  for (const table of tables) {
    const { sha256, rows } = hashTable(reader, table);
    statement.run(table.name, sha256, rows);
  }
}

/**
 * Remembers which tables agreed with their digest since another connection last wrote, so that each is hashed once and not
 * at every look.
 */
export type Trust = { readonly check: (tables: Iterable<Table>) => Result<void> };

/**
 * The trust of one connection. A value that changed on the disk without a step is found before it is shown or built upon:
 * otherwise the next step would hash it as if it had been entered.
 */
export function createTrust(reader: BookReader, path: string): Trust {
  const trusted = new Set<string>();
  let seenVersion: unknown = null;
  const check = (tables: Iterable<Table>): Result<void> => {
    const version = reader.database.pragma('data_version', { simple: true });
    if (version !== seenVersion) trusted.clear();
    seenVersion = version;
    const stored = storedDigests(reader);
    for (const table of tables) {
      if (trusted.has(table.name)) continue;
      if (hashTable(reader, table).sha256 !== stored.get(table.name)?.sha256)
        return fail('damaged', damageMessage(path, table), { remedy: 'Verify the book and open its newest backup.' });
      trusted.add(table.name);
    }
    return succeed(undefined);
  };
  return { check };
}

/** What is said of a table whose rows are not those last written. */
export function damageMessage(path: string, table: Table): string {
  return `book ${path}: the rows of ${table.name} are not those last saved (content digest differs)`;
}

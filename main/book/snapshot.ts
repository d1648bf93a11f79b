import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import { snapshot } from '../domain/snapshot.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { BookReader } from './file/connection.ts';
import { readMeta } from './meta.ts';
import type { Noun } from './noun.ts';
import { allRows, parseRows, schemaProblem, storedJson } from './noun.ts';
import type { SnapshotHead } from './open-book.ts';

/** Sections of a snapshot and the columns that hold them as JSON. */
const sections = {
  quotes: 'quotes',
  listings: 'listings',
  depth: 'depth',
  funding: 'funding',
  reserves: 'reserves',
  crowd: 'crowd',
  history: 'history',
  dayBefore: 'day_before',
  assumptions: 'assumptions',
} as const satisfies Partial<Record<keyof Snapshot, string>>;
const sectionNames = Object.keys(sections) as (keyof typeof sections)[];
const headColumns = ['id', 'name', 'as_of', 'source', 'quote_count', 'listing_count', 'crowd_count'];
const table = { name: 'snapshot', key: 'id', columns: [...headColumns, ...Object.values(sections)], order: 'id', hasOneRowPerKey: true };

/** Market snapshots: a section is one JSON text, because thousands of listings are always read together and never alone. */
export const snapshotNoun: Noun<Snapshot> = {
  word: 'snapshot',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [
    [
      [
        ...[value.id, value.name, value.asOf, value.source, value.quotes.length, value.listings.length, value.crowd.length],
        ...sectionNames.map((name) => JSON.stringify(value[name])),
      ],
    ],
  ],
  problemOf: schemaProblem(snapshot),
};

/** The named snapshot, or the active one. */
export function readSnapshot(reader: BookReader, id?: string): Result<Snapshot> {
  const wanted = id ?? readMeta(reader).activeSnapshotId;
  if (wanted === null)
    return fail('notFound', 'no market snapshot is active', { remedy: 'Import a market snapshot, or open the demo book.' });
  const candidates = allRows(reader, table, { clause: 'WHERE id = ?', values: [wanted] }).map((row) => ({
    id: row['id'],
    name: row['name'],
    asOf: row['as_of'],
    source: row['source'],
    ...Object.fromEntries(sectionNames.map((name) => [name, storedJson(row[sections[name]])])),
  }));
  const parsed = parseRows('snapshot', snapshot, candidates);
  if (!parsed.ok) return parsed;
  const [found] = parsed.value;
  return found
    ? succeed(found)
    : fail('notFound', `snapshot ${wanted}: not in this book`, { remedy: 'Choose one of the snapshots listed.' });
}

/** Every snapshot without its sections, in order of id. */
export function readSnapshotHeads(reader: BookReader): SnapshotHead[] {
  const { activeSnapshotId } = readMeta(reader);
  return allRows(reader, { ...table, columns: headColumns }).map((row) => ({
    id: String(row['id']),
    name: String(row['name']),
    asOf: String(row['as_of']),
    source: String(row['source']),
    listings: Number(row['listing_count']),
    quotes: Number(row['quote_count']),
    crowd: Number(row['crowd_count']),
    isActive: row['id'] === activeSnapshotId,
  }));
}

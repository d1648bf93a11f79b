import type { BookReader } from './file/connection.ts';
import type { Noun } from './noun.ts';

/** What a book says about itself. */
export type Meta = { readonly name: string; readonly activeSnapshotId: string | null; readonly activeScenarioSetId: string | null };

/** One statement of a book about itself; an empty value takes it back. */
export type MetaEntry = { readonly id: keyof Meta; readonly value: string };

const table = { name: 'meta', key: 'key', columns: ['key', 'value'], order: 'key', hasOneRowPerKey: true };

/** The book's name and which snapshot and scenario set are active. */
export const metaNoun: Noun<MetaEntry> = {
  word: 'book',
  tables: [table],
  keyOf: (entry) => entry.id,
  rowsOf: (entry) => [entry.value === '' ? [] : [[entry.id, entry.value]]],
  problemOf: (entry) => (entry.id === 'name' && entry.value === '' ? 'a book must have a name' : null),
};

/** What the book says about itself. */
export function readMeta(reader: BookReader): Meta {
  const rows = reader.prepare('SELECT key, value FROM meta').raw().all() as [string, string][];
  const values = new Map(rows);
  return {
    name: values.get('name') ?? '',
    activeSnapshotId: values.get('activeSnapshotId') ?? null,
    activeScenarioSetId: values.get('activeScenarioSetId') ?? null,
  };
}

import { fail } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { contentTables } from '../contents.ts';
import type { BookReader } from '../file/connection.ts';

type ForeignKey = { readonly table: string; readonly from: string; readonly to: string };

/** The failure that names a row whose reference leads nowhere; for a step that its foreign keys refused. */
export function danglingReference(reader: BookReader): Result<never> {
  const [first] = danglingReferences(reader, 1);
  return fail('conflict', first ?? 'a row names another that the book does not hold', {
    remedy: 'Add what is named in the same step, or change or delete the rows that name it first.',
  });
}

/** Sentences about rows that name what the book does not hold, at most `limit` per kind of reference. */
export function danglingReferences(reader: BookReader, limit: number): string[] {
  const sentences: string[] = [];
  for (const child of contentTables) {
    for (const key of reader.database.pragma(`foreign_key_list(${child.name})`) as ForeignKey[]) {
      const rows = reader
        .prepare(
          `SELECT c.${child.key}, c.${key.from} FROM ${child.name} c LEFT JOIN ${key.table} p ON p.${key.to} = c.${key.from}
           WHERE c.${key.from} IS NOT NULL AND p.${key.to} IS NULL ORDER BY 1 LIMIT ${limit}`,
        )
        .raw()
        .all() as [string, string][];
      for (const [id, missing] of rows) sentences.push(`${child.name} ${id} names ${key.table} ${missing}, which the book does not hold`);
    }
  }
  return sentences;
}

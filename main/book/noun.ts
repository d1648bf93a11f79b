import type { z } from 'zod';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { BookReader } from './file/connection.ts';
import { gathered, gatheredOf } from './journal/table.ts';
import type { GatheredChanges, SqlRow, SqlValue, Table, TableChange } from './journal/table.ts';

/** How one noun of the domain is laid out in tables. */
export type Noun<Value> = {
  /** The word for it in messages. */
  readonly word: string;
  /** Its own table first, then those of its parts. */
  readonly tables: readonly Table[];
  readonly keyOf: (value: Value) => string;
  /** The rows of a value, table by table. */
  readonly rowsOf: (value: Value) => readonly (readonly SqlRow[])[];
  /** What is wrong with a value, or null; the last line of defence before it is stored. */
  readonly problemOf: (value: Value) => string | null;
};

/** The table changes that store the values; of values with the same id the last one counts. */
export function putChanges<Value>(noun: Noun<Value>, values: readonly Value[]): Result<TableChange[]> {
  const pending: GatheredChanges = new Map();
  const put = gatherPut(pending, noun, values);
  return put.ok ? succeed(gathered(pending)) : put;
}

/** Adds the changes that store the values to those gathered, with as little in between as a million of them ask for. */
export function gatherPut<Value>(pending: GatheredChanges, noun: Noun<Value>, values: readonly Value[]): Result<void> {
  const maps = noun.tables.map((table) => gatheredOf(pending, table));
  for (const value of values) {
    const problem = noun.problemOf(value);
    const key = noun.keyOf(value);
    if (problem !== null) return fail('invalidValue', `${noun.word} ${key}: ${problem}`, { remedy: 'Correct the value and try again.' });
    const rows = noun.rowsOf(value);
    for (let index = 0; index < maps.length; index += 1) maps[index]?.set(key, rows[index] ?? []);
  }
  return succeed(undefined);
}

/** The table changes that delete the value with this id; notFound when there is none. */
export function deleteChanges<Value>(reader: BookReader, noun: Noun<Value>, id: string): Result<TableChange[]> {
  const [main] = noun.tables;
  const found = main && reader.prepare(`SELECT 1 FROM ${main.name} WHERE ${main.key} = ?`).get(id);
  if (!found)
    return fail('notFound', `${noun.word} ${id}: not in this book`, { remedy: 'It may have been deleted already; look at the journal.' });
  return succeed(noun.tables.map((table) => ({ table, rowsByKey: new Map([[id, []]]) })));
}

/** A problem finder from a domain schema. */
export function schemaProblem(schema: z.ZodType): (value: unknown) => string | null {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return null;
    const [issue] = parsed.error.issues;
    return issue ? `${issue.path.join('.') || 'value'}: ${issue.message}` : 'not valid';
  };
}

/** What follows FROM in a reading statement, and the values of its question marks. */
export type Selection = { readonly clause: string; readonly values: readonly SqlValue[] };

/** Every row of a table as named columns, in its fixed order or by the clause given. */
export function allRows(
  reader: BookReader,
  table: Table,
  { clause, values }: Selection = { clause: `ORDER BY ${table.order}`, values: [] },
): Record<string, SqlValue>[] {
  return reader.prepare(`SELECT ${table.columns.join(', ')} FROM ${table.name} ${clause}`).all(...values) as Record<string, SqlValue>[];
}

/** Parses candidates to domain values; the first row that is not one is named in a 'damaged' failure. */
export function parseRows<Schema extends z.ZodType>(
  word: string,
  schema: Schema,
  candidates: readonly Record<string, unknown>[],
): Result<z.output<Schema>[]> {
  const values: z.output<Schema>[] = [];
  for (const candidate of candidates) {
    const parsed = schema.safeParse(candidate);
    if (!parsed.success) return damagedRow(word, String(candidate['id']), schemaProblem(schema)(candidate) ?? 'not valid');
    values.push(parsed.data);
  }
  return succeed(values);
}

/** The failure for a stored row that is no domain value. */
export function damagedRow(word: string, id: string, problem: string): Result<never> {
  return fail('damaged', `${word} ${id}: the stored row is not valid (${problem})`, {
    remedy: 'Verify the book and open its newest backup.',
  });
}

/** Stored JSON text as a value; undefined, which no schema accepts, when it is not JSON. */
export function storedJson(text: SqlValue | undefined): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}

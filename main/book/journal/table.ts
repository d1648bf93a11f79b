import type { BookReader, BookWriter } from '../file/connection.ts';

/** A value of a column; the book has no other kinds. */
export type SqlValue = string | number | null;
export type SqlRow = readonly SqlValue[];

/** A table as the journal and the digest see it. */
export type Table = {
  readonly name: string;
  /** Column by which rows are replaced, deleted and journalled. */
  readonly key: string;
  readonly columns: readonly string[];
  /** Columns that give the fixed order of rows. */
  readonly order: string;
  /** Whether a key names exactly one row. */
  readonly hasOneRowPerKey: boolean;
  /** Rows that enter no figure (intentions): they have a digest of their own, and the book's does not speak of them. */
  readonly isOutsideBookDigest?: boolean;
};

/** What the rows of some keys shall be; no rows = the key is deleted. */
export type TableChange = { readonly table: Table; readonly rowsByKey: ReadonlyMap<string, readonly SqlRow[]> };

/** Changes being gathered, by table and key. */
export type GatheredChanges = Map<Table, Map<string, readonly SqlRow[]>>;

/** The changes gathered for one table, to be added to; of two changes of a key the later counts. */
export function gatheredOf(pending: GatheredChanges, table: Table): Map<string, readonly SqlRow[]> {
  const known = pending.get(table);
  if (known) return known;
  const fresh = new Map<string, readonly SqlRow[]>();
  pending.set(table, fresh);
  return fresh;
}

/** Adds changes to those gathered. Many small edits so become few statements. */
export function gather(pending: GatheredChanges, changes: readonly TableChange[]): void {
  for (const { table, rowsByKey } of changes) {
    const known = gatheredOf(pending, table);
    for (const [key, rows] of rowsByKey) known.set(key, rows);
  }
}

/** The changes gathered, one per table. */
export function gathered(pending: GatheredChanges): TableChange[] {
  return [...pending].map(([table, rowsByKey]) => ({ table, rowsByKey }));
}

/** Rows per INSERT: 50-row VALUES halve the time of single rows; more gains nothing. */
const rowsPerStatement = 50;

/** Keys per journal image: bounds the memory of undoing an import of any size. */
export const keysPerImage = 1000;

/** Replaces the rows of the change's keys and keeps what they were in the journal. */
export function writeChange(writer: BookWriter, change: TableChange): void {
  const { table, rowsByKey } = change;
  const keys = [...rowsByKey.keys()];
  for (let start = 0; start < keys.length; start += keysPerImage) {
    const part = keys.slice(start, start + keysPerImage);
    const partJson = JSON.stringify(part);
    captureImage(writer, table, partJson);
    const rows: SqlRow[] = [];
    const removed: string[] = [];
    for (const key of part) {
      const wanted = rowsByKey.get(key) ?? [];
      for (const row of wanted) rows.push(row);
      // Where a key names one row, writing replaces it; where it names several, the former ones must go first.
      if (wanted.length === 0 || !table.hasOneRowPerKey) removed.push(key);
    }
    if (removed.length > 0) deleteKeys(writer, table, removed.length === part.length ? partJson : JSON.stringify(removed));
    insertRows(writer, table, rows);
  }
}

/** Inserts rows, replacing those with the same primary key where a key names one row. */
export function insertRows(reader: BookReader, table: Table, rows: readonly SqlRow[]): void {
  const full = rows.length - (rows.length % rowsPerStatement);
  for (let start = 0; start < full; start += rowsPerStatement) {
    reader.prepare(insertSql(table, rowsPerStatement)).run(valuesOf(rows, start, start + rowsPerStatement));
  }
  for (let start = full; start < rows.length; start += 1) reader.prepare(insertSql(table, 1)).run(valuesOf(rows, start, start + 1));
}

function valuesOf(rows: readonly SqlRow[], start: number, end: number): SqlValue[] {
  const values: SqlValue[] = [];
  for (let index = start; index < end; index += 1) for (const value of rows[index] ?? []) values.push(value);
  return values;
}

/** Deletes every row of the keys in a JSON array. */
export function deleteKeys(reader: BookReader, table: Table, keysJson: string): void {
  reader.prepare(`DELETE FROM ${table.name} WHERE ${table.key} IN (SELECT value FROM json_each(?))`).run(keysJson);
}

/** Rows of the keys in a JSON array, as a JSON array of rows. */
export function imageSql(table: Table): string {
  return `SELECT json_group_array(json_array(${table.columns.join(', ')})) FROM ${table.name} WHERE ${table.key} IN (SELECT value FROM json_each(?))`;
}

/** Inserts the rows of an image. */
export function insertImage(reader: BookReader, table: Table, imagesJson: string): void {
  const values = table.columns.map((_, index) => `value ->> ${index}`).join(', ');
  reader.prepare(`INSERT INTO ${table.name} (${table.columns.join(', ')}) SELECT ${values} FROM json_each(?)`).run(imagesJson);
}

function captureImage(writer: BookWriter, table: Table, keysJson: string): void {
  writer
    .prepare(`INSERT INTO journal_image (step, sequence, noun, keys, images) VALUES (?, ?, ?, ?, (${imageSql(table)}))`)
    .run(writer.step, writer.nextSequence(), table.name, keysJson, keysJson);
}

const insertSqls = new Map<Table, Map<number, string>>();

function insertSql(table: Table, rowCount: number): string {
  const known = insertSqls.get(table) ?? new Map<number, string>();
  insertSqls.set(table, known);
  const sql = known.get(rowCount) ?? buildInsertSql(table, rowCount);
  known.set(rowCount, sql);
  return sql;
}

function buildInsertSql(table: Table, rowCount: number): string {
  const row = `(${table.columns.map(() => '?').join(', ')})`;
  const updates = table.columns.filter((column) => column !== table.key).map((column) => `${column} = excluded.${column}`);
  const conflict = table.hasOneRowPerKey ? ` ON CONFLICT (${table.key}) DO UPDATE SET ${updates.join(', ')}` : '';
  return `INSERT INTO ${table.name} (${table.columns.join(', ')}) VALUES ${Array(rowCount).fill(row).join(', ')}${conflict}`;
}

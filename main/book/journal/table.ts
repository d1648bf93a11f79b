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
};

/** What the rows of some keys shall be; no rows = the key is deleted. */
export type TableChange = { readonly table: Table; readonly rowsByKey: ReadonlyMap<string, readonly SqlRow[]> };

/** Changes being gathered, by table and key. */
export type GatheredChanges = Map<Table, Map<string, readonly SqlRow[]>>;

/** Adds changes to those gathered; of two changes of a key the later counts. Many small edits so become few statements. */
export function gather(pending: GatheredChanges, changes: readonly TableChange[]): void {
  for (const { table, rowsByKey } of changes) {
    const known = pending.get(table);
    if (known) for (const [key, rows] of rowsByKey) known.set(key, rows);
    else pending.set(table, new Map(rowsByKey));
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
    const removed = table.hasOneRowPerKey ? part.filter((key) => rowsByKey.get(key)?.length === 0) : part;
    if (removed.length > 0) deleteKeys(writer, table, removed.length === part.length ? partJson : JSON.stringify(removed));
    insertRows(
      writer,
      table,
      part.flatMap((key) => rowsByKey.get(key) ?? []),
    );
  }
}

/** Inserts rows, replacing those with the same primary key where a key names one row. */
export function insertRows(reader: BookReader, table: Table, rows: readonly SqlRow[]): void {
  const full = rows.length - (rows.length % rowsPerStatement);
  if (full > 0) {
    const statement = reader.prepare(insertSql(table, rowsPerStatement));
    for (let start = 0; start < full; start += rowsPerStatement) statement.run(rows.slice(start, start + rowsPerStatement).flat());
  }
  if (full < rows.length) {
    const statement = reader.prepare(insertSql(table, 1));
    for (const row of rows.slice(full)) statement.run(row);
  }
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

function insertSql(table: Table, rowCount: number): string {
  const row = `(${table.columns.map(() => '?').join(', ')})`;
  const updates = table.columns.filter((column) => column !== table.key).map((column) => `${column} = excluded.${column}`);
  const conflict = table.hasOneRowPerKey ? ` ON CONFLICT (${table.key}) DO UPDATE SET ${updates.join(', ')}` : '';
  return `INSERT INTO ${table.name} (${table.columns.join(', ')}) VALUES ${Array(rowCount).fill(row).join(', ')}${conflict}`;
}

import { fail, succeed, type Failure, type Result } from '../../domain/failure.ts';
import { checkHeader } from './header.ts';
import type { RawRow, Table, TableVisit } from './table.ts';
import { cancelled, reasonOf, type TextFacts } from './text-file.ts';
import { checkXlsxArchive } from './xlsx-archive.ts';

const ROWS_AT_A_TIME = 500;

type SheetRow = { readonly number: number; readonly values: readonly unknown[] };

/**
 * The first sheet of an XLSX file as a table, after its archive was looked through. Numbers become their shortest decimal text,
 * dates ISO 8601 in UTC; a formula or an error value refuses its row.
 */
export async function openXlsxTable(fileName: string, facts: TextFacts): Promise<Result<Table>> {
  const sound = await checkXlsxArchive(facts.path);
  if (!sound.ok) return sound;
  const sheets = sound.value.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)).length;
  let header: string[] | null = null;
  const read = await eachRow(facts.path, new AbortController().signal, (row) => {
    header = cellsOf(row, 0).cells.map((cell) => cell.trim());
    return false;
  });
  if (!read.ok) return read;
  const columns = header as string[] | null;
  if (columns === null) return fail('invalidFile', `${fileName} has no rows in its first sheet`, { where: { file: fileName } });
  const problem = checkHeader(columns);
  if (problem) return at(fileName, problem);
  return succeed({
    fileName,
    kind: 'xlsx',
    encoding: 'XLSX, first sheet',
    columns,
    digest: facts.digest,
    bytes: facts.bytes,
    remarks: sheets > 1 ? [`${fileName} has ${sheets} sheets; only the first is read`] : [],
    read: (visit) => walk(fileName, { facts, columns }, visit),
  });
}

async function walk(fileName: string, file: { facts: TextFacts; columns: readonly string[] }, visit: TableVisit): Promise<Result<void>> {
  let rows: RawRow[] = [];
  let isHeader = true;
  const read = await eachRow(file.facts.path, visit.signal, (row) => {
    if (isHeader) isHeader = false;
    else rows.push(rowOf(row, file.columns));
    if (rows.length < ROWS_AT_A_TIME) return true;
    const batch = rows;
    rows = [];
    return visit.onRows(batch);
  });
  if (!read.ok) return read;
  if (visit.signal.aborted) return cancelled(fileName);
  if (rows.length > 0) visit.onRows(rows);
  visit.onProgress(file.facts.bytes, file.facts.bytes);
  return succeed(undefined);
}

/** Calls `take` with every row of the first sheet that has any value until it returns false or the signal fires. */
async function eachRow(path: string, signal: AbortSignal, take: (row: SheetRow) => boolean): Promise<Result<void>> {
  try {
    // Loaded when the first XLSX file comes: it costs a quarter of a second and 30 MiB that no other import needs.
    const { default: ExcelJS } = await import('exceljs');
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    });
    for await (const sheet of reader) {
      for await (const row of sheet) {
        const values = (row.values as unknown[]).slice(1);
        const isEmpty = values.every((value) => value === undefined || value === null || value === '');
        if (!isEmpty && !take({ number: row.number, values })) return succeed(undefined);
        if (signal.aborted) return succeed(undefined);
      }
      return succeed(undefined);
    }
    return fail('invalidFile', `${path} has no sheet`, { where: { file: path } });
  } catch (cause) {
    return fail('invalidFile', `${path} cannot be read as XLSX: ${reasonOf(cause)}`, { where: { file: path } });
  }
}

function rowOf(row: SheetRow, columns: readonly string[]): RawRow {
  const { cells, refusedIndex, reason } = cellsOf(row, columns.length);
  if (refusedIndex !== null)
    return { line: row.number, cells, refusal: { column: columns[refusedIndex] ?? `cell ${refusedIndex + 1}`, reason } };
  if (cells.length > columns.length) {
    return {
      line: row.number,
      cells,
      refusal: { column: columns.at(-1) ?? '', reason: `the row has ${cells.length} cells, the header has ${columns.length}` },
    };
  }
  return { line: row.number, cells };
}

function cellsOf(row: SheetRow, least: number): { cells: string[]; refusedIndex: number | null; reason: string } {
  const cells: string[] = [];
  let refusedIndex: number | null = null;
  let reason = '';
  for (let index = 0; index < Math.max(least, row.values.length); index += 1) {
    const read = cellText(row.values[index]);
    cells.push(read.text);
    if (read.refusal !== null && refusedIndex === null) [refusedIndex, reason] = [index, read.refusal];
  }
  return { cells, refusedIndex, reason };
}

function cellText(value: unknown): { text: string; refusal: string | null } {
  if (value === undefined || value === null) return { text: '', refusal: null };
  if (typeof value === 'string')
    return value.includes('\0') ? { text: value, refusal: 'the cell holds a NUL character' } : { text: value, refusal: null };
  if (typeof value === 'number' || typeof value === 'boolean') return { text: String(value), refusal: null };
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return { text: '', refusal: 'the cell holds a date that does not exist' };
    return { text: value.toISOString().replace('.000Z', 'Z'), refusal: null };
  }
  if (typeof value !== 'object') return { text: '', refusal: 'the cell holds something that is not text, a number or a date' };
  if ('richText' in value && Array.isArray(value.richText)) {
    return { text: value.richText.map((part: unknown) => (part as { text?: string }).text ?? '').join(''), refusal: null };
  }
  if ('hyperlink' in value && 'text' in value) return cellText(value.text);
  if ('formula' in value || 'sharedFormula' in value) {
    const formula = 'formula' in value ? String(value.formula) : '';
    return { text: `=${formula}`, refusal: 'the cell holds a formula; paste its value' };
  }
  if ('error' in value) return { text: String(value.error), refusal: `the cell holds the error ${String(value.error)}` };
  return { text: '', refusal: 'the cell holds something that is not text, a number or a date' };
}

function at(file: string, failure: Failure): Result<never> {
  return { ok: false, failure: { ...failure, message: `${file}: ${failure.message}`, where: { file, ...failure.where } } };
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../../domain/failure.ts';
import { scanJson } from './json-scan.ts';
import type { RawRow, Table } from './table.ts';
import { cancelled, reasonOf, type TextFacts } from './text-file.ts';

const LARGEST_JSON_BYTES = 64 * 1024 * 1024;
const ROWS_AT_A_TIME = 500;

const positionsFile = z.strictObject({
  format: z.literal('interlock-positions'),
  version: z.literal(1),
  rows: z.array(z.unknown()),
});

/**
 * Interlock's JSON of positions as a table: the same columns as the CSV form, every value text. At most 64 MiB and 64 levels;
 * a row with an unknown key or a value that is not text is refused by itself.
 */
export function openJsonTable(fileName: string, facts: TextFacts, columns: readonly string[]): Result<Table> {
  const text = readJsonText(fileName, facts);
  if (!text.ok) return text;
  const scanned = scanJson(text.value);
  if (!scanned.ok) return at(fileName, scanned.failure);
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch (cause) {
    return fail('invalidFile', `${fileName} is not JSON: ${reasonOf(cause)}`, {
      remedy: 'The file may be cut off.',
      where: { file: fileName },
    });
  }
  const parsed = positionsFile.safeParse(value);
  if (!parsed.success) {
    return fail('invalidFile', `${fileName} is not Interlock's JSON of positions: ${z.prettifyError(parsed.error)}`, {
      remedy: 'It starts with {"format": "interlock-positions", "version": 1, "rows": […]}.',
      where: { file: fileName },
    });
  }
  const rows = parsed.data.rows.map((row, index) => rowOf(row, scanned.value.rowLines[index] ?? index + 1, columns));
  return succeed({
    fileName,
    kind: 'json',
    encoding: `${facts.encodingWords}, JSON`,
    columns,
    digest: facts.digest,
    bytes: facts.bytes,
    remarks: [],
    read: async (visit) => {
      for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME) {
        await new Promise((resolve) => setImmediate(resolve));
        if (visit.signal.aborted) return cancelled(fileName);
        if (!visit.onRows(rows.slice(start, start + ROWS_AT_A_TIME))) break;
        visit.onProgress(Math.round((facts.bytes * Math.min(rows.length, start + ROWS_AT_A_TIME)) / rows.length), facts.bytes);
      }
      return succeed(undefined);
    },
  });
}

/** The whole text of a JSON file of at most 64 MiB. */
export function readJsonText(fileName: string, facts: TextFacts): Result<string> {
  if (facts.bytes > LARGEST_JSON_BYTES) {
    return fail('invalidFile', `${fileName} has ${facts.bytes} bytes; JSON is read up to ${LARGEST_JSON_BYTES}`, {
      remedy: 'Use the CSV form for more rows.',
      where: { file: fileName },
    });
  }
  try {
    return succeed(new TextDecoder(facts.encoding).decode(readFileSync(facts.path)));
  } catch (cause) {
    return fail('storage', `${fileName} cannot be read: ${reasonOf(cause)}`, { where: { file: fileName } });
  }
}

function rowOf(row: unknown, line: number, columns: readonly string[]): RawRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return { line, cells: [], refusal: { column: columns[0] ?? '', reason: 'the row is not an object' } };
  }
  const values = new Map<string, unknown>(Object.entries(row));
  const cells = columns.map((column) => {
    const value = values.get(column);
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  });
  for (const [key, value] of values) {
    if (!columns.includes(key)) return { line, cells, refusal: { column: key, reason: `the key ${key} is not known` } };
    if (value !== null && typeof value !== 'string')
      return { line, cells, refusal: { column: key, reason: `${JSON.stringify(value)} is not text; write it in quotes` } };
  }
  const nul = cells.findIndex((cell) => cell.includes('\0'));
  return nul < 0 ? { line, cells } : { line, cells, refusal: { column: columns[nul] ?? '', reason: 'the cell holds a NUL character' } };
}

function at(file: string, failure: Failure): Result<never> {
  return { ok: false, failure: { ...failure, message: `${file}: ${failure.message}`, where: { file, ...failure.where } } };
}

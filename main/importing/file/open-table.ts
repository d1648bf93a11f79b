import { basename } from 'node:path';
import { fail, type Result } from '../../domain/failure.ts';
import { openCsvTable } from './csv-table.ts';
import { openJsonTable } from './json-table.ts';
import type { Table } from './table.ts';
import { inspectTextFile, type TextFacts } from './text-file.ts';
import { openXlsxTable } from './xlsx-table.ts';

/** A file on disk under the name by which the user knows it. */
export type NamedFile = { readonly path: string; readonly name: string };

/** Opens a file as a table, by what its bytes say it is: XLSX, JSON, otherwise CSV. `jsonColumns` are the keys a JSON row may have. */
export async function openTable(file: NamedFile, jsonColumns: readonly string[], signal: AbortSignal): Promise<Result<Table>> {
  const facts = await inspectTextFile(file.path, signal);
  if (!facts.ok) return facts;
  const name = basename(file.name);
  if (facts.value.magic.startsWith('SQLite f')) {
    return fail('foreignFile', `${name} is a SQLite file, not a table of positions`, {
      remedy: 'Open it as a book instead.',
      where: { file: name },
    });
  }
  if (facts.value.magic.startsWith('%PDF'))
    return fail('invalidFile', `${name} is a PDF`, { remedy: 'Export CSV from the venue.', where: { file: name } });
  if (facts.value.magic.startsWith('PK')) return openXlsxTable(name, facts.value);
  if (isJson(facts.value)) return openJsonTable(name, facts.value, jsonColumns);
  return openCsvTable(name, facts.value);
}

/** Whether the first sign of the file opens a JSON object or list. */
export function isJson(facts: TextFacts): boolean {
  return /^(?:\xef\xbb\xbf)?\s*[{[]/.test(facts.magic.replaceAll('\0', ''));
}

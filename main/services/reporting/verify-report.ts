import { readFile } from 'node:fs/promises';
import { decode } from '../../contract/codec.ts';
import type { ReportVerdict } from '../../contract/reporting.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { carryingFormat, recordIn, type CarryingFormat } from '../../reporting/carried-record.ts';
import { fileDifference } from '../../reporting/file-difference.ts';
import { computeReport, type ReportEngine } from './compute-report.ts';
import { firstDifference, type Difference } from './first-difference.ts';
import { renderReport } from './render-report.ts';
import { reportParts } from './report-parts.ts';
import { readRecord, writeRecord, type ReadRecord, type WrittenRecord } from './report-record.ts';

/** More than any report has; a larger file is not read at all. */
const MOST_BYTES = 200_000_000;

/** A report file to verify, and what it is called. */
export type ReportFile = { readonly path: string; readonly name: string };

/**
 * Computes a report again from the inputs it carries, renders its format again, and compares: first figure by figure, so that what differs is
 * named, then byte by byte. Needs neither book nor network. Fails by name where the file cannot be computed again at all.
 */
export async function verifyReport(file: ReportFile, engine: ReportEngine): Promise<Result<Omit<ReportVerdict, 'isOpenBook'>>> {
  const opened = await openReport(file);
  if (!opened.ok) return opened;
  const { bytes, format, text } = opened.value;
  const record = readRecord(text);
  if (!record.ok) return { ok: false, failure: { ...record.failure, message: `${file.name}: ${record.failure.message}` } };
  const results = await computeReport(record.value.inputs, engine);
  if (!results.ok) return results;
  const again = writeRecord(record.value.inputs, results.value);
  engine.context.progress('Comparing', 0, 1);
  const difference = await differenceOf({ bytes, format, record: record.value, again });
  return succeed({
    file: file.name,
    format,
    isReproduced: difference === null,
    statement: statementOf(file.name, difference),
    difference,
    bookName: results.value.analysis.bookName,
    asOf: results.value.analysis.snapshotAsOf,
    engineVersion: again.record.engineVersion,
    seed: again.record.seed,
    recordDigest: again.digest,
    bookDigest: record.value.inputs.bookDigest,
    parts: reportParts(again.record.results).filter(({ isIn }) => isIn),
  });
}

type Opened = { readonly bytes: Buffer; readonly format: CarryingFormat; readonly text: string };

async function openReport({ path, name }: ReportFile): Promise<Result<Opened>> {
  const bytes = await readFile(path).catch((cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause))));
  if (bytes instanceof Error)
    return fail('notFound', `${name} cannot be read: ${bytes.message.replace(path, name)}`, { remedy: 'Name a report that was written.' });
  if (bytes.byteLength > MOST_BYTES) return fail('invalidFile', `${name} is larger than any report: ${bytes.byteLength} bytes`);
  const format = carryingFormat(bytes);
  const text = format === null ? null : recordIn(bytes, format);
  if (format === null || text === null)
    return fail('invalidFile', `${name} carries no record of an Interlock report`, {
      remedy: 'Give the PDF, HTML or JSON of a report: CSV and XLSX hold figures alone.',
    });
  return succeed({ bytes, format, text });
}

type Compared = { readonly bytes: Buffer; readonly format: CarryingFormat; readonly record: ReadRecord; readonly again: WrittenRecord };

async function differenceOf({ bytes, format, record, again }: Compared): Promise<Difference | null> {
  // Both sides pass the wire once, so that what JSON does to a value is done to both.
  const ours = decode(again.text) as ReadRecord;
  const figure = firstDifference(record.results, ours.results) ?? firstDifference(record, ours);
  return figure ?? fileDifference(format, bytes, await renderReport(format, again));
}

function statementOf(name: string, difference: Difference | null): string {
  if (difference === null) return `${name} is reproduced: the same numbers and the same bytes.`;
  return `${name} is not what its inputs give. First difference: ${difference.where}: the file has ${difference.inFile}, computing it again gives ${difference.recomputed}.`;
}

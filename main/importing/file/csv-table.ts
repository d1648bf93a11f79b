import { parse, type CsvError, type Parser } from 'csv-parse';
import { fail, succeed, type Failure, type Result } from '../../domain/failure.ts';
import { checkHeader } from './header.ts';
import type { RawRow, Table, TableVisit } from './table.ts';
import { cancelled, decodeTextFile, type TextFacts } from './text-file.ts';

const SEPARATORS = [
  { sign: ',', words: 'comma' },
  { sign: ';', words: 'semicolon' },
  { sign: '\t', words: 'tab' },
  { sign: '|', words: 'bar' },
] as const;
type Separator = (typeof SEPARATORS)[number];

/** A row longer than this means a quote that is never closed. */
const LONGEST_ROW_CHARACTERS = 1 << 20;

/**
 * A CSV file as a table. Every kind of line end separates rows, also when they are mixed; a quote out of place stops the
 * reading, since nobody knows where the rows after it begin; a row with too few or too many cells is refused by itself.
 */
export async function openCsvTable(fileName: string, facts: TextFacts): Promise<Result<Table>> {
  const start = await firstText(facts);
  if (start.trim() === '') return fail('invalidFile', `${fileName} is empty`, { where: { file: fileName } });
  const separator = separatorOf(start);
  const header = await headerOf(start, separator);
  if (!header.ok) return at(fileName, header.failure);
  const problem = checkHeader(header.value);
  if (problem) return at(fileName, problem);
  const lineEnds = lineEndsOf(start);
  return succeed({
    fileName,
    kind: 'csv',
    encoding: [facts.encodingWords, separator.words, ...(lineEnds.length > 1 ? [`mixed line ends (${lineEnds.join(', ')})`] : [])].join(
      ', ',
    ),
    columns: header.value,
    digest: facts.digest,
    bytes: facts.bytes,
    remarks: [],
    read: async (visit) => {
      try {
        return await walk({ fileName, facts, separator, columns: header.value, visit });
      } catch (cause) {
        if (!isSystemError(cause)) throw cause;
        return fail('storage', `${fileName} cannot be read: ${cause.message}`, { where: { file: fileName } });
      }
    },
  });
}

/** An error of the operating system, such as a file that went away while it was read; anything else is a bug. */
function isSystemError(cause: unknown): cause is Error {
  return cause instanceof Error && 'syscall' in cause;
}

type Walk = { fileName: string; facts: TextFacts; separator: Separator; columns: readonly string[]; visit: TableVisit };

async function walk({ fileName, facts, separator, columns, visit }: Walk): Promise<Result<void>> {
  let rows: RawRow[] = [];
  let lastLine = 0;
  let isHeader = true;
  let problem: CsvError | null = null;
  const onRecord = (cells: string[], lines: number): void => {
    lastLine = lines;
    if (isHeader) isHeader = false;
    else rows.push(rowOf(cells, lines, { columns, hasNul: facts.hasNul }));
  };
  const parser = strictParser(separator, onRecord);
  parser.on('error', (error: CsvError) => (problem ??= error));
  const stopped = (): Failure | null => (problem ? quoteFailure(problem, lastLine) : null);
  for await (const { text, doneBytes } of decodeTextFile(facts, visit.signal)) {
    await new Promise<void>((resolve) => parser.write(text, () => resolve()));
    const failure = stopped();
    if (failure) return at(fileName, failure);
    const goesOn = rows.length === 0 || visit.onRows(rows);
    rows = [];
    visit.onProgress(doneBytes, facts.bytes);
    if (visit.signal.aborted) break;
    if (!goesOn) {
      parser.destroy();
      return succeed(undefined);
    }
  }
  if (visit.signal.aborted) {
    parser.destroy();
    return cancelled(fileName);
  }
  await new Promise<void>((resolve) => parser.end(() => resolve()));
  const failure = stopped();
  if (failure) return at(fileName, failure);
  if (rows.length > 0) visit.onRows(rows);
  return succeed(undefined);
}

/** Records are taken in `on_record` and not passed on, so that nothing queues up in the stream. */
function strictParser(separator: Separator, onRecord: (cells: string[], lines: number) => void): Parser {
  return parse({
    delimiter: separator.sign,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW_CHARACTERS,
    on_record: (record: unknown, context) => {
      onRecord(record as string[], context.lines);
      return null;
    },
  });
}

function rowOf(cells: readonly string[], endLine: number, file: { columns: readonly string[]; hasNul: boolean }): RawRow {
  const { columns, hasNul } = file;
  let line = endLine;
  for (const cell of cells) if (cell.includes('\n') || cell.includes('\r')) line -= cell.split(/\r\n|\n|\r/).length - 1;
  if (cells.length < columns.length) {
    const column = columns[cells.length] ?? '';
    return { line, cells, refusal: { column, reason: `the row ends after ${cells.length} of ${columns.length} cells` } };
  }
  if (cells.length > columns.length) {
    const column = columns.at(-1) ?? '';
    return { line, cells, refusal: { column, reason: `the row has ${cells.length} cells, the header has ${columns.length}` } };
  }
  const nul = hasNul ? cells.findIndex((cell) => cell.includes('\0')) : -1;
  if (nul >= 0) return { line, cells, refusal: { column: columns[nul] ?? '', reason: 'the cell holds a NUL character' } };
  return { line, cells };
}

async function firstText(facts: TextFacts): Promise<string> {
  for await (const { text } of decodeTextFile(facts, new AbortController().signal)) return text;
  return '';
}

/** The sign that occurs most often outside quotes in the first line. */
function separatorOf(start: string): Separator {
  const line =
    start
      .replace(/"(?:[^"]|"")*"/g, '')
      .replace(/^[\r\n]+/, '')
      .split(/[\r\n]/, 1)[0] ?? '';
  let best: Separator = SEPARATORS[0];
  let most = 0;
  for (const separator of SEPARATORS) {
    const count = line.split(separator.sign).length - 1;
    if (count > most) [best, most] = [separator, count];
  }
  return best;
}

async function headerOf(start: string, separator: Separator): Promise<Result<string[]>> {
  let header: string[] | null = null;
  let problem: CsvError | null = null;
  const parser = strictParser(separator, (cells) => (header ??= cells));
  parser.on('error', (error: CsvError) => (problem ??= error));
  // Newlines after the piece end a header that is the whole file; the parser looks a few signs ahead before it believes one.
  await new Promise<void>((resolve) => parser.write(start + '\n'.repeat(16), () => resolve()));
  parser.destroy();
  const cells = header as string[] | null;
  return cells ? succeed(cells.map((cell) => cell.trim())) : { ok: false, failure: quoteFailure(problem, 0) };
}

function lineEndsOf(start: string): string[] {
  const bare = start.replace(/"(?:[^"]|"")*"/g, '').replace(/\r$/, '');
  const isThere = { CRLF: bare.includes('\r\n'), LF: /(^|[^\r])\n/.test(bare), CR: /\r(?!\n)/.test(bare) };
  return Object.entries(isThere).flatMap(([name, found]) => (found ? [name] : []));
}

function quoteFailure(error: CsvError | null, lastLine: number): Failure {
  const code = error?.code ?? 'CSV_QUOTE_NOT_CLOSED';
  const line = lastLine + 1;
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return {
      reason: 'invalidFile',
      message: `a quote opened on line ${line} is never closed`,
      remedy: 'Close it, or double a quote that is meant as a character.',
      where: { line },
    };
  }
  const column = typeof error?.column === 'number' ? `cell ${error.column + 1}` : 'a cell';
  return {
    reason: 'invalidFile',
    message: `a quote is out of place on line ${line}, ${column}`,
    remedy: 'Put the whole cell in quotes and double the quotes inside it.',
    where: { line, column },
  };
}

function at(file: string, failure: Failure): Result<never> {
  return { ok: false, failure: { ...failure, message: `${file}: ${failure.message}`, where: { file, ...failure.where } } };
}

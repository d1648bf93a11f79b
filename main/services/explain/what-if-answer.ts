import type { AnalysisResult } from '../../contract/analysis.ts';
import type { WhatIfQuick } from '../../contract/what-if.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { editsOf, type KnownWhatIf } from '../what-if/known-what-if.ts';
import type { ExplainedInput, ExplainedNumber, KnownResults, Metric } from './metric.ts';
import { momentText } from './number-text.ts';

/** What holds for every figure of a hypothetical book. */
export const NOWHERE =
  'Hypothetical: nothing of it is in the book or at a venue. Trades are made at the prices of the market it started from, moves come after.';
const LIVE = 'live';
const MOST_EDITS = 4;

type Named = Omit<Metric, 'find' | 'notes'>;
/** A figure of a hypothetical book with what it is against. */
export type Told = Pick<ExplainedNumber, 'value' | 'worked'> & { readonly live: string; readonly liveSource?: string };

/** A hypothetical book, or the live one where the column of the comparison is its. */
type Book = { readonly name: string; readonly known: KnownWhatIf | null };

/** A metric of values without cascades: they follow every edit at once. */
export function quickMetric(metric: Named, explain: (quick: WhatIfQuick, live: AnalysisResult) => Told): Metric {
  return {
    ...metric,
    notes: [NOWHERE],
    find: ({ analysis, whatIfs }, subjectId) => {
      const book = bookOf(whatIfs, subjectId);
      if (!book.ok) return book;
      const quick = book.value.known === null ? { ...analysis.totals, accounts: [] } : book.value.known.quick;
      if (quick === null) return notRun(book.value);
      return succeed(answerOf(book.value, explain(quick, analysis), []));
    },
  };
}

/** A metric of the full analysis: it follows when the cascades have been run, and says so while they are older than the last edit. */
export function fullMetric(metric: Named, explain: (full: AnalysisResult, live: AnalysisResult) => Told): Metric {
  return {
    ...metric,
    notes: [NOWHERE, 'All compared books meet the same scenarios with the same seed.'],
    find: ({ analysis, whatIfs }, subjectId) => {
      const book = bookOf(whatIfs, subjectId);
      if (!book.ok) return book;
      const full = fullOf(book.value, analysis);
      return full.ok ? succeed(answerOf(book.value, explain(full.value, analysis), ageOf(book.value, 'full'))) : full;
    },
  };
}

/** A metric of one account; the subject names book and account: 'what-if-1 MKR-A'. */
export function accountMetric(
  metric: Named,
  explain: (place: {
    readonly book: Book;
    readonly accountId: string;
    readonly known: KnownResults;
  }) => Result<Told & { readonly notes: readonly string[] }>,
): Metric {
  return {
    ...metric,
    notes: [NOWHERE],
    find: (known, subjectId) => {
      const [id = '', accountId = ''] = (subjectId ?? '').split(' ');
      const book = bookOf(known.whatIfs, id);
      if (!book.ok) return book;
      const told = explain({ book: book.value, accountId, known });
      if (!told.ok) return told;
      const answer = answerOf(book.value, told.value, told.value.notes);
      return succeed({ ...answer, subject: `${accountId}, ${answer.subject}` });
    },
  };
}

/** The book that a subject names. */
export function bookOf(whatIfs: readonly KnownWhatIf[], id: string | undefined): Result<Book> {
  if (id === LIVE) return succeed({ name: 'the live book', known: null });
  const known = whatIfs.find(({ told }) => told.id === id);
  if (known !== undefined) return succeed({ name: known.told.name, known });
  return fail('notFound', `hypothetical book ${id ?? '(none named)'} is not known, or the live book has changed since`, {
    remedy: 'Change it on the What-if screen, and its figures are known again.',
  });
}

/** The figures of a book that are still to come. */
export function notRun({ name }: Book): Result<never> {
  return fail('notFound', `${name}: its figures have not been worked out yet`, { remedy: 'Wait until its cascades have been run.' });
}

/** The full analysis of a book. */
export function fullOf(book: Book, live: AnalysisResult): Result<AnalysisResult> {
  if (book.known === null) return succeed(live);
  return book.known.full === null ? notRun(book) : succeed(book.known.full.analysis);
}

/** Says so where a figure is of the book before its last edit. */
export function ageOf({ known }: Book, part: 'full' | 'cost'): string[] {
  const found = known?.[part];
  if (known === null || found === null || found === undefined || found.edits === editsOf(known.told)) return [];
  return ['Of the book before its last edit: the cascades of the book as it is now are still to come.'];
}

/** The answer with the live figure, the market and the edits as inputs. */
export function answerOf({ name, known }: Book, { live, liveSource, ...told }: Told, notes: readonly string[]): ExplainedNumber {
  return {
    ...told,
    subject: known === null ? name : `${name} (hypothetical)`,
    inputs: [{ name: 'live', value: live, source: liveSource ?? 'the analysis of the live book' }, ...inputsOf(known)],
    notes: [...notes, ...(known?.told.isOutdated === true ? ['The live book has changed since this one was started from it.'] : [])],
  };
}

/** The market it stands on, with its time, and the last edits. */
function inputsOf(known: KnownWhatIf | null): ExplainedInput[] {
  if (known === null) return [];
  const { edits, base, snapshotAsOf } = known.told;
  const last = edits.map((edit, i) => ({ ...edit, number: i + 1 })).slice(-MOST_EDITS);
  return [
    { name: 'market', value: momentText(snapshotAsOf), source: `the ${base} book it was started from` },
    ...last.map(({ title, detail, number }) => ({ name: `edit ${number}`, value: title, source: detail === '' ? 'as typed' : detail })),
  ];
}

/** Hypothetical against live as text: '8.9 against 15.2 live'. */
export function against(text: (value: number) => string, now: number | null, live: number | null): string {
  const said = (value: number | null): string => (value === null ? 'none' : text(value));
  const change = now === null || live === null ? '' : `, a change of ${text(now - live)}`;
  return `${said(now)} against ${said(live)} live${change}`;
}

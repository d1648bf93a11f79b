import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ImportWriter, OpenBook } from '../book/open-book.ts';
import type { CallContext, OutputOf, ParsedInputOf, Services } from '../contract/contract.ts';
import type { ImportFormat, ImportPreview } from '../contract/importing.ts';
import { fail, succeed, type Failure, type Result } from '../domain/failure.ts';
import { sourceFile, type SourceFile } from '../importing/file/spilled-file.ts';
import { runImport, type ImportOutcome, type ImportSink } from '../importing/import-run.ts';
import type { Answers } from '../importing/layout/layout-reader.ts';
import { prepareImport, type PreparedImport } from '../importing/prepare-import.ts';
import { PriceCoverage } from '../importing/price-coverage.ts';
import { readVenues } from '../market/venue-file.ts';
import type { Session } from './session.ts';

type ImportingServiceName = Extract<keyof Services, `import.${string}`>;

/** What the import services need: the session, and where the venues that ship with the program lie. */
export type ImportingServiceDeps = { readonly session: Session; readonly resourcesFolder: string };

/** A preview that may still be committed. */
type Pending = {
  readonly file: SourceFile;
  readonly format: ImportFormat;
  readonly answers: Answers;
  readonly fileDigest: string;
  readonly bookPath: string;
  readonly bookDigest: string;
  readonly preview: ImportPreview;
};

/** Previews kept; the file of an older one is given back. */
const PREVIEWS_KEPT = 4;

/** Shows what a file would do to the book of the session, and does it. */
export function createImportingServices(deps: ImportingServiceDeps): Pick<Services, ImportingServiceName> {
  const pending = new Map<string, Pending>();
  const keep = (value: Pending): void => {
    pending.set(value.preview.previewId, value);
    for (const [id, old] of pending) {
      if (pending.size <= PREVIEWS_KEPT) break;
      old.file.discard();
      pending.delete(id);
    }
  };
  return {
    'import.preview': async (input, context) => {
      const file = sourceFile(input.source);
      if (!file.ok) return file;
      let isKept = false;
      try {
        const made = await previewFile(deps, { file: file.value, input }, context);
        if (!made.ok) return made;
        keep(made.value);
        isKept = true;
        return succeed(made.value.preview);
      } finally {
        if (!isKept) file.value.discard();
      }
    },
    'import.commit': async ({ previewId }, context) => {
      const found = pending.get(previewId);
      if (!found) return fail('notFound', `preview ${previewId} is not there any more`, { remedy: 'Preview the file again.' });
      const done = await commitFile(deps, found, context);
      if (done.ok) {
        found.file.discard();
        pending.delete(previewId);
      }
      return done;
    },
  };
}

type Reading = {
  readonly book: OpenBook;
  readonly prepared: PreparedImport;
  readonly outcome: ImportOutcome;
  readonly coverage: PriceCoverage;
};
type Reader = { readonly deps: ImportingServiceDeps; readonly book: OpenBook; readonly context: CallContext };
type Subject = { readonly file: SourceFile; readonly format: ImportFormat; readonly answers: Answers };

/** Walks the file; with a writer, what is new or changed goes there. */
async function walkFile({ deps, book, context }: Reader, subject: Subject, writer: ImportWriter | null): Promise<Result<Reading>> {
  const contents = book.contents();
  if (!contents.ok) return contents;
  const shipped = readVenues(join(deps.resourcesFolder, 'venues'));
  if (!shipped.ok) return shipped;
  const wish = { ...subject, contents: contents.value, shippedVenues: shipped.value, signal: context.signal };
  const prepared = await prepareImport(wish);
  if (!prepared.ok) return prepared;
  const { table, reader, directory } = prepared.value;
  const snapshot = book.snapshot();
  const coverage = new PriceCoverage(snapshot.ok ? snapshot.value : null, directory);
  const outcome = await runImport({
    table,
    reader,
    directory,
    answers: subject.answers,
    coverage,
    held: (ids) => book.hasPositionIds(ids),
    sink: writer ? sinkOf(writer) : null,
    signal: context.signal,
    onProgress: (done, total) => context.progress(writer ? 'writing' : 'reading', done, total),
  });
  return outcome.ok ? succeed({ book, prepared: prepared.value, outcome: outcome.value, coverage }) : outcome;
}

async function previewFile(
  deps: ImportingServiceDeps,
  { file, input }: { file: SourceFile; input: ParsedInputOf<'import.preview'> },
  context: CallContext,
): Promise<Result<Pending>> {
  const book = deps.session.book();
  if (!book.ok) return book;
  const subject = { file, format: input.format, answers: input.answers };
  const bookDigest = book.value.digest();
  const read = await walkFile({ deps, book: book.value, context }, subject, null);
  if (!read.ok) return read;
  const preview = previewOf(read.value);
  return succeed({ ...subject, fileDigest: read.value.prepared.table.digest, bookPath: book.value.path, bookDigest, preview });
}

function previewOf({ prepared, outcome, coverage }: Reading): ImportPreview {
  const { table, layout, directory, accountQuestion } = prepared;
  const { tally } = outcome;
  const accepted = tally.counts.new + tally.counts.changed + tally.counts.unchanged;
  if (accountQuestion) tally.askAccount(accountQuestion);
  const questions = tally.questions();
  const remarks: Failure[] = table.remarks.map((message) => ({ reason: 'unsupported', message }));
  let positionsAfter = outcome.newPositions;
  for (const accountId of outcome.touchedAccounts) positionsAfter += directory.positionsIn(accountId);
  return {
    previewId: randomUUID(),
    fileName: table.fileName,
    format: layout.format,
    layout: layout.words,
    encoding: table.encoding,
    columns: [...table.columns],
    headerDigest: createHash('sha256').update(table.columns.join('\n')).digest('hex'),
    rows: tally.rows,
    counts: { ...tally.counts },
    sample: tally.sample(),
    questions,
    failures: [...remarks, ...outcome.notices],
    positionsAfter,
    pricedRows: coverage.rows,
    pricedValueFraction: coverage.pricedValueFraction(accepted),
    canCommit: questions.length === 0 && tally.counts.new + tally.counts.changed > 0,
  };
}

async function commitFile(deps: ImportingServiceDeps, pending: Pending, context: CallContext): Promise<Result<OutputOf<'import.commit'>>> {
  const book = deps.session.book();
  if (!book.ok) return book;
  const allowed = mayCommit(pending, book.value);
  if (!allowed.ok) return allowed;
  const writer = book.value.beginImport(`Import ${pending.preview.fileName}`);
  if (!writer.ok) return writer;
  const startedAt = new Date().toISOString();
  let isCommitted = false;
  try {
    const read = await walkFile({ deps, book: book.value, context }, pending, writer.value);
    if (!read.ok) return read;
    if (read.value.prepared.table.digest !== pending.fileDigest) {
      return fail('conflict', `${pending.preview.fileName} has changed since the preview; nothing was written`, {
        remedy: 'Preview the file again.',
      });
    }
    if (context.signal.aborted) return fail('cancelled', 'the import was cancelled; nothing was written');
    const committed = writer.value.commit();
    if (!committed.ok) return committed;
    isCommitted = true;
    const result = resultOf(read.value, context.runId);
    const recorded = book.value.putRun({
      id: context.runId,
      topic: 'import',
      startedAt,
      finishedAt: new Date().toISOString(),
      status: 'finished',
      inputsDigest: pending.fileDigest,
      engineVersion: '1',
      seed: 7,
      resultJson: JSON.stringify(result),
    });
    return recorded.ok ? succeed(result) : recorded;
  } finally {
    if (!isCommitted) writer.value.rollback();
    else deps.session.changed();
  }
}

function mayCommit({ preview, bookPath, bookDigest }: Pending, book: OpenBook): Result<void> {
  if (preview.questions.length > 0) {
    const open = preview.questions.map((question) => question.text).join('; ');
    return fail('ambiguous', `${preview.fileName}: ${open}`, { remedy: 'Answer, then preview again.' });
  }
  if (!preview.canCommit) return fail('invalidValue', `${preview.fileName} holds nothing new for the book`);
  if (book.path !== bookPath)
    return fail('conflict', `the preview was made for the book ${bookPath}`, { remedy: 'Preview the file again.' });
  if (book.digest() !== bookDigest)
    return fail('conflict', 'the book has changed since the preview', { remedy: 'Preview the file again.' });
  return succeed(undefined);
}

function resultOf({ outcome, coverage }: Reading, runId: string): OutputOf<'import.commit'> {
  const { counts, rows } = outcome.tally;
  const accepted = counts.new + counts.changed + counts.unchanged;
  const percent = (100 * coverage.pricedValueFraction(accepted)).toFixed(1);
  return {
    runId,
    rowsWritten: counts.new + counts.changed,
    rowsRejected: counts.rejected,
    positions: outcome.written,
    summary: `${accepted} of ${rows} rows, ${percent} % of gross value priced`,
  };
}

function sinkOf(writer: ImportWriter): ImportSink {
  return {
    put: (rows, positions) => {
      const steps = [
        () => writer.putVenues(rows.venues),
        () => writer.putAssets(rows.assets),
        () => writer.putAccounts(rows.accounts),
        () => writer.putInstruments(rows.instruments),
        () => writer.putPositions(positions),
      ];
      for (const step of steps) {
        const put = step();
        if (!put.ok) return put;
      }
      return succeed(undefined);
    },
  };
}

import { resolve } from 'node:path';
import type { CrowdShape } from '../../contract/market.ts';
import type { ImportAnswers, ImportFormat, ImportPreview } from '../../contract/importing.ts';
import { plainJson } from '../../contract/codec.ts';
import { table } from './table.ts';
import { EXIT, type ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** What `import` was asked to do. */
export type ImportWish = {
  readonly file: string;
  readonly format: ImportFormat;
  readonly answers: ImportAnswers;
  readonly isDryRun: boolean;
};

/** `import`: reads a file, says what it would do, and does it unless this is a dry run or something is left open. */
export async function importFile(desk: Desk, wish: ImportWish): Promise<ExitCode> {
  const preview = await desk.client.call('import.preview', {
    source: { path: resolve(wish.file) },
    format: wish.format,
    answers: wish.answers,
  });
  if (!preview.ok || wish.isDryRun) return reportAnswer(desk, preview, previewText);
  if (isAsBefore(preview.value))
    return reportAnswer(desk, preview, (read) => `${previewText(read)}The book holds every row already; nothing to write.\n`);
  if (!preview.value.canCommit) {
    if (desk.isJson) desk.terminal.write(`${plainJson(preview.value, 2)}\n`);
    else desk.terminal.warn(`${previewText(preview.value)}Nothing was written.\n`);
    return EXIT.failure;
  }
  const done = await desk.client.call('import.commit', { previewId: preview.value.previewId });
  return reportAnswer(desk, done, (result) => `${result.rowsWritten} rows written, ${result.rowsRejected} rejected. ${result.summary}\n`);
}

/** Whether every row of the file is in the book as it stands. */
function isAsBefore({ rows, counts, failures }: ImportPreview): boolean {
  return failures.length === 0 && rows > 0 && counts.unchanged === rows;
}

/** `market import`: an option chain, price bars, venue parameters or a snapshot. */
export async function importMarket(desk: Desk, file: string): Promise<ExitCode> {
  const answer = await desk.client.call('market.import', { source: { path: resolve(file) } });
  return reportAnswer(desk, answer, (result) => {
    const rejected = result.rejected.map((row) => `  line ${row.line}, ${row.column}: ${row.reason}\n`).join('');
    return `${result.summary}\n${rejected}`;
  });
}

/** `market crowd`: borrowers drawn from a stated distribution, as a snapshot of their own. */
export async function drawCrowd(
  desk: Desk,
  { borrowers, medianUsd, sizeSigma, medianHealth, healthSigma, seed }: CrowdShape,
): Promise<ExitCode> {
  const answer = await desk.client.call('market.syntheticCrowd', {
    borrowers,
    ...(medianUsd === undefined ? {} : { medianUsd }),
    ...(sizeSigma === undefined ? {} : { sizeSigma }),
    ...(medianHealth === undefined ? {} : { medianHealth }),
    ...(healthSigma === undefined ? {} : { healthSigma }),
    ...(seed === undefined ? {} : { seed }),
  });
  return reportAnswer(desk, answer, ({ summary, snapshotId }) => `${summary}\nActive snapshot: ${snapshotId}\n`);
}

function previewText(preview: ImportPreview): string {
  const { counts } = preview;
  const problems = preview.sample.filter((row) => row.reason !== null);
  const questions = preview.questions.map((question) => {
    const choices = question.choices.map((choice) => `    ${optionOf[question.id]} ${choice.value}  ${choice.label}\n`).join('');
    return `  ${question.text}\n${choices}`;
  });
  return [
    `${preview.fileName}: ${preview.layout}, ${preview.rows} rows.\n`,
    `  ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.asked} asked, ${counts.rejected} rejected.\n`,
    ...preview.failures.map((failure) => `  ${failure.message}\n`),
    ...(questions.length === 0 ? [] : ['Please answer:\n', ...questions]),
    ...(problems.length === 0 ? [] : [problemTable(problems)]),
  ].join('');
}

const optionOf = { decimalSign: '--decimal-sign', dateOrder: '--date-order', accountId: '--account' } as const;

function problemTable(rows: ImportPreview['sample']): string {
  const columns = [{ heading: 'Line', isFigure: true }, { heading: 'Column' }, { heading: 'Reason' }];
  return table(
    columns,
    rows.map((row) => [String(row.line), row.column ?? '', row.reason ?? '']),
  );
}

import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { OutputOf } from '../../contract/contract.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { reportFormat, type ReportFormat, type ReportVerdict } from '../../contract/reporting.ts';
import { addLimitOptions, hedgeLimitsOf, type LimitOptions } from './limit-options.ts';
import { replayAll } from './replay.ts';
import { EXIT, type ExitCode } from './terminal.ts';
import { reportAnswer, reportFailure, type Desk, type Verb } from './workstation.ts';

/** What a report is written with: where, in which formats, and what it tells of beside the analysis. */
export type ReportWish = LimitOptions & {
  readonly out: string;
  readonly format?: readonly ReportFormat[];
  readonly budget?: number;
  readonly confidence?: number;
  /** false: the analysis alone. */
  readonly hedge: boolean;
  readonly replays?: boolean;
  readonly backtests?: boolean;
  readonly forecasts?: boolean;
  readonly orders?: boolean;
};

/** `report write`: suggests hedges, replays and backtests as asked, and writes the report. */
export async function writeReport(desk: Desk, wish: ReportWish): Promise<ExitCode> {
  const { budget, confidence } = wish;
  if (wish.hedge) {
    const suggested = await desk.client.call('hedge.suggest', {
      ...(budget === undefined ? {} : { budgetUsd: budget }),
      ...(confidence === undefined ? {} : { confidence }),
      limits: hedgeLimitsOf(wish),
    });
    if (!suggested.ok) return reportFailure(desk, suggested.failure);
  }
  const replayed = wish.replays === true ? await replayAll(desk) : null;
  if (replayed?.ok === false) return reportFailure(desk, replayed.failure);
  const tested = wish.backtests === true ? await desk.client.call('backtest.run', {}) : null;
  if (tested?.ok === false) return reportFailure(desk, tested.failure);
  const ahead = await lookAhead(desk, wish);
  if (!ahead.ok) return reportFailure(desk, ahead.failure);
  const formats = [...(wish.format ?? reportFormat.options)];
  return reportAnswer(desk, await desk.client.call('report.write', { folder: resolve(wish.out), formats }), writtenText);
}

/** The forecast, whether such forecasts held, and the best order of every borrower, as asked. */
async function lookAhead({ client }: Desk, { forecasts, orders }: ReportWish): Promise<Result<null>> {
  if (forecasts === true) {
    const forecast = await client.call('forecast.run', {});
    if (!forecast.ok) return forecast;
    const judged = await client.call('forecast.coverage', {});
    if (!judged.ok) return judged;
  }
  if (orders !== true) return succeed(null);
  const analysis = await client.call('analysis.run', {});
  if (!analysis.ok) return analysis;
  for (const { accountId, healthFactor } of analysis.value.accounts) {
    // An account without a debt, or below its requirement already, has no order to look for.
    if (typeof healthFactor !== 'number' || !(healthFactor > 1) || healthFactor === Infinity) continue;
    const order = await client.call('trigger.optimise', { accountId });
    if (!order.ok) return order;
  }
  return succeed(null);
}

/** `report verify`: computes a written report again and says whether it is reproduced; ends with 1 where it is not. */
export async function verifyReportFile(desk: Desk, file: string): Promise<ExitCode> {
  const verdict = await desk.client.call('report.verify', { source: { path: resolve(file) } });
  const code = reportAnswer(desk, verdict, verdictText);
  return verdict.ok && !verdict.value.isReproduced ? EXIT.failure : code;
}

/** Adds `report write` and `report verify`. */
export function addReportVerbs(program: Command, tools: ReportTools): void {
  const report = program.command('report').description('the hedge report: write it, and verify a written one').exitOverride();
  const { verb, run, amount } = tools;
  addLimitOptions(verb(report, 'write', 'write the report of a book with a suggestion'), amount)
    .requiredOption('--book <file>', "book file, or 'demo'")
    .requiredOption('--out <dir>', 'folder to write to')
    .addOption(new Option('--format <formats...>', 'only these; all without it').choices(reportFormat.options))
    .option('--budget <usd>', 'most that may be spent, USD', amount)
    .option('--confidence <fraction>', 'confidence of the expected shortfall, e.g. 0.975', amount)
    .option('--no-hedge', 'the analysis alone')
    .option('--replays', 'replay every recorded window, so that the report tells of them')
    .option('--backtests', 'hedge along every recorded window, so that the report tells of it')
    .option('--forecasts', 'forecast requirements and hold such forecasts against the record, so that the report tells of it')
    .option('--orders', 'look for the best trigger order of every account that borrows, so that the report tells of it')
    .action((options: ReportWish & { readonly book: string }) => run(options, (desk) => writeReport(desk, options)));
  verb(report, 'verify', 'compute a written report (PDF, HTML, JSON) again from what it carries, and compare to the last bit')
    .argument('<file>', 'report file')
    .option('--book <file>', 'also say whether the report is of this book')
    .action((file: string, options: { readonly book?: string }) => run(options, (desk) => verifyReportFile(desk, file)));
}

/** How the program makes verbs and runs them. */
export type ReportTools = {
  readonly verb: (parent: Command, name: string, description: string) => Command;
  readonly run: (options: { readonly book?: string }, verb: Verb) => Promise<void>;
  readonly amount: (text: string) => number;
};

function writtenText({ folder, recordDigest, files }: OutputOf<'report.write'>): string {
  const rows = files.map(({ format, bytes, sha256 }) => `  ${format.padEnd(5)}${String(bytes).padStart(10)} bytes  ${sha256}`);
  return `Record ${recordDigest}\nReports in ${folder}:\n${rows.join('\n')}\n`;
}

/** A verdict as lines. */
export function verdictText(verdict: ReportVerdict): string {
  const { statement, difference, bookName, asOf, engineVersion, seed, recordDigest, parts, isOpenBook } = verdict;
  const book = isOpenBook === null ? '' : isOpenBook ? '; the book that was named' : '; not the book that was named, as it is now';
  const lines = [
    statement,
    ...(difference === null
      ? []
      : [`  where       ${difference.where}`, `  in the file ${difference.inFile}`, `  recomputed  ${difference.recomputed}`]),
    `  book        ${bookName}, as of ${asOf}${book}`,
    `  computed    with engine ${engineVersion}, seed ${seed}`,
    `  record      ${recordDigest}`,
    ...parts.map(({ name, detail }) => `  again       ${name}: ${detail}`),
  ];
  return `${lines.join('\n')}\n`;
}

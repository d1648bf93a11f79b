import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { AnalysisResult } from '../../contract/analysis.ts';
import type { HedgeResult } from '../../contract/hedge.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { jointlyFallen, jointText, nameOf } from './analysis-text.ts';
import { writeReports } from './analyse.ts';
import { savedText } from './hedge-text.ts';
import { dollars, listed, percent } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** What the demo leaves behind and found. */
export type DemoOutcome = {
  readonly book: string;
  readonly statement: string;
  readonly jointlyFallen: readonly string[];
  readonly savedByHedge: readonly string[];
  readonly reports: readonly string[];
  readonly summary: string;
};

/** `demo`: the demo book in a folder, analysed, hedged and reported. */
export async function runDemo(desk: Desk, folder: string): Promise<ExitCode> {
  return reportAnswer(desk, await makeDemo(desk, resolve(folder)), ({ summary }) => summary);
}

async function makeDemo(desk: Desk, folder: string): Promise<Result<DemoOutcome>> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    return fail('storage', `the folder ${folder} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const book = freePath(folder);
  const opened = await desk.client.call('book.openDemo', { path: book });
  if (!opened.ok) return opened;
  const analysis = await desk.client.call('analysis.run', {});
  if (!analysis.ok) return analysis;
  const hedge = await desk.client.call('hedge.suggest', {});
  if (!hedge.ok) return hedge;
  const reports = await writeReports(desk, folder);
  if (!reports.ok) return reports;
  return succeed({
    book,
    statement: analysis.value.statement.headline,
    jointlyFallen: jointlyFallen(analysis.value),
    savedByHedge: hedge.value.savedAccountIds,
    reports: reports.value,
    summary: summaryText({ book, analysis: analysis.value, hedge: hedge.value, reports: reports.value }),
  });
}

/** A book that is there already is left alone. */
function freePath(folder: string): string {
  const names = Array.from({ length: 1000 }, (_, at) => join(folder, at === 0 ? 'demo.interlock' : `demo-${at + 1}.interlock`));
  return names.find((path) => !existsSync(path)) ?? join(folder, 'demo.interlock');
}

type Found = { readonly book: string; readonly analysis: AnalysisResult; readonly hedge: HedgeResult; readonly reports: readonly string[] };

function summaryText({ book, analysis, hedge, reports }: Found): string {
  const { totals, distribution, surplus } = analysis;
  const joint = jointlyFallen(analysis);
  const saved = joint.filter((id) => hedge.savedAccountIds.includes(id)).map((id) => nameOf(analysis, id));
  const venues = analysis.venues.length;
  return [
    `${analysis.bookName}: ${analysis.coverage.positions} positions in ${analysis.accounts.length} accounts at ${venues} venues, ${analysis.snapshotAsOf}.`,
    `Equity ${dollars(totals.equityUsd)}, requirement ${dollars(totals.requirementUsd)}, gross ${dollars(totals.grossUsd)}.`,
    analysis.statement.headline,
    jointText(analysis),
    `Second-round loss together ${dollars(surplus.jointUsd)} against ${dollars(surplus.sumOfPartsUsd)} as the sum of the venues alone.`,
    `Expected shortfall at ${percent(distribution.confidence)}: ${dollars(hedge.before.expectedShortfallUsd)} before the suggested hedge, ${dollars(hedge.after.expectedShortfallUsd)} after, for ${dollars(hedge.after.costUsd)}.`,
    ...hedge.legs.map((leg) => `  ${leg.title}`),
    savedText(hedge),
    ...(saved.length === 0 ? [] : [`Of those safe alone that fall jointly, the hedge saves ${listed(saved)}.`]),
    `Book ${book}; reports ${reports.map((path) => basename(path)).join(', ')}.`,
    '',
  ].join('\n');
}

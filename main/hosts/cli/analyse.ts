import type { AnalysisResult } from '../../contract/analysis.ts';
import { reportFormat } from '../../contract/reporting.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import { analysisText } from './analysis-text.ts';
import { hedgeLimitsOf, type LimitOptions } from './limit-options.ts';
import { hedgeText } from './hedge-text.ts';
import { replayAll } from './replay.ts';
import { rulesText } from './rules-text.ts';
import { survivalWishOf, type SurvivalOptions } from './survival-options.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** Under which scenario set, where to write the reports, and whether they tell of the recorded windows. */
export type AnalysisWish = { readonly scenarios?: string; readonly report?: string; readonly replays?: boolean };

/** `analyze`: the analysis of a book under a scenario set, and its reports when a folder is named. */
export async function analyseBook(desk: Desk, options: AnalysisWish): Promise<ExitCode> {
  const scenarioSetId = await findScenarioSet(desk, options.scenarios);
  if (!scenarioSetId.ok) return reportAnswer(desk, scenarioSetId, String);
  const input = scenarioSetId.value === null ? {} : { scenarioSetId: scenarioSetId.value };
  const analysis = await desk.client.call('analysis.run', input);
  if (!analysis.ok || options.report === undefined) return reportAnswer(desk, analysis, analysisText);
  if (options.replays === true) {
    const replayed = await replayAll(desk);
    if (!replayed.ok) return reportAnswer(desk, replayed, String);
  }
  const written = await writeReports(desk, options.report);
  if (!written.ok) return reportAnswer(desk, written, String);
  const describe = (value: AnalysisResult): string =>
    `${analysisText(value)}\nReports in ${options.report ?? ''}: ${written.value.join(', ')}\n`;
  return reportAnswer(desk, analysis, describe);
}

/** `hedge`: the suggestion for a book within a budget at a confidence. */
export async function suggestHedge(
  desk: Desk,
  options: { readonly budget?: number; readonly confidence?: number } & LimitOptions & SurvivalOptions,
): Promise<ExitCode> {
  const analysis = await desk.client.call('analysis.run', {});
  if (!analysis.ok) return reportAnswer(desk, analysis, String);
  const answer = await desk.client.call('hedge.suggest', {
    ...(options.budget === undefined ? {} : { budgetUsd: options.budget }),
    ...(options.confidence === undefined ? {} : { confidence: options.confidence }),
    limits: hedgeLimitsOf(options),
    survival: survivalWishOf(options),
  });
  return reportAnswer(desk, answer, hedgeText);
}

/** `rules`: one account of a book under the rules in force and under others. */
export async function compareRules(desk: Desk, accountId: string): Promise<ExitCode> {
  return reportAnswer(desk, await desk.client.call('ruleSet.compare', { accountId }), rulesText);
}

/** Writes the report in every format; the paths written. */
export async function writeReports(desk: Desk, folder: string): Promise<Result<string[]>> {
  const written = await desk.client.call('report.write', { folder, formats: [...reportFormat.options] });
  return written.ok ? succeed(written.value.files.map((file) => file.path)) : written;
}

async function findScenarioSet(desk: Desk, wanted: string | undefined): Promise<Result<string | null>> {
  if (wanted === undefined) return succeed(null);
  const sets = await desk.client.call('book.scenarioSets', {});
  if (!sets.ok) return sets;
  const found = sets.value.find((set) => set.id === wanted || set.name === wanted);
  if (found !== undefined) return succeed(found.id);
  const names = sets.value.map((set) => set.id).join(', ');
  return fail('notFound', `the book has no scenario set ${JSON.stringify(wanted)}`, { remedy: `It has: ${names}.` });
}

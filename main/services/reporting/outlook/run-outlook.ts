import type { OutlookWish, ReportOutlook } from '../../../contract/report-outlook.ts';
import { fail, succeed, type Result } from '../../../domain/failure.ts';
import { DEFAULT_SEED } from '../../analysis.ts';
import type { AnalysisInputs } from '../../analysis/engine-run.ts';
import { composeCoverage } from '../../forecast/judging/compose-coverage.ts';
import { runCoverage } from '../../forecast/judging/run-coverage.ts';
import { modelOfPack, openModel } from '../../forecast/open-model.ts';
import { runForecast } from '../../forecast/run-forecast.ts';
import type { PackResult } from '../../pack.ts';
import { recordedHistory } from '../../replay.ts';
import { runTrigger } from '../../trigger/run-trigger.ts';
import type { ReportEngine } from '../compute-report.ts';
import type { KnownOutlook } from './gather-outlook.ts';
import { shippedDigest } from './shipped-digest.ts';

/** What is asked, the book after the suggestion where there is one, and what is known already. */
export type OutlookTask = {
  readonly wish: OutlookWish | null;
  readonly asked: AnalysisInputs;
  readonly packAfter: PackResult | null;
  readonly known: KnownOutlook;
};

/**
 * What may come to the book: the forecast as it is and after the suggestion, along the same paths; whether such forecasts held; and the best
 * orders. Refused by name where the recordings that ship are not those it was made with.
 */
export async function runOutlook(task: OutlookTask, engine: ReportEngine): Promise<Result<ReportOutlook | null>> {
  const { wish, known } = task;
  if (wish === null) return succeed(null);
  const shipped = shippedDigest(engine.resourcesFolder);
  if (!shipped.ok) return shipped;
  if (shipped.value !== wish.shippedDigest)
    return fail('unsupported', 'the forecasts of the report rest on recorded prices that this program does not ship', {
      remedy: 'Verify it with the program that wrote it.',
    });
  const forecast = await forecastPart(task, engine);
  if (!forecast.ok) return forecast;
  const after = await forecastAfter(task, engine);
  if (!after.ok) return after;
  const coverage = known.coverage === undefined ? await coveragePart(task, engine) : succeed(known.coverage);
  if (!coverage.ok) return coverage;
  const orders = known.orders === undefined ? await orderParts(task, engine) : succeed(known.orders);
  if (!orders.ok) return orders;
  return succeed({
    forecast: forecast.value === null ? null : nameless(forecast.value),
    after: after.value,
    coverage: coverage.value === null ? null : nameless(coverage.value),
    orders: orders.value.map(nameless),
  });
}

async function forecastPart({ wish, asked, known }: OutlookTask, engine: ReportEngine): Promise<Result<ReportOutlook['forecast']>> {
  if (known.forecast !== undefined || wish === null || wish.forecast === null) return succeed(known.forecast ?? null);
  const { draws, ...rest } = wish.forecast;
  const model = openModel(asked, rest.seed, engine.resourcesFolder);
  return model.ok ? runForecast({ inputs: asked, ...model.value, draws, ...engine }, rest) : model;
}

async function forecastAfter({ wish, asked, packAfter }: OutlookTask, engine: ReportEngine): Promise<Result<ReportOutlook['after']>> {
  if (packAfter === null || wish === null || wish.forecast === null) return succeed(null);
  const { draws, seed, alpha } = wish.forecast;
  const model = modelOfPack(asked, packAfter, { seed, resourcesFolder: engine.resourcesFolder });
  return model.ok ? runForecast({ inputs: asked, ...model.value, draws, ...engine }, { alpha, seed, changes: null }) : model;
}

async function coveragePart(
  { wish, asked }: OutlookTask,
  { pool, context, resourcesFolder }: ReportEngine,
): Promise<Result<ReportOutlook['coverage']>> {
  if (wish?.isJudged !== true) return succeed(null);
  const model = openModel(asked, DEFAULT_SEED, resourcesFolder);
  if (!model.ok) return model;
  const history = recordedHistory(asked, resourcesFolder);
  if (!history.ok) return history;
  const { pack, windows } = model.value;
  const run = await runCoverage({ inputs: asked, pack, pool, context }, history.value, { windows, seed: DEFAULT_SEED });
  return run.ok ? succeed({ bookName: asked.contents.name, ...composeCoverage(run.value, pack, windows) }) : run;
}

async function orderParts(
  { wish, asked }: OutlookTask,
  { pool, context, resourcesFolder }: ReportEngine,
): Promise<Result<ReportOutlook['orders']>> {
  const orders: ReportOutlook['orders'][number][] = [];
  for (const order of wish?.orders ?? []) {
    const model = openModel(asked, order.seed, resourcesFolder);
    if (!model.ok) return model;
    const told = await runTrigger({ inputs: asked, ...model.value, pool, context }, order);
    if (!told.ok) return told;
    orders.push(told.value);
  }
  return succeed(orders);
}

/** The same without what tells one run from another; a result at hand has it, one computed here does not. */
function nameless<T extends object>(result: T): T {
  return Object.fromEntries(Object.entries(result).filter(([key]) => !RUN_FIELDS.has(key))) as T;
}

const RUN_FIELDS: ReadonlySet<string> = new Set(['runId', 'inputsDigest', 'elapsedMs']);

import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import type { ForecastCoverage } from '../contract/forecast-coverage.ts';
import { succeed, type Result } from '../domain/failure.ts';
import { readRecordedWindows } from '../market/recorded-window.ts';
import type { Pool } from '../pool/pool-types.ts';
import { DEFAULT_SEED } from './analysis.ts';
import { composeCoverage } from './forecast/judging/compose-coverage.ts';
import { runCoverage } from './forecast/judging/run-coverage.ts';
import { prepareReplay } from './replay.ts';
import type { Session } from './session.ts';

type Deps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };

/** Whether forecasts of requirements held on recorded prices; answers from memory when nothing has changed. */
export function createForecastCoverageServices(deps: Deps): Pick<Services, 'forecast.coverage'> {
  return { 'forecast.coverage': (input, context) => judgeForecasts(deps, input, context) };
}

async function judgeForecasts(
  deps: Deps,
  input: ParsedInputOf<'forecast.coverage'>,
  context: CallContext,
): Promise<Result<ForecastCoverage>> {
  const started = performance.now();
  const prepared = prepareReplay(deps, input, context);
  if (!prepared.ok) return prepared;
  const { work, history, key } = prepared.value;
  const known = deps.session.forecastCoverage.get(key);
  if (known !== null) return succeed(known);
  const windows = readRecordedWindows(deps.resourcesFolder);
  if (!windows.ok) return windows;
  const run = await runCoverage(work, history, { windows: windows.value, seed: DEFAULT_SEED });
  if (!run.ok) return run;
  const result = {
    runId: context.runId,
    bookName: work.inputs.contents.name,
    ...composeCoverage(run.value, work.pack, windows.value),
    elapsedMs: performance.now() - started,
  };
  deps.session.forecastCoverage.set(key, result);
  return succeed(result);
}

import { createHash } from 'node:crypto';
import type { BacktestResult, BacktestWindow } from '../contract/backtest.ts';
import type { CallContext, ParsedInputOf, Services } from '../contract/contract.ts';
import { succeed, type Result } from '../domain/failure.ts';
import type { RecordedWindow } from '../domain/recorded-window.ts';
import { readRecordedWindows } from '../market/recorded-window.ts';
import type { Pool } from '../pool/pool-types.ts';
import { DEFAULT_SEED } from './analysis.ts';
import { backtestWindow, type BacktestTerms } from './backtest/backtest-window.ts';
import { MEASURE } from './backtest/compare.ts';
import { USUAL_DECISION_HOURS } from './backtest/schedule.ts';
import { summaryOf } from './backtest/summary.ts';
import { prepareReplay, type PreparedReplay } from './replay.ts';
import { windowOf } from './replay/window-source.ts';
import type { Session } from './session.ts';

type Deps = { readonly session: Session; readonly pool: Pool; readonly resourcesFolder: string };

/** Hedges along recorded windows with what was known at each time; answers from memory when nothing has changed. */
export function createBacktestServices(deps: Deps): Pick<Services, 'backtest.run'> {
  return { 'backtest.run': (input, context) => backtest(deps, input, context) };
}

async function backtest(deps: Deps, input: ParsedInputOf<'backtest.run'>, context: CallContext): Promise<Result<BacktestResult>> {
  const prepared = prepareReplay(deps, input, context);
  if (!prepared.ok) return prepared;
  const found = await windowsOf(input, deps.resourcesFolder, context);
  if (!found.ok) return found;
  const windows: BacktestWindow[] = [];
  for (const [i, window] of found.value.entries()) {
    const progress: CallContext['progress'] = (phase, done, total) =>
      context.progress(`${window.id}, ${i + 1} of ${found.value.length}: ${phase}`, done, total);
    const answer = await oneWindow(deps.session, prepared.value, {
      window,
      everyHours: input.everyHours ?? USUAL_DECISION_HOURS,
      context: { ...context, progress },
    });
    if (!answer.ok) return answer;
    windows.push(answer.value);
  }
  return succeed({ runId: context.runId, seed: DEFAULT_SEED, measure: MEASURE, windows, summary: summaryOf(windows) });
}

type OneWindow = { readonly window: RecordedWindow; readonly everyHours: number; readonly context: CallContext };

async function oneWindow(
  session: Session,
  { work, history, key }: PreparedReplay,
  { window, everyHours, context }: OneWindow,
): Promise<Result<BacktestWindow>> {
  const windowKey = `${key} ${everyHours} ${createHash('sha256').update(JSON.stringify(window)).digest('hex')}`;
  const known = session.backtest.get(windowKey);
  const terms: BacktestTerms = { history, confidence: work.inputs.scenarioSet.confidence, everyHours, seed: DEFAULT_SEED };
  const found = known === null ? await backtestWindow({ ...work, context }, window, terms) : succeed(known);
  // A book edited meanwhile has another key; the window asked for last is the one whose numbers are explained.
  if (found.ok) {
    session.backtest.set(windowKey, found.value);
    session.backtestedWindow.set(windowKey, { window, everyHours });
  }
  return found;
}

async function windowsOf(
  { windowIds, source }: ParsedInputOf<'backtest.run'>,
  resourcesFolder: string,
  context: CallContext,
): Promise<Result<RecordedWindow[]>> {
  if (windowIds === undefined && source === undefined) return readRecordedWindows(resourcesFolder);
  const windows: RecordedWindow[] = [];
  for (const windowId of windowIds ?? [undefined]) {
    const window = await windowOf({ windowId, source }, resourcesFolder, context);
    if (!window.ok) return window;
    windows.push(window.value);
  }
  return succeed(windows);
}

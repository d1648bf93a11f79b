import type { BacktestWindow } from '../../contract/backtest.ts';
import type { ReportInputs, ReportResults } from '../../contract/report-record.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { DEFAULT_SEED } from '../analysis.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { backtestWindow } from '../backtest/backtest-window.ts';
import { packBook } from '../pack.ts';
import { replayBook, type BareReplay } from '../replay/replay-book.ts';
import type { ReplayWork } from '../replay/run-path.ts';
import { studyWarnings } from '../replay/warning-study.ts';
import { withWarning } from '../replay/window-warning.ts';
import type { KnownResults, ReportEngine } from './compute-report.ts';

type Recorded = Pick<ReportResults, 'replays' | 'study' | 'backtests'>;

/** The recorded windows of a report replayed and hedged along again, unless that is at hand. */
// Two ways to say what is computed from, what with, and what need not be: four plain things read better than a bag.
// eslint-disable-next-line @typescript-eslint/max-params -- see above
export async function runRecordings(
  { recordings, contents, snapshot, scenarioSet }: ReportInputs,
  asked: AnalysisInputs,
  { pool, context }: ReportEngine,
  known: KnownResults,
): Promise<Result<Recorded>> {
  if (recordings === null) return succeed({ replays: [], study: null, backtests: [] });
  if (known.replays !== undefined && known.backtests !== undefined)
    return succeed({ replays: known.replays.map(timeless), study: known.study ?? null, backtests: known.backtests.map(timeless) });
  const pack = packBook(contents, snapshot, scenarioSet);
  if (!pack.ok) return pack;
  const work: ReplayWork = { inputs: asked, pack: pack.value, pool, context };
  const study = recordings.isStudied ? await studyWarnings(work, recordings.history) : succeed(null);
  if (!study.ok) return study;
  const bare: BareReplay[] = [];
  for (const window of recordings.replayed) {
    const replay = await replayBook(work, window, recordings.history);
    if (!replay.ok) return replay;
    bare.push(replay.value);
  }
  const backtests: BacktestWindow[] = [];
  for (const { window, everyHours } of recordings.backtested) {
    const terms = { history: recordings.history, confidence: scenarioSet.confidence, everyHours, seed: DEFAULT_SEED };
    const tested = await backtestWindow(work, window, terms);
    if (!tested.ok) return tested;
    backtests.push(timeless(tested.value));
  }
  return succeed({ replays: bare.map((each) => timeless(withWarning(each, study.value))), study: study.value, backtests });
}

/** How long something took is no part of a report. */
function timeless<T extends { readonly elapsedMs: number }>(result: T): T {
  return { ...result, elapsedMs: 0 };
}

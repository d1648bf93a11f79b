import type { RecordedSeries, RecordedWindow } from '../../main/domain/recorded-window.ts';
import { succeed, type Result } from '../../main/domain/failure.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import type { AnalysisInputs } from '../../main/services/analysis/engine-run.ts';
import { packBook } from '../../main/services/pack.ts';
import { replayBook, type BareReplay } from '../../main/services/replay/replay-book.ts';
import type { ReplayWork } from '../../main/services/replay/run-path.ts';
import { sampleScenarioSet, sampleSnapshot } from './sample-system.ts';
import { sampleContents } from './sample-system-book.ts';

/** A series whose lows and highs are a share below and above its closes. */
export function seriesOf(assetId: string, close: readonly (number | null)[], width = 0.01): RecordedSeries {
  const beside = (factor: number): (number | null)[] => close.map((value) => (value === null ? null : value * factor));
  return { assetId, symbol: `${assetId}USDT`, close: [...close], low: beside(1 - width), high: beside(1 + width) };
}

/** Hourly bars of some series from a time long before the sample market. */
export function windowOf(series: readonly RecordedSeries[], startsAt = '2025-10-10T00:00:00Z'): RecordedWindow {
  const bars = series[0]?.close.length ?? 0;
  const head = { id: 'sample', name: 'Sample window', startsAt, intervalMinutes: 60, bars, source: 'invented for tests' };
  return { ...head, facts: [], corrections: [], series: [...series] };
}

/** A fall by a fifth and half of it back, in ten hours, BTC and ETH. */
export const sampleWindow: RecordedWindow = windowOf([
  seriesOf('BTC', [100, 101, 99, 95, 90, 84, 80, 85, 88, 90]),
  seriesOf('ETH', [10, 10.2, 9.9, 9.3, 8.7, 8, 7.5, 8.2, 8.6, 8.8]),
]);

/** The sample system as the work of a replay, with few borrowers so that it is fast. */
export function sampleWork(change: Partial<AnalysisInputs> = {}): ReplayWork {
  const scenarioSet = sampleScenarioSet();
  const base = { contents: sampleContents(), snapshot: sampleSnapshot(20), scenarioSet };
  const inputs: AnalysisInputs = { ...base, shock: scenarioSet.reference, assumptions: scenarioSet.cascade, ...change };
  const pack = packBook(inputs.contents, inputs.snapshot, scenarioSet);
  if (!pack.ok) throw new Error(pack.failure.message);
  const context = { signal: new AbortController().signal, progress: (): void => undefined };
  return { inputs, pack: pack.value, pool: createInlinePool(), context };
}

/** A replay of the sample book, with the sample market's own closes as history. */
export async function replayed(window: RecordedWindow, work = sampleWork()): Promise<BareReplay> {
  const history = work.inputs.snapshot.history.map((row, i) => ({
    ...row,
    day: dayBefore(window.startsAt, work.inputs.snapshot.history.length - i),
  }));
  const result: Result<BareReplay> = await replayBook(work, window, history);
  const value = result.ok ? succeed({ ...result.value, elapsedMs: 0 }) : result;
  if (!value.ok) throw new Error(value.failure.message);
  return value.value;
}

function dayBefore(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * 86_400_000).toISOString().slice(0, 10);
}

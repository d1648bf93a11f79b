import type { RecordedWindow } from '../../../main/domain/recorded-window.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import type { BacktestTerms } from '../../../main/services/backtest/backtest-window.ts';
import type { BacktestWork } from '../../../main/services/backtest/backtest-work.ts';
import { packBook } from '../../../main/services/pack.ts';
import { preparePath } from '../../../main/services/replay/replay-book.ts';
import type { ReplayWork } from '../../../main/services/replay/run-path.ts';
import { seriesOf, windowOf } from '../../support/sample-replay.ts';
import { deskContents, deskSet, deskSnapshot, type Desk } from '../hedge-desk.ts';

/** One loan that falls at a quarter off, one that holds, a perpetual account and idle cash. */
export const desk: Desk = {
  loans: [
    { id: 'A', eth: 1000, usdc: 1_240_000 },
    { id: 'B', eth: 1000, usdc: 700_000 },
  ],
  perpetual: { cash: 900_000, eth: 0 },
  cash: 900_000,
  reserveEth: 60_000,
};

/** Hourly bars of ether from some closes; lows and highs a share beside them. */
export function etherWindow(close: readonly number[], width = 0): RecordedWindow {
  return windowOf([seriesOf('ETH', close, width)], '2025-10-10T00:00:00Z');
}

/** The made-up desk as the work of a backtest. */
export function deskWork(of: Desk = desk): ReplayWork {
  const inputs = {
    contents: deskContents(of),
    snapshot: deskSnapshot(of),
    scenarioSet: deskSet,
    shock: deskSet.reference,
    assumptions: deskSet.cascade,
  };
  const pack = packBook(inputs.contents, inputs.snapshot, deskSet);
  if (!pack.ok) throw new Error(pack.failure.message);
  const context = { signal: new AbortController().signal, progress: (): void => undefined };
  return { inputs, pack: pack.value, pool: createInlinePool(), context };
}

/** Closes of sixty days before the window, of the same small moves as the desk's own. */
export const history: BacktestTerms['history'] = deskSnapshot(desk).history.map((row, i) => ({
  ...row,
  day: new Date(Date.UTC(2025, 7, 8 + i)).toISOString().slice(0, 10),
}));

/** The same with the window's prices. */
export async function workAlong(window: RecordedWindow, work = deskWork()): Promise<BacktestWork> {
  const prepared = await preparePath(work, window);
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return { ...work, path: prepared.value.path, history, confidence: 0.95 };
}

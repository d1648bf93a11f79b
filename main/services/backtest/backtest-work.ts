import type { BookContents } from '../../domain/book.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { ReplayWork } from '../replay/run-path.ts';
import type { WindowPath } from '../replay/window-path.ts';

/** A backtest under way: the book and its market, the window as prices of it, and the closes recorded before each day. */
export type BacktestWork = ReplayWork & {
  readonly path: WindowPath;
  readonly history: Snapshot['history'];
  readonly confidence: number;
};

/** What a strategy holds: the book as it has become, and what is left of accounts that were liquidated, in dollars by account. */
export type Holdings = { readonly contents: BookContents; readonly leftUsd: ReadonlyMap<string, number> };

/** An account that recorded prices put below its requirement, sold out by the engine's rules. Money in USD. */
export type Liquidation = {
  readonly accountId: string;
  readonly bar: number;
  /** Which of the bar's prices did it. */
  readonly side: 'close' | 'low' | 'high';
  /** Equity that selling took: impact, penalties and fees of its own cascade. */
  readonly costUsd: number;
  /** What is left, held as dollars from then on. */
  readonly leftUsd: number;
  /** Move of each driver since the decision before, and of every other asset that moved by more than a little. */
  readonly moves: Readonly<Record<string, number>>;
};

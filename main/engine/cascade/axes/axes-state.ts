import { chooseLaw } from '../../impact/law/choose-law.ts';
import { NO_PARAMETERS, type LawParameters, type PriceLaw } from '../../impact/law/price-law.ts';
import { copyState } from '../../packed/market-state.ts';
import type { MarketState, PackedBook } from '../../packed/packed-book.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import type { PackedAxes } from './axes-types.ts';
import { makeFeed, restartFeed, type PriceFeed } from './oracle.ts';

/** What a running cascade keeps for its rules beyond the plain ones. */
export type AxesState = {
  rules: PackedAxes;
  law: PriceLaw;
  parameters: LawParameters;
  /** Net sold into each market since the shock and not bought back, units. */
  readonly position: Float64Array;
  /** By market, over its depth: the most that was sold of it at any time since the shock, and the most that was bought (below zero). */
  readonly mostSold: Float64Array;
  readonly mostBought: Float64Array;
  /** Log move of each market in the running round, Σ of the squares of the former ones, and the share of its depth that is left for them. */
  readonly roundMove: Float64Array;
  readonly squaredMoves: Float64Array;
  readonly depthLeft: Float64Array;
  /** Index of the running round, from 1. */
  round: number;
  /** The market as the last liquidation left it. */
  readonly lastState: MarketState;
  /** Called after every round with the workspace as it stands; null = nobody watches. Kept from cascade to cascade. */
  onRound: ((work: CascadeWorkspace) => void) | null;
  /** The posted prices; null = the market's are the posted ones. */
  feed: PriceFeed | null;
  /** Round in which each borrower's liquidation is due; 0 = not queued. */
  readonly dueRound: Int32Array;
  /** Borrowers below their requirement who wait to be executed, and those no keeper would liquidate at a profit. */
  readonly waiting: Int32Array;
  waitingCount: number;
  readonly skipped: Int32Array;
  skippedCount: number;
  /** Whether dueRound holds anything. */
  hasQueue: boolean;
};

const OFF: PackedAxes = {};

/** State for cascades over a packed book. */
export function makeAxesState({ depth, lending, initial }: PackedBook): AxesState {
  return {
    rules: OFF,
    law: chooseLaw('constantProduct'),
    parameters: NO_PARAMETERS,
    position: new Float64Array(depth.count),
    mostSold: new Float64Array(depth.count),
    mostBought: new Float64Array(depth.count),
    roundMove: new Float64Array(depth.count),
    squaredMoves: new Float64Array(depth.count),
    depthLeft: new Float64Array(depth.count),
    round: 1,
    lastState: copyState(initial),
    onRound: null,
    feed: null,
    dueRound: new Int32Array(lending.count),
    waiting: new Int32Array(lending.count),
    waitingCount: 0,
    skipped: new Int32Array(lending.count),
    skippedCount: 0,
    hasQueue: false,
  };
}

/** Ready for a cascade under the given rules, from the packed market. */
export function restartAxes(axes: AxesState, rules: PackedAxes | undefined, packed: PackedBook): void {
  axes.rules = rules ?? OFF;
  const { impact, oracle } = axes.rules;
  axes.law = chooseLaw(impact?.law ?? 'constantProduct');
  axes.parameters = impact?.parameters ?? NO_PARAMETERS;
  axes.position.fill(0);
  axes.mostSold.fill(0);
  axes.mostBought.fill(0);
  axes.roundMove.fill(0);
  axes.squaredMoves.fill(0);
  axes.depthLeft.fill(1);
  axes.round = 1;
  axes.waitingCount = 0;
  axes.skippedCount = 0;
  if (axes.hasQueue) axes.dueRound.fill(0);
  axes.hasQueue = false;
  axes.feed = oracle === undefined ? null : restartFeed(axes.feed ?? makeFeed(packed), oracle, packed);
}

/** Rounds without any fall after which nothing can still come: every price the feeds have yet to post has been posted by then. */
export function quietRounds({ rules: { oracle } }: AxesState): number {
  return oracle === undefined ? 0 : oracle.heartbeatRounds + oracle.lagRounds - 1;
}

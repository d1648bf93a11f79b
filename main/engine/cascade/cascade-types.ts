import type { MarketState } from '../packed/packed-book.ts';
import type { PackedAxes } from './axes/axes-types.ts';
import type { Participants } from './participants.ts';
import type { PolicyRules } from './policy/policy-rules.ts';

/** A shock by driver: relative move of each of PackedBook.drivers, and the shift of every implied volatility. */
export type PackedShock = { readonly moves: Float64Array; readonly volatilityShift: number };

/** What a cascade assumes besides the shock. */
export type CascadeRules = {
  /** Share of the recorded depth that has gone, 0 … 1. */
  readonly depthThinningFraction: number;
  readonly maxRounds: number;
  readonly includeCrowd: boolean;
  /** Who may fall and sell; absent or null = everybody. For a part of the book alone: a venue, a strategy, any set of accounts. */
  readonly participants?: Participants | null;
  /**
   * Circuit breaker: a borrower whose liquidation would take more than it repays (`isToxicBorrower`) is not liquidated in that round. A
   * round in which only such borrowers fall ends the cascade. Absent = nobody is paused, which is what the venues do today.
   */
  readonly pausesToxic?: boolean;
  /** Rules beyond the plain ones; absent = none. */
  readonly axes?: PackedAxes;
  /** Halts, outflow limits, insurance and auto-deleveraging that act between the rounds. Absent = none. */
  readonly policy?: PolicyRules;
};

/** End of a cascade. `converged` = nobody falls any more. */
export type CascadeStatus = 'converged' | 'reachedRoundLimit';

/** Results filled by `runCascade`; made once by `makeCascadeResult` and reused. USD unless named otherwise. */
export type CascadeResultArrays = {
  status: CascadeStatus;
  /** Round of the last liquidation. Rounds in which everybody waits count as time, not against the limit. */
  rounds: number;
  badDebtUsd: number;
  /** Borrowers below their requirement at the end whom no keeper would liquidate at a profit, and what they owe; in badDebtUsd as far as uncovered. */
  skippedBorrowers: number;
  skippedDebtUsd: number;
  readonly finalState: MarketState;
  /** Per own account. Equity now, right after the shock (nobody has sold), and at the end. */
  readonly initialEquityUsd: Float64Array;
  readonly shockedEquityUsd: Float64Array;
  readonly equityUsd: Float64Array;
  /** Equity at the final prices as if the account itself had been left alone. */
  readonly intactEquityUsd: Float64Array;
  /** Excess right after the shock, and at the final prices as if the account itself had been left alone (continuous in the shock). */
  readonly shockedExcessUsd: Float64Array;
  readonly intactExcessUsd: Float64Array;
  /** Excess that is left after its own liquidations. */
  readonly excessUsd: Float64Array;
  /** Round in which it first fell, 0 = holds. */
  readonly fallenRound: Int32Array;
  /** USD of assets its liquidation sold, at the prices of each round's start. */
  readonly soldUsd: Float64Array;
  /** Final balances of every borrower's rows, in PackedLending order. */
  readonly collateralQuantity: Float64Array;
  readonly debtQuantity: Float64Array;
  /** Round in which each borrower first fell, 0 = holds. */
  readonly borrowerFallenRound: Int32Array;
};

/** Sales of one round by cause; see `SaleLedger` for the order of causes. */
export type RoundSales = {
  readonly causes: number;
  readonly entered: Float64Array;
  /** By asset. */
  readonly keptFraction: Float64Array;
  /** Units sold into each market, net of what was bought there. */
  readonly poolNet: Float64Array;
  /** By how much they moved each market's price, or 1 − discount, as a logarithm; what else moved it is not in here. */
  readonly poolLogMove: Float64Array;
  readonly badDebt: Float64Array;
};

/** What happened in one round, kept only when a trace is asked for. Indexed by asset unless said. */
export type RoundTrace = {
  readonly round: number;
  readonly startPriceUsd: Float64Array;
  readonly startDiscountFraction: Float64Array;
  readonly startLossFraction: Float64Array;
  readonly crowdSoldUsd: Float64Array;
  readonly mineSoldUsd: Float64Array;
  /** Units seized or closed, all accounts; buying back is negative. */
  readonly soldQuantity: Float64Array;
  readonly repaidUsd: number;
  /** Own accounts × assets, row-major. */
  readonly soldByAccountUsd: Float64Array;
  /** Who sold what, and what each market kept: what `traceFlows` follows to the end. */
  readonly sales: RoundSales;
  readonly crowdFallen: number;
  readonly ownFallen: readonly number[];
};

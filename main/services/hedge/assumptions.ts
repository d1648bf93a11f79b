import { usualLeastTradeUsd } from '../../contract/hedge-limits.ts';

/**
 * What hedging takes for granted beside the market and the venues' terms. Stated here once and told in the result; a desk
 * that knows better changes the number, not the code that uses it.
 */
export const hedgeAssumptions = {
  /** Exchange of one stablecoin for another, share of the amount. Assumed: the usual fee tier of stable pools plus half a tick. */
  stableSwapFraction: 0.0002,
  /** Buying or selling a coin for dollars, share of the amount. Assumed: taker fee and half spread of a large venue. */
  spotTradeFraction: 0.001,
  /** Largest share of a recorded pool's reserve that is swapped; its price gives way by at most as much on average. Assumed. */
  swapShare: 0.001,
  /** Fee of a flash loan that bridges a repayment out of collateral, a switch of debt or a migration. Assumed: the dearer usual one. */
  flashFraction: 0.0005,
  /** Largest share of what a lender has idle that is drawn. Assumed. */
  idleShare: 0.25,
  /** How long a hedge is kept, for the interest that one debt costs more than another. Days, assumed as in `costWeight`. */
  hedgeDays: 30,
  /** Largest part of the coins that an account is away from falling at the reference shock by which a delta may deviate untraded. Assumed. */
  bandShareOfDistance: 0.5,
  /**
   * Funding of a perpetual in eight hours in the long run, and how much of a rate is left on average over the time a hedge is kept. Binance's
   * six recorded perpetuals, 2024-12-31 to 2026-02-19: BTC and ETH 0.004 % on average; the mean of the next 30 days moves by 4 to 20 % of a rate,
   * 11 % in the median. The expected cost is meant, no bound: one taken too dear leaves the book unhedged.
   */
  usualFunding: 0.00004,
  fundingPersistence: 0.11,
  /** How far beyond the reference shock an account has to hold to count as one that needs nothing; a multiple. Assumed. */
  relevantMultiple: 1.5,
  /** Loan actions of each kind that are considered for one account, the ones that help it most. */
  perAccountAndKind: 2,
  /** Withdrawals that are considered, from the accounts with most to spare. */
  mostWithdrawals: 4,
  /** Largest share of an option's open interest in one suggestion. Assumed. */
  openInterestShare: 0.1,
  /** Largest share of a contract's 24-hour volume in one suggestion. Assumed. */
  volumeShare: 0.0005,
  /** Largest share of a market's reserve where neither is recorded: moves the price by about twice as much. Assumed. */
  reserveShare: 0.0005,
  /** Factor of the square-root law by which a price gives way to a trade: Y σ √(q/V). Assumed; measured at about one in most markets. */
  impactCoefficient: 1,
  /** Where the cost of giving way has its knots; shares of what the market bears. More of them change little and cost time. */
  impactKnots: [0.25, 0.5, 1],
  /**
   * Dollars of expected shortfall that a dollar of cost has to take off. 50: shortfall binds capital that costs 24 % a year
   * and a hedge is kept for a month, so a dollar of it is worth two cents. Assumed; 1 minimises their plain sum.
   */
  costWeight: 50,
  /** Dollars of expected shortfall that a dollar of cash left where it lies is worth: enough not to move it for nothing. Assumed. */
  cashPreference: 0.001,
  /** Every account keeps at least this share of what it requires in every retained scenario: room for whole lots and rounding. */
  bufferShareOfRequirement: 0.005,
  /** The share it is to keep where cash allows, so that a slightly worse day is survived too. Assumed. */
  comfortShareOfRequirement: 0.05,
  /** Dollars of expected shortfall given up for a dollar of that comfort. Assumed. */
  comfortPrice: 0.5,
  /** No leg below this size; more legs are more work than they are worth. USD. */
  leastLegUsd: 25_000,
  /** No trade below this notional, unless the trader says another. USD. */
  leastTradeUsd: usualLeastTradeUsd,
  /** No leg above this size, whatever the market: a bound that the program needs, not a wish. USD. */
  mostLegUsd: 1e9,
  /** Cash actions are rounded to whole steps of about this size. USD. */
  stepUsd: 10_000,
} as const;

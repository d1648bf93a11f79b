import { z } from 'zod';
import { fraction, nonNegative } from '../domain/real.ts';

/**
 * What a leg does: trades a contract or coin; repays a debt; adds collateral; moves cash to a margin account; sells collateral to repay its debt; takes collateral out; holds other
 * collateral; owes another asset; moves a loan to another account.
 */
export const hedgeLegKind = z.enum([
  'trade',
  'repay',
  'topUp',
  'transfer',
  'deleverage',
  'withdraw',
  'switchCollateral',
  'switchDebt',
  'migrate',
]);
export type HedgeLegKind = z.infer<typeof hedgeLegKind>;

/** No trade is below this notional where the trader says nothing: what venues take at least. USD, assumed. */
export const usualLeastTradeUsd = 100;

/** What the trader allows a suggestion to do, beside its budget. Nothing given = everything the market offers. */
export const hedgeLimits = z.strictObject({
  /** Only what closes, repays or tops up: nothing new is opened. */
  onlyReducing: z.boolean().optional(),
  /** Instruments that are neither traded nor paid with. */
  excludeInstrumentIds: z.array(z.string()).optional(),
  /** Accounts that are left as they are: nothing is traded in them and nothing taken from them. */
  keepAccountIds: z.array(z.string()).optional(),
  /** Kinds of action that are not taken. */
  excludeKinds: z.array(hedgeLegKind).optional(),
  /** Look-through delta of each driver after the suggestion, at most this far from zero. USD. */
  deltaBandUsd: nonNegative.optional(),
  /** Gamma of each driver after the suggestion, at most this far from zero. USD of delta per move of 1 %. */
  gammaBandUsd: nonNegative.optional(),
  /** Vega of each driver after the suggestion, at most this far from zero. USD per point of volatility. */
  vegaBandUsd: nonNegative.optional(),
  /** Of the notional of all contracts, at most this share at one venue after the suggestion. */
  venueShareFraction: fraction.optional(),
  /** No trade is smaller than this. USD of notional. */
  leastTradeUsd: nonNegative.optional(),
  /** Most notional of all trades together; cash that is moved is not counted. USD. */
  turnoverUsd: nonNegative.optional(),
  /** Most notional of the trades at one venue. USD. */
  venueTurnoverUsd: nonNegative.optional(),
  /**
   * Every shock comes so long after the actions are begun, minutes; 0 = as a jump. Cash counts where it has arrived by then. Left out = as soon
   * as coins have been recorded to move so far.
   */
  noticeMinutes: nonNegative.optional(),
});
export type HedgeLimits = z.infer<typeof hedgeLimits>;

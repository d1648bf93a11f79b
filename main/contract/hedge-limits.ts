import { z } from 'zod';
import { nonNegative } from '../domain/real.ts';

/** What the trader allows a suggestion to do, beside its budget. Nothing given = everything the market offers. */
export const hedgeLimits = z.strictObject({
  /** Only what closes, repays or tops up: nothing new is opened. */
  onlyReducing: z.boolean().optional(),
  /** Instruments that are neither traded nor paid with. */
  excludeInstrumentIds: z.array(z.string()).optional(),
  /** Accounts that are left as they are: nothing is traded in them and nothing taken from them. */
  keepAccountIds: z.array(z.string()).optional(),
  /** Look-through delta of each driver after the suggestion, at most this far from zero. USD. */
  deltaBandUsd: nonNegative.optional(),
  /** Most notional of all trades together; cash that is moved is not counted. USD. */
  turnoverUsd: nonNegative.optional(),
  /** Most notional of the trades at one venue. USD. */
  venueTurnoverUsd: nonNegative.optional(),
});
export type HedgeLimits = z.infer<typeof hedgeLimits>;

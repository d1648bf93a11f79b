import { z } from 'zod';

/** What the trader allows a suggestion to do, beside its budget. Nothing given = everything the market offers. */
export const hedgeLimits = z.strictObject({
  /** Only what closes, repays or tops up: nothing new is opened. */
  onlyReducing: z.boolean().optional(),
  /** Instruments that are neither traded nor paid with. */
  excludeInstrumentIds: z.array(z.string()).optional(),
  /** Accounts that are left as they are: nothing is traded in them and nothing taken from them. */
  keepAccountIds: z.array(z.string()).optional(),
});
export type HedgeLimits = z.infer<typeof hedgeLimits>;

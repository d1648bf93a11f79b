import { z } from 'zod';
import { decimalText } from './decimal.ts';

export const assetId = z.string().min(1).max(64);

/** One row of what backs a claim: units of another asset per unit of the claim. */
export const backing = z.object({
  assetId,
  quantityPerUnit: decimalText,
  /** Where the figure comes from, or 'assumed: …'. */
  source: z.string(),
});

/**
 * A fungible thing with a price. `base` and `stable` are priced by the market; `wrapper` (liquid staking token), `share`
 * (vault or pool share) and `debtClaim` (a lender's claim on one lending market) are claims, priced through their backing.
 */
export const asset = z.object({
  id: assetId,
  name: z.string(),
  kind: z.enum(['base', 'stable', 'wrapper', 'share', 'debtClaim']),
  issuer: z.string().nullable(),
  chain: z.string().nullable(),
  oracle: z.string().nullable(),
  backing: z.array(backing),
  /** For a debtClaim: the lending market whose borrowers owe it, as `venueId/marketId`. */
  marketId: z.string().nullable(),
});
export type Asset = z.infer<typeof asset>;

import { z } from 'zod';
import { assetId } from './asset.ts';
import { venueId } from './venue.ts';

export const accountId = z.string().min(1).max(64);

/** One margin pool at one venue; a sub-account is an account with a parent. */
export const account = z.object({
  id: accountId,
  venueId,
  name: z.string(),
  kind: z.enum(['cross', 'isolated', 'portfolio']),
  parentId: accountId.nullable(),
  /** Isolated market, vault collateral type, base market or eMode it belongs to; null where the venue has none. */
  marketId: z.string().nullable(),
  /** Currency in which a coin-margined account is kept (Deribit); null otherwise. */
  settlementAssetId: assetId.nullable(),
});
export type Account = z.infer<typeof account>;

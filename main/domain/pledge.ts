import { z } from 'zod';
import { accountId } from './account.ts';
import { assetId } from './asset.ts';
import { decimalText } from './decimal.ts';
import type { Instant } from './time.ts';
import { venueId } from './venue.ts';

/** A quantity posted by an account as collateral to a venue against an obligation there. */
export const pledge = z.object({
  id: z.string().min(1).max(96),
  accountId,
  assetId,
  quantity: decimalText,
  pledgeeVenueId: venueId,
  /** What it secures, in words: 'USDC and WETH borrowed'. */
  obligation: z.string(),
  /** Whether the pledgee may use it again. */
  isReusable: z.boolean(),
});
export type Pledge = z.infer<typeof pledge>;

/** One change of what an account has pledged at a venue: above zero pledged, below zero released, in units of the asset. */
export type PledgeEvent = {
  readonly at: Instant;
  readonly accountId: string;
  readonly assetId: string;
  readonly venueId: string;
  readonly quantityChange: number;
};

/** What a book remembers of its pledges, oldest first, and its oldest and newest step of any kind, null where it has none. */
export type PledgeLog = {
  readonly reachesBackTo: Instant | null;
  readonly lastStepAt: Instant | null;
  readonly events: readonly PledgeEvent[];
};

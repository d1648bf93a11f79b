import type { Account } from '../../domain/account.ts';
import type { Venue } from '../../domain/venue.ts';

/** Rows of the auction limits of a vault's collateral type and of its venue; −1 for other borrowers. */
export type AuctionRows = { readonly type: number; readonly venue: number };

/** No limit holds: not a vault, or of a type the venue does not list. */
export const NO_AUCTION: AuctionRows = { type: -1, venue: -1 };

/** Every limit on running auctions: a venue's own, then those of its collateral types; Infinity where there is none. */
export function auctionLimits(venues: readonly Venue[]): { readonly key: string; readonly limitUsd: number }[] {
  return venues.flatMap(({ id, parameters }) =>
    parameters.family !== 'vault'
      ? []
      : [
          { key: id, limitUsd: parameters.auctionLimitUsd ?? Infinity },
          ...parameters.collateralTypes.map((type) => ({ key: `${id}/${type.id}`, limitUsd: type.auctionLimitUsd ?? Infinity })),
        ],
  );
}

/** The limits that hold for an account. */
export function auctionRows(venues: readonly Venue[], { venueId, marketId }: Account): AuctionRows {
  const limits = auctionLimits(venues);
  const type = limits.findIndex((each) => each.key === `${venueId}/${marketId ?? ''}`);
  return type < 0 ? NO_AUCTION : { type, venue: limits.findIndex((each) => each.key === venueId) };
}

import type { CrowdAccount, Listing, Snapshot } from '../../domain/snapshot.ts';
import type { PackResult } from '../pack.ts';
import { instantOf } from '../replay/account-verdicts.ts';
import { packAt } from '../replay/run-path.ts';
import type { BacktestWork } from './backtest-work.ts';

/**
 * The book's market as it was known at the end of a bar: closes of earlier days, listings moved as their underlying has, borrowers that
 * have not been closed by then. Depth, spreads and volumes in coins are the snapshot's.
 */
export function marketAt(work: BacktestWork, bar: number): Snapshot {
  const { inputs, pack, path } = work;
  const { snapshot } = inputs;
  const today = instantOf(path.endMs[bar] ?? 0).slice(0, 10);
  const now = pricesOf(packAt(pack, path.path.close, bar));
  const atLow = pricesOf(packAt(pack, path.path.low, lowestBar(path.commonMove.low, bar)));
  const before = pricesOf(pack);
  return {
    ...snapshot,
    history: work.history.filter((row) => row.day < today),
    listings: snapshot.listings.map((listing) => {
      const { underlyingId } = underlyingOf(listing);
      return movedListing(listing, now(underlyingId) / before(underlyingId));
    }),
    // The snapshot's rates are of its own day; at other times the usual ones are taken.
    funding: [],
    crowd: snapshot.crowd.filter((borrower) => isStanding(borrower, now) && isStanding(borrower, atLow)),
  };
}

type PriceOf = (assetId: string) => number;

function pricesOf({ packed, assetIndex }: PackResult): PriceOf {
  return (assetId) => packed.initial.priceUsd[assetIndex.get(assetId) ?? -1] ?? NaN;
}

/** The bar of the lowest common low so far. */
function lowestBar(low: Float64Array, bar: number): number {
  let lowest = 0;
  for (let each = 1; each <= bar; each += 1) if ((low[each] ?? 0) < (low[lowest] ?? 0)) lowest = each;
  return lowest;
}

/** Whether a borrower's collateral still covers its debt; one whose prices are unknown stays. */
function isStanding({ collateral, debt }: CrowdAccount, priceOf: PriceOf): boolean {
  const covered = collateral.reduce((sum, row) => sum + row.quantity * row.liquidationThresholdFraction * priceOf(row.assetId), 0);
  const owed = debt.reduce((sum, row) => sum + row.quantity * priceOf(row.assetId), 0);
  return !(covered < owed);
}

function underlyingOf({ instrument }: Listing): { readonly underlyingId: string } {
  return { underlyingId: 'underlyingId' in instrument ? instrument.underlyingId : instrument.assetId };
}

/** Prices in dollars move with the underlying; an option quoted in coin keeps its quotes, which only give its spread here. */
function movedListing(listing: Listing, move: number): Listing {
  if (!(move > 0)) return listing;
  const { instrument, bid, ask, mark } = listing;
  const moved = (price: number | null): number | null => (price === null ? null : price * move);
  const isInCoin = instrument.kind === 'option' && instrument.settlement === 'inverse';
  const quotes = isInCoin ? {} : { bid: moved(bid), ask: moved(ask), mark: moved(mark) };
  return { ...listing, ...quotes, underlyingPriceUsd: listing.underlyingPriceUsd * move };
}

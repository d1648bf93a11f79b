import type { Asset } from '../../domain/asset.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/** A relative move of a base asset's price. */
export type PriceMove = { readonly assetId: string; readonly move: number };

/**
 * The snapshot with prices moved: the asset, what rests on it alone, its futures and the forwards of its options. Implied
 * volatilities stay; an option's own bid, ask and mark belong to the former price and are taken away. Several moves of one
 * asset multiply, in an order of their own so that theirs does not matter.
 */
export function movePrices(snapshot: Snapshot, assets: readonly Asset[], moves: readonly PriceMove[]): Snapshot {
  if (moves.length === 0) return snapshot;
  const factors = new Map<string, number>();
  for (const { assetId, move } of moves.toSorted((a, b) => a.move - b.move)) factors.set(assetId, (factors.get(assetId) ?? 1) * (1 + move));
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const factorOf = (assetId: string): number => factors.get(baseOf(byId, assetId)) ?? 1;
  const scaled = (price: number | null, factor: number): number | null => (price === null ? null : price * factor);
  return {
    ...snapshot,
    quotes: snapshot.quotes.map((quote) => ({ ...quote, priceUsd: quote.priceUsd * factorOf(quote.assetId) })),
    listings: snapshot.listings.map((listing) => {
      if (!('underlyingId' in listing.instrument)) return listing;
      const factor = factorOf(listing.instrument.underlyingId);
      if (factor === 1) return listing;
      const isOption = listing.instrument.kind === 'option';
      const quoted = (price: number | null): number | null => (isOption ? null : scaled(price, factor));
      return {
        ...listing,
        underlyingPriceUsd: listing.underlyingPriceUsd * factor,
        bid: quoted(listing.bid),
        ask: quoted(listing.ask),
        mark: quoted(listing.mark),
      };
    }),
  };
}

/** The asset at the end of a chain of single backings. */
function baseOf(assets: ReadonlyMap<string, Asset>, assetId: string): string {
  const seen = new Set<string>();
  let id = assetId;
  while (!seen.has(id)) {
    seen.add(id);
    const backing = assets.get(id)?.backing ?? [];
    const [only] = backing;
    if (backing.length !== 1 || only === undefined) return id;
    id = only.assetId;
  }
  return id;
}

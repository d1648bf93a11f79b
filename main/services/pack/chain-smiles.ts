import type { Listing, Snapshot } from '../../domain/snapshot.ts';
import { instantToMs, MS_PER_YEAR } from '../../domain/time.ts';
import { fitSmile, type Smile } from '../../engine/pricing/smile.ts';

/** Smile and forward of one expiry. */
export type ExpirySmile = { readonly smile: Smile; readonly forward: number };

/** Smiles of a snapshot's option chain, fitted when first asked for. */
export type ChainSmiles = { readonly of: (underlyingId: string, expiry: string) => ExpirySmile | null };

/** Groups the chain by underlying and expiry; the forward is that of the first listing of the expiry. */
export function chainSmiles(snapshot: Snapshot): ChainSmiles {
  const nowMs = instantToMs(snapshot.asOf);
  const groups = new Map<string, Listing[]>();
  for (const listing of snapshot.listings) {
    if (listing.instrument.kind !== 'option') continue;
    const key = `${listing.instrument.underlyingId} ${listing.instrument.expiry}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listing]);
    else group.push(listing);
  }
  const fitted = new Map<string, ExpirySmile | null>();
  return {
    of: (underlyingId, expiry) => {
      const key = `${underlyingId} ${expiry}`;
      const known = fitted.get(key);
      if (known !== undefined) return known;
      const smile = fitExpiry(groups.get(key) ?? [], (instantToMs(expiry) - nowMs) / MS_PER_YEAR);
      fitted.set(key, smile);
      return smile;
    },
  };
}

function fitExpiry(listings: readonly Listing[], years: number): ExpirySmile | null {
  const forward = listings[0]?.underlyingPriceUsd ?? 0;
  if (!(forward > 0) || !(years > 0)) return null;
  const option = (listing: Listing): { strike: number; isCall: number } =>
    listing.instrument.kind === 'option'
      ? { strike: Number(listing.instrument.strike), isCall: listing.instrument.optionType === 'call' ? 1 : 0 }
      : { strike: NaN, isCall: 0 };
  const smile = fitSmile({
    strikes: Float64Array.from(listings, (listing) => option(listing).strike),
    volatilities: Float64Array.from(listings, (listing) => listing.impliedVolatility ?? NaN),
    forward,
    years,
    isCall: Uint8Array.from(listings, (listing) => option(listing).isCall),
  });
  return smile.logMoneyness.length === 0 ? null : { smile, forward };
}

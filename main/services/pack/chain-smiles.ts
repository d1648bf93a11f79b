import type { Listing, Snapshot } from '../../domain/snapshot.ts';
import { instantToMs, MS_PER_YEAR } from '../../domain/time.ts';
import { fitQuotedSmile, type QuotedSmile } from '../../engine/pricing/quotes/quoted-smile.ts';
import { surfaceVolatility, type Smile } from '../../engine/pricing/smile.ts';

/** The smile of one expiry, its forward, and what it was fitted to. */
export type ExpirySmile = QuotedSmile & {
  readonly underlyingId: string;
  readonly expiry: string;
  readonly forward: number;
};

/** Forward of an expiry and the volatility of a strike there. */
export type ExpiryMarket = { readonly forward: number; readonly volatility: (strike: number) => number };

/** What a snapshot's option chain says of expiries; an underlying's smiles are fitted when the first of them is asked for. */
export type ChainSmiles = { readonly at: (underlyingId: string, expiry: string) => ExpiryMarket | null };

/**
 * Looks expiries up in the chain. Between two listed ones total variance is linear in time at the same moneyness, and so is the logarithm of the forward; before
 * the first, after the last and without a chain there is no answer.
 */
export function chainSmiles(snapshot: Snapshot): ChainSmiles {
  const nowMs = instantToMs(snapshot.asOf);
  const fitted = new Map<string, readonly ExpirySmile[]>();
  return {
    at: (underlyingId, expiry) => {
      const smiles = fitted.get(underlyingId) ?? smilesOf(snapshot, underlyingId);
      fitted.set(underlyingId, smiles);
      return marketAt(smiles, (instantToMs(expiry) - nowMs) / MS_PER_YEAR);
    },
  };
}

function marketAt(smiles: readonly ExpirySmile[], years: number): ExpiryMarket | null {
  const after = smiles.findIndex((each) => each.smile.years >= years);
  const right = smiles[after];
  const left = right?.smile.years === years ? right : smiles[after - 1];
  if (right === undefined || left === undefined || !(years > 0)) return null;
  const weight = right === left ? 0 : (years - left.smile.years) / (right.smile.years - left.smile.years);
  const forward = left.forward * (right.forward / left.forward) ** weight;
  const surface = { years: Float64Array.of(left.smile.years, right.smile.years), smiles: [left.smile, right.smile] };
  return { forward, volatility: (strike) => surfaceVolatility(surface, years, Math.log(strike / forward)) };
}

/** Every smile of the chain, by underlying and expiry. */
export function allSmiles(snapshot: Snapshot): ExpirySmile[] {
  const options = snapshot.listings.map((listing) => listing.instrument).filter((instrument) => instrument.kind === 'option');
  const underlyings = [...new Set(options.map((option) => option.underlyingId))].toSorted();
  return underlyings.flatMap((underlyingId) => smilesOf(snapshot, underlyingId));
}

/** Fits the expiries of an underlying in order, each not below the one before. */
function smilesOf(snapshot: Snapshot, underlyingId: string): ExpirySmile[] {
  const nowMs = instantToMs(snapshot.asOf);
  const groups = new Map<string, Listing[]>();
  for (const listing of snapshot.listings) {
    if (listing.instrument.kind !== 'option' || listing.instrument.underlyingId !== underlyingId) continue;
    const group = groups.get(listing.instrument.expiry);
    if (group === undefined) groups.set(listing.instrument.expiry, [listing]);
    else group.push(listing);
  }
  const smiles: ExpirySmile[] = [];
  let earlier: Smile | null = null;
  for (const [expiry, listings] of [...groups].toSorted(([left], [right]) => instantToMs(left) - instantToMs(right))) {
    const fit = fitExpiry(listings, { years: (instantToMs(expiry) - nowMs) / MS_PER_YEAR, earlier });
    if (fit === null) continue;
    smiles.push({ ...fit, underlyingId, expiry, forward: listings[0]?.underlyingPriceUsd ?? 0 });
    earlier = fit.smile;
  }
  return smiles;
}

/** The forward is that of the first listing of the expiry; quotes in dollars become shares of it. */
function fitExpiry(listings: readonly Listing[], { years, earlier }: { years: number; earlier: Smile | null }): QuotedSmile | null {
  const forward = listings[0]?.underlyingPriceUsd ?? 0;
  if (!(forward > 0) || !(years > 0)) return null;
  const column = (read: (listing: Listing) => number): Float64Array => Float64Array.from(listings, read);
  const share = (listing: Listing, price: number | null): number =>
    price === null ? NaN : listing.instrument.kind === 'option' && listing.instrument.settlement === 'inverse' ? price : price / forward;
  const fit = fitQuotedSmile(
    {
      strikes: column(({ instrument }) => (instrument.kind === 'option' ? Number(instrument.strike) : NaN)),
      isCall: Uint8Array.from(listings, ({ instrument }) => (instrument.kind === 'option' && instrument.optionType === 'call' ? 1 : 0)),
      bid: column((listing) => share(listing, listing.bid)),
      ask: column((listing) => share(listing, listing.ask)),
      volatility: column((listing) => listing.impliedVolatility ?? NaN),
      forward,
      years,
    },
    earlier,
  );
  return fit.smile.logMoneyness.length === 0 ? null : fit;
}

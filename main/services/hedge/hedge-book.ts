import { balanceInstruments } from '../../domain/balance-instrument.ts';
import type { Account } from '../../domain/account.ts';
import type { Asset } from '../../domain/asset.ts';
import type { BookContents } from '../../domain/book.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Position } from '../../domain/position.ts';
import type { ScenarioSet } from '../../domain/scenario.ts';
import type { Listing, Snapshot } from '../../domain/snapshot.ts';
import type { Venue } from '../../domain/venue.ts';

/** A book, its market and the scenarios it is hedged against, with the look-ups that hedging needs. */
export type HedgeBook = {
  readonly contents: BookContents;
  readonly snapshot: Snapshot;
  readonly set: ScenarioSet;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly venueOf: (accountId: string) => Venue | undefined;
  readonly instrument: (id: string) => Instrument | undefined;
  readonly listing: (instrumentId: string) => Listing | undefined;
  readonly positionsOf: (accountId: string) => readonly Position[];
};

/** Instrument kinds that are a holding of an asset, and may therefore pay or be pledged. */
const holdingKinds: ReadonlySet<string> = new Set(['spot', 'wrapper', 'share', 'supplied']);

/**
 * Prepares the look-ups; the instruments of the book come before the snapshot's listings of the same id, and every asset may also be held,
 * supplied or borrowed where the book does neither yet.
 */
export function hedgeBook(contents: BookContents, snapshot: Snapshot, set: ScenarioSet): HedgeBook {
  const accounts = new Map(contents.accounts.map((account) => [account.id, account]));
  const venues = new Map(contents.venues.map((venue) => [venue.id, venue]));
  const instruments = new Map(balanceInstruments(contents.assets));
  const listings = new Map<string, Listing>();
  for (const listing of snapshot.listings) {
    instruments.set(listing.instrument.id, listing.instrument);
    listings.set(listing.instrument.id, listing);
  }
  for (const instrument of contents.instruments) instruments.set(instrument.id, instrument);
  const positions = new Map<string, Position[]>();
  for (const position of contents.positions) {
    const list = positions.get(position.accountId);
    if (list) list.push(position);
    else positions.set(position.accountId, [position]);
  }
  return {
    contents,
    snapshot,
    set,
    accounts,
    assets: new Map(contents.assets.map((asset) => [asset.id, asset])),
    venueOf: (accountId) => venues.get(accounts.get(accountId)?.venueId ?? ''),
    instrument: (id) => instruments.get(id),
    listing: (id) => listings.get(id),
    positionsOf: (accountId) => positions.get(accountId) ?? [],
  };
}

/** A holding of an asset in an account: what can pay, be posted, or be sold. */
export type Holding = { readonly accountId: string; readonly instrumentId: string; readonly assetId: string; readonly quantity: number };

/** Positive holdings of an account. */
export function holdingsOf(book: HedgeBook, accountId: string): readonly Holding[] {
  return book.positionsOf(accountId).flatMap((position) => {
    const instrument = book.instrument(position.instrumentId);
    const quantity = Number(position.quantity);
    if (!instrument || !holdingKinds.has(instrument.kind) || !('assetId' in instrument) || !(quantity > 0)) return [];
    return [{ accountId, instrumentId: instrument.id, assetId: instrument.assetId, quantity }];
  });
}

/** Debts of an account, quantity > 0. */
export function debtsOf(book: HedgeBook, accountId: string): readonly Holding[] {
  return book.positionsOf(accountId).flatMap((position) => {
    const instrument = book.instrument(position.instrumentId);
    const quantity = -Number(position.quantity);
    if (instrument?.kind !== 'borrowed' || !(quantity > 0)) return [];
    return [{ accountId, instrumentId: instrument.id, assetId: instrument.assetId, quantity }];
  });
}

/** Dollars, the base asset it is one for one (WETH is ETH), or null for what cannot simply be exchanged. */
export function moneyOf(book: HedgeBook, assetId: string): string | null {
  const asset = book.assets.get(assetId);
  if (asset === undefined) return null;
  if (asset.kind === 'stable') return 'USD';
  if (asset.kind === 'base') return asset.id;
  const only = asset.backing.length === 1 ? asset.backing[0] : undefined;
  if (asset.kind !== 'wrapper' || only === undefined || Number(only.quantityPerUnit) !== 1) return null;
  // A wrapper with a market of its own (stETH) may trade away from what backs it; one without is exchanged by its issuer.
  const hasOwnMarket =
    book.snapshot.quotes.some((quote) => quote.assetId === assetId) || book.snapshot.depth.some((pool) => pool.assetId === assetId);
  return !hasOwnMarket && book.assets.get(only.assetId)?.kind === 'base' ? only.assetId : null;
}

/** Contracts listed or held at the account's venue. */
export function contractsAt(book: HedgeBook, accountId: string): readonly Instrument[] {
  const venueId = book.accounts.get(accountId)?.venueId;
  const held = book.positionsOf(accountId).map((position) => book.instrument(position.instrumentId));
  const listed = book.snapshot.listings.map((listing) => listing.instrument);
  const seen = new Set<string>();
  return [...held, ...listed].filter((instrument): instrument is Instrument => {
    if (instrument === undefined || instrument.venueId !== venueId || seen.has(instrument.id)) return false;
    seen.add(instrument.id);
    return true;
  });
}

/** Signed quantity the account holds of an instrument; 0 when none. */
export function heldQuantity(book: HedgeBook, row: { readonly accountId: string; readonly instrumentId: string }): number {
  return book
    .positionsOf(row.accountId)
    .filter((position) => position.instrumentId === row.instrumentId)
    .reduce((sum, position) => sum + Number(position.quantity), 0);
}

import type { Account } from '../domain/account.ts';
import type { Asset } from '../domain/asset.ts';
import type { BookContents } from '../domain/book.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Venue } from '../domain/venue.ts';

/** Rows that positions need and the book does not hold yet, in the order in which they must be written. */
export type NewRows = {
  readonly venues: readonly Venue[];
  readonly assets: readonly Asset[];
  readonly accounts: readonly Account[];
  readonly instruments: readonly Instrument[];
};

/** Venues that may be added, and the account whose positions are looked up (venue files belong to one account). */
export type DirectoryScope = { readonly shippedVenues: readonly Venue[]; readonly accountId: string | null };

/** The nouns that rows of a file refer to: those of the book and those the file itself brings. */
export class Directory {
  readonly #venues: Map<string, Venue>;
  /** Venues that ship with the workstation and enter the book with the first account there. */
  readonly #shipped: ReadonlyMap<string, Venue>;
  readonly #assets: Map<string, Asset>;
  readonly #accounts: Map<string, Account>;
  readonly #instruments: Map<string, Instrument>;
  /** Instrument ids by terms, to find the book's own id of an instrument that a venue calls by another. */
  readonly #byTerms = new Map<string, string>();
  /** Position ids of the account in scope by instrument; null where it has several of one. */
  readonly #held = new Map<string, string | null>();
  readonly #positionIds = new Set<string>();
  readonly #positionsByAccount = new Map<string, number>();
  #new: { venues: Venue[]; assets: Asset[]; accounts: Account[]; instruments: Instrument[] } = emptyRows();

  constructor(contents: BookContents, scope: DirectoryScope) {
    this.#shipped = new Map(scope.shippedVenues.map((row) => [row.id, row]));
    this.#venues = new Map(contents.venues.map((row) => [row.id, row]));
    this.#assets = new Map(contents.assets.map((row) => [row.id, row]));
    this.#accounts = new Map(contents.accounts.map((row) => [row.id, row]));
    this.#instruments = new Map(contents.instruments.map((row) => [row.id, row]));
    for (const row of contents.instruments) this.#byTerms.set(termsKey(row), row.id);
    for (const { id, accountId, instrumentId } of contents.positions) {
      this.#positionsByAccount.set(accountId, (this.#positionsByAccount.get(accountId) ?? 0) + 1);
      if (accountId !== scope.accountId) continue;
      this.#held.set(instrumentId, this.#held.has(instrumentId) ? null : id);
      this.#positionIds.add(id);
    }
  }

  venue(id: string): Venue | undefined {
    return this.#venues.get(id) ?? this.#shipped.get(id);
  }

  asset(id: string): Asset | undefined {
    return this.#assets.get(id);
  }

  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  instrument(id: string): Instrument | undefined {
    return this.#instruments.get(id);
  }

  /** All accounts at a venue, in order of id. */
  accountsAt(venueId: string): Account[] {
    return [...this.#accounts.values()].filter((row) => row.venueId === venueId).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The known instrument with the same terms at the same venue, under whatever id. */
  sameTerms(instrument: Instrument): Instrument | undefined {
    return this.#instruments.get(this.#byTerms.get(termsKey(instrument)) ?? '');
  }

  /** Id of the only position in the instrument held by the account in scope; null when it has none or several. */
  heldPosition(instrumentId: string): string | null {
    return this.#held.get(instrumentId) ?? null;
  }

  /** Whether the account in scope holds a position of this id. */
  holds(positionId: string): boolean {
    return this.#positionIds.has(positionId);
  }

  /** Number of the book's positions in the account. */
  positionsIn(accountId: string): number {
    return this.#positionsByAccount.get(accountId) ?? 0;
  }

  addAsset(row: Asset): void {
    this.#assets.set(row.id, row);
    this.#new.assets.push(row);
  }

  /** Adds the account and, where the book does not have it yet, its shipped venue. */
  addAccount(row: Account): void {
    const shipped = this.#venues.has(row.venueId) ? undefined : this.#shipped.get(row.venueId);
    if (shipped) {
      this.#venues.set(shipped.id, shipped);
      this.#new.venues.push(shipped);
    }
    this.#accounts.set(row.id, row);
    this.#new.accounts.push(row);
  }

  addInstrument(row: Instrument): void {
    this.#instruments.set(row.id, row);
    this.#byTerms.set(termsKey(row), row.id);
    this.#new.instruments.push(row);
  }

  /** What was added since the last call. */
  takeNew(): NewRows {
    const taken = this.#new;
    this.#new = emptyRows();
    return taken;
  }
}

function emptyRows(): { venues: Venue[]; assets: Asset[]; accounts: Account[]; instruments: Instrument[] } {
  return { venues: [], assets: [], accounts: [], instruments: [] };
}

/** Two instruments are the same contract when this text is the same. */
export function termsKey(instrument: Instrument): string {
  const start = `${instrument.kind}|${instrument.venueId ?? ''}`;
  switch (instrument.kind) {
    case 'spot':
    case 'wrapper':
    case 'share':
    case 'supplied':
    case 'borrowed':
      return `${start}|${instrument.assetId}`;
    case 'perpetual':
      return `${start}|${contractKey(instrument)}`;
    case 'future':
      return `${start}|${contractKey(instrument)}|${Date.parse(instrument.expiry)}`;
    case 'option':
      return `${start}|${contractKey(instrument)}|${Date.parse(instrument.expiry)}|${instrument.optionType}|${Number(instrument.strike)}`;
  }
}

function contractKey(terms: { underlyingId: string; settlement: string; settlementAssetId: string; contractSize: string }): string {
  return `${terms.underlyingId}|${terms.settlement}|${terms.settlementAssetId}|${Number(terms.contractSize)}`;
}

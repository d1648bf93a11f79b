import { balanceInstruments } from '../domain/balance-instrument.ts';
import type { BookContents } from '../domain/book.ts';
import { fail, succeed, type Result } from '../domain/failure.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ScenarioSet } from '../domain/scenario.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { FAMILY, type PackedAccounts, type PackedAssets, type PackedBook } from '../engine/packed/packed-book.ts';
import { packAssets, type PriceCoverage } from './pack/pack-assets.ts';
import { isolatedMarkets, packLending } from './pack/pack-lending.ts';
import { packOptionMargin, settlementAssets, type OptionMarginPack } from './pack/pack-option-margin.ts';
import { packPositions, type PositionRow } from './pack/pack-positions.ts';
import { digestColumns, shareColumns } from './pack/shared-columns.ts';

/** A position that is not in the book, e.g. a candidate hedge with quantity '0'. The instrument may be one of the snapshot's listings, or a balance. */
export type ExtraPosition = { readonly accountId: string; readonly instrumentId: string; readonly quantity: string };

/** A packed book with the way back from indexes to names. */
export type PackResult = {
  readonly packed: PackedBook;
  readonly assetIds: readonly string[];
  readonly driverIds: readonly string[];
  readonly venueIds: readonly string[];
  readonly accountIds: readonly string[];
  /** By packed position: the book's position id, or `extra:<n>` for extra positions in the given order. */
  readonly positionIds: readonly string[];
  readonly instruments: readonly Instrument[];
  readonly assetIndex: ReadonlyMap<string, number>;
  readonly accountIndex: ReadonlyMap<string, number>;
  readonly positionIndex: ReadonlyMap<string, number>;
  readonly crowdIds: readonly string[];
  /** By packed position. */
  readonly coverage: readonly PriceCoverage[];
  /** By asset. */
  readonly assetCoverage: readonly PriceCoverage[];
  /** Claims quoted above what backs them; they are valued at their backing. */
  readonly underBacked: readonly { readonly assetId: string; readonly backingRatio: number }[];
};

export type PackOptions = { readonly extraPositions?: readonly ExtraPosition[] };

/**
 * Turns a book and a snapshot into columns once. Fails with `circular` for a collateral loop of gain at or above one, and
 * with `invalidValue` for a position of an unknown account or instrument; a missing price is not a failure but a flag.
 */
// A book, a market, scenarios and rarely something extra: four plain things read better than a bag.
// eslint-disable-next-line @typescript-eslint/max-params -- see above
export function packBook(
  contents: BookContents,
  snapshot: Snapshot,
  scenarioSet: ScenarioSet,
  options: PackOptions = {},
): Result<PackResult> {
  const markets = isolatedMarkets(contents.venues);
  const assetPack = packAssets(contents.assets, snapshot, markets);
  if (!assetPack.ok) return assetPack;
  const rows = positionRows(contents, snapshot, options.extraPositions ?? []);
  if (!rows.ok) return rows;
  const { assets, depth, initial, index } = assetPack.value;
  const optionMargin = packOptionMargin(contents.venues);
  const positionPack = packPositions({
    optionMargin,
    rows: rows.value,
    accounts: contents.accounts,
    venues: contents.venues,
    snapshot,
    assetPack: assetPack.value,
  });
  if (!positionPack.ok) return positionPack;
  const { positions, tiers } = positionPack.value;
  const driverIds = driversOf(scenarioSet, contents);
  const drivers = Int32Array.from(driverIds, (id) => index.get(id) ?? 0);
  const positionStart = startsByAccount(rows.value, contents.accounts.length);
  const { lending, borrowerOf, crowdIds } = packLending({
    venues: contents.venues,
    accounts: contents.accounts,
    assets: contents.assets,
    assetIndex: index,
    markets,
    snapshot,
    positionStart,
    kind: positions.kind,
    asset: positions.asset,
    quantity: positions.quantity,
    targetOf: (asset) => debtTarget(assets, asset, drivers),
  });
  const accounts = packAccounts(contents, { positionStart, borrower: borrowerOf, optionMargin });
  const columns = { assets, positions, accounts, lending, depth, tiers, optionMargin: optionMargin.optionMargin, drivers, initial };
  return succeed({
    packed: { id: digestColumns(columns), ...shareColumns(columns) },
    assetIds: contents.assets.map((asset) => asset.id),
    driverIds,
    venueIds: contents.venues.map((venue) => venue.id),
    accountIds: contents.accounts.map((account) => account.id),
    positionIds: rows.value.map((row) => row.id),
    instruments: rows.value.map((row) => row.instrument),
    assetIndex: index,
    accountIndex: new Map(contents.accounts.map((account, i) => [account.id, i])),
    positionIndex: new Map(rows.value.map((row, i) => [row.id, i])),
    crowdIds,
    coverage: positionPack.value.coverage,
    assetCoverage: assetPack.value.coverage,
    underBacked: assetPack.value.underBacked,
  });
}

/** Positions by account, the book's own first, then the extra ones in their order. */
function positionRows(contents: BookContents, snapshot: Snapshot, extras: readonly ExtraPosition[]): Result<PositionRow[]> {
  // An extra position may be the first balance of its kind: an asset of the book that it does not hold, supply or borrow yet.
  const instruments = new Map(balanceInstruments(contents.assets));
  for (const { instrument } of snapshot.listings) instruments.set(instrument.id, instrument);
  for (const instrument of contents.instruments) instruments.set(instrument.id, instrument);
  const accountIndex = new Map(contents.accounts.map((account, i) => [account.id, i]));
  const all = [
    ...contents.positions,
    ...extras.map((extra, n) => ({
      id: `extra:${n}`,
      accountId: extra.accountId,
      instrumentId: extra.instrumentId,
      quantity: extra.quantity,
      entryPrice: null,
    })),
  ];
  const byAccount: PositionRow[][] = contents.accounts.map(() => []);
  for (const position of all) {
    const account = accountIndex.get(position.accountId);
    const instrument = instruments.get(position.instrumentId);
    if (account === undefined)
      return fail('invalidValue', `position ${position.id}: no account ${position.accountId}`, {
        remedy: 'Add the account or move the position.',
      });
    if (instrument === undefined)
      return fail('invalidValue', `position ${position.id}: no instrument ${position.instrumentId}`, {
        remedy: 'Add the instrument or import a market that lists it.',
      });
    byAccount[account]?.push({ id: position.id, account, instrument, quantity: position.quantity, entryPrice: position.entryPrice });
  }
  return succeed(byAccount.flat());
}

function startsByAccount(rows: readonly PositionRow[], accounts: number): Int32Array {
  const start = new Int32Array(accounts + 1);
  for (const row of rows) start[row.account + 1] = (start[row.account + 1] ?? 0) + 1;
  for (let account = 0; account < accounts; account += 1) start[account + 1] = (start[account + 1] ?? 0) + (start[account] ?? 0);
  return start;
}

/** Base assets that the scenario set moves, in the order of its betas. */
function driversOf(set: ScenarioSet, contents: BookContents): string[] {
  const bases = new Set(contents.assets.filter((asset) => asset.kind === 'base').map((asset) => asset.id));
  return [...new Set([...Object.keys(set.betas), ...Object.keys(set.reference.moves)])].filter((id) => bases.has(id));
}

/** The driver that makes up most of what a debt looks through to, or −1 for dollars. */
function debtTarget({ lookThroughUnits, count }: PackedAssets, asset: number, drivers: Int32Array): number {
  let best = -1;
  let most = 0;
  drivers.forEach((driver, d) => {
    const held = lookThroughUnits[asset * count + driver] ?? 0;
    if (held > most) {
      most = held;
      best = d;
    }
  });
  return best;
}

function packAccounts(
  { accounts, venues, assets }: BookContents,
  parts: { positionStart: Int32Array; borrower: Int32Array; optionMargin: OptionMarginPack },
): PackedAccounts {
  const { positionStart, borrower, optionMargin } = parts;
  const parametersOf = accounts.map((account) => venues.find((venue) => venue.id === account.venueId)?.parameters);
  const optionTerm = (name: 'shortInitialFraction' | 'shortInitialFloorFraction' | 'shortMaintenanceFraction'): Float64Array =>
    Float64Array.from(parametersOf, (parameters) => (parameters?.family === 'standardOptions' ? parameters.option[name] : 0));
  return {
    count: accounts.length,
    family: Uint8Array.from(parametersOf, (parameters) => FAMILY[parameters?.family ?? 'custody']),
    venue: Int32Array.from(accounts, (account) => venues.findIndex((venue) => venue.id === account.venueId)),
    positionStart,
    borrower,
    optionShortInitialFraction: optionTerm('shortInitialFraction'),
    optionShortInitialFloorFraction: optionTerm('shortInitialFloorFraction'),
    optionShortMaintenanceFraction: optionTerm('shortMaintenanceFraction'),
    marketFrom: Int32Array.from(accounts, (account) => optionMargin.ofVenue.get(account.venueId)?.[0] ?? 0),
    marketCount: Int32Array.from(accounts, (account) => optionMargin.ofVenue.get(account.venueId)?.[1] ?? 0),
    settlementAsset: settlementAssets(accounts, assets),
    liquidationFeeFraction: Float64Array.from(parametersOf, (parameters) =>
      parameters !== undefined && 'liquidationFeeFraction' in parameters ? parameters.liquidationFeeFraction : 0,
    ),
  };
}

import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Account } from '../../domain/account.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Listing, Snapshot } from '../../domain/snapshot.ts';
import { instantToMs, MS_PER_YEAR } from '../../domain/time.ts';
import type { Venue } from '../../domain/venue.ts';
import { POSITION_KIND, type PackedPositions } from '../../engine/packed/packed-book.ts';
import type { AssetPack, PriceCoverage } from './pack-assets.ts';
import { collateralTerms } from './pack-lending.ts';
import { marketRow, optionGroups, type OptionMarginPack } from './pack-option-margin.ts';
import { chainSmiles, type ChainSmiles } from './chain-smiles.ts';

/** One position to be packed, in the final order. */
export type PositionRow = {
  readonly id: string;
  readonly account: number;
  readonly instrument: Instrument;
  readonly quantity: string;
  readonly entryPrice: string | null;
};

export type PositionInputs = {
  readonly rows: readonly PositionRow[];
  readonly accounts: readonly Account[];
  readonly venues: readonly Venue[];
  readonly snapshot: Snapshot;
  readonly assetPack: AssetPack;
  readonly optionMargin: OptionMarginPack;
};

export type PositionPack = {
  readonly positions: PackedPositions;
  readonly coverage: readonly PriceCoverage[];
  readonly tiers: Float64Array;
};

/** Mutable columns while packing. */
type Columns = { -readonly [Name in keyof PackedPositions]: PackedPositions[Name] };

/** A position's place in the columns. */
type Place = { readonly columns: Columns; readonly p: number };

type Pricing = { readonly listings: ReadonlyMap<string, Listing>; readonly smiles: ChainSmiles; readonly nowMs: number };

/** Packs every position: terms, price inputs, collateral terms and margin rates. */
export function packPositions(inputs: PositionInputs): Result<PositionPack> {
  const columns: Columns = { ...emptyColumns(inputs.rows.length), ...optionGroups(inputs.rows) };
  const tiers = tierTable(inputs.venues);
  const pricing: Pricing = {
    listings: new Map(inputs.snapshot.listings.map((listing) => [listing.instrument.id, listing])),
    smiles: chainSmiles(inputs.snapshot),
    nowMs: instantToMs(inputs.snapshot.asOf),
  };
  const coverage: PriceCoverage[] = [];
  for (const [p, row] of inputs.rows.entries()) {
    const assetId = 'assetId' in row.instrument ? row.instrument.assetId : row.instrument.underlyingId;
    const asset = inputs.assetPack.index.get(assetId);
    if (asset === undefined)
      return fail('invalidValue', `position ${row.id}: asset ${assetId} is not in the book`, { remedy: `Add the asset ${assetId}.` });
    columns.account[p] = row.account;
    columns.asset[p] = asset;
    columns.quantity[p] = Number(row.quantity);
    const place = { columns, p };
    const covered =
      'assetId' in row.instrument ? packHolding(place, row, inputs) : packContract(place, row.instrument, { row, inputs, pricing });
    placeMarginTerms(place, row, { inputs, tierRows: tiers.rows });
    columns.isUnpriced[p] = covered.unpricedReason === null ? 0 : 1;
    coverage.push(covered);
  }
  return succeed({ positions: columns, coverage, tiers: tiers.values });
}

function emptyColumns(count: number): Columns {
  const real = (value = 0): Float64Array => new Float64Array(count).fill(value);
  return {
    count,
    kind: new Uint8Array(count),
    account: new Int32Array(count),
    asset: new Int32Array(count),
    quantity: real(),
    contractSize: real(1),
    entryPriceUsd: real(),
    strikeUsd: real(),
    isCall: new Uint8Array(count),
    years: real(),
    impliedVolatility: real(),
    forwardRatio: real(1),
    collateralFraction: real(),
    initialFraction: real(),
    tierFrom: new Int32Array(count),
    tierCount: new Int32Array(count),
    futureInitialFraction: real(),
    futureMaintenanceFraction: real(),
    futureSlopePerCoin: real(),
    market: new Int32Array(count).fill(-1),
    expiryIndex: new Int32Array(count),
    strikeIndex: new Int32Array(count),
    isUnpriced: new Uint8Array(count),
  };
}

function packHolding({ columns, p }: Place, row: PositionRow, inputs: PositionInputs): PriceCoverage {
  columns.kind[p] = row.instrument.kind === 'borrowed' ? POSITION_KIND.debt : POSITION_KIND.holding;
  const account = inputs.accounts[row.account];
  const parameters = inputs.venues.find((venue) => venue.id === account?.venueId)?.parameters;
  if (parameters !== undefined && 'assetId' in row.instrument) {
    const terms = collateralTerms(parameters, account?.marketId ?? null, row.instrument.assetId);
    columns.collateralFraction[p] = terms.thresholdFraction;
    columns.initialFraction[p] = terms.initialFraction;
  }
  const asset = columns.asset[p] ?? 0;
  const covered = inputs.assetPack.coverage[asset];
  const isWorthless = inputs.assetPack.assets.isUnpriced[asset] === 1;
  if (covered === undefined)
    return { unpricedReason: 'no such asset', source: 'none', asOf: inputs.snapshot.asOf, ageMs: 0, limitMs: null, isStale: false };
  return { ...covered, unpricedReason: isWorthless ? (covered.unpricedReason ?? 'nothing that backs it has a price') : null };
}

type Contract = Extract<Instrument, { underlyingId: string }>;

function packContract(
  { columns, p }: Place,
  instrument: Contract,
  context: { row: PositionRow; inputs: PositionInputs; pricing: Pricing },
): PriceCoverage {
  const { row, inputs, pricing } = context;
  const listing = pricing.listings.get(instrument.id);
  const spot = inputs.assetPack.initial.priceUsd[columns.asset[p] ?? 0] ?? 0;
  const spotCoverage = inputs.assetPack.coverage[columns.asset[p] ?? 0];
  const asOf = listing?.asOf ?? spotCoverage?.asOf ?? inputs.snapshot.asOf;
  const base = {
    source: listing === undefined ? (spotCoverage?.source ?? 'none') : inputs.snapshot.source,
    asOf,
    ageMs: Math.max(0, pricing.nowMs - instantToMs(asOf)),
    limitMs: null,
    isStale: spotCoverage?.isStale ?? false,
  };
  columns.contractSize[p] = Number(instrument.contractSize);
  const isInverse = instrument.settlement === 'inverse';
  if (instrument.kind === 'option') columns.kind[p] = isInverse ? POSITION_KIND.inverseOption : POSITION_KIND.linearOption;
  else columns.kind[p] = isInverse ? POSITION_KIND.inverseFuture : POSITION_KIND.linearFuture;
  if (!(spot > 0)) return { ...base, unpricedReason: `no price for ${instrument.underlyingId}` };
  if (instrument.kind !== 'option') {
    const mark = futureMark(listing) ?? spot;
    columns.forwardRatio[p] = mark / spot;
    columns.entryPriceUsd[p] = row.entryPrice === null || !(Number(row.entryPrice) > 0) ? mark : Number(row.entryPrice);
    columns.years[p] = instrument.kind === 'future' ? yearsTo(instrument.expiry, pricing.nowMs) : 0;
    return { ...base, unpricedReason: null };
  }
  const years = yearsTo(instrument.expiry, pricing.nowMs);
  const chain = pricing.smiles.at(instrument.underlyingId, instrument.expiry);
  const forward = listing?.underlyingPriceUsd ?? chain?.forward ?? 0;
  const strike = Number(instrument.strike);
  const listed = listing?.impliedVolatility ?? 0;
  const volatility = listed > 0 ? listed : (chain?.volatility(strike) ?? NaN);
  columns.years[p] = years;
  columns.strikeUsd[p] = strike;
  columns.isCall[p] = instrument.optionType === 'call' ? 1 : 0;
  if (!(forward > 0)) return { ...base, unpricedReason: `no forward for the expiry of ${instrument.name}` };
  columns.forwardRatio[p] = forward / spot;
  if (!(volatility > 0) && years > 0) return { ...base, unpricedReason: `no implied volatility for ${instrument.name}` };
  columns.impliedVolatility[p] = years > 0 ? volatility : 0;
  return { ...base, unpricedReason: null };
}

function yearsTo(expiry: string, nowMs: number): number {
  return Math.max(0, (instantToMs(expiry) - nowMs) / MS_PER_YEAR);
}

/** Mark, else the middle of bid and ask, else the underlying price of the listing. */
function futureMark(listing: Listing | undefined): number | null {
  if (listing === undefined) return null;
  if (listing.mark !== null && listing.mark > 0) return listing.mark;
  if (listing.bid !== null && listing.ask !== null && listing.bid > 0) return (listing.bid + listing.ask) / 2;
  return listing.underlyingPriceUsd > 0 ? listing.underlyingPriceUsd : null;
}

/** All venues' tiers in one table, and where each venue's market begins: `venueId/underlyingId` → [first row, rows]. */
function tierTable(venues: readonly Venue[]): { values: Float64Array; rows: ReadonlyMap<string, readonly [number, number]> } {
  const values: number[] = [];
  const rows = new Map<string, readonly [number, number]>();
  for (const { id, parameters } of venues) {
    if (parameters.family !== 'tieredPerpetual') continue;
    for (const market of parameters.markets) {
      rows.set(`${id}/${market.underlyingId}`, [values.length / 4, market.tiers.length]);
      for (const tier of market.tiers)
        values.push(tier.capUsd ?? Infinity, tier.maintenanceRateFraction, tier.deductionUsd, tier.initialRateFraction);
    }
  }
  return { values: Float64Array.from(values), rows };
}

/** Tiers, rates or the market's model of a contract; where the venue names none, the whole notional is required. */
function placeMarginTerms(
  { columns, p }: Place,
  row: PositionRow,
  context: { inputs: PositionInputs; tierRows: ReadonlyMap<string, readonly [number, number]> },
): void {
  const { inputs, tierRows } = context;
  const venueId = inputs.accounts[row.account]?.venueId ?? '';
  const venue = inputs.venues.find((each) => each.id === venueId);
  if (venue === undefined) return;
  const { parameters } = venue;
  columns.market[p] = marketRow(inputs.optionMargin, venue, row.instrument);
  if (!('underlyingId' in row.instrument)) return;
  const { underlyingId } = row.instrument;
  // Under the standard manager an option only nets; its worth backs nothing.
  const counts = parameters.family === 'standardManager' && row.instrument.kind === 'option' ? 0 : 1;
  columns.collateralFraction[p] = counts;
  columns.initialFraction[p] = counts;
  const tiers = tierRows.get(`${venueId}/${underlyingId}`);
  columns.tierFrom[p] = tiers?.[0] ?? 0;
  columns.tierCount[p] = tiers?.[1] ?? 0;
  if (parameters.family !== 'standardOptions') return;
  const rates = parameters.future.find((each) => each.underlyingId === underlyingId);
  columns.futureInitialFraction[p] = rates?.initialFraction ?? 1;
  columns.futureMaintenanceFraction[p] = rates?.maintenanceFraction ?? 1;
  columns.futureSlopePerCoin[p] = rates?.slopePerCoin ?? 0;
}

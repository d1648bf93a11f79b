import { z } from 'zod';
import { assetId } from './asset.ts';
import { depthRecord } from './depth-record.ts';
import { instrument, instrumentId } from './instrument.ts';
import { finite, fraction, nonNegative } from './real.ts';
import { day, instant } from './time.ts';
import { venueId } from './venue.ts';

export const snapshotId = z.string().min(1).max(96);

/** Price of an asset in USD with its source and age. A claim without a quote is priced through its backing. */
export const assetQuote = z.object({
  assetId,
  priceUsd: nonNegative,
  source: z.string(),
  asOf: instant,
  intervalMs: nonNegative.nullable(),
  /** Coins that changed hands in the day before `asOf` in the asset's main market; absent where none is recorded. */
  dailyVolume: z.object({ coins: nonNegative, source: z.string(), asOf: instant }).optional(),
});
export type AssetQuote = z.infer<typeof assetQuote>;

/** A listed instrument with its market. Option prices in coin for inverse ones; others in USD. null = no such quote. */
export const listing = z.object({
  instrument,
  bid: nonNegative.nullable(),
  ask: nonNegative.nullable(),
  mark: nonNegative.nullable(),
  /** Forward of the expiry for options and futures, index for perpetuals; USD. */
  underlyingPriceUsd: nonNegative,
  impliedVolatility: nonNegative.nullable(),
  /** Coins. */
  openInterest: nonNegative.nullable(),
  volume24h: nonNegative.nullable(),
  asOf: instant,
});
export type Listing = z.infer<typeof listing>;

/** A market into which forced sales go: constant product with `reserveQuantity` of the asset on each side by value. */
export const depthPool = z.object({
  id: z.string(),
  assetId,
  /** The asset it is sold for; 'USD' for dollars. */
  quoteAssetId: z.string(),
  reserveQuantity: nonNegative,
  feeFraction: fraction,
  source: z.string(),
  /** What was recorded of it in more detail, for the law of impact that follows records. */
  record: depthRecord.optional(),
});
export type DepthPool = z.infer<typeof depthPool>;

/** A borrower of the surrounding market, known by what it holds and owes. */
export const crowdAccount = z.object({
  id: z.string(),
  venueId,
  collateral: z.array(z.object({ assetId, quantity: nonNegative, liquidationThresholdFraction: fraction })),
  debt: z.array(z.object({ assetId, quantity: nonNegative })),
  liquidationBonusFraction: nonNegative,
});
export type CrowdAccount = z.infer<typeof crowdAccount>;

/** Close of one day, for the distribution of daily moves. */
export const dailyClose = z.object({ day, closeUsd: z.record(assetId, nonNegative) });

/** A statement the numbers rest on that is not a recorded fact. */
export const assumption = z.object({ id: z.string(), text: z.string(), value: z.string(), source: z.string() });
export type Assumption = z.infer<typeof assumption>;

/** The market at one instant: everything the engine needs besides the book. */
export const snapshot = z.object({
  id: snapshotId,
  name: z.string(),
  asOf: instant,
  source: z.string(),
  quotes: z.array(assetQuote),
  listings: z.array(listing),
  depth: z.array(depthPool),
  /** Funding per eight hours by instrument. */
  funding: z.array(z.object({ instrumentId, rateFraction: finite, asOf: instant })),
  /** Lending rates per year and use of each lending market. */
  reserves: z.array(
    z.object({
      venueId,
      marketId: z.string(),
      assetId,
      borrowRatePerYear: finite,
      supplyRatePerYear: finite,
      utilisationFraction: fraction,
      source: z.string(),
    }),
  ),
  crowd: z.array(crowdAccount),
  history: z.array(dailyClose),
  /** Price of each driver 24 hours before, for the tape. */
  dayBefore: z.array(z.object({ assetId, priceUsd: nonNegative, source: z.string() })),
  assumptions: z.array(assumption),
});
export type Snapshot = z.infer<typeof snapshot>;

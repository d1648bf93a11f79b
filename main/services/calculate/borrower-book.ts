import { z } from 'zod';
import {
  ASSET_KIND,
  type PackedAccounts,
  type PackedBook,
  type PackedLending,
  type PackedPositions,
} from '../../engine/packed/packed-book.ts';
import { packRecords } from '../pack/pack-records.ts';

/** One risky asset with one market, borrowers of dollars against it. Shared by the cascade families. */
export const cascadeParameters = z.object({
  initialPrice: z.number(),
  shock: z.number(),
  poolReserveAsset: z.number(),
  depthMultiplier: z.number(),
  liquidationThreshold: z.number(),
  liquidationBonus: z.number(),
  closeFactor: z.number(),
  fullLiquidationHealthFactor: z.number(),
  maxRounds: z.number().int(),
});
export type CascadeParameters = z.output<typeof cascadeParameters>;

export const borrower = z.object({ collateralAsset: z.number(), debtUsd: z.number() });
export type Borrower = z.output<typeof borrower> & { readonly block: number };

const empty = new Float64Array(0);
const none = new Int32Array(0);

/** A book without own accounts has these. */
const noPositions: PackedPositions = {
  count: 0,
  kind: new Uint8Array(0),
  account: none,
  asset: none,
  quantity: empty,
  contractSize: empty,
  entryPriceUsd: empty,
  strikeUsd: empty,
  isCall: new Uint8Array(0),
  years: empty,
  impliedVolatility: empty,
  forwardRatio: empty,
  collateralFraction: empty,
  initialFraction: empty,
  tierFrom: none,
  tierCount: none,
  futureInitialFraction: empty,
  futureMaintenanceFraction: empty,
  futureSlopePerCoin: empty,
  market: none,
  expiryIndex: none,
  strikeIndex: none,
  isUnpriced: new Uint8Array(0),
};

const noAccounts: PackedAccounts = {
  count: 0,
  family: new Uint8Array(0),
  venue: none,
  positionStart: Int32Array.of(0),
  borrower: none,
  optionShortInitialFraction: empty,
  optionShortInitialFloorFraction: empty,
  optionShortMaintenanceFraction: empty,
  marketFrom: none,
  marketCount: none,
  settlementAsset: none,
  liquidationFeeFraction: empty,
};

/**
 * The system as a packed book without own accounts: asset 0 is the risky one, asset 1 the dollar, each block is a venue.
 *
 * @param hasMarket false = selling does not move the price
 */
export function borrowerBook(parameters: CascadeParameters, borrowers: readonly Borrower[], hasMarket: boolean): PackedBook {
  return {
    id: 'borrowers',
    assets: {
      count: 2,
      kind: Uint8Array.of(ASSET_KIND.base, ASSET_KIND.stable),
      isUnpriced: new Uint8Array(2),
      backing: { start: new Int32Array(3), target: none, weight: empty },
      claimOrder: none,
      componentStart: Int32Array.of(0),
      market: Int32Array.of(-1, -1),
      pool: Int32Array.of(hasMarket ? 0 : -1, -1),
      saleOrder: Int32Array.of(0, 1),
      lookThroughUnits: empty,
    },
    positions: noPositions,
    accounts: noAccounts,
    lending: lendingRows(parameters, borrowers),
    depth: {
      count: 1,
      asset: Int32Array.of(0),
      quote: Int32Array.of(-1),
      reserveQuantity: Float64Array.of(parameters.poolReserveAsset * parameters.depthMultiplier),
      feeFraction: new Float64Array(1),
      records: packRecords([{ reserve: 1, record: undefined }]),
    },
    tiers: empty,
    optionMargin: { scenarioModels: [], standardTerms: empty },
    drivers: Int32Array.of(0),
    initial: {
      priceUsd: Float64Array.of(parameters.initialPrice, 1),
      discountFraction: new Float64Array(2),
      lossFraction: new Float64Array(2),
      volatilityShift: 0,
    },
  };
}

function lendingRows(parameters: CascadeParameters, borrowers: readonly Borrower[]): PackedLending {
  const n = borrowers.length;
  const every = (value: number): Float64Array => new Float64Array(n).fill(value);
  const rowStart = Int32Array.from({ length: n + 1 }, (_, i) => i);
  return {
    count: n,
    ownCount: 0,
    account: new Int32Array(n).fill(-1),
    venue: Int32Array.from(borrowers, (each) => each.block),
    closeFactorFraction: every(parameters.closeFactor),
    fullLiquidationHealthFactor: every(parameters.fullLiquidationHealthFactor),
    smallPositionUsd: every(0),
    smallestLeftoverUsd: every(0),
    closesWhole: new Uint8Array(n),
    auctionType: new Int32Array(n).fill(-1),
    auctionVenue: new Int32Array(n).fill(-1),
    auctionLimitUsd: new Float64Array(0),
    market: new Int32Array(n).fill(-1),
    collateralStart: rowStart,
    collateralAsset: new Int32Array(n),
    collateralQuantity: Float64Array.from(borrowers, (each) => each.collateralAsset),
    collateralThreshold: every(parameters.liquidationThreshold),
    collateralBonus: every(parameters.liquidationBonus),
    collateralPosition: new Int32Array(n).fill(-1),
    debtStart: rowStart,
    debtAsset: new Int32Array(n).fill(1),
    debtQuantity: Float64Array.from(borrowers, (each) => each.debtUsd),
    debtPosition: new Int32Array(n).fill(-1),
    debtTarget: new Int32Array(n).fill(-1),
    marketCount: 0,
    marketSupplyQuantity: new Float64Array(0),
    marketLoanAsset: new Int32Array(0),
  };
}

import type { Account } from '../../domain/account.ts';
import type { Asset } from '../../domain/asset.ts';
import type { CrowdAccount, Snapshot } from '../../domain/snapshot.ts';
import type { Venue, VenueParameters } from '../../domain/venue.ts';
import { incentiveFactor } from '../../engine/requirement/lending/isolated-market.ts';
import { POSITION_KIND, type PackedLending } from '../../engine/packed/packed-book.ts';
import { auctionLimits, auctionRows, NO_AUCTION, type AuctionRows } from './auction-limits.ts';

/** How one asset counts as collateral of one account. */
export type CollateralTerms = { readonly thresholdFraction: number; readonly initialFraction: number; readonly bonusFraction: number };

const NO_COLLATERAL: CollateralTerms = { thresholdFraction: 0, initialFraction: 0, bonusFraction: 0 };

/** Threshold, loan-to-value and bonus of an asset in an account, by the venue's family and the account's market or mode. */
export function collateralTerms(parameters: VenueParameters, marketId: string | null, assetId: string): CollateralTerms {
  switch (parameters.family) {
    case 'lendingPool': {
      const mode = parameters.eModes.find((each) => marketId === each.id || marketId === `emode:${each.id}`);
      const terms =
        mode?.collateralAssetIds.includes(assetId) === true ? mode : parameters.reserves.find((reserve) => reserve.assetId === assetId);
      if (terms === undefined) return NO_COLLATERAL;
      return {
        thresholdFraction: terms.liquidationThresholdFraction,
        initialFraction: terms.loanToValueFraction,
        bonusFraction: terms.liquidationBonusFraction,
      };
    }
    case 'isolatedMarket': {
      const market = parameters.markets.find((each) => each.id === marketId);
      if (market?.collateralAssetId !== assetId) return NO_COLLATERAL;
      const limit = market.liquidationLoanToValueFraction;
      return {
        thresholdFraction: limit,
        initialFraction: limit,
        bonusFraction: incentiveFactor(limit, parameters.incentiveCursor, parameters.incentiveMaximum) - 1,
      };
    }
    case 'vault': {
      const type = parameters.collateralTypes.find((each) => each.id === marketId);
      if (type?.collateralAssetId !== assetId) return NO_COLLATERAL;
      return {
        thresholdFraction: 1 / type.liquidationRatio,
        initialFraction: 1 / type.liquidationRatio,
        bonusFraction: type.liquidationPenaltyFraction,
      };
    }
    case 'baseMarket': {
      const collateral = parameters.markets.find((each) => each.id === marketId)?.collaterals.find((each) => each.assetId === assetId);
      if (collateral === undefined) return NO_COLLATERAL;
      return {
        thresholdFraction: collateral.liquidateFactorFraction,
        initialFraction: collateral.borrowFactorFraction,
        bonusFraction: 1 - collateral.liquidationFactorFraction,
      };
    }
    case 'tieredPerpetual':
    case 'standardOptions': {
      const collateral = parameters.collaterals.find((each) => each.assetId === assetId);
      const counted = collateral === undefined ? 0 : 1 - collateral.haircutFraction;
      return { thresholdFraction: counted, initialFraction: counted, bonusFraction: 0 };
    }
    case 'scenarioMargin':
    case 'standardManager': {
      const collateral = parameters.collaterals.find((each) => each.assetId === assetId);
      return {
        thresholdFraction: collateral === undefined ? 0 : 1 - collateral.maintenanceHaircutFraction,
        initialFraction: collateral === undefined ? 0 : 1 - collateral.initialHaircutFraction,
        bonusFraction: 0,
      };
    }
    case 'custody':
      return { thresholdFraction: 1, initialFraction: 1, bonusFraction: 0 };
  }
}

/** Whether accounts of the venue borrow against collateral and are judged whole. */
export function isLendingFamily(parameters: VenueParameters): boolean {
  return ['lendingPool', 'isolatedMarket', 'vault', 'baseMarket'].includes(parameters.family);
}

/** Every isolated market of the venues, as `venueId/marketId`, in index order. */
export function isolatedMarkets(venues: readonly Venue[]): Map<string, number> {
  const keys = venues.flatMap(({ id, parameters }) =>
    parameters.family === 'isolatedMarket' ? parameters.markets.map((market) => `${id}/${market.id}`) : [],
  );
  return new Map(keys.map((key, i) => [key, i]));
}

/** What packing borrowers needs to know. Positions are the packed columns, sorted by account. */
export type LendingInputs = {
  readonly venues: readonly Venue[];
  readonly accounts: readonly Account[];
  readonly assets: readonly Asset[];
  readonly assetIndex: ReadonlyMap<string, number>;
  readonly markets: ReadonlyMap<string, number>;
  readonly snapshot: Snapshot;
  readonly positionStart: Int32Array;
  readonly kind: Uint8Array;
  readonly asset: Int32Array;
  readonly quantity: Float64Array;
  /** What a debt in an asset must be repaid in: driver index or −1. */
  readonly targetOf: (asset: number) => number;
};

type CollateralRow = { asset: number; quantity: number; threshold: number; bonus: number; position: number };
type DebtRow = { asset: number; quantity: number; position: number };
type BorrowerRow = {
  account: number;
  venue: number;
  closeFactor: number;
  fullLine: number;
  smallUsd: number;
  leftoverUsd: number;
  closesWhole: boolean;
  auction: AuctionRows;
  market: number;
  collateral: CollateralRow[];
  debt: DebtRow[];
};

/** Own borrowers in account order, then the crowd's in the snapshot's order. */
export function packLending(inputs: LendingInputs): { lending: PackedLending; borrowerOf: Int32Array; crowdIds: string[] } {
  const rows: BorrowerRow[] = [];
  const borrowerOf = new Int32Array(inputs.accounts.length).fill(-1);
  inputs.accounts.forEach((account, i) => {
    const venue = inputs.venues.findIndex((each) => each.id === account.venueId);
    const parameters = inputs.venues[venue]?.parameters;
    if (parameters === undefined || !isLendingFamily(parameters)) return;
    borrowerOf[i] = rows.length;
    rows.push(ownBorrower(inputs, account, { i, venue, parameters }));
  });
  const ownCount = rows.length;
  const crowdIds: string[] = [];
  for (const crowd of inputs.snapshot.crowd) {
    const row = crowdBorrower(inputs, crowd);
    if (row === null) continue;
    crowdIds.push(crowd.id);
    rows.push(row);
  }
  return { lending: lendingColumns(rows, ownCount, inputs), borrowerOf, crowdIds };
}

function ownBorrower(inputs: LendingInputs, account: Account, at: { i: number; venue: number; parameters: VenueParameters }): BorrowerRow {
  const { i, venue, parameters } = at;
  const collateral: CollateralRow[] = [];
  const debt: DebtRow[] = [];
  for (let p = inputs.positionStart[i] ?? 0; p < (inputs.positionStart[i + 1] ?? 0); p += 1) {
    const asset = inputs.asset[p] ?? 0;
    const quantity = inputs.quantity[p] ?? 0;
    if (inputs.kind[p] === POSITION_KIND.debt) debt.push({ asset, quantity: Math.max(0, -quantity), position: p });
    if (inputs.kind[p] !== POSITION_KIND.holding) continue;
    const terms = collateralTerms(parameters, account.marketId, inputs.assets[asset]?.id ?? '');
    if (terms.thresholdFraction > 0)
      collateral.push({
        asset,
        quantity: Math.max(0, quantity),
        threshold: terms.thresholdFraction,
        bonus: terms.bonusFraction,
        position: p,
      });
  }
  return {
    account: i,
    venue,
    ...closingRules(parameters, account.marketId),
    auction: auctionRows(inputs.venues, account),
    market: inputs.markets.get(`${account.venueId}/${account.marketId ?? ''}`) ?? -1,
    collateral,
    debt,
  };
}

type ClosingRules = Pick<BorrowerRow, 'closeFactor' | 'fullLine' | 'smallUsd' | 'leftoverUsd' | 'closesWhole'>;

function closingRules(parameters: VenueParameters, marketId: string | null): ClosingRules {
  if (parameters.family === 'lendingPool') {
    return {
      closeFactor: parameters.closeFactorFraction,
      fullLine: parameters.fullLiquidationHealthFactor,
      smallUsd: parameters.smallPositionUsd,
      leftoverUsd: parameters.smallestLeftoverUsd,
      closesWhole: false,
    };
  }
  const type = parameters.family === 'vault' ? parameters.collateralTypes.find((each) => each.id === marketId) : undefined;
  return { closeFactor: 1, fullLine: 1, smallUsd: 0, leftoverUsd: type?.dustUsd ?? 0, closesWhole: parameters.family === 'baseMarket' };
}

/** A crowd account; collateral unknown to the book counts as nothing, and one with unknown debt cannot be judged and is left out. */
function crowdBorrower(inputs: LendingInputs, crowd: CrowdAccount): BorrowerRow | null {
  const venue = inputs.venues.findIndex((each) => each.id === crowd.venueId);
  const parameters = inputs.venues[venue]?.parameters;
  if (parameters === undefined) return null;
  const collateral: CollateralRow[] = [];
  for (const { assetId, quantity, liquidationThresholdFraction } of crowd.collateral) {
    const asset = inputs.assetIndex.get(assetId);
    if (asset !== undefined)
      collateral.push({ asset, quantity, threshold: liquidationThresholdFraction, bonus: crowd.liquidationBonusFraction, position: -1 });
  }
  const debt: DebtRow[] = [];
  for (const { assetId, quantity } of crowd.debt) {
    const asset = inputs.assetIndex.get(assetId);
    if (asset === undefined) return null;
    debt.push({ asset, quantity, position: -1 });
  }
  return {
    account: -1,
    venue,
    ...closingRules(parameters, null),
    closesWhole: false,
    auction: NO_AUCTION,
    market: crowdMarket(inputs, crowd, parameters),
    collateral,
    debt,
  };
}

/** The isolated market with the crowd account's one collateral and one debt. */
function crowdMarket(inputs: LendingInputs, crowd: CrowdAccount, parameters: VenueParameters): number {
  if (parameters.family !== 'isolatedMarket') return -1;
  const market = parameters.markets.find(
    (each) => each.collateralAssetId === crowd.collateral[0]?.assetId && each.loanAssetId === crowd.debt[0]?.assetId,
  );
  return market === undefined ? -1 : (inputs.markets.get(`${crowd.venueId}/${market.id}`) ?? -1);
}

function lendingColumns(rows: readonly BorrowerRow[], ownCount: number, inputs: LendingInputs): PackedLending {
  const collateral = rows.flatMap((row) => row.collateral);
  const debt = rows.flatMap((row) => row.debt);
  return {
    count: rows.length,
    ownCount,
    account: Int32Array.from(rows, (row) => row.account),
    venue: Int32Array.from(rows, (row) => row.venue),
    closeFactorFraction: Float64Array.from(rows, (row) => row.closeFactor),
    fullLiquidationHealthFactor: Float64Array.from(rows, (row) => row.fullLine),
    smallPositionUsd: Float64Array.from(rows, (row) => row.smallUsd),
    smallestLeftoverUsd: Float64Array.from(rows, (row) => row.leftoverUsd),
    closesWhole: Uint8Array.from(rows, (row) => (row.closesWhole ? 1 : 0)),
    auctionType: Int32Array.from(rows, (row) => row.auction.type),
    auctionVenue: Int32Array.from(rows, (row) => row.auction.venue),
    auctionLimitUsd: Float64Array.from(auctionLimits(inputs.venues), (each) => each.limitUsd),
    market: Int32Array.from(rows, (row) => row.market),
    collateralStart: starts(rows.map((row) => row.collateral.length)),
    collateralAsset: Int32Array.from(collateral, (row) => row.asset),
    collateralQuantity: Float64Array.from(collateral, (row) => row.quantity),
    collateralThreshold: Float64Array.from(collateral, (row) => row.threshold),
    collateralBonus: Float64Array.from(collateral, (row) => row.bonus),
    collateralPosition: Int32Array.from(collateral, (row) => row.position),
    debtStart: starts(rows.map((row) => row.debt.length)),
    debtAsset: Int32Array.from(debt, (row) => row.asset),
    debtQuantity: Float64Array.from(debt, (row) => row.quantity),
    debtPosition: Int32Array.from(debt, (row) => row.position),
    debtTarget: Int32Array.from(debt, (row) => inputs.targetOf(row.asset)),
    ...marketColumns(rows, inputs),
  };
}

/** What each isolated market has lent and holds idle: known borrowers' debt / recorded utilisation, in units of the loan asset. */
function marketColumns(
  rows: readonly BorrowerRow[],
  inputs: LendingInputs,
): Pick<PackedLending, 'marketCount' | 'marketSupplyQuantity' | 'marketLoanAsset'> {
  const marketSupplyQuantity = new Float64Array(inputs.markets.size);
  const marketLoanAsset = new Int32Array(inputs.markets.size).fill(-1);
  for (const row of rows) {
    if (row.market < 0) continue;
    for (const owed of row.debt) marketSupplyQuantity[row.market] = (marketSupplyQuantity[row.market] ?? 0) + owed.quantity;
  }
  for (const venue of inputs.venues) {
    if (venue.parameters.family !== 'isolatedMarket') continue;
    for (const market of venue.parameters.markets) {
      const at = inputs.markets.get(`${venue.id}/${market.id}`) ?? 0;
      const reserve = inputs.snapshot.reserves.find((each) => each.venueId === venue.id && each.marketId === market.id);
      marketLoanAsset[at] = inputs.assetIndex.get(market.loanAssetId) ?? -1;
      marketSupplyQuantity[at] = Math.max(marketSupplyQuantity[at] ?? 0, 1) / Math.max(reserve?.utilisationFraction ?? 1, 0.01);
    }
  }
  return { marketCount: inputs.markets.size, marketSupplyQuantity, marketLoanAsset };
}

function starts(lengths: readonly number[]): Int32Array {
  const start = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    start[i + 1] = (start[i] ?? 0) + length;
  });
  return start;
}

import type { MarketRecords } from '../impact/law/market-records.ts';
import type { ScenarioModel } from '../requirement/option-margin/scenario-work.ts';

/** Codes of `PackedAssets.kind`. */
export const ASSET_KIND = { base: 0, stable: 1, wrapper: 2, share: 3, debtClaim: 4 } as const;

/** Codes of `PackedPositions.kind`. A holding is worth its asset's price; a future's or perpetual's value is its profit since entry. */
export const POSITION_KIND = { holding: 0, debt: 1, linearFuture: 2, inverseFuture: 3, linearOption: 4, inverseOption: 5 } as const;

/** Codes of `PackedAccounts.family`; from `tieredPerpetual` on an account is margined, and closed whole when it falls. */
export const FAMILY = {
  custody: 0,
  lendingPool: 1,
  isolatedMarket: 2,
  vault: 3,
  baseMarket: 4,
  tieredPerpetual: 5,
  standardOptions: 6,
  scenarioMargin: 7,
  standardManager: 8,
} as const;

/** Columns of one side of a sparse matrix: row r holds entries start[r] … start[r + 1] − 1. */
export type SparseRows = {
  readonly start: Int32Array;
  readonly target: Int32Array;
  readonly weight: Float64Array;
};

/**
 * Assets by index. A claim (wrapper, share, debtClaim) is priced as Σ backing × (1 − discount) × (1 − loss); base and stable
 * assets carry their own price.
 */
export type PackedAssets = {
  readonly count: number;
  readonly kind: Uint8Array;
  /** 1 where there is neither a quote nor a priced backing: worth nothing, and flagged by packing. */
  readonly isUnpriced: Uint8Array;
  /** Units of the backing asset per unit of the claim. */
  readonly backing: SparseRows;
  /** Claims so that each component stands after everything it is backed by; components of more than one member are loops. */
  readonly claimOrder: Int32Array;
  /** Component c holds claimOrder[componentStart[c]] … claimOrder[componentStart[c + 1] − 1]. */
  readonly componentStart: Int32Array;
  /** Lending market that owes a debtClaim (index into PackedLending.market…), or −1. */
  readonly market: Int32Array;
  /** Depth pool into which the asset is sold, or −1. */
  readonly pool: Int32Array;
  /** Assets in the order in which sales pass on: an asset stands before everything its sale may turn into. */
  readonly saleOrder: Int32Array;
  /** What one unit looks through to: units of each base or stable asset, claims × assets, row-major, at the snapshot. */
  readonly lookThroughUnits: Float64Array;
};

/** Positions by index, sorted by account. Quantities are the only column that may be replaced without packing again. */
export type PackedPositions = {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly account: Int32Array;
  /** Asset held or owed, or the underlying. */
  readonly asset: Int32Array;
  /** Signed: long > 0, short < 0, debt < 0. */
  readonly quantity: Float64Array;
  /** Coins per unit; for inverse futures USD per unit. 1 for holdings and debts. */
  readonly contractSize: Float64Array;
  /** USD; for options unused. Where the entry is unknown it is the mark at the snapshot, so that the profit starts at zero. */
  readonly entryPriceUsd: Float64Array;
  readonly strikeUsd: Float64Array;
  readonly isCall: Uint8Array;
  /** To expiry; 0 for perpetuals. */
  readonly years: Float64Array;
  /** Of the option's own quote, else of its expiry's smile; kept by strike when spot moves. */
  readonly impliedVolatility: Float64Array;
  /** Forward (or mark of the future) / spot at the snapshot, kept constant under shocks. */
  readonly forwardRatio: Float64Array;
  /** Share of the value that counts against the requirement: liquidation threshold, or 1 − haircut; 1 for contracts that count whole. */
  readonly collateralFraction: Float64Array;
  /** The same for opening: loan-to-value, or 1 − haircut. */
  readonly initialFraction: Float64Array;
  /** Rows of four of PackedBook.tiers for a tiered perpetual, else 0 and 0. */
  readonly tierFrom: Int32Array;
  readonly tierCount: Int32Array;
  /** Rates of a future under standard options margin. */
  readonly futureInitialFraction: Float64Array;
  readonly futureMaintenanceFraction: Float64Array;
  readonly futureSlopePerCoin: Float64Array;
  /** Row of PackedOptionMargin that a contract or an offsetting coin of an account judged whole belongs to, or −1. */
  readonly market: Int32Array;
  /** Options of such an account, numbered from 0 within account and market: their expiry, and their expiry and strike. */
  readonly expiryIndex: Int32Array;
  readonly strikeIndex: Int32Array;
  /** 1 where no price is known: counted as nothing and flagged. */
  readonly isUnpriced: Uint8Array;
};

/** Models of the venues that judge an option account whole: by scenarios, or by the standard manager's terms (rows of one length). */
export type PackedOptionMargin = {
  readonly scenarioModels: readonly ScenarioModel[];
  readonly standardTerms: Float64Array;
};

/** Own accounts by index; crowd accounts are in PackedLending only. */
export type PackedAccounts = {
  readonly count: number;
  readonly family: Uint8Array;
  readonly venue: Int32Array;
  readonly positionStart: Int32Array;
  /** Row of PackedLending for the lending families, else −1. */
  readonly borrower: Int32Array;
  readonly optionShortInitialFraction: Float64Array;
  readonly optionShortInitialFloorFraction: Float64Array;
  readonly optionShortMaintenanceFraction: Float64Array;
  /** Markets of the venue: rows marketFrom … marketFrom + marketCount − 1 of PackedOptionMargin, for families judged whole. */
  readonly marketFrom: Int32Array;
  readonly marketCount: Int32Array;
  /** The stablecoin the account is settled in, or −1. */
  readonly settlementAsset: Int32Array;
  /** Charged on the notional closed by force. */
  readonly liquidationFeeFraction: Float64Array;
};

/**
 * Borrowers, own first, then the crowd. Thresholds and bonuses are per collateral row. `closesWhole` = the protocol takes all
 * collateral, credits the account with (1 − bonus column) of it and returns what exceeds the debt (Compound III).
 */
export type PackedLending = {
  readonly count: number;
  readonly ownCount: number;
  /** Own account index or −1 for the crowd. */
  readonly account: Int32Array;
  readonly venue: Int32Array;
  readonly closeFactorFraction: Float64Array;
  readonly fullLiquidationHealthFactor: Float64Array;
  readonly smallPositionUsd: Float64Array;
  /** A liquidation leaves nothing or at least this much debt and collateral; of a vault its dust. 0 = no such rule. */
  readonly smallestLeftoverUsd: Float64Array;
  readonly closesWhole: Uint8Array;
  /** Rows of `auctionLimitUsd` that hold for a vault: its collateral type's and its venue's; −1 for every other borrower. */
  readonly auctionType: Int32Array;
  readonly auctionVenue: Int32Array;
  /** What the auctions of one round may have to raise together, Infinity without a limit. */
  readonly auctionLimitUsd: Float64Array;
  /** Isolated market, or −1. */
  readonly market: Int32Array;
  readonly collateralStart: Int32Array;
  readonly collateralAsset: Int32Array;
  readonly collateralQuantity: Float64Array;
  readonly collateralThreshold: Float64Array;
  readonly collateralBonus: Float64Array;
  /** Own position behind the row or −1; its quantity then replaces the column. */
  readonly collateralPosition: Int32Array;
  readonly debtStart: Int32Array;
  readonly debtAsset: Int32Array;
  readonly debtQuantity: Float64Array;
  readonly debtPosition: Int32Array;
  /** What the debt's repayment must end in: an index into PackedBook.drivers, or −1 for dollars. */
  readonly debtTarget: Int32Array;
  readonly marketCount: number;
  /** Units lent out and idle in each isolated market: the base of the lenders' loss. */
  readonly marketSupplyQuantity: Float64Array;
  readonly marketLoanAsset: Int32Array;
};

/** Markets into which forced sales go; one per asset, all quoted pools of it added up. */
export type PackedDepth = {
  readonly count: number;
  readonly asset: Int32Array;
  /** Asset received, or −1 for dollars. */
  readonly quote: Int32Array;
  readonly reserveQuantity: Float64Array;
  readonly feeFraction: Float64Array;
  /** What is recorded of each market in more detail. */
  readonly records: MarketRecords;
};

/** A book and a market as columns; views over shared buffers when packed by the service, so that a worker gets it for free. */
export type PackedBook = {
  /** Names the buffers in the pool: digest of book, snapshot and extra positions. */
  readonly id: string;
  readonly assets: PackedAssets;
  readonly positions: PackedPositions;
  readonly accounts: PackedAccounts;
  readonly lending: PackedLending;
  readonly depth: PackedDepth;
  /** Rows of [capUsd, maintenanceRate, deductionUsd, initialRate]. */
  readonly tiers: Float64Array;
  readonly optionMargin: PackedOptionMargin;
  /** Drivers (base assets that shocks move) by asset index, in the scenario set's order. */
  readonly drivers: Int32Array;
  readonly initial: MarketState;
};

/** What the market is at one moment. Prices of claims are derived and must be refreshed by `refreshClaimPrices` after a change. */
export type MarketState = {
  readonly priceUsd: Float64Array;
  /** Of each claim against its backing; 0 for base and stable. */
  readonly discountFraction: Float64Array;
  /** Lenders' loss of each debtClaim. */
  readonly lossFraction: Float64Array;
  /** Added to every implied volatility; the sum never falls below 1 %. */
  volatilityShift: number;
};

/** Same book with other quantities (same length); all other columns are shared. A quantity of 0 is a candidate not held. */
export function withQuantities(packed: PackedBook, quantity: Float64Array): PackedBook {
  return { ...packed, positions: { ...packed.positions, quantity } };
}

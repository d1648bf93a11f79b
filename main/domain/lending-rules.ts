import { z } from 'zod';
import { assetId } from './asset.ts';
import { fraction, nonNegative } from './real.ts';
import { sourced } from './sourced.ts';
import { day } from './time.ts';

/** How much one liquidation may repay, by the pool's revision. */
export const closingRule = z.object({
  revision: z.string(),
  /** Share of the debt one liquidation may repay. */
  closeFactorFraction: fraction,
  /** Below this health factor the whole debt may be repaid. */
  fullLiquidationHealthFactor: nonNegative,
  /** Positions with less collateral or debt than this are closed whole (revision 3.3 and later); 0 = no such rule. */
  smallPositionUsd: nonNegative,
  /** A liquidation leaves either nothing or at least this much of debt and collateral (revision 3.3 and later); 0 = no such rule. */
  smallestLeftoverUsd: nonNegative.default(0),
});
export type ClosingRule = z.infer<typeof closingRule>;

/** Borrow rate per year by utilisation: base, then a gentle slope up to the kink and a steep one beyond it. */
export const rateCurve = z.object({
  base: nonNegative,
  slopeBelow: nonNegative,
  slopeAbove: nonNegative,
  optimalUtilisation: fraction,
  reserveFactor: fraction,
});

const collateralTerms = {
  loanToValueFraction: fraction,
  liquidationThresholdFraction: fraction,
  liquidationBonusFraction: nonNegative,
};

/** An asset of a lending pool. */
export const poolReserve = z.object({
  assetId,
  ...collateralTerms,
  protocolFeeFraction: fraction,
  isBorrowable: z.boolean(),
  /** Above zero the asset is an isolated collateral: alone, only against assets borrowable in isolation, up to this debt. */
  debtCeilingUsd: nonNegative.default(0),
  isBorrowableInIsolation: z.boolean().default(false),
  /** A siloed asset may only be the account's single debt. */
  isSiloed: z.boolean().default(false),
  /** null where the curve is not recorded. */
  rate: rateCurve.nullable().default(null),
  source: z.string(),
});
export type PoolReserve = z.infer<typeof poolReserve>;

/** An efficiency mode: assets that move together and then count for more, against a list of debts. */
export const eMode = z.object({
  id: z.string(),
  label: z.string(),
  ...collateralTerms,
  collateralAssetIds: z.array(assetId),
  borrowableAssetIds: z.array(assetId),
  source: z.string(),
});
export type EMode = z.infer<typeof eMode>;

/**
 * A dated change of a pool's parameters that the parameters above do not contain: announced, or made after they were recorded.
 * `reserves` and `eModes` name the row and the fields that change.
 */
export const poolChange = z.object({
  id: z.string(),
  on: day,
  title: z.string(),
  source: z.string(),
  reserves: z.array(z.object({ assetId, ...z.object(collateralTerms).partial().shape, isBorrowable: z.boolean().optional() })),
  eModes: z.array(z.object({ id: z.string(), ...z.object(collateralTerms).partial().shape })),
});
export type PoolChange = z.infer<typeof poolChange>;

/** Aave v3: reserves, efficiency modes and the closing rule of the pool's revision, with other revisions and dated changes to compare with. */
export const lendingPool = z.object({
  family: z.literal('lendingPool'),
  ...sourced,
  ...closingRule.shape,
  otherRevisions: z.array(closingRule.extend({ source: z.string() })).default([]),
  reserves: z.array(poolReserve),
  eModes: z.array(eMode),
  changes: z.array(poolChange).default([]),
});
export type LendingPool = z.infer<typeof lendingPool>;

/** Morpho-type isolated markets: one collateral, one loan asset, one liquidation loan-to-value. */
export const isolatedMarket = z.object({
  family: z.literal('isolatedMarket'),
  ...sourced,
  /** Incentive factor = min(maximum, 1 / (1 − cursor × (1 − LLTV))). */
  incentiveCursor: nonNegative,
  incentiveMaximum: nonNegative,
  markets: z.array(
    z.object({
      id: z.string(),
      collateralAssetId: assetId,
      loanAssetId: assetId,
      liquidationLoanToValueFraction: fraction,
      source: z.string(),
    }),
  ),
});

/** Maker-type vaults: one collateral type each, closed whole below the liquidation ratio. */
export const vault = z.object({
  family: z.literal('vault'),
  ...sourced,
  /** Most debt and penalty that all running auctions together may have to raise; null = no limit. */
  auctionLimitUsd: nonNegative.nullable().default(null),
  collateralTypes: z.array(
    z.object({
      id: z.string(),
      collateralAssetId: assetId,
      debtAssetId: assetId,
      /** Collateral value / debt below which the vault is closed, e.g. 1.45. */
      liquidationRatio: z.number().min(1),
      liquidationPenaltyFraction: nonNegative,
      /** Smallest vault: an auction never leaves less than this. */
      dustUsd: nonNegative,
      /** The same limit on running auctions for this collateral type; null = no limit. */
      auctionLimitUsd: nonNegative.nullable().default(null),
      /** Charged on the debt per year, compounded by the second. */
      stabilityFeePerYear: nonNegative.default(0),
      source: z.string(),
    }),
  ),
});

/** Compound III: one base asset borrowed against several collaterals, absorbed whole. */
export const baseMarket = z.object({
  family: z.literal('baseMarket'),
  ...sourced,
  markets: z.array(
    z.object({
      id: z.string(),
      baseAssetId: assetId,
      collaterals: z.array(
        z.object({
          assetId,
          borrowFactorFraction: fraction,
          liquidateFactorFraction: fraction,
          /** Share of the collateral value the account is credited with when absorbed, e.g. 0.93. */
          liquidationFactorFraction: fraction,
        }),
      ),
      source: z.string(),
    }),
  ),
});

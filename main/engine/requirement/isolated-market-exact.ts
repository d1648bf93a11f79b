/*
 * Liquidation in an isolated market in the contract's own integers. Shares and their virtual offsets are kept, since rounding
 * passes through them. Source: morpho-org/morpho-blue, Morpho.liquidate, SharesMathLib, MathLib, ConstantsLib.
 */
import { multiplyDivideDown, multiplyDivideUp, WAD } from '../math/fixed-point.ts';

const ORACLE_SCALE = 10n ** 36n;
const VIRTUAL_SHARES = 10n ** 6n;
const VIRTUAL_ASSETS = 1n;
const CURSOR = 3n * 10n ** 17n;
const LARGEST_INCENTIVE = 115n * 10n ** 16n;

/** A borrower who is the only one of the market. */
export type MarketLiquidation = {
  readonly collateral: bigint;
  readonly borrow: bigint;
  /** Loan units per collateral unit × 10^36. */
  readonly priceRaw: bigint;
  readonly liquidationLoanToValueWad: bigint;
  readonly seizedAssets: bigint;
};

/** What the contract does, or why it refuses. */
export type MarketLiquidationOutcome =
  | { readonly status: 'healthy' | 'seizesMoreThanDebt' | 'seizesMoreThanCollateral' }
  | {
      readonly status: 'ok';
      readonly repaidAssets: bigint;
      readonly seizedAssets: bigint;
      readonly badDebtAssets: bigint;
      readonly borrowAfter: bigint;
      readonly collateralAfter: bigint;
    };

/** Liquidation incentive factor, wad. */
export function incentiveFactorWad(liquidationLoanToValueWad: bigint): bigint {
  const factor = multiplyDivideDown(WAD, WAD, WAD - multiplyDivideDown(CURSOR, WAD - liquidationLoanToValueWad, WAD));
  return factor < LARGEST_INCENTIVE ? factor : LARGEST_INCENTIVE;
}

/** Outcome of seizing a given amount of collateral; bad debt is realised when no collateral is left. */
export function liquidateMarketExactly(call: MarketLiquidation): MarketLiquidationOutcome {
  const { collateral, borrow, priceRaw, liquidationLoanToValueWad, seizedAssets } = call;
  const shares = borrow * VIRTUAL_SHARES;
  const borrowable = multiplyDivideDown(multiplyDivideDown(collateral, priceRaw, ORACLE_SCALE), liquidationLoanToValueWad, WAD);
  if (borrowable >= toAssetsUp(shares, borrow, shares)) return { status: 'healthy' };
  const quoted = multiplyDivideUp(seizedAssets, priceRaw, ORACLE_SCALE);
  const repaidWanted = multiplyDivideUp(quoted, WAD, incentiveFactorWad(liquidationLoanToValueWad));
  const repaidShares = multiplyDivideUp(repaidWanted, shares + VIRTUAL_SHARES, borrow + VIRTUAL_ASSETS);
  const repaidAssets = toAssetsUp(repaidShares, borrow, shares);
  if (repaidShares > shares) return { status: 'seizesMoreThanDebt' };
  if (seizedAssets > collateral) return { status: 'seizesMoreThanCollateral' };
  const sharesAfter = shares - repaidShares;
  const borrowAfter = borrow > repaidAssets ? borrow - repaidAssets : 0n;
  const collateralAfter = collateral - seizedAssets;
  if (collateralAfter > 0n) return { status: 'ok', repaidAssets, seizedAssets, badDebtAssets: 0n, borrowAfter, collateralAfter };
  const owed = toAssetsUp(sharesAfter, borrowAfter, sharesAfter);
  const badDebtAssets = owed < borrowAfter ? owed : borrowAfter;
  return { status: 'ok', repaidAssets, seizedAssets, badDebtAssets, borrowAfter: borrowAfter - badDebtAssets, collateralAfter };
}

function toAssetsUp(shares: bigint, totalAssets: bigint, totalShares: bigint): bigint {
  return multiplyDivideUp(shares, totalAssets + VIRTUAL_ASSETS, totalShares + VIRTUAL_SHARES);
}

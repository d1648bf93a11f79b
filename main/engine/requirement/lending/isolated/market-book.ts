/*
 * An isolated lending market in the contract's own integers: what all supply and owe together, what one account has of it, and how shares
 * turn into assets. Supply and debt are held in shares of the totals, so interest reaches everybody by changing the totals alone.
 * Source: morpho-org/morpho-blue, Morpho.sol, SharesMathLib and ConstantsLib.
 */
import { multiplyDivideDown, multiplyDivideUp, WAD } from '../../../math/fixed-point.ts';

/** Added to the totals in every conversion, so that the first share of an empty market has a price nobody can inflate. */
const VIRTUAL_SHARES = 10n ** 6n;
const VIRTUAL_ASSETS = 1n;
/** Scale of prices: loan units per collateral unit × 10^36. */
export const ORACLE_SCALE = 10n ** 36n;

/** Of all accounts together. */
export type MarketTotals = {
  readonly supplyAssets: bigint;
  readonly supplyShares: bigint;
  readonly borrowAssets: bigint;
  readonly borrowShares: bigint;
};

/** Of one account. */
export type MarketPosition = { readonly supplyShares: bigint; readonly borrowShares: bigint; readonly collateral: bigint };

/** The market and one account in it. */
export type MarketBook = { readonly totals: MarketTotals; readonly position: MarketPosition };

/** What the market asks of a debt. */
export type MarketTerms = {
  /** Loan units per collateral unit × 10^36. */
  readonly priceRaw: bigint;
  readonly liquidationLoanToValueWad: bigint;
};

/** A market before its first supply. */
export const EMPTY_TOTALS: MarketTotals = { supplyAssets: 0n, supplyShares: 0n, borrowAssets: 0n, borrowShares: 0n };

/** Shares for assets, rounded down. */
export function toSharesDown(assets: bigint, totalAssets: bigint, totalShares: bigint): bigint {
  return multiplyDivideDown(assets, totalShares + VIRTUAL_SHARES, totalAssets + VIRTUAL_ASSETS);
}

/** Shares for assets, rounded up. */
export function toSharesUp(assets: bigint, totalAssets: bigint, totalShares: bigint): bigint {
  return multiplyDivideUp(assets, totalShares + VIRTUAL_SHARES, totalAssets + VIRTUAL_ASSETS);
}

/** Assets for shares, rounded down. */
export function toAssetsDown(shares: bigint, totalAssets: bigint, totalShares: bigint): bigint {
  return multiplyDivideDown(shares, totalAssets + VIRTUAL_ASSETS, totalShares + VIRTUAL_SHARES);
}

/** Assets for shares, rounded up. */
export function toAssetsUp(shares: bigint, totalAssets: bigint, totalShares: bigint): bigint {
  return multiplyDivideUp(shares, totalAssets + VIRTUAL_ASSETS, totalShares + VIRTUAL_SHARES);
}

/** A market with one borrower, who has taken its whole supply as its first loan. */
export function soleBorrower(collateral: bigint, borrowAssets: bigint): MarketBook {
  const borrowShares = toSharesUp(borrowAssets, 0n, 0n);
  return {
    totals: { supplyAssets: borrowAssets, supplyShares: toSharesDown(borrowAssets, 0n, 0n), borrowAssets, borrowShares },
    position: { supplyShares: 0n, borrowShares, collateral },
  };
}

/** What the account owes, rounded up. */
export function owedAssets({ totals, position }: MarketBook): bigint {
  return toAssetsUp(position.borrowShares, totals.borrowAssets, totals.borrowShares);
}

/** The most the account's collateral lets it owe, rounded down twice: its value, then the loan-to-value of that. */
export function borrowableAssets(collateral: bigint, { priceRaw, liquidationLoanToValueWad }: MarketTerms): bigint {
  return multiplyDivideDown(multiplyDivideDown(collateral, priceRaw, ORACLE_SCALE), liquidationLoanToValueWad, WAD);
}

/** Whether the account may not be liquidated: its collateral still covers what it owes; exactly covering is healthy. */
export function isHealthy(book: MarketBook, terms: MarketTerms): boolean {
  return borrowableAssets(book.position.collateral, terms) >= owedAssets(book);
}

/**
 * Smallest integer price at which the account is healthy; one unit lower it may be liquidated. The two roundings of the borrowable
 * amount are undone one after the other, so the answer is exact.
 *
 * @returns 0 without debt; null where no price helps (debt without collateral)
 */
export function smallestHealthyPriceRaw(book: MarketBook, liquidationLoanToValueWad: bigint): bigint | null {
  const owed = owedAssets(book);
  if (owed === 0n) return 0n;
  const { collateral } = book.position;
  if (collateral === 0n || liquidationLoanToValueWad === 0n) return null;
  return multiplyDivideUp(multiplyDivideUp(owed, WAD, liquidationLoanToValueWad), ORACLE_SCALE, collateral);
}

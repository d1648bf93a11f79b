import { isHealthy, toAssetsDown, toAssetsUp, toSharesDown, toSharesUp } from './market-book.ts';
import type { MarketBook, MarketTerms } from './market-book.ts';

const UINT128 = 2n ** 128n;

/** What moves between an account and the market. */
export type MarketFlow = 'supply' | 'withdraw' | 'borrow' | 'repay';

/** How much, counted in assets or in shares of the market's total. */
export type FlowAmount = { readonly unit: 'assets' | 'shares'; readonly amount: bigint };

/** The market and the account afterwards, or why the contract refuses. */
export type FlowOutcome =
  | { readonly status: 'ok'; readonly assets: bigint; readonly shares: bigint; readonly book: MarketBook }
  | { readonly status: 'zeroAmount' | 'exceedsShares' | 'tooLarge' | 'insufficientLiquidity' | 'insufficientCollateral' };

/** The account with more or less collateral, or why the contract refuses. */
export type CollateralOutcome =
  | { readonly status: 'ok'; readonly book: MarketBook }
  | { readonly status: 'zeroAmount' | 'exceedsCollateral' | 'tooLarge' | 'insufficientCollateral' };

/**
 * Supply, withdrawal, loan or repayment. Whoever asks for assets is given shares and the other way round, each rounded in favour of the
 * others: fewer supply shares and more debt for the account. Interest is to be accrued before.
 *
 * Source: morpho-org/morpho-blue, Morpho.supply, withdraw, borrow and repay.
 */
export function moveInMarket(book: MarketBook, flow: MarketFlow, amount: FlowAmount, terms: MarketTerms): FlowOutcome {
  if (amount.amount <= 0n) return { status: 'zeroAmount' };
  const { assets, shares } = convert(book, flow, amount);
  const after = apply(book, flow, assets, shares);
  if (after.position.supplyShares < 0n || after.position.borrowShares < 0n) return { status: 'exceedsShares' };
  if (!fitsTotals(after)) return { status: 'tooLarge' };
  if (flow === 'borrow' && !isHealthy(after, terms)) return { status: 'insufficientCollateral' };
  const isDraining = flow === 'borrow' || flow === 'withdraw';
  if (isDraining && after.totals.borrowAssets > after.totals.supplyAssets) return { status: 'insufficientLiquidity' };
  return { status: 'ok', assets, shares, book: after };
}

/**
 * Adds collateral, or takes some away (a change below zero) as far as the account stays healthy. Collateral earns nothing and has no shares.
 *
 * Source: morpho-org/morpho-blue, Morpho.supplyCollateral and withdrawCollateral.
 */
export function moveCollateral(book: MarketBook, change: bigint, terms: MarketTerms): CollateralOutcome {
  if (change === 0n) return { status: 'zeroAmount' };
  const after = { ...book, position: { ...book.position, collateral: book.position.collateral + change } };
  if (after.position.collateral < 0n) return { status: 'exceedsCollateral' };
  if (!fitsTotals(after)) return { status: 'tooLarge' };
  return change < 0n && !isHealthy(after, terms) ? { status: 'insufficientCollateral' } : { status: 'ok', book: after };
}

function convert({ totals }: MarketBook, flow: MarketFlow, { unit, amount }: FlowAmount): { assets: bigint; shares: bigint } {
  const isSupplySide = flow === 'supply' || flow === 'withdraw';
  const totalAssets = isSupplySide ? totals.supplyAssets : totals.borrowAssets;
  const totalShares = isSupplySide ? totals.supplyShares : totals.borrowShares;
  const isPaidIn = flow === 'supply' || flow === 'repay';
  if (unit === 'assets') return { assets: amount, shares: (isPaidIn ? toSharesDown : toSharesUp)(amount, totalAssets, totalShares) };
  return { assets: (isPaidIn ? toAssetsUp : toAssetsDown)(amount, totalAssets, totalShares), shares: amount };
}

/** Totals and collateral are kept in 128 bits. */
function fitsTotals({ totals, position }: MarketBook): boolean {
  return position.collateral < UINT128 && Object.values(totals).every((total) => total < UINT128);
}

function apply({ totals, position }: MarketBook, flow: MarketFlow, assets: bigint, shares: bigint): MarketBook {
  if (flow === 'supply' || flow === 'withdraw') {
    const sign = flow === 'supply' ? 1n : -1n;
    return {
      totals: { ...totals, supplyAssets: totals.supplyAssets + sign * assets, supplyShares: totals.supplyShares + sign * shares },
      position: { ...position, supplyShares: position.supplyShares + sign * shares },
    };
  }
  const sign = flow === 'borrow' ? 1n : -1n;
  // The last repayment may be one unit more than all that is owed.
  const borrowAssets = totals.borrowAssets + sign * assets;
  return {
    totals: { ...totals, borrowAssets: borrowAssets > 0n ? borrowAssets : 0n, borrowShares: totals.borrowShares + sign * shares },
    position: { ...position, borrowShares: position.borrowShares + sign * shares },
  };
}

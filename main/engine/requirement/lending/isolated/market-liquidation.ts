import { multiplyDivideDown, multiplyDivideUp, WAD } from '../../../math/fixed-point.ts';
import { isHealthy, ORACLE_SCALE, toAssetsDown, toAssetsUp, toSharesUp } from './market-book.ts';
import type { MarketBook, MarketTerms, MarketTotals } from './market-book.ts';

const CURSOR = 3n * 10n ** 17n;
const LARGEST_INCENTIVE = 115n * 10n ** 16n;

/** How a liquidator says what he wants: so much collateral, or so many shares of the debt repaid. */
export type LiquidationCall = { readonly unit: 'seizedAssets' | 'repaidShares'; readonly amount: bigint };

/** What the contract does, or why it refuses. */
export type MarketLiquidationOutcome =
  | {
      readonly status: 'zeroAmount' | 'healthy' | 'worthlessCollateral' | 'seizesMoreThanDebt' | 'seizesMoreThanCollateral';
    }
  | {
      readonly status: 'ok';
      readonly repaidAssets: bigint;
      readonly repaidShares: bigint;
      readonly seizedAssets: bigint;
      readonly badDebtAssets: bigint;
      readonly badDebtShares: bigint;
      readonly book: MarketBook;
    };

/** Liquidation incentive factor, wad: 1 / (1 − 0.3 (1 − LLTV)), at most 1.15. */
export function incentiveFactorWad(liquidationLoanToValueWad: bigint): bigint {
  const factor = multiplyDivideDown(WAD, WAD, WAD - multiplyDivideDown(CURSOR, WAD - liquidationLoanToValueWad, WAD));
  return factor < LARGEST_INCENTIVE ? factor : LARGEST_INCENTIVE;
}

/**
 * A liquidation. What the liquidator repays is rounded up and what he seizes down, whichever of the two he asked for. When no collateral
 * is left, what the account still owes is bad debt and is taken from all suppliers at once. Interest is to be accrued before.
 *
 * Source: morpho-org/morpho-blue, Morpho.liquidate.
 */
export function liquidateMarket(book: MarketBook, terms: MarketTerms, call: LiquidationCall): MarketLiquidationOutcome {
  if (call.amount <= 0n) return { status: 'zeroAmount' };
  if (isHealthy(book, terms)) return { status: 'healthy' };
  if (call.unit === 'repaidShares' && terms.priceRaw === 0n) return { status: 'worthlessCollateral' };
  const { totals, position } = book;
  const repaidShares = call.unit === 'repaidShares' ? call.amount : repaidSharesFor(totals, terms, call.amount);
  const seizedAssets = call.unit === 'seizedAssets' ? call.amount : seizedAssetsFor(totals, terms, call.amount);
  if (repaidShares > position.borrowShares) return { status: 'seizesMoreThanDebt' };
  if (seizedAssets > position.collateral) return { status: 'seizesMoreThanCollateral' };
  const repaidAssets = toAssetsUp(repaidShares, totals.borrowAssets, totals.borrowShares);
  // The last repayment may be one unit more than all that is owed.
  const borrowAssets = totals.borrowAssets > repaidAssets ? totals.borrowAssets - repaidAssets : 0n;
  const repaid: MarketBook = {
    totals: { ...totals, borrowAssets, borrowShares: totals.borrowShares - repaidShares },
    position: { ...position, borrowShares: position.borrowShares - repaidShares, collateral: position.collateral - seizedAssets },
  };
  return { status: 'ok', repaidAssets, repaidShares, seizedAssets, ...writeOff(repaid) };
}

/**
 * The largest liquidation the contract accepts of an account that is not healthy: the whole debt where the collateral pays for it with
 * the incentive, else the whole collateral.
 */
export function largestLiquidation({ totals, position }: MarketBook, terms: MarketTerms): LiquidationCall {
  const { borrowShares, collateral } = position;
  const coversDebt = terms.priceRaw > 0n && seizedAssetsFor(totals, terms, borrowShares) <= collateral;
  return coversDebt ? { unit: 'repaidShares', amount: borrowShares } : { unit: 'seizedAssets', amount: collateral };
}

/** Debt shares that pay for collateral: its value, less the incentive, each rounded up. */
function repaidSharesFor(totals: MarketTotals, { priceRaw, liquidationLoanToValueWad }: MarketTerms, seizedAssets: bigint): bigint {
  const quoted = multiplyDivideUp(seizedAssets, priceRaw, ORACLE_SCALE);
  const repaid = multiplyDivideUp(quoted, WAD, incentiveFactorWad(liquidationLoanToValueWad));
  return toSharesUp(repaid, totals.borrowAssets, totals.borrowShares);
}

/** Collateral for debt shares: what they are worth, with the incentive, at the price, each rounded down. */
function seizedAssetsFor(totals: MarketTotals, { priceRaw, liquidationLoanToValueWad }: MarketTerms, repaidShares: bigint): bigint {
  const repaid = toAssetsDown(repaidShares, totals.borrowAssets, totals.borrowShares);
  const withIncentive = multiplyDivideDown(repaid, incentiveFactorWad(liquidationLoanToValueWad), WAD);
  return multiplyDivideDown(withIncentive, ORACLE_SCALE, priceRaw);
}

/** Bad debt of an account without collateral, taken off the debt and off the supply. */
function writeOff(book: MarketBook): { badDebtAssets: bigint; badDebtShares: bigint; book: MarketBook } {
  const { totals, position } = book;
  if (position.collateral > 0n) return { badDebtAssets: 0n, badDebtShares: 0n, book };
  const badDebtShares = position.borrowShares;
  const owed = toAssetsUp(badDebtShares, totals.borrowAssets, totals.borrowShares);
  const badDebtAssets = owed < totals.borrowAssets ? owed : totals.borrowAssets;
  return {
    badDebtAssets,
    badDebtShares,
    book: {
      totals: {
        ...totals,
        supplyAssets: totals.supplyAssets - badDebtAssets,
        borrowAssets: totals.borrowAssets - badDebtAssets,
        borrowShares: totals.borrowShares - badDebtShares,
      },
      position: { ...position, borrowShares: 0n },
    },
  };
}

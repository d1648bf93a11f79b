import { multiplyDivideDown, WAD } from '../../../math/fixed-point.ts';
import { toSharesDown } from './market-book.ts';
import type { MarketTotals } from './market-book.ts';

/** The market after time has passed. */
export type MarketAccrual = { readonly totals: MarketTotals; readonly interestAssets: bigint; readonly feeShares: bigint };

/**
 * Growth of a debt less one, wad: x + x²/2 + x³/6 with x = rate × seconds, the first three terms of e^x − 1, each rounded down.
 *
 * @param rateWad per second, wad
 */
export function taylorGrowthWad(rateWad: bigint, seconds: bigint): bigint {
  const first = rateWad * seconds;
  const second = multiplyDivideDown(first, first, 2n * WAD);
  return first + second + multiplyDivideDown(second, first, 3n * WAD);
}

/**
 * Interest of some seconds at a constant rate. Debt and supply grow by the same interest; the market's fee is part of it and is paid as
 * new supply shares, priced as if the fee had not been supplied yet.
 *
 * @param rateWad per second, wad, as the market's rate model gave it at the end of the time
 * @param feeWad share of the interest
 * Source: morpho-org/morpho-blue, Morpho._accrueInterest and MathLib.
 */
export function accrueMarket(totals: MarketTotals, rateWad: bigint, seconds: bigint, feeWad: bigint): MarketAccrual {
  const interestAssets = multiplyDivideDown(totals.borrowAssets, taylorGrowthWad(rateWad, seconds), WAD);
  const supplyAssets = totals.supplyAssets + interestAssets;
  const feeAssets = multiplyDivideDown(interestAssets, feeWad, WAD);
  const feeShares = toSharesDown(feeAssets, supplyAssets - feeAssets, totals.supplyShares);
  return {
    totals: {
      supplyAssets,
      supplyShares: totals.supplyShares + feeShares,
      borrowAssets: totals.borrowAssets + interestAssets,
      borrowShares: totals.borrowShares,
    },
    interestAssets,
    feeShares,
  };
}

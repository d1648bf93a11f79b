import type { Cell } from '../../contract/cell.ts';
import type { RuleMeasures } from '../../contract/rule-set.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { Venue } from '../../domain/venue.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { excessAfterInterest, secondsToLiquidation, type AccruingAccount } from '../../engine/requirement/lending/lending-accrual.ts';
import { lendingRates } from '../../engine/requirement/lending/lending-pool.ts';
import type { PackResult } from '../pack.ts';

const SECONDS_PER_DAY = 86_400;
const POINT = 0.01;
const DAYS = 30;

/** Where a borrower stands: its venue and market, and the market whose rates it pays. */
export type LendingPlace = { readonly venue: Venue; readonly marketId: string | null; readonly snapshot: Snapshot };

/** What only a borrower has: borrowing power left, and what interest does to it. */
export function lendingMeasures(
  pack: PackResult,
  a: number,
  place: LendingPlace,
): Pick<RuleMeasures, 'availableBorrowUsd' | 'interestDays' | 'ratePointUsd'> {
  const { account, availableBorrowUsd, unknown } = accruing(pack, a, place);
  const after = (more: number): number =>
    excessAfterInterest({ ...account, borrowRatePerYear: account.borrowRatePerYear.map((rate) => rate + more) }, DAYS * SECONDS_PER_DAY);
  return {
    availableBorrowUsd,
    interestDays: unknown ?? secondsToLiquidation(account) / SECONDS_PER_DAY,
    ratePointUsd: unknown ?? after(POINT) - after(0),
  };
}

/**
 * The account's rows with their rates. Collateral of unknown rate earns nothing; a debt of unknown rate is a named failure.
 * What may still be borrowed is Σ collateral × loan-to-value − debt; below zero the venue would not open these positions.
 */
function accruing(pack: PackResult, a: number, place: LendingPlace) {
  const { positions, accounts, initial } = pack.packed;
  const thresholdValueUsd: number[] = [];
  const supplyRatePerYear: number[] = [];
  const debtUsd: number[] = [];
  const borrowRatePerYear: number[] = [];
  let power = 0;
  let unknown: Cell | null = null;
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    const asset = positions.asset[p] ?? 0;
    const assetId = pack.assetIds[asset] ?? '';
    const valueUsd = (positions.quantity[p] ?? 0) * (positions.isUnpriced[p] === 1 ? 0 : (initial.priceUsd[asset] ?? 0));
    const rates = ratesOf(place, assetId);
    if (positions.kind[p] === POSITION_KIND.debt) {
      debtUsd.push(-valueUsd);
      borrowRatePerYear.push(rates?.borrow ?? 0);
      power += valueUsd;
      if (rates === null && valueUsd < 0) {
        unknown = { reason: 'missingPrice', message: `no borrow rate of ${assetId} at ${place.venue.name} is recorded` };
      }
    } else if (positions.kind[p] === POSITION_KIND.holding) {
      thresholdValueUsd.push(valueUsd * (positions.collateralFraction[p] ?? 0));
      supplyRatePerYear.push(rates?.supply ?? 0);
      power += valueUsd * (positions.initialFraction[p] ?? 0);
    }
  }
  const account: AccruingAccount = {
    thresholdValueUsd: Float64Array.from(thresholdValueUsd),
    supplyRatePerYear: Float64Array.from(supplyRatePerYear),
    debtUsd: Float64Array.from(debtUsd),
    borrowRatePerYear: Float64Array.from(borrowRatePerYear),
  };
  return { account, availableBorrowUsd: power, unknown };
}

/** Rates per year of an asset: a vault's stability fee, what the market recorded, else the pool's curve at its kink; null = unknown. */
export function ratesOf({ venue, marketId, snapshot }: LendingPlace, assetId: string): { borrow: number; supply: number } | null {
  const { parameters } = venue;
  if (parameters.family === 'vault') {
    const type = parameters.collateralTypes.find((each) => each.id === marketId);
    return type?.debtAssetId === assetId ? { borrow: type.stabilityFeePerYear, supply: 0 } : null;
  }
  const isPool = parameters.family === 'lendingPool';
  const recorded = snapshot.reserves.find(
    (row) => row.venueId === venue.id && row.assetId === assetId && (isPool || row.marketId === marketId),
  );
  if (recorded !== undefined) return { borrow: recorded.borrowRatePerYear, supply: recorded.supplyRatePerYear };
  const curve = isPool ? parameters.reserves.find((each) => each.assetId === assetId)?.rate : null;
  if (curve === null || curve === undefined) return null;
  return { borrow: lendingRates(curve.optimalUtilisation, curve).borrowPerYear, supply: 0 };
}

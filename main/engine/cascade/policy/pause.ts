import { borrowerBonus, borrowerCollateralUsd, borrowerDebtUsd, borrowerHealth } from '../liquidate-borrower.ts';
import type { CascadeWorkspace } from '../workspace.ts';

/**
 * Whether liquidating a borrower at the running prices takes more collateral than it repays debt: debt × (1 + bonus) > collateral,
 * strictly, which is a loan-to-value above 1/(1 + bonus). Such a liquidation leaves the rest worse off; a venue with a circuit breaker
 * pauses it.
 */
export function isToxicBorrower(work: CascadeWorkspace, borrower: number): boolean {
  return borrowerDebtUsd(work, borrower) * (1 + borrowerBonus(work, borrower)) > borrowerCollateralUsd(work, borrower);
}

/** After a cascade: borrowers who could be liquidated at the final prices and are paused; indexes. */
export function pausedBorrowers(work: CascadeWorkspace): number[] {
  const paused: number[] = [];
  for (let borrower = 0; borrower < work.packed.lending.count; borrower += 1) {
    if (borrowerHealth(work, borrower) < 1 && isToxicBorrower(work, borrower)) paused.push(borrower);
  }
  return paused;
}

/** After a cascade: Σ collateral − debt of all borrowers at the final prices, USD, signed. */
export function borrowersEquityUsd(work: CascadeWorkspace): number {
  let equity = 0;
  for (let borrower = 0; borrower < work.packed.lending.count; borrower += 1) {
    equity += borrowerCollateralUsd(work, borrower) - borrowerDebtUsd(work, borrower);
  }
  return equity;
}

import { evaluateAccounts } from '../packed/evaluate-accounts.ts';
import type { CascadeRules } from './cascade-types.ts';
import { closedEquityUsd } from './close-account.ts';
import { ladderBadDebtUsd } from './ladder/book-closed.ts';
import { takesPart } from './participants.ts';
import { deleveragedUsd } from './policy/deleverage-legs.ts';
import type { CascadeWorkspace } from './workspace.ts';

/**
 * Equity, excess and bad debt at the final prices. Of the crowd only those who were liquidated, are about to be, are paused or had nothing to begin with
 * can leave bad debt: everyone else's collateral, weighted by thresholds of at most one, still covers the debt.
 *
 * @param falling how many borrowers are below their requirement at the end (the round limit)
 */
export function finishCascade(work: CascadeWorkspace, rules: CascadeRules, falling: number): void {
  const { packed, result, state, measures } = work;
  const { accounts, lending } = packed;
  evaluateAccounts(packed, state, measures);
  result.intactEquityUsd.set(measures.equityUsd);
  result.intactExcessUsd.set(measures.excessUsd);
  result.equityUsd.set(measures.equityUsd);
  result.excessUsd.set(measures.excessUsd);
  result.badDebtUsd = 0;
  countSkipped(work);
  for (let account = 0; account < accounts.count; account += 1) {
    const deleveraged = deleveragedUsd(work, account);
    result.equityUsd[account]! += deleveraged;
    result.excessUsd[account]! += deleveraged;
    if (work.isClosed[account] === 0) continue;
    result.equityUsd[account] = closedEquityUsd(work, account, false) + deleveraged;
    result.excessUsd[account] = closedEquityUsd(work, account, true) + deleveraged;
    result.badDebtUsd += Math.max(0, -result.equityUsd[account]!);
  }
  const isActive = (borrower: number): boolean => takesPart(rules.participants ?? null, lending, borrower);
  for (let borrower = 0; borrower < lending.ownCount; borrower += 1) if (isActive(borrower)) finishBorrower(work, borrower);
  if (!rules.includeCrowd) return;
  for (let i = 0; i < work.touchedCount; i += 1) if (work.touched[i]! >= lending.ownCount) finishBorrower(work, work.touched[i]!);
  finishUntouched(work, work.fallenBorrowers.subarray(0, falling));
  finishUntouched(work, work.pausedBorrowers.subarray(0, work.pausedCount));
  finishUntouched(work, work.axes.skipped.subarray(0, work.axes.skippedCount));
  finishUntouched(work, work.axes.waiting.subarray(0, work.axes.waitingCount));
  result.badDebtUsd += ladderBadDebtUsd(work);
  for (const i of work.climb.ladder.withoutCollateral) if (isActive(lending.ownCount + i)) finishBorrower(work, lending.ownCount + i);
}

/** Whom no keeper would liquidate at a profit at the end, and what they owe at the final prices. */
function countSkipped({ axes, result, rows, packed, state }: CascadeWorkspace): void {
  const { lending } = packed;
  result.skippedBorrowers = axes.skippedCount;
  result.skippedDebtUsd = 0;
  for (let i = 0; i < axes.skippedCount; i += 1) {
    const borrower = axes.skipped[i]!;
    for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
      result.skippedDebtUsd += rows.debtQuantity[row]! * state.priceUsd[lending.debtAsset[row]!]!;
    }
  }
}

/** Borrowers of the crowd who are below their requirement at the end and were never liquidated. */
function finishUntouched(work: CascadeWorkspace, borrowers: Int32Array): void {
  for (const borrower of borrowers) {
    if (borrower >= work.packed.lending.ownCount && work.rows.borrowerFallenRound[borrower] === 0) finishBorrower(work, borrower);
  }
}

/** Bad debt of a borrower, and for an own one the change of equity and excess that its liquidations made. */
function finishBorrower(work: CascadeWorkspace, borrower: number): void {
  const { packed, result, rows, state } = work;
  const { lending } = packed;
  const account = lending.account[borrower]!;
  let collateral = 0;
  let weighted = 0;
  let taken = 0;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    const price = state.priceUsd[lending.collateralAsset[row]!]!;
    const position = lending.collateralPosition[row]!;
    collateral += rows.collateralQuantity[row]! * price;
    weighted += rows.collateralQuantity[row]! * price * lending.collateralThreshold[row]!;
    if (position >= 0) taken += (Math.max(0, packed.positions.quantity[position]!) - rows.collateralQuantity[row]!) * price;
  }
  let debt = 0;
  let paid = 0;
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    const price = state.priceUsd[lending.debtAsset[row]!]!;
    const position = lending.debtPosition[row]!;
    debt += rows.debtQuantity[row]! * price;
    if (position >= 0) paid += (Math.max(0, -packed.positions.quantity[position]!) - rows.debtQuantity[row]!) * price;
  }
  const cash = work.borrowerCashUsd[borrower]!;
  result.badDebtUsd += Math.max(0, debt - collateral);
  if (account < 0 || rows.borrowerFallenRound[borrower] === 0) return;
  result.equityUsd[account]! += paid - taken + cash;
  result.excessUsd[account] = weighted - debt + cash;
}

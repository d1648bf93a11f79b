import { POSITION_KIND } from '../../packed/packed-book.ts';
import { borrowerCollateralUsd, liquidateBorrower } from '../liquidate-borrower.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import type { PolicyState } from './policy-state.ts';

/** Whether a borrower below its requirement must wait: some of its collateral is sold through a halted market, or its venue delays. */
export function isBorrowerHeldBack(work: CascadeWorkspace, borrower: number): boolean {
  const { policy } = work;
  if (policy === null) return false;
  const { lending } = work.packed;
  let isHeld = policy.waitsThrough[lending.venue[borrower]!]! >= work.axes.round;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    isHeld ||= work.rows.collateralQuantity[row]! > 0 && policy.isHalted[lending.collateralAsset[row]!] === 1;
  }
  if (isHeld) noteHeldBack(policy);
  return isHeld;
}

/** Whether a margin account that falls must wait: one of its contracts is on an asset whose market is halted. */
export function isAccountHeldBack(work: CascadeWorkspace, account: number): boolean {
  const { policy, packed } = work;
  if (policy === null) return false;
  const { positions, accounts } = packed;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    if (positions.kind[p]! <= POSITION_KIND.debt || positions.quantity[p] === 0) continue;
    if (policy.isHalted[positions.asset[p]!] === 1) {
      noteHeldBack(policy);
      return true;
    }
  }
  return false;
}

function noteHeldBack(policy: PolicyState): void {
  policy.heldBack += 1;
  policy.heldBackEver += 1;
}

/** Whether the rounds go on although nobody can be liquidated now: somebody waits for a halt to end, or the move is still to reverse. */
export function isWaiting({ policy }: CascadeWorkspace): boolean {
  if (policy === null) return false;
  return policy.heldBack > 0 || (!policy.hasReversed && policy.rules.reversesAfterRound < Infinity);
}

/**
 * One liquidation under the venue's outflow limit. The one that passes the limit still goes through; after it the venue refuses until the
 * window ends, or for the whole cooldown.
 *
 * @returns whether anything was repaid
 */
export function liquidateWithinLimit(work: CascadeWorkspace, borrower: number, health: number): boolean {
  const { policy } = work;
  if (policy === null) return liquidateBorrower(work, borrower, health);
  const { rules } = policy;
  const venue = work.packed.lending.venue[borrower]!;
  const limitUsd = Math.max(rules.outflowMinimumUsd, rules.outflowFraction * policy.collateralUsd[venue]!);
  if (policy.outflowUsd[venue]! >= limitUsd) {
    policy.refusedRounds[venue]! += 1;
    noteHeldBack(policy);
    return false;
  }
  const beforeUsd = borrowerCollateralUsd(work, borrower);
  const hasRepaid = liquidateBorrower(work, borrower, health);
  policy.outflowUsd[venue]! += beforeUsd - borrowerCollateralUsd(work, borrower);
  if (policy.outflowUsd[venue]! >= limitUsd && rules.outflowCooldownRounds > 0) {
    policy.waitsThrough[venue] = work.axes.round + rules.outflowCooldownRounds;
  }
  return hasRepaid;
}

import type { CascadeWorkspace } from '../workspace.ts';
import type { AxesState } from './axes-state.ts';
import { isProfitable } from './keeper-profit.ts';
import { liquidationDelay } from './latency.ts';

/** Whether a rule may keep a borrower below its requirement from being liquidated at once. */
export function setsAside({ rules }: AxesState): boolean {
  return rules.latency !== undefined || rules.keeperGasUsd !== undefined;
}

/**
 * A borrower below its requirement: whether it waits in this round, because its liquidation is not due or no keeper would do it at a
 * profit. It is looked at again in the next round.
 */
export function setAside(work: CascadeWorkspace, borrower: number, health: number): boolean {
  const { axes } = work;
  const { latency, keeperGasUsd } = axes.rules;
  if (latency !== undefined) {
    if (axes.dueRound[borrower] === 0) {
      axes.dueRound[borrower] = axes.round + liquidationDelay(latency, borrower);
      axes.hasQueue = true;
    }
    if (axes.dueRound[borrower]! > axes.round) {
      axes.waiting[axes.waitingCount] = borrower;
      axes.waitingCount += 1;
      return true;
    }
  }
  if (keeperGasUsd !== undefined && !isProfitable(work, borrower, health, keeperGasUsd)) {
    axes.skipped[axes.skippedCount] = borrower;
    axes.skippedCount += 1;
    return true;
  }
  axes.dueRound[borrower] = 0;
  return false;
}

/** A borrower that is above its requirement leaves the queue: should it fall again, its delay begins anew. */
export function leaveQueue({ axes }: CascadeWorkspace, borrower: number): void {
  if (axes.hasQueue) axes.dueRound[borrower] = 0;
}

import { sharedBook, type BookReference, type SharedValues } from '../../scenario/shared-book.ts';
import { failInstitution, type FailureOutcome, type FailureSetting } from './fail-institution.ts';
import { failureSales, holderOverlap, type FailureSales, type HolderOverlap, type SalesOutcome } from './failure-sales.ts';

/** One failure, one system, one model of claims; with its fire sale where sales are given. */
export type FailureJob = BookReference & {
  readonly setting: FailureSetting;
  readonly sales: Omit<FailureSales, 'directLossUsd'> | null;
};

/** What {@link failInstitution} says, and the fire sale that goes on from its losses. */
export type FailureJobResult = {
  readonly outcome: FailureOutcome;
  readonly sales: SalesOutcome | null;
  readonly overlap: HolderOverlap | null;
};

/** Runs one failure on the worker's copy of the book. */
export function runFailure(input: FailureJob, shared: SharedValues): FailureJobResult {
  const packed = sharedBook(shared, input);
  const outcome = failInstitution(packed, input.setting);
  if (input.sales === null) return { outcome, sales: null, overlap: null };
  const directLossUsd = outcome.equityBeforeUsd.map((had, a) => Math.max(0, had - outcome.equityAfterUsd[a]!));
  return {
    outcome,
    sales: failureSales(packed, { ...input.sales, directLossUsd }),
    overlap: holderOverlap(packed, input.sales.venues, input.sales.thinningFraction),
  };
}

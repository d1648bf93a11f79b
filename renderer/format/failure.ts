import type { Failure, FailureReason } from '../../main/domain/failure.ts';

const marks: Record<FailureReason, string> = {
  usage: 'not asked rightly',
  notFound: 'not found',
  conflict: 'conflict',
  invalidValue: 'not a number',
  invalidFile: 'file not readable',
  foreignFile: 'not a book',
  newerSchema: 'newer book',
  busy: 'in use',
  storage: 'disk trouble',
  damaged: 'damaged',
  ambiguous: 'ambiguous',
  missingPrice: 'no price',
  stale: 'stale',
  circular: 'loop ≥ 1',
  underBacked: 'under-backed',
  notConverged: 'not converged',
  infeasible: 'infeasible',
  timeLimit: 'time limit',
  cancelled: 'cancelled',
  refused: 'refused',
  unsupported: 'unsupported',
  internal: 'error',
};

const titles: Record<FailureReason, string> = {
  usage: 'The request was not understood',
  notFound: 'Not found',
  conflict: 'It changed meanwhile',
  invalidValue: 'A value cannot be used',
  invalidFile: 'The file cannot be read',
  foreignFile: 'This file is not an Interlock book',
  newerSchema: 'The book was written by a newer Interlock',
  busy: 'The book is in use elsewhere',
  storage: 'The disk refused',
  damaged: 'The book is damaged',
  ambiguous: 'The file must be asked about',
  missingPrice: 'A price is missing',
  stale: 'A value is too old',
  circular: 'A collateral loop has a gain of one or more',
  underBacked: 'A claim is worth less than promised',
  notConverged: 'The calculation did not settle',
  infeasible: 'No set of actions meets every limit',
  timeLimit: 'The time limit was reached',
  cancelled: 'Cancelled',
  refused: 'Refused',
  unsupported: 'Not supported',
  internal: 'Interlock made a mistake',
};

/** The few words that stand in a cell in place of a number that does not exist. */
export function failureMark(failure: Failure): string {
  return marks[failure.reason];
}

/** Heading of an error box. */
export function failureTitle(failure: Failure): string {
  return titles[failure.reason];
}

/** Whether a cell holds a named failure in place of its number. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'reason' in value && 'message' in value;
}

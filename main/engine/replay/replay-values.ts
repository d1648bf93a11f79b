import { evaluateAccounts, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { copyState } from '../packed/market-state.ts';
import { sharedBook, type BookReference, type SharedValues } from '../scenario/shared-book.ts';
import { placeStep, type ReplayPath } from './replay-path.ts';

/** A range of steps through which a book is revalued, nobody reacting: the recorded prices already hold what others did. */
export type ReplayValues = BookReference & ReplayPath;

/** Step × account, row-major, USD. */
export type ReplayTable = {
  readonly equityUsd: Float64Array;
  readonly requirementUsd: Float64Array;
  readonly excessUsd: Float64Array;
};

/** Equity, requirement and excess of every account at every step. */
export function replayValues(input: ReplayValues, shared: SharedValues): ReplayTable {
  const packed = sharedBook(shared, input);
  const state = copyState(packed.initial);
  const accounts = packed.accounts.count;
  const steps = input.volatilityShift.length;
  const measures = makeAccountMeasures(accounts);
  const column = (): Float64Array => new Float64Array(steps * accounts);
  const table = { equityUsd: column(), requirementUsd: column(), excessUsd: column() };
  for (let step = 0; step < steps; step += 1) {
    placeStep(packed, input, step, state);
    evaluateAccounts(packed, state, measures);
    table.equityUsd.set(measures.equityUsd, step * accounts);
    table.requirementUsd.set(measures.requirementUsd, step * accounts);
    table.excessUsd.set(measures.excessUsd, step * accounts);
  }
  return table;
}

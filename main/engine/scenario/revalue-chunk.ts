import { evaluateAccounts, makeAccountMeasures } from '../packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../packed/market-state.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** A range of shocks without anybody reacting: moves are scenario × driver, row-major. */
export type RevalueChunk = BookReference & { readonly moves: Float64Array; readonly volatilityShifts: Float64Array };

/** Scenario × account, USD. */
export type RevalueTable = { readonly equityUsd: Float64Array; readonly excessUsd: Float64Array };

/** Equity and excess of every account right after each shock. */
export function revalueChunk(input: RevalueChunk, shared: SharedValues): RevalueTable {
  const packed = sharedBook(shared, input);
  const state = copyState(packed.initial);
  const accounts = packed.accounts.count;
  const measures = makeAccountMeasures(accounts);
  const drivers = packed.drivers.length;
  const scenarios = input.volatilityShifts.length;
  const table = { equityUsd: new Float64Array(scenarios * accounts), excessUsd: new Float64Array(scenarios * accounts) };
  for (let s = 0; s < scenarios; s += 1) {
    applyShock(packed, input.moves.subarray(s * drivers, (s + 1) * drivers), input.volatilityShifts[s]!, state);
    evaluateAccounts(packed, state, measures);
    table.equityUsd.set(measures.equityUsd, s * accounts);
    table.excessUsd.set(measures.excessUsd, s * accounts);
  }
  return table;
}

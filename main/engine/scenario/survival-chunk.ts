import type { CascadeRules } from '../cascade/cascade-types.ts';
import { LEG_OUTCOMES, legOutcome } from '../cascade/policy/leg-outcome.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** A range of shocks, and the positions whose fate is asked for. Moves are scenario × driver. */
export type SurvivalChunk = BookReference & {
  readonly moves: Float64Array;
  readonly volatilityShifts: Float64Array;
  readonly rules: CascadeRules;
  readonly legs: Int32Array;
};

/** What became of them: scenario × leg × `LEG_OUTCOME`; of the first scenario the queue ahead of each leg; and by scenario the book. */
export type SurvivalTable = {
  readonly outcomes: Float64Array;
  readonly aheadShare: Float64Array;
  readonly closedRound: Int32Array;
  readonly fallenRound: Int32Array;
  /** By scenario: the book's change of equity, USD, signed. */
  readonly bookUsd: Float64Array;
  /** Final prices by asset of the first scenario. */
  readonly priceUsd: Float64Array;
};

/** Runs the cascade of every shock of a chunk and tells what became of the legs. */
export function runSurvivalChunk(input: SurvivalChunk, shared: SharedValues): SurvivalTable {
  const packed = sharedBook(shared, input);
  const work = makeCascadeWorkspace(packed);
  const drivers = packed.drivers.length;
  const scenarios = input.volatilityShifts.length;
  const legs = input.legs.length;
  const outcomes = new Float64Array(scenarios * legs * LEG_OUTCOMES);
  const bookUsd = new Float64Array(scenarios);
  const aheadShare = new Float64Array(legs);
  const closedRound = new Int32Array(legs).fill(-1);
  const fallenRound = new Int32Array(packed.accounts.count);
  const priceUsd = new Float64Array(packed.assets.count);
  for (let s = 0; s < scenarios; s += 1) {
    const moves = input.moves.subarray(s * drivers, (s + 1) * drivers);
    const result = runCascade(work, { moves, volatilityShift: input.volatilityShifts[s]! }, input.rules);
    for (let leg = 0; leg < legs; leg += 1) {
      const at = (s * legs + leg) * LEG_OUTCOMES;
      legOutcome(work, input.legs[leg]!, outcomes.subarray(at, at + LEG_OUTCOMES));
    }
    for (let a = 0; a < packed.accounts.count; a += 1) bookUsd[s]! += result.equityUsd[a]! - result.initialEquityUsd[a]!;
    if (s > 0) continue;
    fallenRound.set(result.fallenRound);
    priceUsd.set(result.finalState.priceUsd);
    for (let leg = 0; leg < legs; leg += 1) {
      aheadShare[leg] = work.policy?.aheadShare[input.legs[leg]!] ?? 0;
      closedRound[leg] = work.policy?.closedRound[input.legs[leg]!] ?? -1;
    }
  }
  return { outcomes, aheadShare, closedRound, fallenRound, bookUsd, priceUsd };
}

import { attributeFalls, type FallAttribution } from '../cascade/attribute-falls.ts';
import { traceFalls, type TracedFall } from '../cascade/causes/trace-falls.ts';
import type { CascadeResultArrays, CascadeRules, RoundTrace } from '../cascade/cascade-types.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../cascade/workspace.ts';
import { applyShock, copyState } from '../packed/market-state.ts';
import type { MarketState } from '../packed/packed-book.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** One cascade to be recorded. */
export type TraceRequest = BookReference & { readonly moves: Float64Array; readonly volatilityShift: number; readonly rules: CascadeRules };

/** One cascade with everything that happened in each round, and why each own account fell. */
export type CascadeTrace = {
  readonly result: CascadeResultArrays;
  readonly shockedState: MarketState;
  readonly rounds: readonly RoundTrace[];
  readonly attributions: readonly FallAttribution[];
  readonly falls: readonly TracedFall[];
  /** By market, over its depth: the most that was sold of it since the shock, and the most that was bought (below zero). */
  readonly mostSold: Float64Array;
  readonly mostBought: Float64Array;
};

/** Runs one cascade and keeps its history. */
export function traceCascade(input: TraceRequest, shared: SharedValues): CascadeTrace {
  const packed = sharedBook(shared, input);
  const work = makeCascadeWorkspace(packed);
  const shockedState = copyState(packed.initial);
  applyShock(packed, input.moves, input.volatilityShift, shockedState);
  const rounds: RoundTrace[] = [];
  const result = runCascade(work, input, input.rules, rounds);
  return {
    result,
    shockedState,
    rounds,
    attributions: attributeFalls(packed, shockedState, rounds),
    falls: traceFalls(packed, shockedState, rounds),
    mostSold: work.axes.mostSold,
    mostBought: work.axes.mostBought,
  };
}

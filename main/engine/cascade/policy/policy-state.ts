import type { PackedBook } from '../../packed/packed-book.ts';
import type { PackedShock } from '../cascade-types.ts';
import type { PolicyRules } from './policy-rules.ts';

/** Where the policies stand in a running cascade; made once per packed book. Money in USD. */
export type PolicyState = {
  rules: PolicyRules;
  shock: PackedShock;
  /** By asset: last round of its market's halt, and whether nothing may be sold along its route in the next round. */
  readonly haltedThrough: Int32Array;
  readonly isHalted: Uint8Array;
  /** By asset: own price (base, stable) or 1 − discount (claims) at the last round's start. */
  readonly formerLevel: Float64Array;
  /** By venue: collateral at the start, what has left in the running window, last round of a delay, rounds in which something was refused. */
  readonly collateralUsd: Float64Array;
  readonly outflowUsd: Float64Array;
  readonly waitsThrough: Int32Array;
  readonly refusedRounds: Int32Array;
  readonly fundLeftUsd: Float64Array;
  /** By position: share closed by auto-deleveraging, what it was worth then, and the first such round. */
  readonly closedShare: Float64Array;
  readonly closedUsd: Float64Array;
  readonly closedRound: Int32Array;
  /** By position: the largest share of the winning side that was ahead of it in the queue when it was last looked at. */
  readonly aheadShare: Float64Array;
  /** Whoever was below its requirement and held back since the last sales, and since the start. */
  heldBack: number;
  heldBackEver: number;
  /** Asset-rounds of halts. */
  haltedRounds: number;
  hasReversed: boolean;
};

/** The state before anything has happened. */
export function makePolicyState(packed: PackedBook, rules: PolicyRules, shock: PackedShock): PolicyState {
  const venues = 1 + Math.max(-1, ...packed.accounts.venue, largest(packed.lending.venue));
  const { positions, assets } = packed;
  return {
    rules,
    shock,
    haltedThrough: new Int32Array(assets.count).fill(-1),
    isHalted: new Uint8Array(assets.count),
    formerLevel: new Float64Array(assets.count),
    collateralUsd: new Float64Array(venues),
    outflowUsd: new Float64Array(venues),
    waitsThrough: new Int32Array(venues).fill(-1),
    refusedRounds: new Int32Array(venues),
    fundLeftUsd: new Float64Array(venues),
    closedShare: new Float64Array(positions.count),
    closedUsd: new Float64Array(positions.count),
    closedRound: new Int32Array(positions.count).fill(-1),
    aheadShare: new Float64Array(positions.count),
    heldBack: 0,
    heldBackEver: 0,
    haltedRounds: 0,
    hasReversed: false,
  };
}

function largest(values: Int32Array): number {
  let most = -1;
  for (let i = 0; i < values.length; i += 1) if (values[i]! > most) most = values[i]!;
  return most;
}

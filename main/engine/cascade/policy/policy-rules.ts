import type { CounterpartyCrowd } from './counterparty-crowd.ts';

/** How profitable positions are closed against bankrupt ones: not at all, by rank, or the same share of each. */
export const DELEVERAGING = { none: 0, queue: 1, proRata: 2 } as const;

/** What venues and markets do to stop a cascade, as numbers; the limits are infinite where there is no such rule. */
export type PolicyRules = {
  /** A market whose own price moves by more than this share in a round (the shock is round 0) sells nothing for `haltRounds` rounds. */
  readonly bandFraction: number;
  readonly haltRounds: number;
  /** Share of the depth at the start that comes back to a halted market in each round of its halt. */
  readonly refillFraction: number;
  /** Collateral that may leave a lending venue by liquidation in a window: this share of what it holds, and at least the minimum. */
  readonly outflowFraction: number;
  readonly outflowMinimumUsd: number;
  readonly outflowWindowRounds: number;
  /** After the limit was passed the venue lets nothing out for so many rounds (delay); 0 = only what is too much is refused (revert). */
  readonly outflowCooldownRounds: number;
  /** Insurance fund by venue, USD; empty = none. Pays the bad debt of isolated markets in the round in which it arises. */
  readonly fundUsd: Float64Array;
  /** One of `DELEVERAGING`. Whoever is closed so is out at the round's prices. */
  readonly deleveraging: number;
  readonly counterparties: CounterpartyCrowd;
  /** The shock is undone after this round: the market proves the halt needless. Infinity = never. */
  readonly reversesAfterRound: number;
};

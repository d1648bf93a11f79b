import type { CascadeRules, RoundTrace } from '../cascade/cascade-types.ts';
import { liquidatorsUsd, whoBears, type Bearers } from '../cascade/policy/bearers.ts';
import { deleveragedUsd } from '../cascade/policy/deleverage-legs.ts';
import { runCascade } from '../cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../cascade/workspace.ts';
import { positionUsd } from '../cascade/policy/leg-outcome.ts';
import { applyShock, copyState } from '../packed/market-state.ts';
import { POSITION_KIND } from '../packed/packed-book.ts';
import { sharedBook, type BookReference, type SharedValues } from './shared-book.ts';

/** One shock under one set of policies. */
export type PolicyCaseRequest = BookReference & {
  readonly moves: Float64Array;
  readonly volatilityShift: number;
  readonly rules: CascadeRules;
};

/** What a cascade under policies ended in. By own account and by position as named; USD. */
export type PolicyCase = {
  readonly initialEquityUsd: Float64Array;
  readonly shockedEquityUsd: Float64Array;
  readonly equityUsd: Float64Array;
  readonly fallenRound: Int32Array;
  readonly rounds: number;
  readonly hasConverged: boolean;
  readonly bearers: Bearers;
  /** Earned by liquidators of loans, signed. */
  readonly liquidatorsUsd: number;
  /** What auto-deleveraging changed in own accounts, signed. */
  readonly deleveragedUsd: number;
  /** Asset-rounds of halts, and how often somebody below its requirement had to wait or was refused. */
  readonly haltedRounds: number;
  readonly heldBack: number;
  /** Gains of own contracts at the shocked prices whose market was halted at any time: what could not be taken. */
  readonly frozenGainUsd: number;
  /** Equity of own accounts at venues that refused or delayed what was to leave. */
  readonly lockedUsd: number;
};

/** Runs one cascade under policies. */
export function runPolicyCase(input: PolicyCaseRequest, shared: SharedValues): PolicyCase {
  const packed = sharedBook(shared, input);
  const work = makeCascadeWorkspace(packed);
  const rounds: RoundTrace[] = [];
  const result = runCascade(work, input, input.rules, rounds);
  let deleveraged = 0;
  for (let account = 0; account < packed.accounts.count; account += 1) deleveraged += deleveragedUsd(work, account);
  return {
    initialEquityUsd: result.initialEquityUsd,
    shockedEquityUsd: result.shockedEquityUsd,
    equityUsd: result.equityUsd,
    fallenRound: result.fallenRound,
    rounds: result.rounds,
    hasConverged: result.status === 'converged',
    bearers: whoBears(work, input.rules),
    liquidatorsUsd: liquidatorsUsd(work, rounds),
    deleveragedUsd: deleveraged,
    haltedRounds: work.policy?.haltedRounds ?? 0,
    heldBack: work.policy?.heldBackEver ?? 0,
    frozenGainUsd: frozenGain(work, input),
    lockedUsd: lockedEquity(work),
  };
}

/** Σ gains at the shocked prices of own contracts on assets whose market was halted, USD ≥ 0. */
function frozenGain({ packed, policy }: CascadeWorkspace, { moves, volatilityShift }: PolicyCaseRequest): number {
  if (policy === null) return 0;
  const { positions } = packed;
  const shocked = copyState(packed.initial);
  applyShock(packed, moves, volatilityShift, shocked);
  let gain = 0;
  for (let p = 0; p < positions.count; p += 1) {
    if (positions.kind[p]! <= POSITION_KIND.debt || policy.haltedThrough[positions.asset[p]!]! < 0) continue;
    gain += Math.max(0, positionUsd(packed, p, shocked) - positionUsd(packed, p, packed.initial));
  }
  return gain;
}

function lockedEquity({ packed, policy, result }: CascadeWorkspace): number {
  if (policy === null) return 0;
  let locked = 0;
  for (let account = 0; account < packed.accounts.count; account += 1) {
    const venue = packed.accounts.venue[account]!;
    const isLocked = policy.refusedRounds[venue]! > 0 || policy.waitsThrough[venue]! >= 0;
    if (isLocked) locked += Math.max(0, result.shockedEquityUsd[account]!);
  }
  return locked;
}

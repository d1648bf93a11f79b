import { evaluateAccount, hasFallen } from '../../packed/evaluate-accounts.ts';
import { applyShock, assignState, copyState } from '../../packed/market-state.ts';
import { FAMILY, type MarketState } from '../../packed/packed-book.ts';
import type { CascadeRules, PackedShock } from '../cascade-types.ts';
import { closeAccount } from '../close-account.ts';
import { finishCascade } from '../finish-cascade.ts';
import { borrowerDebtUsd, borrowerHealth, liquidateBorrower, seizeCollateral } from '../liquidate-borrower.ts';
import { runCascade } from '../run-cascade.ts';
import { settleSales } from '../settle-sales.ts';
import { clearRound, resetWorkspace, type CascadeWorkspace } from '../workspace.ts';

/*
 * Self-consistent outcomes of a shock. At an outcome p everybody who is below its requirement at p has sold, at p and at once, and these sales
 * have moved the shocked market to p. The search goes from the shocked market down and from the market in which everybody has sold
 * everything up. Where sales only lower prices and lower prices only add sales, both searches are monotone and end at the mildest and the
 * severest of all outcomes (Tarski); if they meet there is one outcome only. Elsewhere they may miss some, or not settle.
 */

/** How the two searches ended. `notSettled` = one of them still moved at the last step. */
export type EndsStatus = 'unique' | 'several' | 'notSettled';

/** One outcome. Arrays are copies. */
export type Outcome = {
  readonly hasSettled: boolean;
  readonly steps: number;
  readonly state: MarketState;
  /** Own accounts that have fallen, by index, and how many borrowers of the crowd. */
  readonly fallenAccounts: readonly number[];
  readonly crowdFallen: number;
  /** Per borrower 1 = has fallen. */
  readonly borrowerFallen: Uint8Array;
  /** Per own account. */
  readonly equityUsd: Float64Array;
  readonly badDebtUsd: number;
};

/** Outcomes found from the mild and from the severe end. */
export type BothEnds = {
  readonly status: EndsStatus;
  readonly mild: Outcome;
  readonly severe: Outcome;
  readonly initialEquityUsd: Float64Array;
  readonly shockedEquityUsd: Float64Array;
};

const MOST_STEPS = 400;

/** Liquidations of one borrower at one price, at a close factor below one. */
const MOST_PARTS = 64;

/** Relative move of a price at which a search has settled, and gap at which two outcomes are one. */
const SETTLED = 1e-12;
const SAME = 1e-8;

/** Searches from both ends. Feeds, delays, recovery and keepers order the way to an outcome in time and do not enter. */
export function searchBothEnds(work: CascadeWorkspace, shock: PackedShock, rules: CascadeRules): BothEnds {
  const still = timeless(rules);
  const { initialEquityUsd, shockedEquityUsd } = runCascade(work, shock, { ...still, maxRounds: 0 });
  const before = { initialEquityUsd: initialEquityUsd.slice(), shockedEquityUsd: shockedEquityUsd.slice() };
  const shocked = copyState(work.packed.initial);
  applyShock(work.packed, shock.moves, shock.volatilityShift, shocked);
  const mild = settle(work, still, shocked, false);
  const severe = settle(work, still, shocked, true);
  return { status: compare(mild, severe), mild, severe, ...before };
}

function timeless({ axes, ...rules }: CascadeRules): CascadeRules {
  if (axes === undefined) return rules;
  const { impact, crossImpact } = axes;
  return { ...rules, axes: { ...(impact === undefined ? {} : { impact }), ...(crossImpact === undefined ? {} : { crossImpact }) } };
}

function compare(mild: Outcome, severe: Outcome): EndsStatus {
  if (!mild.hasSettled || !severe.hasSettled) return 'notSettled';
  return widestGap(mild.state, severe.state) < SAME && mild.borrowerFallen.every((fell, i) => fell === severe.borrowerFallen[i])
    ? 'unique'
    : 'several';
}

/** Applies the response of everybody again and again until prices stand still. */
function settle(work: CascadeWorkspace, rules: CascadeRules, shocked: MarketState, isSevere: boolean): Outcome {
  const candidate = copyState(shocked);
  if (isSevere) {
    respond(work, rules, shocked, { candidate, isEverybody: true });
    assignState(candidate, work.state);
  }
  let steps = 0;
  let hasSettled = false;
  while (!hasSettled && steps < MOST_STEPS) {
    respond(work, rules, shocked, { candidate, isEverybody: false });
    steps += 1;
    hasSettled = widestGap(candidate, work.state) < SETTLED;
    assignState(candidate, work.state);
  }
  finishCascade(work, rules, 0);
  const { result, packed } = work;
  const borrowerFallen = Uint8Array.from(result.borrowerFallenRound, (round) => Math.min(1, round));
  return {
    hasSettled,
    steps,
    state: copyState(work.state),
    fallenAccounts: [...result.fallenRound].flatMap((round, account) => (round > 0 ? [account] : [])),
    crowdFallen: borrowerFallen.subarray(packed.lending.ownCount).reduce((sum, fell) => sum + fell, 0),
    borrowerFallen,
    equityUsd: result.equityUsd.slice(),
    badDebtUsd: result.badDebtUsd,
  };
}

type Response = { readonly candidate: MarketState; readonly isEverybody: boolean };

/** Whoever is below its requirement at the candidate prices sells there, all at once into the shocked market: work.state is what that makes of it. */
function respond(work: CascadeWorkspace, rules: CascadeRules, shocked: MarketState, { candidate, isEverybody }: Response): void {
  const { packed, state, measures } = work;
  const { accounts, lending } = packed;
  resetWorkspace(work, rules);
  clearRound(work);
  assignState(state, candidate);
  const isActive = (venue: number): boolean => rules.activeVenues === null || rules.activeVenues[venue] === 1;
  const end = rules.includeCrowd ? lending.count : lending.ownCount;
  for (let borrower = 0; borrower < end; borrower += 1) {
    if (isActive(lending.venue[borrower]!)) sellBorrower(work, borrower, isEverybody);
  }
  for (let account = 0; account < accounts.count; account += 1) {
    const family = accounts.family[account]!;
    if (family < FAMILY.tieredPerpetual || !isActive(accounts.venue[account]!)) continue;
    evaluateAccount(packed, account, state, measures);
    if (!isEverybody && !hasFallen(family, measures.excessUsd[account]!, measures.requirementUsd[account]!)) continue;
    closeAccount(work, account);
    work.result.fallenRound[account] = 1;
  }
  assignState(state, shocked);
  settleSales(work);
}

/** One borrower at the candidate prices: sells all it has, or what its venue takes until it is above its requirement. */
function sellBorrower(work: CascadeWorkspace, borrower: number, isEverybody: boolean): void {
  const { result, packed } = work;
  let hasSold = false;
  if (isEverybody) {
    const debt = borrowerDebtUsd(work, borrower);
    hasSold = debt > 0;
    if (hasSold) seizeCollateral(work, borrower, 1, debt);
  } else {
    for (let part = 0; part < MOST_PARTS; part += 1) {
      const health = borrowerHealth(work, borrower);
      if (!(health < 1) || !liquidateBorrower(work, borrower, health)) break;
      hasSold = true;
    }
  }
  if (!hasSold) return;
  result.borrowerFallenRound[borrower] = 1;
  work.touched[work.touchedCount] = borrower;
  work.touchedCount += 1;
  const account = packed.lending.account[borrower]!;
  if (account >= 0) result.fallenRound[account] = 1;
}

/** Largest relative gap between two states' prices. */
function widestGap(left: MarketState, right: MarketState): number {
  let widest = 0;
  for (let asset = 0; asset < left.priceUsd.length; asset += 1) {
    const [a, b] = [left.priceUsd[asset]!, right.priceUsd[asset]!];
    if (a !== b) widest = Math.max(widest, Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)));
  }
  return widest;
}

import { refreshClaimPrices } from '../../packed/claim-prices.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import { deleverageLegs } from './deleverage-legs.ts';
import { haltMarkets, refillHalted } from './halts.ts';
import type { PolicyState } from './policy-state.ts';

/** Before the sales of a round: insurance funds pay the bad debt that has arisen in isolated markets, so that their claims keep their worth. */
export function payFromFunds({ policy, packed, marketBadDebt, state }: CascadeWorkspace): void {
  if (policy === null || policy.rules.fundUsd.length === 0) return;
  const { lending } = packed;
  for (let borrower = 0; borrower < lending.count; borrower += 1) {
    const market = lending.market[borrower]!;
    if (market < 0 || marketBadDebt[market] === 0) continue;
    const price = state.priceUsd[lending.marketLoanAsset[market]!]!;
    const venue = lending.venue[borrower]!;
    const paidUsd = Math.min(policy.fundLeftUsd[venue]!, marketBadDebt[market]! * price);
    if (!(paidUsd > 0)) continue;
    policy.fundLeftUsd[venue]! -= paidUsd;
    marketBadDebt[market]! -= paidUsd / price;
  }
}

/** After the sales of a round: outflow windows and halts end or begin, the move may reverse, legs are deleveraged. */
export function endPolicyRound(work: CascadeWorkspace): void {
  const { policy } = work;
  if (policy === null) return;
  const { round } = work.axes;
  policy.heldBack = 0;
  if (round % policy.rules.outflowWindowRounds === 0) policy.outflowUsd.fill(0);
  refillHalted(work, policy, round);
  haltMarkets(work, policy, round);
  if (round >= policy.rules.reversesAfterRound && !policy.hasReversed) reverseShock(work, policy);
  deleverageLegs(work, policy, round);
}

/** Undoes the shock's own moves; what sales have moved stays. */
function reverseShock(work: CascadeWorkspace, policy: PolicyState): void {
  const { packed, state } = work;
  for (let d = 0; d < packed.drivers.length; d += 1) state.priceUsd[packed.drivers[d]!]! /= 1 + policy.shock.moves[d]!;
  state.volatilityShift -= policy.shock.volatilityShift;
  refreshClaimPrices(packed.assets, state);
  policy.hasReversed = true;
}

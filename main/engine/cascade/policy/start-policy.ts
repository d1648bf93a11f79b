import { ASSET_KIND } from '../../packed/packed-book.ts';
import type { PackedShock } from '../cascade-types.ts';
import { borrowerCollateralUsd } from '../liquidate-borrower.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import { deleverageLegs } from './deleverage-legs.ts';
import { haltMarkets } from './halts.ts';
import type { PolicyRules } from './policy-rules.ts';
import { makePolicyState } from './policy-state.ts';

/** Starts the policies of a cascade at the shocked prices: the shock is round 0. Without rules nothing of all this acts. */
export function startPolicy(work: CascadeWorkspace, shock: PackedShock, rules: PolicyRules | undefined): void {
  if (rules === undefined) {
    work.policy = null;
    return;
  }
  const policy = makePolicyState(work.packed, rules, shock);
  work.policy = policy;
  const { lending, assets, initial } = work.packed;
  for (let venue = 0; venue < policy.fundLeftUsd.length; venue += 1) policy.fundLeftUsd[venue] = rules.fundUsd[venue] ?? 0;
  if (rules.outflowFraction < Infinity) {
    for (let borrower = 0; borrower < lending.count; borrower += 1) {
      policy.collateralUsd[lending.venue[borrower]!]! += borrowerCollateralUsd(work, borrower);
    }
  }
  for (let asset = 0; asset < assets.count; asset += 1) {
    policy.formerLevel[asset] = assets.kind[asset]! <= ASSET_KIND.stable ? initial.priceUsd[asset]! : 1 - initial.discountFraction[asset]!;
  }
  haltMarkets(work, policy, 0);
  deleverageLegs(work, policy, 0);
}

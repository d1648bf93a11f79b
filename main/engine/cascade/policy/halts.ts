import { ASSET_KIND } from '../../packed/packed-book.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import type { PolicyState } from './policy-state.ts';

/**
 * After a round: markets that moved beyond the band halt from the next round on; what is sold along a halted market's route waits with it.
 * Claims are judged by the move of their own discount, since what backs them has a market of its own.
 */
export function haltMarkets(work: CascadeWorkspace, policy: PolicyState, round: number): void {
  const { assets, depth } = work.packed;
  const { bandFraction, haltRounds } = policy.rules;
  if (bandFraction === Infinity) return;
  for (let pool = 0; pool < depth.count; pool += 1) {
    const asset = depth.asset[pool]!;
    const isOwnPrice = assets.kind[asset]! <= ASSET_KIND.stable;
    const level = isOwnPrice ? work.state.priceUsd[asset]! : 1 - work.state.discountFraction[asset]!;
    const former = policy.formerLevel[asset]!;
    policy.formerLevel[asset] = level;
    if (former > 0 && Math.abs(level / former - 1) > bandFraction) policy.haltedThrough[asset] = round + haltRounds;
  }
  spreadHalts(work, policy, round + 1);
}

/** Marks every asset whose sale would pass a market that is halted in a round. */
function spreadHalts(work: CascadeWorkspace, policy: PolicyState, round: number): void {
  const { assets, depth } = work.packed;
  const { saleOrder, backing } = assets;
  for (let i = saleOrder.length - 1; i >= 0; i -= 1) {
    const asset = saleOrder[i]!;
    const pool = assets.pool[asset]!;
    let isHalted = policy.haltedThrough[asset]! >= round;
    if (pool >= 0 && depth.quote[pool]! >= 0) isHalted ||= policy.isHalted[depth.quote[pool]!] === 1;
    if (pool < 0) {
      for (let e = backing.start[asset]!; e < backing.start[asset + 1]!; e += 1) isHalted ||= policy.isHalted[backing.target[e]!] === 1;
    }
    policy.isHalted[asset] = isHalted ? 1 : 0;
    if (policy.haltedThrough[asset]! >= round) policy.haltedRounds += 1;
  }
}

/** In each round of its halt a market's depth comes back by the rule's share of what it was at the start. */
export function refillHalted(work: CascadeWorkspace, policy: PolicyState, round: number): void {
  const { depth } = work.packed;
  if (policy.rules.refillFraction === 0) return;
  for (let pool = 0; pool < depth.count; pool += 1) {
    if (policy.haltedThrough[depth.asset[pool]!]! >= round) {
      work.reserve[pool]! += policy.rules.refillFraction * depth.reserveQuantity[pool]!;
    }
  }
}

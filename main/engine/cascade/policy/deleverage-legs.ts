import { evaluateAccount } from '../../packed/evaluate-accounts.ts';
import { FAMILY, POSITION_KIND } from '../../packed/packed-book.ts';
import { UNIT_VALUE, UNIT_VALUES, valueUnit } from '../../packed/position-value.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import { closedShare, queueScore, shareAhead } from './counterparty-crowd.ts';
import { DELEVERAGING } from './policy-rules.ts';
import { standingUsd } from './leg-outcome.ts';
import type { PolicyState } from './policy-state.ts';

const unit = new Float64Array(UNIT_VALUES);

/**
 * Closes own futures and perpetuals in profit against bankrupt ones, at the round's prices: by queue a leg is closed whole once as much of
 * the winning side is closed as stands ahead of it; pro rata every leg loses the same share. The account keeps the gain so far and stands
 * without the leg from then on. Its requirement is not lowered: doubt goes against the account.
 */
export function deleverageLegs(work: CascadeWorkspace, policy: PolicyState, round: number): void {
  const { packed, state } = work;
  const { positions, accounts, initial } = packed;
  if (policy.rules.deleveraging === DELEVERAGING.none) return;
  for (let account = 0; account < accounts.count; account += 1) {
    if (accounts.family[account]! < FAMILY.tieredPerpetual || work.isClosed[account] === 1) continue;
    for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
      const kind = positions.kind[p]!;
      const quantity = positions.quantity[p]!;
      if ((kind !== POSITION_KIND.linearFuture && kind !== POSITION_KIND.inverseFuture) || quantity === 0) continue;
      const asset = positions.asset[p]!;
      const move = state.priceUsd[asset]! / initial.priceUsd[asset]! - 1;
      valueUnit(packed, p, state, unit);
      const profitUsd = quantity * unit[UNIT_VALUE.valueUsd]!;
      if (!(profitUsd > 0) || quantity * move <= 0) continue;
      const share = shareToClose(work, policy, { account, position: p, move, profitUsd });
      const more = share - policy.closedShare[p]!;
      if (more <= 0) continue;
      policy.closedShare[p] = share;
      policy.closedUsd[p]! += more * profitUsd;
      if (policy.closedRound[p]! < 0) policy.closedRound[p] = round;
    }
  }
}

type Leg = { readonly account: number; readonly position: number; readonly move: number; readonly profitUsd: number };

function shareToClose(work: CascadeWorkspace, policy: PolicyState, { account, position, move, profitUsd }: Leg): number {
  const { counterparties, deleveraging } = policy.rules;
  const closed = closedShare(counterparties, move);
  if (deleveraging === DELEVERAGING.proRata) return closed;
  evaluateAccount(work.packed, account, work.state, work.measures);
  const notionalUsd = Math.abs(work.packed.positions.quantity[position]!) * unit[UNIT_VALUE.notionalUsd]!;
  const equityUsd = work.measures.equityUsd[account]!;
  const leverage = equityUsd > 0 ? notionalUsd / equityUsd : Infinity;
  const ahead = shareAhead(counterparties, move, queueScore(profitUsd / notionalUsd, leverage));
  policy.aheadShare[position] = ahead;
  return closed > ahead ? 1 : 0;
}

/**
 * What auto-deleveraging has changed in an account's equity so far, USD, signed: what its closed legs were worth then, less what they would
 * be worth now (or were when the account was closed).
 */
export function deleveragedUsd(work: CascadeWorkspace, account: number): number {
  const { policy, packed } = work;
  if (policy === null || policy.rules.deleveraging === DELEVERAGING.none) return 0;
  const { accounts } = packed;
  let change = 0;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    if (policy.closedShare[p]! === 0) continue;
    change += policy.closedUsd[p]! - policy.closedShare[p]! * standingUsd(work, p);
  }
  return change;
}

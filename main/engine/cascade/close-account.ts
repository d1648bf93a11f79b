import { POSITION_KIND } from '../packed/packed-book.ts';
import { UNIT_VALUE, UNIT_VALUES, valueUnit } from '../packed/position-value.ts';
import { positionDeltaCoin } from '../packed/position-delta.ts';
import type { CascadeWorkspace } from './workspace.ts';

const unit = new Float64Array(UNIT_VALUES);

/**
 * Closes every future and option of a margin account at the round's prices: profits are fixed (in dollars, or in coins for
 * inverse contracts), the venue's fee is charged on the notional, and the net delta in each underlying is sold into its
 * market (bought for a short one). Cash and coin stay in the account.
 */
export function closeAccount(work: CascadeWorkspace, account: number): void {
  const { packed, state } = work;
  const { positions, accounts, assets, drivers } = packed;
  const targets = drivers.length + 1;
  const feeFraction = accounts.liquidationFeeFraction[account]!;
  work.isClosed[account] = 1;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    const kind = positions.kind[p]!;
    const quantity = positions.quantity[p]!;
    if (kind <= POSITION_KIND.debt || quantity === 0 || positions.isUnpriced[p] === 1) continue;
    valueUnit(packed, p, state, unit);
    const asset = positions.asset[p]!;
    const spot = state.priceUsd[asset]!;
    const valueUsd = quantity * unit[UNIT_VALUE.valueUsd]!;
    const isCoinSettled = kind === POSITION_KIND.inverseFuture || kind === POSITION_KIND.inverseOption;
    if (isCoinSettled && spot > 0) work.frozenCoin[p] = valueUsd / spot;
    else work.frozenUsd[p] = valueUsd;
    work.feeUsd[account]! += feeFraction * Math.abs(quantity) * unit[UNIT_VALUE.notionalUsd]!;
    const delta = quantity * positionDeltaCoin(packed, p, state);
    const soldUsd = Math.abs(delta) * spot;
    work.flow[asset * targets + targets - 1]! += delta;
    if (work.ledger !== null) work.ledger.entered[(account * assets.count + asset) * targets + targets - 1]! += delta;
    work.soldQuantity[asset]! += delta;
    work.mineSoldUsd[asset]! += soldUsd;
    work.soldByAccountUsd[account * assets.count + asset]! += soldUsd;
    work.result.soldUsd[account]! += soldUsd;
  }
}

/** Equity of a closed margin account at the state's prices, USD: its holdings and debts, what closing fixed, less the fee. */
export function closedEquityUsd(work: CascadeWorkspace, account: number, isAfterHaircuts: boolean): number {
  const { packed, state } = work;
  const { positions, accounts } = packed;
  let equity = -work.feeUsd[account]!;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    const price = state.priceUsd[positions.asset[p]!]!;
    if (positions.kind[p]! <= POSITION_KIND.debt) {
      const value = positions.isUnpriced[p] === 1 ? 0 : positions.quantity[p]! * price;
      equity += isAfterHaircuts && value > 0 ? value * positions.collateralFraction[p]! : value;
    } else equity += work.frozenUsd[p]! + work.frozenCoin[p]! * price;
  }
  return equity;
}

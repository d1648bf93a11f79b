import { ASSET_KIND } from '../../packed/packed-book.ts';
import { plannedClose } from '../liquidate-borrower.ts';
import { averageSaleShare } from '../move-prices.ts';
import type { CascadeWorkspace } from '../workspace.ts';

/**
 * Whether selling what one liquidation seizes pays for the debt it repays and the gas: Σ seized × market price × share kept on the way to
 * the coin of the debt, less gas, is at least repaid × market price. Each keeper counts the impact of its own sale at the round's prices,
 * not of the others', who sell with it. Auctions and protocols that take a position whole need no keeper's profit.
 */
export function isProfitable(work: CascadeWorkspace, borrower: number, health: number, gasUsd: number): boolean {
  const { packed, result, state } = work;
  const { lending } = packed;
  if (lending.closesWhole[borrower] === 1 || lending.auctionType[borrower]! >= 0) return true;
  const { seizedShare, repaidShare, debtUsd } = plannedClose(work, borrower, health);
  if (!(repaidShare > 0)) return true;
  let earned = -gasUsd;
  for (let owed = lending.debtStart[borrower]!; owed < lending.debtStart[borrower + 1]!; owed += 1) {
    const debtAsset = lending.debtAsset[owed]!;
    const part = (result.debtQuantity[owed]! * work.judgedPriceUsd[debtAsset]!) / debtUsd;
    const repaidUsd = repaidShare * result.debtQuantity[owed]! * state.priceUsd[debtAsset]!;
    let proceedsUsd = 0;
    for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
      const asset = lending.collateralAsset[row]!;
      const seized = seizedShare * part * result.collateralQuantity[row]!;
      proceedsUsd += seized * state.priceUsd[asset]! * keptOnSale(work, asset, seized, lending.debtTarget[owed]!);
    }
    earned += proceedsUsd - repaidUsd;
  }
  return earned >= 0;
}

/** Share of a sale's value at the round's prices that arrives in the coin of the debt (a driver, or −1 for dollars). */
function keptOnSale(work: CascadeWorkspace, asset: number, quantity: number, target: number): number {
  const { assets, depth, drivers } = work.packed;
  const { priceUsd } = work.state;
  if (target >= 0 && drivers[target] === asset) return 1;
  const pool = assets.pool[asset]!;
  if (pool < 0 && assets.kind[asset]! > ASSET_KIND.stable) return keptOnRedemption(work, asset, quantity, target);
  const kept = pool < 0 ? 1 : averageSaleShare(work, pool, quantity) * (1 - depth.feeFraction[pool]!);
  const valueUsd = quantity * priceUsd[asset]! * kept;
  const quote = pool < 0 ? -1 : depth.quote[pool]!;
  if (quote >= 0) return kept * keptOnSale(work, quote, valueUsd / priceUsd[quote]!, target);
  if (target < 0) return kept;
  const bought = assets.pool[drivers[target]!]!;
  if (bought < 0) return kept;
  return kept / averageSaleShare(work, bought, -valueUsd / priceUsd[drivers[target]!]!);
}

/** A claim without a market is redeemed: the mean over what backs it, by value. */
function keptOnRedemption(work: CascadeWorkspace, asset: number, quantity: number, target: number): number {
  const { backing } = work.packed.assets;
  const { priceUsd, lossFraction } = work.state;
  const value = quantity * priceUsd[asset]!;
  if (!(value > 0)) return 1;
  let kept = 0;
  for (let e = backing.start[asset]!; e < backing.start[asset + 1]!; e += 1) {
    const units = quantity * backing.weight[e]! * (1 - lossFraction[asset]!);
    if (backing.target[e] === asset) return 1;
    kept += units * priceUsd[backing.target[e]!]! * keptOnSale(work, backing.target[e]!, units, target);
  }
  return kept / value;
}

import { ASSET_KIND } from '../packed/packed-book.ts';
import { refreshClaimPrices } from '../packed/claim-prices.ts';
import { averageSaleShare, movePrices } from './move-prices.ts';
import { thinDepth } from './axes/depth-response.ts';
import { recoverPrices } from './axes/recovery.ts';
import type { CascadeWorkspace } from './workspace.ts';

/**
 * Passes every sale of the round along its route, then moves all prices at once. An asset with a market is sold there, at
 * the average price of the impact law, and the proceeds go on from what was received until they reach what the debt must be repaid
 * in; a claim without a market is redeemed for its backing; buying works with the opposite sign. Last, bad debt lowers the
 * claims on its market. Everything is summed before anything moves, so the order of accounts does not matter.
 */
export function settleSales(work: CascadeWorkspace): void {
  const { saleOrder } = work.packed.assets;
  for (let i = 0; i < saleOrder.length; i += 1) passOn(work, saleOrder[i]!);
  movePrices(work);
  recoverPrices(work);
  thinDepth(work);
  writeDownClaims(work);
  refreshClaimPrices(work.packed.assets, work.state);
}

function passOn(work: CascadeWorkspace, asset: number): void {
  const { assets, depth, drivers } = work.packed;
  const { flow, state } = work;
  const targets = drivers.length + 1;
  let total = 0;
  for (let t = 0; t < targets; t += 1) {
    if (t < drivers.length && drivers[t] === asset) flow[asset * targets + t] = 0;
    total += flow[asset * targets + t]!;
  }
  const pool = assets.pool[asset]!;
  if (pool >= 0) work.poolNet[pool]! += total;
  const quote = pool >= 0 ? depth.quote[pool]! : -1;
  const kept = pool >= 0 ? averageSaleShare(work, pool, total) * (1 - depth.feeFraction[pool]!) : 1;
  work.keptFraction[asset] = kept;
  for (let t = 0; t < targets; t += 1) {
    const quantity = flow[asset * targets + t]!;
    if (quantity === 0) continue;
    if (pool < 0 && assets.backing.start[asset + 1]! > assets.backing.start[asset]!) redeem(work, asset, t);
    else if (quote >= 0) flow[quote * targets + t]! += (quantity * kept * state.priceUsd[asset]!) / state.priceUsd[quote]!;
    else if (t < drivers.length && (pool >= 0 || assets.kind[asset] === ASSET_KIND.stable)) {
      buyDriver(work, t, quantity * kept * state.priceUsd[asset]!);
    }
  }
}

function redeem(work: CascadeWorkspace, asset: number, target: number): void {
  const { assets, drivers } = work.packed;
  const targets = drivers.length + 1;
  const quantity = work.flow[asset * targets + target]! * (1 - work.state.lossFraction[asset]!);
  for (let e = assets.backing.start[asset]!; e < assets.backing.start[asset + 1]!; e += 1) {
    work.flow[assets.backing.target[e]! * targets + target]! += quantity * assets.backing.weight[e]!;
  }
}

/** Dollars from the sale buy the coin in which the debt is owed. */
function buyDriver(work: CascadeWorkspace, driver: number, usd: number): void {
  const asset = work.packed.drivers[driver]!;
  const pool = work.packed.assets.pool[asset]!;
  if (pool >= 0 && work.state.priceUsd[asset]! > 0) work.poolNet[pool]! -= usd / work.state.priceUsd[asset]!;
}

function writeDownClaims(work: CascadeWorkspace): void {
  const { assets, lending, initial } = work.packed;
  for (let asset = 0; asset < assets.count; asset += 1) {
    const market = assets.market[asset]!;
    if (market < 0 || work.marketBadDebt[market] === 0) continue;
    const lost = Math.min(1, work.marketBadDebt[market]! / lending.marketSupplyQuantity[market]!);
    work.state.lossFraction[asset] = 1 - (1 - initial.lossFraction[asset]!) * (1 - lost);
  }
}

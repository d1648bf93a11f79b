import { ASSET_KIND } from '../packed/packed-book.ts';
import { spreadMove } from './axes/cross-impact.ts';
import type { CascadeWorkspace } from './workspace.ts';

/** A forced purchase takes at most this share of what a market holds; beyond it the constant product has no price. */
const LARGEST_PURCHASE = 0.9;

/** Mean price of a sale into a market over its price before; 1 for endless depth. */
export function averageSaleShare({ axes, reserve }: CascadeWorkspace, pool: number, quantity: number): number {
  const depth = reserve[pool]!;
  if (quantity === 0 || depth === Infinity) return 1;
  return axes.law.averageShare(axes.parameters, pool, depth, axes.position[pool]!, Math.max(quantity, -LARGEST_PURCHASE * depth));
}

/** Moves the price of every market by what the round sold there. */
export function movePrices(work: CascadeWorkspace): void {
  for (let pool = 0; pool < work.packed.depth.count; pool += 1) {
    const share = moveMarket(work, pool, Math.max(work.poolNet[pool]!, -LARGEST_PURCHASE * work.reserve[pool]!));
    work.poolLogMove[pool] = Math.log(share);
  }
}

/**
 * Sells into one market, buying negative: its price, or the discount of a claim to its backing, and what is left of its depth.
 *
 * @returns the price after over the price before
 */
export function moveMarket(work: CascadeWorkspace, pool: number, sold: number): number {
  const { state, reserve, axes } = work;
  const { depth, assets } = work.packed;
  if (sold === 0) return 1;
  const before = reserve[pool]!;
  const share = before === Infinity ? 1 : axes.law.marginalShare(axes.parameters, pool, before, axes.position[pool]!, sold);
  const asset = depth.asset[pool]!;
  if (assets.kind[asset]! <= ASSET_KIND.stable) state.priceUsd[asset]! *= share;
  else state.discountFraction[asset] = 1 - (1 - state.discountFraction[asset]!) * share;
  reserve[pool] = before + sold;
  axes.position[pool]! += sold;
  noteExtent(work, pool);
  if (axes.rules.depthResponse !== undefined) axes.roundMove[pool]! += Math.log(share);
  if (axes.rules.crossImpact !== undefined) spreadMove(work, asset, share, axes.rules.crossImpact);
  return share;
}

/** Remembers how far along its law a market has been. */
function noteExtent({ axes, reserve }: CascadeWorkspace, pool: number): void {
  const position = axes.position[pool]!;
  const extent = position / (reserve[pool]! - position);
  if (extent > axes.mostSold[pool]!) axes.mostSold[pool] = extent;
  else if (extent < axes.mostBought[pool]!) axes.mostBought[pool] = extent;
}

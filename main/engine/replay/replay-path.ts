import { refreshClaimPrices } from '../packed/claim-prices.ts';
import { assignState } from '../packed/market-state.ts';
import type { MarketState, PackedBook } from '../packed/packed-book.ts';

/** Prices through which a book is led, step by step. */
export type ReplayPath = {
  /** Base and stable assets whose price is set, by index in the packed book. */
  readonly assets: Int32Array;
  /** Step × asset, row-major, USD; NaN leaves the price of the packed market. */
  readonly priceUsd: Float64Array;
  /** By step: added to every implied volatility of the packed market. */
  readonly volatilityShift: Float64Array;
};

/**
 * The market at one step of a path: recorded prices set, claims priced again through their backing, discounts and losses as in the
 * packed market. Depends on this step's row alone, so nothing later can enter it.
 */
export function placeStep(packed: PackedBook, path: ReplayPath, step: number, out: MarketState): void {
  assignState(out, packed.initial);
  const width = path.assets.length;
  for (let k = 0; k < width; k += 1) {
    const price = path.priceUsd[step * width + k]!;
    if (!Number.isNaN(price)) out.priceUsd[path.assets[k]!] = price;
  }
  out.volatilityShift = packed.initial.volatilityShift + path.volatilityShift[step]!;
  refreshClaimPrices(packed.assets, out);
}

import { refreshClaimPrices } from './claim-prices.ts';
import type { MarketState, PackedBook } from './packed-book.ts';

/** A copy that may be changed without touching the original. */
export function copyState(state: MarketState): MarketState {
  return {
    priceUsd: Float64Array.from(state.priceUsd),
    discountFraction: Float64Array.from(state.discountFraction),
    lossFraction: Float64Array.from(state.lossFraction),
    volatilityShift: state.volatilityShift,
  };
}

/** Overwrites one state with another of the same book. */
export function assignState(target: MarketState, source: MarketState): void {
  target.priceUsd.set(source.priceUsd);
  target.discountFraction.set(source.discountFraction);
  target.lossFraction.set(source.lossFraction);
  target.volatilityShift = source.volatilityShift;
}

/**
 * The market right after a shock: drivers moved, implied volatility shifted, discounts and losses as before, claims priced again.
 *
 * @param moves relative move of each of packed.drivers, > −1
 */
export function applyShock(packed: PackedBook, moves: Float64Array, volatilityShift: number, out: MarketState): void {
  assignState(out, packed.initial);
  for (let d = 0; d < packed.drivers.length; d += 1) out.priceUsd[packed.drivers[d]!]! *= 1 + moves[d]!;
  out.volatilityShift = packed.initial.volatilityShift + volatilityShift;
  refreshClaimPrices(packed.assets, out);
}

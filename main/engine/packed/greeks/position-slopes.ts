import { BLACK_OUTPUTS, blackGreeks } from '../../pricing/black.ts';
import { TIERED_GREEK, TIERED_GREEKS, tieredGreeks } from '../../requirement/greeks/tiered-greeks.ts';
import { FAMILY, POSITION_KIND, type MarketState, type PackedBook } from '../packed-book.ts';
import { LEAST_VOLATILITY } from '../../pricing/option-block.ts';
import { stateVolatility } from '../position-value.ts';

/**
 * Places of what `positionSlopes` fills: first and second derivatives in the price of the position's own asset, and first in implied
 * volatility (per 1.00), of the position's value and of its maintenance margin, whole quantity, USD.
 */
export const SLOPE = { value: 0, valueBend: 1, valueVega: 2, margin: 3, marginBend: 4, marginVega: 5 } as const;
export const SLOPES = 6;

const greeks = new Float64Array(BLACK_OUTPUTS);
const tiered = new Float64Array(TIERED_GREEKS);

/**
 * Slopes of one position in a state, at constant forward ratio and volatility by strike, closed form. At a tier's cap the lower tier
 * holds. Nothing for an unpriced position or a quantity of zero, and at an asset price of zero.
 */
export function positionSlopes(packed: PackedBook, position: number, state: MarketState, out: Float64Array): void {
  const { positions } = packed;
  for (let i = 0; i < SLOPES; i += 1) out[i] = 0;
  const quantity = positions.quantity[position]!;
  const spot = state.priceUsd[positions.asset[position]!]!;
  if (quantity === 0 || !(spot > 0) || positions.isUnpriced[position] === 1) return;
  const kind = positions.kind[position]!;
  const size = quantity * positions.contractSize[position]!;
  const ratio = positions.forwardRatio[position]!;
  if (kind <= POSITION_KIND.debt) {
    out[SLOPE.value] = quantity;
    return;
  }
  if (kind === POSITION_KIND.linearFuture) out[SLOPE.value] = size * ratio;
  else if (kind === POSITION_KIND.inverseFuture) out[SLOPE.value] = size / positions.entryPriceUsd[position]!;
  else optionValueSlopes(packed, position, state, out);
  const family = packed.accounts.family[positions.account[position]!]!;
  if (family === FAMILY.tieredPerpetual) tieredMarginSlopes(packed, position, spot, out);
  else if (family === FAMILY.standardOptions) standardMarginSlopes(packed, position, spot, out);
}

/** Fills the value's slopes, and `greeks` for the margin that follows. */
function optionValueSlopes(packed: PackedBook, position: number, state: MarketState, out: Float64Array): void {
  const { positions } = packed;
  const ratio = positions.forwardRatio[position]!;
  const size = positions.quantity[position]! * positions.contractSize[position]!;
  const volatility = stateVolatility(packed, position, state);
  const forward = state.priceUsd[positions.asset[position]!]! * ratio;
  blackGreeks(positions.isCall[position] === 1, forward, positions.strikeUsd[position]!, volatility, positions.years[position]!, greeks);
  // At the floor a shift of volatility changes nothing.
  if (volatility <= LEAST_VOLATILITY) greeks[3] = 0;
  const perForward = positions.kind[position] === POSITION_KIND.linearOption ? size : size / ratio;
  out[SLOPE.value] = perForward * ratio * greeks[1]!;
  out[SLOPE.valueBend] = perForward * ratio * ratio * greeks[2]!;
  out[SLOPE.valueVega] = perForward * greeks[3]!;
}

/** Margin of the tier that holds; a position without a schedule is margined whole, and an inverse future's notional does not move. */
function tieredMarginSlopes(packed: PackedBook, position: number, spot: number, out: Float64Array): void {
  const { positions, tiers } = packed;
  const kind = positions.kind[position]!;
  if (kind === POSITION_KIND.inverseFuture) return;
  const ratio = kind === POSITION_KIND.linearFuture ? positions.forwardRatio[position]! : 1;
  const size = Math.abs(positions.quantity[position]!) * positions.contractSize[position]!;
  const rows = positions.tierCount[position]!;
  if (rows === 0) {
    out[SLOPE.margin] = size * ratio;
    return;
  }
  tieredGreeks(size, spot * ratio, tiers, positions.tierFrom[position]!, rows, tiered);
  out[SLOPE.margin] = tiered[TIERED_GREEK.marginSlopeUsd]! / spot;
}

/** Margin of futures by rate + slope × size, and of short options by fraction × notional + mark. */
function standardMarginSlopes(packed: PackedBook, position: number, spot: number, out: Float64Array): void {
  const { positions, accounts } = packed;
  const kind = positions.kind[position]!;
  const quantity = positions.quantity[position]!;
  const ratio = positions.forwardRatio[position]!;
  const size = Math.abs(quantity) * positions.contractSize[position]!;
  if (kind === POSITION_KIND.linearFuture) {
    const notionalPerSpot = size * ratio;
    const rate = positions.futureMaintenanceFraction[position]! + positions.futureSlopePerCoin[position]! * notionalPerSpot;
    out[SLOPE.margin] = rate * notionalPerSpot;
    return;
  }
  if (kind === POSITION_KIND.inverseFuture) {
    // The notional is fixed in dollars, so its size in coins, and with it the rate, falls as the price rises.
    const notional = size / ratio;
    const charge = positions.futureSlopePerCoin[position]! * notional * notional;
    out[SLOPE.margin] = -charge / (spot * spot);
    out[SLOPE.marginBend] = (2 * charge) / (spot * spot * spot);
    return;
  }
  if (quantity > 0) return;
  const maintenance = accounts.optionShortMaintenanceFraction[positions.account[position]!]!;
  // A put worth more than a coin is charged on its mark instead of on its notional.
  const isDeepPut = positions.isCall[position] !== 1 && greeks[0]! > spot * ratio;
  const markWeight = isDeepPut ? 1 + maintenance : 1;
  out[SLOPE.margin] = size * ((isDeepPut ? 0 : maintenance) + markWeight * greeks[1]!);
  out[SLOPE.marginBend] = size * markWeight * ratio * greeks[2]!;
  out[SLOPE.marginVega] = (size * markWeight * greeks[3]!) / ratio;
}

import { blackPrice } from '../pricing/black.ts';
import { LEAST_VOLATILITY } from '../pricing/option-block.ts';
import { shortOptionInitialCoin, shortOptionMaintenanceCoin } from '../requirement/standard-options.ts';
import { tieredInitial, tieredMaintenance } from '../requirement/tiered-perpetual.ts';
import { FAMILY, POSITION_KIND, type MarketState, type PackedBook } from './packed-book.ts';

/** Places of what `valueUnit` fills. */
export const UNIT_VALUE = { valueUsd: 0, notionalUsd: 1, optionCoin: 2 } as const;
export const UNIT_VALUES = 3;

/** Implied volatility of a packed option in a state: its own, kept by strike, plus the shift, at least 1 %. */
export function stateVolatility(packed: PackedBook, position: number, state: MarketState): number {
  return Math.max(packed.positions.impliedVolatility[position]! + state.volatilityShift, LEAST_VOLATILITY);
}

/**
 * One unit (+1) of a position in a state: its contribution to equity in USD (profit since entry for futures and perpetuals),
 * its notional, and an option's mark per coin of size, in coins. An unpriced position is worth nothing.
 *
 * Inverse contracts pay in coin: a future (1/entry − 1/mark) × face value × spot; an option Black / forward × spot.
 */
export function valueUnit(packed: PackedBook, position: number, state: MarketState, out: Float64Array): void {
  const { positions } = packed;
  const kind = positions.kind[position]!;
  const spot = state.priceUsd[positions.asset[position]!]!;
  out[UNIT_VALUE.valueUsd] = 0;
  out[UNIT_VALUE.notionalUsd] = 0;
  out[UNIT_VALUE.optionCoin] = 0;
  if (positions.isUnpriced[position] === 1) return;
  if (kind === POSITION_KIND.holding || kind === POSITION_KIND.debt) {
    out[UNIT_VALUE.valueUsd] = spot;
    out[UNIT_VALUE.notionalUsd] = spot;
    return;
  }
  const size = positions.contractSize[position]!;
  const ratio = positions.forwardRatio[position]!;
  const forward = spot * ratio;
  if (kind === POSITION_KIND.linearFuture) {
    out[UNIT_VALUE.valueUsd] = size * (forward - positions.entryPriceUsd[position]!);
    out[UNIT_VALUE.notionalUsd] = size * forward;
    return;
  }
  if (kind === POSITION_KIND.inverseFuture) {
    out[UNIT_VALUE.valueUsd] = size * (spot / positions.entryPriceUsd[position]! - 1 / ratio);
    out[UNIT_VALUE.notionalUsd] = size / ratio;
    return;
  }
  const deviation = stateVolatility(packed, position, state) * Math.sqrt(positions.years[position]!);
  const price = blackPrice(positions.isCall[position] === 1, forward, positions.strikeUsd[position]!, deviation, 1);
  placeOption(packed, position, spot, price, out);
}

/** The same for one unit of an option whose undiscounted dollar price per coin of size is known. */
export function placeOption(packed: PackedBook, position: number, spot: number, price: number, out: Float64Array): void {
  const { positions } = packed;
  const size = positions.contractSize[position]!;
  const ratio = positions.forwardRatio[position]!;
  const forward = spot * ratio;
  out[UNIT_VALUE.valueUsd] = positions.kind[position] === POSITION_KIND.linearOption ? size * price : (size * price) / ratio;
  out[UNIT_VALUE.notionalUsd] = size * spot;
  out[UNIT_VALUE.optionCoin] = forward > 0 ? price / forward : 0;
}

/** Where `positionRequirement` puts its two numbers. */
export const REQUIREMENT = { maintenanceUsd: 0, initialUsd: 1 } as const;

/**
 * Maintenance and initial requirement of one position held by itself, USD. Zero for holdings, for debts (judged with the pool)
 * and in families that judge the account whole.
 *
 * @param unit what `valueUnit` gave for the position in the same state
 */
export function positionRequirement(
  packed: PackedBook,
  position: number,
  quantity: number,
  state: MarketState,
  unit: Float64Array,
  out: Float64Array,
): void {
  const { positions, accounts, tiers } = packed;
  out[0] = 0;
  out[1] = 0;
  const kind = positions.kind[position]!;
  if (quantity === 0 || kind <= POSITION_KIND.debt || positions.isUnpriced[position] === 1) return;
  const account = positions.account[position]!;
  const family = accounts.family[account]!;
  const notionalUsd = Math.abs(quantity) * unit[UNIT_VALUE.notionalUsd]!;
  if (family === FAMILY.tieredPerpetual) {
    const rows = positions.tierCount[position]!;
    out[0] = rows === 0 ? notionalUsd : tieredMaintenance(notionalUsd, tiers, positions.tierFrom[position]!, rows);
    out[1] = rows === 0 ? notionalUsd : tieredInitial(notionalUsd, tiers, positions.tierFrom[position]!, rows);
    return;
  }
  if (family !== FAMILY.standardOptions) return;
  const spot = state.priceUsd[positions.asset[position]!]!;
  if (kind === POSITION_KIND.linearFuture || kind === POSITION_KIND.inverseFuture) {
    const slope = spot > 0 ? (positions.futureSlopePerCoin[position]! * notionalUsd) / spot : 0;
    out[0] = (positions.futureMaintenanceFraction[position]! + slope) * notionalUsd;
    out[1] = (positions.futureInitialFraction[position]! + slope) * notionalUsd;
    return;
  }
  if (quantity > 0) return;
  const markCoin = unit[UNIT_VALUE.optionCoin]!;
  const isCall = positions.isCall[position] === 1;
  const maintenance = accounts.optionShortMaintenanceFraction[account]!;
  out[0] = notionalUsd * shortOptionMaintenanceCoin(isCall, markCoin, maintenance);
  out[1] =
    notionalUsd *
    shortOptionInitialCoin(
      isCall,
      spot * positions.forwardRatio[position]!,
      positions.strikeUsd[position]!,
      markCoin,
      accounts.optionShortInitialFraction[account]!,
      accounts.optionShortInitialFloorFraction[account]!,
      maintenance,
    );
}

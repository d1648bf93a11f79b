import { BLACK_OUTPUTS, blackGreeks } from '../pricing/black.ts';
import { POSITION_KIND, type MarketState, type PackedBook } from './packed-book.ts';
import { stateVolatility } from './position-value.ts';

const greeks = new Float64Array(BLACK_OUTPUTS);

/**
 * Coins of the position's own asset that one unit is worth in exposure: dV/dS at constant forward ratio and volatility by
 * strike. 1 for a holding or debt; for an inverse future face value / entry (its profit is coin and carries its own delta).
 */
export function positionDeltaCoin(packed: PackedBook, position: number, state: MarketState): number {
  const { positions } = packed;
  const kind = positions.kind[position]!;
  if (positions.isUnpriced[position] === 1) return 0;
  if (kind <= POSITION_KIND.debt) return 1;
  const size = positions.contractSize[position]!;
  const ratio = positions.forwardRatio[position]!;
  if (kind === POSITION_KIND.linearFuture) return size * ratio;
  if (kind === POSITION_KIND.inverseFuture) return size / positions.entryPriceUsd[position]!;
  fillGreeks(packed, position, state, greeks);
  return kind === POSITION_KIND.linearOption ? size * ratio * greeks[1]! : size * greeks[1]!;
}

/** Greeks of one position of the given quantity, in USD unless named otherwise. Zero gamma, vega and theta for linear kinds. */
export type PositionGreeks = { deltaCoin: number; gammaUsdPerPercent: number; vegaUsdPerPoint: number; thetaUsdPerDay: number };

/**
 * Greeks of one unit: delta in coins of its asset; gamma as the change of delta (USD) for a rise of 1 %; vega per one point
 * (0.01) of implied volatility; theta per day of passing time at an unchanged forward (negative = decay).
 */
export function positionGreeks(packed: PackedBook, position: number, state: MarketState, out: PositionGreeks): void {
  const { positions } = packed;
  out.deltaCoin = positionDeltaCoin(packed, position, state);
  out.gammaUsdPerPercent = 0;
  out.vegaUsdPerPoint = 0;
  out.thetaUsdPerDay = 0;
  const kind = positions.kind[position]!;
  if (kind < POSITION_KIND.linearOption || positions.isUnpriced[position] === 1) return;
  fillGreeks(packed, position, state, greeks);
  const spot = state.priceUsd[positions.asset[position]!]!;
  const ratio = positions.forwardRatio[position]!;
  const perDollar = positions.contractSize[position]! * (kind === POSITION_KIND.linearOption ? 1 : 1 / ratio);
  out.gammaUsdPerPercent = perDollar * greeks[2]! * ratio * ratio * spot * spot * 0.01;
  out.vegaUsdPerPoint = perDollar * greeks[3]! * 0.01;
  out.thetaUsdPerDay = (perDollar * greeks[4]!) / 365;
}

function fillGreeks(packed: PackedBook, position: number, state: MarketState, out: Float64Array): void {
  const { positions } = packed;
  const forward = state.priceUsd[positions.asset[position]!]! * positions.forwardRatio[position]!;
  const volatility = stateVolatility(packed, position, state);
  blackGreeks(positions.isCall[position] === 1, forward, positions.strikeUsd[position]!, volatility, positions.years[position]!, out);
}

import { normalCdf } from '../math/normal.ts';
import { blackGreeks, BLACK_OUTPUTS, logRatio } from './black.ts';

/** Places of the numbers that {@link coinOptionGreeks} fills. */
export const coinOptionOutput = {
  priceCoin: 0,
  priceUsd: 1,
  deltaForward: 2,
  deltaNetCoin: 3,
  gammaUsd: 4,
  vegaUsd: 5,
  vegaCoin: 6,
  thetaUsd: 7,
  priceCoinByForward: 8,
  priceCoinByForwardTwice: 9,
  thetaCoin: 10,
  vannaUsd: 11,
  vannaCoin: 12,
  volgaUsd: 13,
  volgaCoin: 14,
} as const;
/** Length of the array that {@link coinOptionGreeks} fills. */
export const COIN_OPTION_OUTPUTS = 15;

const undiscounted = new Float64Array(BLACK_OUTPUTS);

/**
 * A coin-settled option of one coin of size, which pays max(w (S − K), 0)/S coins: worth Black's undiscounted price over
 * the forward, in coins. Filled in the order of {@link coinOptionOutput}:
 * - price in coins, and in dollars at the forward;
 * - deltaForward: Black's delta, the change in dollars per dollar when the premium is a dollar asset;
 * - deltaNetCoin = deltaForward − priceCoin = w K Φ(w d2)/F: coins of delta left when the premium is held in coin,
 *   so that dollar value = coins × price is not counted twice;
 * - gammaUsd d²(price in dollars)/dF²; vega per 1.00 of volatility in dollars and coins; thetaUsd per year (negative = decay);
 * - first and second derivative of the coin price by the forward;
 * - theta in coins per year; vanna (by forward and volatility) and volga (by volatility twice) of the price in dollars and in coins.
 *
 * All NaN when an argument is NaN or negative or the forward is 0 (a coin amount has no value there).
 */
export function coinOptionGreeks(
  isCall: boolean,
  forward: number,
  strike: number,
  volatility: number,
  years: number,
  out: Float64Array,
): void {
  if (!(forward > 0)) {
    out.fill(NaN, 0, COIN_OPTION_OUTPUTS);
    return;
  }
  blackGreeks(isCall, forward, strike, volatility, years, undiscounted);
  const priceCoin = undiscounted[0]! / forward;
  const netDelta = netDeltaCoin(isCall, forward, strike, volatility * Math.sqrt(years));
  out[0] = priceCoin;
  out[1] = undiscounted[0]!;
  out[2] = undiscounted[1]!;
  out[3] = netDelta;
  out[4] = undiscounted[2]!;
  out[5] = undiscounted[3]!;
  out[6] = undiscounted[3]! / forward;
  out[7] = undiscounted[4]!;
  out[8] = netDelta / forward;
  out[9] = (undiscounted[2]! - (2 * netDelta) / forward) / forward;
  out[10] = undiscounted[4]! / forward;
  out[11] = undiscounted[5]!;
  out[12] = (undiscounted[5]! - undiscounted[3]! / forward) / forward;
  out[13] = undiscounted[6]!;
  out[14] = undiscounted[6]! / forward;
}

/** w K Φ(w d2)/F, computed directly since delta − price cancels for a deep option. */
function netDeltaCoin(isCall: boolean, forward: number, strike: number, deviation: number): number {
  if (!(strike >= 0 && deviation >= 0)) return NaN;
  if (strike === 0) return 0;
  const sign = isCall ? 1 : -1;
  if (deviation === 0) {
    const depth = sign * (forward - strike);
    return depth === 0 ? (0.5 * sign * strike) / forward : depth > 0 ? (sign * strike) / forward : 0;
  }
  const d2 = logRatio(forward, strike) / deviation - 0.5 * deviation;
  return (sign * strike * normalCdf(sign * d2)) / forward;
}

/**
 * Payoff of a coin-settled option at expiry, coins per coin of size: max(w (S − K), 0)/S. A call never pays more than one
 * coin; a put pays without bound as the settlement price falls to 0.
 */
export function coinOptionPayoff(isCall: boolean, strike: number, settlementPrice: number): number {
  return Math.max(isCall ? settlementPrice - strike : strike - settlementPrice, 0) / settlementPrice;
}

/**
 * Profit of a coin-settled future or perpetual, coins: quantityUsd × (1/entry − 1/mark). Long > 0.
 *
 * @param quantityUsd signed face value in dollars
 */
export function inverseFutureProfitCoin(quantityUsd: number, entryPrice: number, markPrice: number): number {
  return (quantityUsd * (markPrice - entryPrice)) / (entryPrice * markPrice);
}

/** The same profit in dollars at the mark: quantityUsd × (mark/entry − 1). */
export function inverseFutureProfitUsd(quantityUsd: number, entryPrice: number, markPrice: number): number {
  return (quantityUsd * (markPrice - entryPrice)) / entryPrice;
}

/**
 * Delta of a coin-settled future, coins: quantityUsd / mark. Dollar gain per dollar of move from the mark; the profit made so
 * far, which is coin, carries its own delta of one per coin.
 */
export function inverseFutureDeltaCoin(quantityUsd: number, markPrice: number): number {
  return quantityUsd / markPrice;
}

/**
 * Profit of a coin-settled future of the given size when its price moves by a relative amount, coins: size × (1 − 1/(1 + move)).
 *
 * @param sizeCoin face value over the price before the move
 * @param move relative, > −1; at −1 the loss is unbounded
 */
export function inverseMoveProfitCoin(sizeCoin: number, move: number): number {
  return (sizeCoin * move) / (1 + move);
}

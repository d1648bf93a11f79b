import { millsRatio, normalCdf, normalPdf } from '../math/normal.ts';

/** Places of the numbers that {@link blackGreeks} fills. */
export const blackOutput = { price: 0, delta: 1, gamma: 2, vega: 3, theta: 4, vanna: 5, volga: 6 } as const;
/** Length of the array that {@link blackGreeks} fills. */
export const BLACK_OUTPUTS = 7;

/** ln(numerator / denominator), accurate in the relative sense when the two are close. */
export function logRatio(numerator: number, denominator: number): number {
  const ratio = numerator / denominator;
  return ratio > 0.9 && ratio < 1.1 ? Math.log1p((numerator - denominator) / denominator) : Math.log(ratio);
}

/**
 * Black's price of a European option on a forward: discount × E[max(w (F_T − K), 0)], w = +1 call, −1 put, ln F_T normal
 * with the given standard deviation. The out-of-the-money side is computed directly and the other one by adding the
 * intrinsic value, so neither loses digits by parity.
 *
 * @param forward USD, >= 0
 * @param strike USD, >= 0; at 0 a call is the forward itself
 * @param standardDeviation volatility × √years, >= 0; at 0 the intrinsic value, at Infinity the upper bound
 * @param discount price now of one dollar at expiry
 * @returns USD; NaN when an argument is NaN, or a price or deviation is negative
 * Source: F. Black, "The pricing of commodity contracts", J. Financial Economics 3 (1976).
 */
export function blackPrice(isCall: boolean, forward: number, strike: number, standardDeviation: number, discount: number): number {
  if (!(forward >= 0 && strike >= 0 && standardDeviation >= 0)) return NaN;
  const intrinsic = isCall ? Math.max(forward - strike, 0) : Math.max(strike - forward, 0);
  return discount * (intrinsic + timeValue(forward, strike, standardDeviation));
}

/**
 * Undiscounted value above intrinsic, the same for the call and the put of a strike: the price of the out-of-the-money one.
 *
 * @returns USD, in [0, min(forward, strike)]
 */
export function timeValue(forward: number, strike: number, standardDeviation: number): number {
  if (forward === 0 || strike === 0 || standardDeviation === 0) return 0;
  const smaller = Math.min(forward, strike);
  if (standardDeviation === Infinity) return smaller;
  // Symmetric in forward and strike: the larger one takes the place of the strike of an out-of-the-money call.
  const larger = Math.max(forward, strike);
  const center = logRatio(smaller, larger) / standardDeviation;
  const half = 0.5 * standardDeviation;
  const d1 = center + half;
  if (d1 < 0) return Math.max(0, smaller * normalPdf(d1) * (millsRatio(-d1) - millsRatio(half - center)));
  return Math.max(0, smaller * normalCdf(d1) - larger * normalCdf(center - half));
}

/**
 * Undiscounted price and Greeks of a European option on a forward, filled into `out` in the order of {@link blackOutput}:
 * price USD; delta dV/dF; gamma d²V/dF² per USD; vega USD per 1.00 of volatility; theta USD per year of passing time at an
 * unchanged forward (negative = decay); vanna d²V/dF dσ; volga d²V/dσ².
 *
 * Without time or volatility the limits: delta 0 or ±1, one half of it exactly at the strike; gamma and theta 0 there,
 * since the payoff has a kink and no derivative; vega keeps its limit F φ(0) √T at the strike.
 * Strike 0: the call is the forward. NaN arguments, or negative ones, fill NaN.
 */
export function blackGreeks(isCall: boolean, forward: number, strike: number, volatility: number, years: number, out: Float64Array): void {
  if (!(forward >= 0 && strike >= 0 && volatility >= 0 && years >= 0)) {
    out.fill(NaN, 0, BLACK_OUTPUTS);
    return;
  }
  const rootTime = Math.sqrt(years);
  const deviation = volatility * rootTime;
  const sign = isCall ? 1 : -1;
  out.fill(0, 0, BLACK_OUTPUTS);
  out[0] = Math.max(sign * (forward - strike), 0) + timeValue(forward, strike, deviation);
  if (strike === 0 || forward === 0) {
    out[1] = strike === 0 ? (isCall ? 1 : 0) : isCall ? 0 : -1;
    return;
  }
  if (deviation === 0) {
    out[1] = forward === strike ? 0.5 * sign : sign * (forward - strike) > 0 ? sign : 0;
    out[3] = forward === strike ? forward * normalPdf(0) * rootTime : 0;
    return;
  }
  const center = logRatio(forward, strike) / deviation;
  const d1 = center + 0.5 * deviation;
  const d2 = center - 0.5 * deviation;
  out[1] = sign * normalCdf(sign * d1);
  const density = normalPdf(d1);
  if (density === 0) return;
  const vega = forward * density * rootTime;
  out[2] = density / (forward * deviation);
  out[3] = vega;
  out[4] = (-0.5 * vega * volatility) / years;
  out[5] = (-density * d2) / volatility;
  out[6] = (vega * d1 * d2) / volatility;
}

/** Places of the numbers that {@link futureOptionGreeks} fills: those of {@link blackOutput}, then rho. */
export const futureOptionOutput = { ...blackOutput, rho: 7 } as const;
/** Length of the array that {@link futureOptionGreeks} fills. */
export const FUTURE_OPTION_OUTPUTS = 8;

/**
 * Black's 1976 option on a future, paid for now: {@link blackGreeks} discounted at a continuously compounded rate. Theta, at an
 * unchanged future price, gains rate × price; rho = −years × price per 1.00 of rate, since the future does not move with it.
 *
 * Limits without time or volatility, and NaN, as in {@link blackGreeks}.
 * Source: E. G. Haug, "The complete guide to option pricing formulas".
 */
export function futureOptionGreeks(
  isCall: boolean,
  future: number,
  strike: number,
  volatility: number,
  years: number,
  ratePerYear: number,
  out: Float64Array,
): void {
  blackGreeks(isCall, future, strike, volatility, years, out);
  const discount = Math.exp(-ratePerYear * years);
  for (let place = 0; place < BLACK_OUTPUTS; place += 1) out[place] = out[place]! * discount;
  out[4] = out[4]! + ratePerYear * out[0]!;
  out[7] = -years * out[0]!;
}

import { normalCdf, normalPdf } from '../math/normal.ts';
import { blackPrice, logRatio } from './black.ts';

/** A European option on a spot asset with a continuous rate and yield. Rates per year, continuously compounded. */
export type SpotOption = {
  readonly isCall: boolean;
  readonly spot: number;
  readonly strike: number;
  readonly ratePerYear: number;
  readonly yieldPerYear: number;
  readonly years: number;
  readonly volatility: number;
};

/**
 * Price and sensitivities of a {@link SpotOption}. `thetaPerYear` and `charm` are by passing time (negative = decay), `rho` and
 * `yieldRho` per 1.00 of rate, `vega`, `vanna` and `volga` per 1.00 of volatility, `elasticity` = delta × spot / price
 * (NaN for a worthless option), `dualDelta` by the strike, `speed` d gamma / d spot.
 */
export type SpotOptionGreeks = {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly thetaPerYear: number;
  readonly rho: number;
  readonly yieldRho: number;
  readonly vanna: number;
  readonly volga: number;
  readonly charm: number;
  readonly speed: number;
  readonly dualDelta: number;
  readonly elasticity: number;
};

/**
 * Generalised Black-Scholes-Merton: Black's formula on the forward S e^((r−q)T), discounted at r. Zero time or volatility
 * gives the limits of {@link blackPrice}; second-order Greeks are 0 there.
 *
 * Source: R. C. Merton, "Theory of rational option pricing" (1973); E. G. Haug, "The complete guide to option pricing formulas".
 */
export function blackScholes(option: SpotOption): SpotOptionGreeks {
  const { isCall, spot, strike, ratePerYear, yieldPerYear, years, volatility } = option;
  const sign = isCall ? 1 : -1;
  const discount = Math.exp(-ratePerYear * years);
  const growth = Math.exp(-yieldPerYear * years);
  const forward = spot * Math.exp((ratePerYear - yieldPerYear) * years);
  const rootTime = Math.sqrt(years);
  const deviation = volatility * rootTime;
  const price = blackPrice(isCall, forward, strike, deviation, discount);
  const hasSpread = deviation > 0 && strike > 0 && spot > 0;
  const center = hasSpread ? logRatio(forward, strike) / deviation : limitOfCenter(forward, strike);
  const d1 = center + 0.5 * deviation;
  const d2 = center - 0.5 * deviation;
  const density = hasSpread ? normalPdf(d1) : 0;
  const smooth = density > 0;
  const probability = sign * normalCdf(sign * d1);
  const exercise = sign * normalCdf(sign * d2);
  const delta = growth * probability;
  const vega = spot * growth * density * rootTime;
  const gamma = smooth ? (growth * density) / (spot * deviation) : 0;
  const decay = smooth ? (-0.5 * vega * volatility) / years : 0;
  const carry = smooth ? (growth * density * (2 * (ratePerYear - yieldPerYear) * years - d2 * deviation)) / (2 * years * deviation) : 0;
  return {
    price,
    delta,
    gamma,
    vega,
    thetaPerYear: decay - ratePerYear * strike * discount * exercise + yieldPerYear * spot * delta,
    rho: years * strike * discount * exercise,
    yieldRho: -years * spot * delta,
    vanna: smooth ? (-growth * density * d2) / volatility : 0,
    volga: smooth ? (vega * d1 * d2) / volatility : 0,
    charm: yieldPerYear * delta - carry,
    speed: smooth ? (-gamma / spot) * (d1 / deviation + 1) : 0,
    dualDelta: -discount * exercise,
    elasticity: price > 0 ? (delta * spot) / price : NaN,
  };
}

/** ln(F/K)/s for s → 0: certain to be in or out of the money; 0 exactly at the strike. */
function limitOfCenter(forward: number, strike: number): number {
  if (forward === strike) return 0;
  return forward > strike ? Infinity : -Infinity;
}

import { z } from 'zod';
import { blackPrice } from '../../engine/pricing/black.ts';
import { blackScholes } from '../../engine/pricing/black-scholes.ts';
import type { SpotOption } from '../../engine/pricing/black-scholes.ts';
import { impliedVolatility } from '../../engine/pricing/implied-volatility.ts';
import { coinOptionGreeks, coinOptionOutput, COIN_OPTION_OUTPUTS, coinOptionPayoff } from '../../engine/pricing/inverse.ts';
import { optionSide, real, unknownGroup } from './case-values.ts';
import type { CaseOutput } from './case-values.ts';

const spotInput = z.object({ type: optionSide, S: real, K: real, r: real, q: real, T: real, vol: real });
const greekInput = spotInput.extend({ greek: z.enum(['delta', 'gamma', 'vega', 'theta', 'theta_per_day_365', 'rho', 'elasticity']) });
const blackInput = z.object({ type: optionSide, F: real, K: real, stdev: real, df: real });
const impliedInput = z.object({ type: optionSide, F: real, K: real, T: real, df: real, price: real });
const inverseInput = z.object({ type: optionSide, F: real, K: real, T: real, vol: real });
const payoffInput = z.object({ type: optionSide, K: real, settle: real });
const sigmaInput = z.object({ type: optionSide, F: real, K: real, T: real, sigma: real });

/** Published tables: spot options, one Greek at a time, and Black's formula on a forward. */
export function calculatePublishedOptions(raw: unknown, group: string): CaseOutput {
  if (group === 'haug-bs-call' || group === 'haug-bs-put') {
    const { price } = blackScholes(spotOption(spotInput.parse(raw)));
    return { price_hp: price, price_published: price };
  }
  if (group === 'haug-greek') {
    const input = greekInput.parse(raw);
    const greeks = blackScholes(spotOption(input));
    const values = {
      delta: greeks.delta,
      gamma: greeks.gamma,
      vega: greeks.vega,
      theta: greeks.thetaPerYear,
      theta_per_day_365: greeks.thetaPerYear / 365,
      rho: greeks.rho,
      elasticity: greeks.elasticity,
    };
    return { value_hp: values[input.greek], value_published: values[input.greek] };
  }
  if (group === 'ql-black76') {
    const { type, F, K, stdev, df } = blackInput.parse(raw);
    return { price: blackPrice(type, F, K, stdev, df) };
  }
  return unknownGroup(group);
}

/** Price and every Greek of a spot option; also the limits without time or volatility. */
export function calculateSpotOption(raw: unknown): CaseOutput {
  const greeks = blackScholes(spotOption(spotInput.parse(raw)));
  return {
    price: greeks.price,
    delta: greeks.delta,
    gamma: greeks.gamma,
    vega: greeks.vega,
    theta: greeks.thetaPerYear,
    rho: greeks.rho,
    dividend_rho: greeks.yieldRho,
    vanna: greeks.vanna,
    volga: greeks.volga,
    charm: greeks.charm,
    speed: greeks.speed,
    dual_delta: greeks.dualDelta,
  };
}

/** Undiscounted Black price, and the volatility found back from it. */
export function calculateRationalOption(raw: unknown): CaseOutput {
  const { type, F, K, T, sigma } = sigmaInput.parse(raw);
  const price = blackPrice(type, F, K, sigma * Math.sqrt(T), 1);
  return { black_hp: price, implied_vol_published: volatilityOrError(impliedVolatility(type, F, K, T, price, 1)).implied_vol };
}

/** Implied volatility of a price, or the reason why there is none. */
export function calculateImpliedVolatility(raw: unknown): CaseOutput {
  const { type, F, K, T, price, df } = impliedInput.parse(raw);
  return volatilityOrError(impliedVolatility(type, F, K, T, price, df));
}

/** A coin-settled option in coin and dollars. */
export function calculateInverseOption(raw: unknown): CaseOutput {
  const { type, F, K, T, vol } = inverseInput.parse(raw);
  const out = new Float64Array(COIN_OPTION_OUTPUTS);
  coinOptionGreeks(type, F, K, vol, T, out);
  return {
    price_usd: out[coinOptionOutput.priceUsd],
    price_coin: out[coinOptionOutput.priceCoin],
    delta_bs: out[coinOptionOutput.deltaForward],
    delta_net_coin_adjusted: out[coinOptionOutput.deltaNetCoin],
    dcoin_dF: out[coinOptionOutput.priceCoinByForward],
    gamma_usd: out[coinOptionOutput.gammaUsd],
    vega_usd_per_1vol: out[coinOptionOutput.vegaUsd],
    vega_coin_per_1vol: out[coinOptionOutput.vegaCoin],
    d2coin_dF2: out[coinOptionOutput.priceCoinByForwardTwice],
  };
}

/** Payoff of a coin-settled option at expiry. */
export function calculateInversePayoff(raw: unknown): CaseOutput {
  const { type, K, settle } = payoffInput.parse(raw);
  const coins = coinOptionPayoff(type, K, settle);
  return { payoff_coin: coins, payoff_usd: coins * settle };
}

function spotOption(input: z.output<typeof spotInput>): SpotOption {
  return {
    isCall: input.type,
    spot: input.S,
    strike: input.K,
    ratePerYear: input.r,
    yieldPerYear: input.q,
    years: input.T,
    volatility: input.vol,
  };
}

function volatilityOrError(found: ReturnType<typeof impliedVolatility>): CaseOutput {
  switch (found.status) {
    case 'ok':
      return { implied_vol: found.volatility };
    case 'belowIntrinsic':
      return { error: `price ${found.price} is below intrinsic ${found.bound}` };
    case 'aboveBound':
      return { error: `price ${found.price} is not below its upper bound ${found.bound}` };
    case 'invalid':
      return { error: `${found.argument} is not usable` };
    case 'notConverged':
      return { error: `not converged, last change ${found.lastChange}` };
  }
}

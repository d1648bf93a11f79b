import { blackPrice } from '../../main/engine/pricing/black.ts';

/** Implied volatility by two hundred halvings of [0, 50]. */
export function impliedVolatilityByBisection(
  isCall: boolean,
  market: { forward: number; strike: number; years: number },
  price: number,
): number {
  let low = 0;
  let high = 50;
  for (let step = 0; step < 200; step += 1) {
    const middle = 0.5 * (low + high);
    if (blackPrice(isCall, market.forward, market.strike, middle * Math.sqrt(market.years), 1) < price) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

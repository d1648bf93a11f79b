/** How a price answers to the quantity sold so far. */
export type ImpactLaw = 'linear' | 'exponential';

/** Where a one-asset liquidation cascade comes to rest. */
export type ThresholdCascade = {
  readonly status: 'converged' | 'reachedRoundLimit';
  readonly finalPrice: number;
  readonly liquidated: Uint8Array;
  readonly volume: number;
  readonly rounds: number;
  /** Total fall / fall of the shock; NaN where there is no shock. */
  readonly amplification: number;
};

/** Positions with liquidation prices, and the market they are sold into. `impactPerUnit` k >= 0 by `law`. */
export type ThresholdMarket = {
  readonly startPrice: number;
  readonly shockFraction: number;
  readonly sizes: Float64Array;
  readonly liquidationPrices: Float64Array;
  readonly law: ImpactLaw;
  readonly impactPerUnit: number;
};

/**
 * The greatest fixed point of: Q = Σ sizes whose liquidation price is at or above the price, price = p0 (1 − s)(1 − k Q), or
 * p0 (1 − s) exp(−k Q), reached from above. A tie (price equal to the liquidation price) is liquidated. The price never
 * falls below 0. It ends after at most one round per position.
 */
export function thresholdCascade(market: ThresholdMarket): ThresholdCascade {
  const { startPrice, shockFraction, sizes, liquidationPrices, law, impactPerUnit } = market;
  const shocked = startPrice * (1 - shockFraction);
  const liquidated = new Uint8Array(sizes.length);
  let price = shocked;
  let volume = 0;
  let rounds = 0;
  let status: ThresholdCascade['status'] = 'reachedRoundLimit';
  while (rounds <= sizes.length) {
    let fallen = 0;
    for (let i = 0; i < sizes.length; i += 1) {
      if (liquidated[i] === 1 || price > liquidationPrices[i]!) continue;
      liquidated[i] = 1;
      fallen += 1;
    }
    if (fallen === 0) {
      status = 'converged';
      break;
    }
    rounds += 1;
    volume = 0;
    for (let i = 0; i < sizes.length; i += 1) if (liquidated[i] === 1) volume += sizes[i]!;
    price = law === 'linear' ? shocked * Math.max(0, 1 - impactPerUnit * volume) : shocked * Math.exp(-impactPerUnit * volume);
  }
  return { status, finalPrice: price, liquidated, volume, rounds, amplification: (startPrice - price) / (startPrice - shocked) };
}

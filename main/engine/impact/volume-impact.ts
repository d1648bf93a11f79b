/*
 * Impact of an order on a market known only by its volume, its volatility or its depth per dollar. The coefficients are empirical, of
 * order one; the algebra is exact. Fractions of the price, above zero for a price moved against the order.
 */

/**
 * Square-root law: peak impact I = Y σ √(Q/V).
 *
 * @param coefficient Y, dimensionless, about 1
 * @param dailyVolatility σ of a day, 0.04 = 4 %
 * @param dailyVolumeShare Q/V, the order over a day's volume
 * Source: J.-P. Bouchaud, "Price impact" (2010); J. Donier and J. Bonart (2015) for bitcoin.
 */
export function squareRootImpact(coefficient: number, dailyVolatility: number, dailyVolumeShare: number): number {
  return coefficient * dailyVolatility * Math.sqrt(dailyVolumeShare);
}

/** Average cost of an order executed along the square-root law, over its peak impact: the mean of √u on [0, 1]. */
export const SQUARE_ROOT_AVERAGE = 2 / 3;

/** Linear law of Kyle (1985): the price moves by λ q. */
export function linearImpact(lambdaPerUnit: number, quantity: number): number {
  return lambdaPerUnit * quantity;
}

/** Cost of an order along the linear law: ½ λ q², the area under the moving price. */
export function linearImpactCost(lambdaPerUnit: number, quantity: number): number {
  return (lambdaPerUnit * quantity * quantity) / 2;
}

import { normalCdf } from '../../math/normal.ts';

/** Linear distance to liquidation when all drivers move. Null where no driver moves the excess. */
export type JointDistance = {
  /** excess / √(a' Σ a): the buffer in units of its own daily standard deviation. */
  readonly sigmaDays: number | null;
  /** Most likely move that uses up the buffer, log return by driver: −excess Σ a / (a' Σ a). */
  readonly mostLikelyMove: Float64Array | null;
};

/**
 * Distance of an account from liquidation along the most likely direction, to first order.
 *
 * @param excessUsd buffer over the requirement
 * @param exposuresUsd change of the excess per unit of log return of each driver, USD
 * @param dailyCovariance row by row, drivers × drivers
 */
export function jointDistance(excessUsd: number, exposuresUsd: Float64Array, dailyCovariance: Float64Array): JointDistance {
  const drivers = exposuresUsd.length;
  const reach = new Float64Array(drivers);
  let variance = 0;
  for (let row = 0; row < drivers; row += 1) {
    let sum = 0;
    for (let column = 0; column < drivers; column += 1) sum += dailyCovariance[row * drivers + column]! * exposuresUsd[column]!;
    reach[row] = sum;
    variance += exposuresUsd[row]! * sum;
  }
  if (!(variance > 0)) return { sigmaDays: null, mostLikelyMove: null };
  for (let row = 0; row < drivers; row += 1) reach[row] = (-excessUsd * reach[row]!) / variance;
  return { sigmaDays: excessUsd / Math.sqrt(variance), mostLikelyMove: reach };
}

/**
 * Probability that a buffer of `sigmaDays` is hit within some days: 2 Φ(−d/√days), the first passage of a driftless Brownian
 * buffer; 0 where nothing moves it.
 */
export function hitProbability(sigmaDays: number | null, days: number): number {
  return sigmaDays === null ? 0 : Math.min(1, 2 * normalCdf(-sigmaDays / Math.sqrt(days)));
}

/** Daily covariance, row by row, from volatilities per √year and a correlation matrix; the year has 365 days. */
export function dailyCovariance(annualVolatilities: Float64Array, correlation: Float64Array): Float64Array {
  const drivers = annualVolatilities.length;
  const covariance = new Float64Array(drivers * drivers);
  for (let row = 0; row < drivers; row += 1) {
    for (let column = 0; column < drivers; column += 1) {
      covariance[row * drivers + column] =
        (annualVolatilities[row]! * annualVolatilities[column]! * correlation[row * drivers + column]!) / 365;
    }
  }
  return covariance;
}

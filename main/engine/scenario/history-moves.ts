/** Weight of the past in the running variance: 0.94 for daily moves. Source: J.P. Morgan/Reuters, "RiskMetrics Technical Document" (1996). */
const DECAY = 0.94;
/** Moves used to start the running variance. */
const START_DAYS = 20;
/** Largest fall a scaled move may reach. */
const LARGEST_FALL = -0.95;

/** Daily moves of the drivers, day × driver, and what volatility says of them. */
export type HistoryMoves = {
  readonly days: number;
  /** Relative moves, oldest first. */
  readonly moves: Float64Array;
  /** Running daily volatility of each driver after the last day. */
  readonly dailyVolatility: Float64Array;
  /** Running daily covariance after the last day, driver × driver. */
  readonly covariance: Float64Array;
};

/**
 * Relative daily moves from closes, and exponentially weighted volatility and covariance (mean taken as zero).
 *
 * @param closes day × driver, oldest first, all > 0
 * @param isScaled each day's move × (volatility now / volatility before that day), so that quiet years count as loud as today
 * @param keptDays number of last days to return; the others only warm up the volatility
 */
export function historyMoves(closes: Float64Array, drivers: number, isScaled: boolean, keptDays: number): HistoryMoves {
  const days = Math.max(0, closes.length / drivers - 1);
  const moves = new Float64Array(days * drivers);
  for (let i = 0; i < moves.length; i += 1) moves[i] = closes[i + drivers]! / closes[i]! - 1;
  const covariance = startCovariance(moves, Math.min(START_DAYS, days), drivers);
  const volatilityBefore = new Float64Array(days * drivers);
  for (let day = 0; day < days; day += 1) {
    for (let d = 0; d < drivers; d += 1) volatilityBefore[day * drivers + d] = Math.sqrt(covariance[d * drivers + d]!);
    for (let i = 0; i < drivers; i += 1) {
      for (let j = 0; j < drivers; j += 1) {
        const product = moves[day * drivers + i]! * moves[day * drivers + j]!;
        covariance[i * drivers + j] = DECAY * covariance[i * drivers + j]! + (1 - DECAY) * product;
      }
    }
  }
  const dailyVolatility = new Float64Array(drivers);
  for (let d = 0; d < drivers; d += 1) dailyVolatility[d] = Math.sqrt(covariance[d * drivers + d]!);
  const first = Math.max(0, days - keptDays);
  const kept = moves.slice(first * drivers);
  if (isScaled) {
    for (let i = 0; i < kept.length; i += 1) {
      const before = volatilityBefore[first * drivers + i]!;
      if (before > 0) kept[i] = Math.max(LARGEST_FALL, (kept[i]! * dailyVolatility[i % drivers]!) / before);
    }
  }
  return { days: days - first, moves: kept, dailyVolatility, covariance };
}

function startCovariance(moves: Float64Array, days: number, drivers: number): Float64Array {
  const covariance = new Float64Array(drivers * drivers);
  for (let day = 0; day < days; day += 1) {
    for (let i = 0; i < drivers; i += 1) {
      for (let j = 0; j < drivers; j += 1) covariance[i * drivers + j]! += (moves[day * drivers + i]! * moves[day * drivers + j]!) / days;
    }
  }
  return covariance;
}

/** The common move that explains one day best: Σ beta × move / Σ beta². */
export function commonMove(betas: Float64Array, moves: Float64Array): number {
  let along = 0;
  let square = 0;
  for (let d = 0; d < betas.length; d += 1) {
    along += betas[d]! * moves[d]!;
    square += betas[d]! * betas[d]!;
  }
  return square > 0 ? along / square : 0;
}

/**
 * Distance to the boundary in daily standard deviations of the linearised excess: excess / √(slope′ Σ slope).
 *
 * @param slopeUsd change of the excess per unit of relative move of each driver
 * @returns Infinity where nothing moves it; negative below the boundary
 */
export function sigmaDays(excessUsd: number, slopeUsd: Float64Array, covariance: Float64Array): number {
  const n = slopeUsd.length;
  let variance = 0;
  for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) variance += slopeUsd[i]! * slopeUsd[j]! * covariance[i * n + j]!;
  return variance > 0 ? excessUsd / Math.sqrt(variance) : Infinity;
}

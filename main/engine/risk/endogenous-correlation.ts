/**
 * A market in which a fund sells as it loses: `covariance` of returns without it (k × k, row-major, symmetric, per year),
 * `positionValueUsd` signed, `quantityOverDepth` its units over the market's depth in units, `saleSlope` the share sold per relative
 * loss, `referenceValueUsd` > 0 the value the loss is relative to.
 */
export type FeedbackMarket = {
  readonly covariance: Float64Array;
  readonly positionValueUsd: Float64Array;
  readonly quantityOverDepth: Float64Array;
  readonly saleSlope: number;
  readonly referenceValueUsd: number;
};

/** What the sales feed back: a loss of 1 becomes `feedback` more by its own price impact, and that again. Stable below 1. */
export type FeedbackGain = {
  readonly status: 'stable' | 'unstable';
  readonly feedback: number;
  /** 1 / (1 − feedback): all passes together. Infinity where unstable. */
  readonly amplification: number;
};

/**
 * κ = (f′/V₀) π′Λ of a market. A short book damps: κ < 0. At κ = 1 and above a shock is never absorbed.
 *
 * Source: R. Cont, L. Wagalath, "Running for the exit: distressed selling and endogenous correlation", Mathematical Finance 23 (2013)
 * 718-741.
 */
export function feedbackGain(market: FeedbackMarket): FeedbackGain {
  const { positionValueUsd, quantityOverDepth, saleSlope, referenceValueUsd } = market;
  let exposure = 0;
  for (let i = 0; i < positionValueUsd.length; i += 1) exposure += positionValueUsd[i]! * quantityOverDepth[i]!;
  const feedback = (saleSlope / referenceValueUsd) * exposure;
  return feedback < 1
    ? { status: 'stable', feedback, amplification: 1 / (1 - feedback) }
    : { status: 'unstable', feedback, amplification: Infinity };
}

/**
 * Covariance that the sales leave behind: C = M S M′ with M = I + a (f′/V₀) Λπ′, impact in each asset from moves of the whole book.
 * a = 1 is one pass of sales; a = the amplification of {@link feedbackGain} is sales that react to their own impact until nothing
 * moves (Sherman-Morrison of (I − (f′/V₀) Λπ′)⁻¹). Written as S plus two rank-one terms, so that C is exactly symmetric.
 *
 * @param passes a, finite
 */
export function covarianceAfterSales(market: FeedbackMarket, passes: number): Float64Array {
  const { covariance, positionValueUsd, quantityOverDepth, saleSlope, referenceValueUsd } = market;
  const k = positionValueUsd.length;
  const gain = (passes * saleSlope) / referenceValueUsd;
  /** Covariance of each asset with the book, Sπ, and the variance of the book, π′Sπ. */
  const withBook = new Float64Array(k);
  let bookVariance = 0;
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j < k; j += 1) withBook[i]! += covariance[i * k + j]! * positionValueUsd[j]!;
    bookVariance += positionValueUsd[i]! * withBook[i]!;
  }
  const result = new Float64Array(k * k);
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const crossed = quantityOverDepth[i]! * withBook[j]! + withBook[i]! * quantityOverDepth[j]!;
      const value = covariance[i * k + j]! + gain * crossed + gain * gain * bookVariance * quantityOverDepth[i]! * quantityOverDepth[j]!;
      result[i * k + j] = value;
      result[j * k + i] = value;
    }
  }
  return result;
}

/** Correlations of a covariance matrix, diagonal exactly 1; NaN in the row and column of an asset without variance. */
export function correlationOf(covariance: Float64Array, k: number): Float64Array {
  const result = new Float64Array(k * k);
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j < k; j += 1) {
      const first = covariance[i * k + i]!;
      const second = covariance[j * k + j]!;
      if (!(first > 0) || !(second > 0)) result[i * k + j] = NaN;
      else result[i * k + j] = i === j ? 1 : covariance[i * k + j]! / (Math.sqrt(first) * Math.sqrt(second));
    }
  }
  return result;
}

/** Volatility of each asset over its volatility before, √(after / before); NaN for an asset without variance before. */
export function volatilityRatio(after: Float64Array, before: Float64Array, k: number): Float64Array {
  const result = new Float64Array(k);
  for (let i = 0; i < k; i += 1) {
    const start = before[i * k + i]!;
    result[i] = start > 0 ? Math.sqrt(Math.max(0, after[i * k + i]!) / start) : NaN;
  }
  return result;
}

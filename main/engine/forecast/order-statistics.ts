/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.959963984540054;

/** An estimate from draws and the interval that holds the truth in 95 of 100 simulations. */
export type Estimated = { readonly value: number; readonly from: number; readonly to: number };

/** A copy in ascending order, NaN first: what cannot be valued counts as the worst. */
export function ascending(values: Float64Array): Float64Array {
  return values.map((each) => (Number.isNaN(each) ? -Infinity : each)).sort();
}

/**
 * Quantile of a sample and its simulation error, both read off the order: the value that at most a share `level` of the draws lie below, and
 * the ones as many places to either side as the number of draws below it varies by chance (binomial, normal approximation).
 *
 * @param sorted ascending, at least one
 * Source: H. A. David, H. N. Nagaraja, "Order statistics" (2003), section 7.1.
 */
export function quantileOf(sorted: Float64Array, level: number): Estimated {
  const n = sorted.length;
  const place = (index: number): number => sorted[Math.min(n - 1, Math.max(0, index))]!;
  const below = Math.floor(n * level + 1e-9);
  const spread = Z95 * Math.sqrt(n * level * (1 - level));
  return { value: place(below), from: place(Math.floor(n * level - spread)), to: place(Math.ceil(n * level + spread)) };
}

/** Share of sorted draws below zero, with Wilson's interval. */
export function shareBelowZero(sorted: Float64Array): Estimated {
  return wilson(countBelow(sorted, 0), sorted.length);
}

/**
 * A share of draws with Wilson's interval, which does not shrink to nothing where there is none: none of 2,000 still allows 0.2 %.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
 */
export function wilson(count: number, n: number): Estimated {
  const share = count / n;
  const square = Z95 * Z95;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const half = (Z95 * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n))) / (1 + square / n);
  return { value: share, from: count === 0 ? 0 : Math.max(0, middle - half), to: count === n ? 1 : Math.min(1, middle + half) };
}

/** Number of sorted values strictly below a bound. */
export function countBelow(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Pinball loss of a quantile forecast, mean over the outcomes: (y − q) × (level − 1{y < q}). Least where the forecasts are the true
 * quantiles; same unit as the outcomes.
 *
 * Source: R. Koenker, G. Bassett, "Regression quantiles" (1978).
 */
export function pinballLoss(outcomes: Float64Array, quantiles: Float64Array, level: number): number {
  let sum = 0;
  for (let i = 0; i < outcomes.length; i += 1) {
    const gap = outcomes[i]! - quantiles[i]!;
    sum += gap * (gap < 0 ? level - 1 : level);
  }
  return sum / outcomes.length;
}

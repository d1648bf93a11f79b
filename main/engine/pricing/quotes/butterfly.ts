import { totalVarianceAt, type Smile } from '../smile.ts';

/** Places looked at between two nodes. */
const PLACES = 8;
/** Share of an interval over which derivatives are taken. */
const STEP = 1 / 64;
/** A density this little below zero is rounding of the numeric second derivative. */
const ROUNDING = 1e-6;

/**
 * Intervals between nodes (by left node) in which a smile implies a negative probability somewhere, so that a butterfly would pay for being
 * held. With w the total variance at log-moneyness k, the density has the sign of
 * (1 − k w′ / 2w)² − w′² (1/w + 1/4) / 4 + w″ / 2.
 *
 * Source: J. Gatheral, A. Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14 (2014).
 */
export function butterflyIntervals(smile: Smile): number[] {
  const found: number[] = [];
  for (let node = 0; node + 1 < smile.logMoneyness.length; node += 1) {
    const from = smile.logMoneyness[node]!;
    const width = smile.logMoneyness[node + 1]! - from;
    for (let place = 0; place < PLACES; place += 1) {
      const at = from + ((place + 0.5) / PLACES) * width;
      if (densitySign(smile, at, width * STEP) >= -ROUNDING) continue;
      found.push(node);
      break;
    }
  }
  return found;
}

function densitySign(smile: Smile, k: number, step: number): number {
  const w = totalVarianceAt(smile, k);
  const before = totalVarianceAt(smile, k - step);
  const after = totalVarianceAt(smile, k + step);
  const slope = (after - before) / (2 * step);
  const curvature = (after - 2 * w + before) / (step * step);
  return (1 - (k * slope) / (2 * w)) ** 2 - (slope * slope * (1 / w + 0.25)) / 4 + curvature / 2;
}

import { findRoot } from '../../math/roots.ts';

/** Grid of the search for a liquidation point: geometric from 1 outwards, the same steps on both sides. */
export type LiquidationSearch = {
  /** Smallest multiplier tried, > 0. */
  readonly lowest: number;
  /** Largest multiplier tried. */
  readonly highest: number;
  /** Grid points on each side; a breach and recovery between two of them is not seen. */
  readonly steps: number;
};

/** From a thousandth to a thousand times today's price. */
export const USUAL_SEARCH: LiquidationSearch = { lowest: 1e-3, highest: 1e3, steps: 120 };

/** Multipliers of the driver's price at which the excess crosses to negative; null = never on that side of today. */
export type LiquidationMultipliers = {
  /** The account is below its requirement at today's price; both points are then null. */
  readonly isBreached: boolean;
  /** Largest multiplier below 1 that liquidates. */
  readonly down: number | null;
  /** Smallest multiplier above 1 that liquidates. */
  readonly up: number | null;
};

/**
 * First points, going down and going up from today's price, at which the excess of an account crosses below zero. A fixed grid
 * finds the first interval that ends in a breach, Brent's method the point in it: an account may be liquidated in both directions
 * (short options) or in none, which is the answer 'cannot be liquidated by X alone'. A NaN excess counts as a breach.
 *
 * @param excess excess over the requirement in USD when the driver's price is multiplied
 */
export function liquidationMultipliers(
  excess: (multiplier: number) => number,
  search: LiquidationSearch = USUAL_SEARCH,
): LiquidationMultipliers {
  const now = excess(1);
  if (!(now >= 0)) return { isBreached: true, down: null, up: null };
  return {
    isBreached: false,
    down: firstCrossing(excess, now, search.lowest, search.steps),
    up: firstCrossing(excess, now, search.highest, search.steps),
  };
}

/** First crossing between 1 and `end`, or null. */
function firstCrossing(excess: (multiplier: number) => number, now: number, end: number, steps: number): number | null {
  const ratio = Math.log(end) / steps;
  let previous = 1;
  let previousExcess = now;
  for (let step = 1; step <= steps; step += 1) {
    const multiplier = step === steps ? end : Math.exp(ratio * step);
    const value = excess(multiplier);
    if (Number.isNaN(value)) return previous;
    if (value < 0) return previousExcess === 0 ? previous : findRoot(excess, previous, multiplier).root;
    previous = multiplier;
    previousExcess = value;
  }
  return null;
}

/**
 * Excess of a lending account when one driver's price is multiplied: Σ Aₖ m^loadingₖ with Aₖ = collateral × threshold − debt of
 * asset k, USD.
 */
export function powerExcess(netUsd: Float64Array, loadings: Float64Array, multiplier: number): number {
  let total = 0;
  for (let k = 0; k < netUsd.length; k += 1) {
    const loading = loadings[k]!;
    total += loading === 0 ? netUsd[k]! : loading === 1 ? netUsd[k]! * multiplier : netUsd[k]! * multiplier ** loading;
  }
  return total;
}

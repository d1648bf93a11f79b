import { copyState } from '../market-state.ts';
import { evaluateAccount, makeAccountMeasures, type AccountMeasures } from '../evaluate-accounts.ts';
import type { MarketState, PackedBook } from '../packed-book.ts';

/** How the excess of one account moves along one axis, measured. */
export type BumpedSlope = {
  /** Slope here; at a kink the one to the left. */
  readonly slope: number;
  /** Second derivative; 0 at a kink, where there is none. */
  readonly bend: number;
  /** Slope to the right less slope to the left at a kink, else 0. */
  readonly jump: number;
};

/** Steps of a first and of a second derivative: log moves of a price, or points of volatility. */
const STEP = 1e-4;
const BEND_STEP = 1e-3;
/** Where the one-sided slopes differ by less than this share of their size, rounding may do it. */
const ROUNDING = 1e-6;

/**
 * Slopes of accounts whose margin is the worst of many cases, so that no closed form follows it: central differences of the true excess. A kink,
 * where another case takes over, is told from a bend by looking closer: the gap between the one-sided slopes of a bend shrinks with the step, that of
 * a kink does not.
 */
export function makeSlopeMeter(packed: PackedBook, state: MarketState): SlopeMeter {
  return { packed, state, moved: copyState(state), measures: makeAccountMeasures(packed.accounts.count) };
}

/** What measuring needs, made once per state. */
export type SlopeMeter = {
  readonly packed: PackedBook;
  readonly state: MarketState;
  readonly moved: MarketState;
  readonly measures: AccountMeasures;
};

/**
 * Slope of an account's excess in the log price of a driver.
 *
 * @param loadings change of every asset's price per unit of log move of every driver, asset × driver, of the same state
 */
export function slopeInDriver(meter: SlopeMeter, account: number, driver: number, loadings: Float64Array): BumpedSlope {
  const { packed, state, moved } = meter;
  const drivers = packed.drivers.length;
  return slopeOf((step) => {
    const move = Math.expm1(step);
    for (let a = 0; a < packed.assets.count; a += 1) moved.priceUsd[a] = state.priceUsd[a]! + loadings[a * drivers + driver]! * move;
    moved.volatilityShift = state.volatilityShift;
    return excessAt(meter, account);
  });
}

/** Slope of an account's excess per 1.00 of every implied volatility. */
export function slopeInVolatility(meter: SlopeMeter, account: number): BumpedSlope {
  const { state, moved } = meter;
  return slopeOf((step) => {
    moved.priceUsd.set(state.priceUsd);
    moved.volatilityShift = state.volatilityShift + step;
    return excessAt(meter, account);
  });
}

function excessAt({ packed, moved, measures }: SlopeMeter, account: number): number {
  evaluateAccount(packed, account, moved, measures);
  return measures.excessUsd[account]!;
}

function slopeOf(excess: (step: number) => number): BumpedSlope {
  const here = excess(0);
  const gap = (step: number): { readonly left: number; readonly right: number } => ({
    left: (here - excess(-step)) / step,
    right: (excess(step) - here) / step,
  });
  const near = gap(STEP);
  const far = gap(BEND_STEP);
  const jump = near.right - near.left;
  const isKink =
    Math.abs(jump) > ROUNDING * (Math.abs(near.left) + Math.abs(near.right)) && Math.abs(jump) > 0.5 * Math.abs(far.right - far.left);
  if (isKink) return { slope: near.left, bend: 0, jump };
  return { slope: (near.left + near.right) / 2, bend: (far.right - far.left) / BEND_STEP, jump: 0 };
}

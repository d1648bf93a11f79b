/*
 * The oracle prices at which the pool liquidates an account, to the last unit of the oracle. The health factor is a step function of the
 * price: worths are cut to the base unit, and in the first revision the average threshold to the basis point, so that it may fall while
 * the price of a collateral rises.
 */
import { FULL_BPS, WAD, wadDiv } from '../../../math/fixed-point.ts';
import { balanceOf, poolHealthWad, poolTotals } from './pool-account.ts';
import type { PoolLine } from './pool-account.ts';
import { debtAmount, debtBase, supplyAmount, supplyBase } from './pool-balance.ts';
import type { PoolRevision } from './pool-revision.ts';

/** Highest price looked at, base units: ten quadrillion dollars. */
export const HIGHEST_PRICE_BASE = 10n ** 24n;
/** Steps of one search; more are needed only where an asset's supply and debt nearly cancel. */
const MAX_STEPS = 2_000;
/** Steps that a piece between two cuts of the average threshold counts for: each needs searches of its own. */
const STEPS_PER_PIECE = 10;

/** Prices of one asset, all others unchanged, at which the account is liquidated; null = that asset alone cannot do it that way. */
export type PriceLimits = {
  /** Below its requirement at today's price; both limits are then null. */
  readonly isBreached: boolean;
  /** Highest price below today's at which the health factor is below the target. */
  readonly falling: bigint | null;
  /** Lowest price above today's at which it is. */
  readonly rising: bigint | null;
  /** False when a search ended at its largest number of steps: its limit is then unknown and not "cannot". */
  readonly isComplete: boolean;
};

/** The account as a function of the worth of one asset, supplied (as collateral) and owed, base units. */
type Health = {
  readonly worth: (price: bigint) => bigint;
  readonly owed: (price: bigint) => bigint;
  /** The health factor is below the target. */
  readonly isBelow: (worth: bigint, owed: bigint) => boolean;
  /** It would be, if the average threshold lost a whole basis point: monotone in both, and true wherever `isBelow` is. */
  readonly mayBeBelow: (worth: bigint, owed: bigint) => boolean;
  /** The same on the straight lines that the steps of worth and debt keep within: linear in the price, and true wherever the others are. */
  readonly isPossible: (price: bigint) => boolean;
  /** Average threshold, cut; constant where it is not cut. */
  readonly level: (worth: bigint) => bigint;
};

/**
 * Limits of the price of line `asset`.
 *
 * @param targetWad health factor looked for: 10^18 for liquidation, 0.95 × 10^18 for the whole debt at one time
 */
export function priceLimits(lines: readonly PoolLine[], asset: number, { revision, targetWad = WAD }: Target): PriceLimits {
  const health = healthOf(lines, asset, revision, targetWad);
  const today = lines[asset]!.priceBase;
  if (health.isBelow(health.worth(today), health.owed(today))) return { isBreached: true, falling: null, rising: null, isComplete: true };
  const falling = today > 1n ? nearestBelow(health, today - 1n, 1n) : null;
  const rising = today < HIGHEST_PRICE_BASE ? nearestBelow(health, today + 1n, HIGHEST_PRICE_BASE) : null;
  return {
    isBreached: false,
    falling: falling ?? null,
    rising: rising ?? null,
    isComplete: falling !== undefined && rising !== undefined,
  };
}

/** Revision of the pool and health factor looked for. */
export type Target = { readonly revision: PoolRevision; readonly targetWad?: bigint };

function healthOf(lines: readonly PoolLine[], asset: number, revision: PoolRevision, targetWad: bigint): Health {
  const others = poolTotals(lines.filter((_, k) => k !== asset).map((line) => balanceOf(line, revision)));
  const own = lines[asset]!;
  const amount = own.isCollateral ? supplyAmount(own.scaledSupply, own.supplyIndexRay, revision) : 0n;
  const debt = debtAmount(own.scaledDebt, own.debtIndexRay, revision);
  const totals = (worth: bigint, owed: bigint): { collateralBase: bigint; debtBase: bigint; thresholdBaseBps: bigint } => ({
    collateralBase: others.collateralBase + worth,
    debtBase: others.debtBase + owed,
    thresholdBaseBps: others.thresholdBaseBps + worth * own.thresholdBps,
  });
  const isBelow = (worth: bigint, owed: bigint): boolean => {
    const health = poolHealthWad(totals(worth, owed), revision);
    return health !== null && health < targetWad;
  };
  return {
    worth: (price) => supplyBase(amount, price, own.decimals),
    owed: (price) => debtBase(debt, price, { decimals: own.decimals, revision }),
    isBelow,
    mayBeBelow: revision.isHealthFromSum
      ? isBelow
      : (worth, owed) => {
          const sums = totals(worth, owed);
          const least = sums.thresholdBaseBps - sums.collateralBase;
          return sums.debtBase > 0n && wadDiv(least > 0n ? least / FULL_BPS : 0n, sums.debtBase) < targetWad;
        },
    isPossible: (price) => {
      // One base unit for each step of a worth and, where the average is cut, a basis point of all collateral and one unit of the product.
      const cut = revision.isHealthFromSum ? 0n : 1n;
      const unit = 10n ** BigInt(own.decimals);
      const most = (others.debtBase + 1n) * unit + debt * price;
      const least =
        (others.thresholdBaseBps - cut * (others.collateralBase + FULL_BPS)) * unit + (own.thresholdBps - cut) * (amount * price - unit);
      return least * WAD < targetWad * FULL_BPS * most;
    },
    level: (worth) => {
      const sums = totals(worth, 0n);
      return revision.isHealthFromSum || sums.collateralBase === 0n ? 0n : sums.thresholdBaseBps / sums.collateralBase;
    },
  };
}

/**
 * Nearest price from `start` towards `end` where the health is below the target; null if there is none, undefined if the steps ran out.
 * Between two cuts of the average threshold the health is monotone in the worth, so each such piece is searched on its own, and only
 * where the cut can make a difference.
 */
function nearestBelow(health: Health, start: bigint, end: bigint): bigint | null | undefined {
  const budget = { left: MAX_STEPS };
  const step = end < start ? -1n : 1n;
  let price = start;
  while (budget.left > 0) {
    const possible = firstWhere(health, { start: price, end, holds: health.mayBeBelow }, budget);
    if (possible === null || possible === undefined) return possible;
    const level = health.level(health.worth(possible));
    const differs = (at: bigint): boolean => health.level(health.worth(at)) !== level;
    const next = bisect(possible, end, differs);
    const last = next === null ? end : next - step;
    const found = firstWhere(health, { start: possible, end: last, holds: health.isBelow }, budget);
    if (found !== null) return found;
    if (last === end) return null;
    price = last + step;
    budget.left -= STEPS_PER_PIECE;
  }
  return undefined;
}

type Search = { readonly start: bigint; readonly end: bigint; readonly holds: Health['isBelow'] };

/**
 * First price where a condition holds that is monotone in worth and in debt, though not in the price, which moves both. The side that
 * works against the condition is held where it is, the first price found that way is a bound, and the search goes on from there.
 */
function firstWhere(health: Health, { start, end, holds }: Search, budget: { left: number }): bigint | null | undefined {
  let from = start;
  for (; budget.left > 0; budget.left -= 1) {
    const price = bisect(from, end, health.isPossible);
    if (price === null) return null;
    const worth = health.worth(price);
    const owed = health.owed(price);
    const bound = bisect(price, end, end < start ? (at) => holds(health.worth(at), owed) : (at) => holds(worth, health.owed(at)));
    if (bound === null || bound === price) return bound;
    from = bound;
  }
  return undefined;
}

/** First price from `start` towards `end` where a condition holds that, once it does, holds up to the end; null if it never does. */
function bisect(start: bigint, end: bigint, holds: (price: bigint) => boolean): bigint | null {
  if (holds(start)) return start;
  if (!holds(end)) return null;
  const sign = end < start ? -1n : 1n;
  const distance = (end - start) * sign;
  let without = 0n;
  let found = 1n;
  while (found < distance && !holds(start + sign * found)) {
    without = found;
    found *= 2n;
  }
  if (found > distance) found = distance;
  while (found - without > 1n) {
    const middle = (without + found) / 2n;
    if (holds(start + sign * middle)) found = middle;
    else without = middle;
  }
  return start + sign * found;
}

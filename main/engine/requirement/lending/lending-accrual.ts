/*
 * Interest of a lending account between now and later, at the rates of now: a debt compounds, collateral that is lent out
 * earns simple interest until its index is touched. interest-exact.ts has the contracts' integers.
 */
import { findRoot } from '../../math/roots.ts';
import { linearInterestFactor } from './lending-pool.ts';

/** Seconds in the pools' year of 365 days. */
export const SECONDS_PER_YEAR = 31_536_000;

/** A search for a liquidation by interest ends after this many years. */
const MOST_YEARS = 100;

/**
 * Growth of a debt at a rate compounded by the second, as the pools compute it: 1 + x + x²/2 + x³/6 with x = rate × years, the
 * Taylor polynomial of eˣ (below it by about x⁴/24).
 *
 * @param ratePerYear >= 0
 * @param seconds >= 0
 */
export function compoundedInterestFactor(ratePerYear: number, seconds: number): number {
  const x = (ratePerYear * seconds) / SECONDS_PER_YEAR;
  return 1 + x * (1 + (x / 2) * (1 + x / 3));
}

/** Collateral and debts of one account, one entry per position, with what each earns or costs per year. */
export type AccruingAccount = {
  /** Collateral × liquidation threshold, USD. */
  readonly thresholdValueUsd: Float64Array;
  readonly supplyRatePerYear: Float64Array;
  readonly debtUsd: Float64Array;
  readonly borrowRatePerYear: Float64Array;
};

/** Excess of the account after some seconds at unchanged prices and rates, USD: Σ collateral × threshold × growth − Σ debt × growth. */
export function excessAfterInterest(account: AccruingAccount, seconds: number): number {
  const { thresholdValueUsd, supplyRatePerYear, debtUsd, borrowRatePerYear } = account;
  let excess = 0;
  for (let i = 0; i < thresholdValueUsd.length; i += 1) {
    excess += thresholdValueUsd[i]! * linearInterestFactor(supplyRatePerYear[i]!, seconds / SECONDS_PER_YEAR);
  }
  for (let i = 0; i < debtUsd.length; i += 1) excess -= debtUsd[i]! * compoundedInterestFactor(borrowRatePerYear[i]!, seconds);
  return excess;
}

/**
 * Whole seconds after which interest alone liquidates the account, prices and rates unchanged. The excess is concave in time
 * (debts compound, collateral does not), so that it crosses zero once at most.
 *
 * @returns 0 where it is below its requirement already, Infinity where interest does not reach it within a hundred years
 */
export function secondsToLiquidation(account: AccruingAccount): number {
  const excess = (seconds: number): number => excessAfterInterest(account, seconds);
  if (!(excess(0) >= 0)) return 0;
  const end = MOST_YEARS * SECONDS_PER_YEAR;
  if (!(excess(end) < 0)) return Infinity;
  return Math.ceil(findRoot(excess, 0, end, { absolute: 0.5 }).root);
}

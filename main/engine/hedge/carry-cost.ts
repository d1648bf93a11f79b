import type { PackedBook } from '../packed/packed-book.ts';
import { stateVolatility, UNIT_VALUE, UNIT_VALUES, valueUnit } from '../packed/position-value.ts';

/** Fundings a day of a perpetual; rates are per eight hours. */
const FUNDINGS_PER_DAY = 3;
const DAYS_PER_YEAR = 365;

/**
 * Funding that a change of a perpetual by `sign` is expected to pay over some days, as a share of its notional, >= 0. A rate falls back: of the
 * rate now only a part is left on average over the days. Whoever is long pays it, and the usual rate besides where that is more; a rate that
 * would be received is not counted, and the usual one not against a rate that is paid.
 *
 * @param rate of the last eight hours; null = not recorded, the usual one then
 * @param usual rate of eight hours in the long run, >= 0
 * @param persistence part of a rate that is left on average over the days, 0 … 1
 */
export function fundingCost(
  rate: number | null,
  sign: 1 | -1,
  days: number,
  { usual, persistence }: { readonly usual: number; readonly persistence: number },
): number {
  const now = rate ?? usual;
  const expected = Math.max(sign * persistence * now, sign * (usual + persistence * (now - usual)));
  return Math.max(0, expected) * FUNDINGS_PER_DAY * days;
}

/**
 * What a change of a dated future by `sign` loses as its price comes to that of the underlying, as a share of its notional, >= 0; nothing is
 * counted where it gains.
 *
 * @param ratio future / underlying now, > 0
 * @param years to its expiry
 */
export function basisCost(ratio: number, years: number, sign: 1 | -1, days: number): number {
  const part = years > 0 ? Math.min(1, days / DAYS_PER_YEAR / years) : 1;
  return Math.max(0, sign * (1 - 1 / ratio)) * part;
}

/**
 * What a change of an option by `sign` is expected to lose over some days, USD per unit, >= 0: its time decay at unchanged prices, less what it
 * earns by moving if the underlying moves as on the days of the loss distribution. Decay and that gain are in the proportion of the implied and
 * the real variance, as in Black and Scholes' equation without rates: decay × (1 − σ²/σ_implied²). Nothing is counted where it gains.
 *
 * @param volatility of the underlying over the days of the distribution, a year
 */
export function decayCost(packed: PackedBook, row: number, sign: 1 | -1, days: number, volatility: number): number {
  const { positions, initial } = packed;
  const unit = new Float64Array(UNIT_VALUES);
  valueUnit(packed, row, initial, unit);
  const nowUsd = unit[UNIT_VALUE.valueUsd]!;
  const years = positions.years.slice();
  years[row] = Math.max(LEAST_YEARS, years[row]! - days / DAYS_PER_YEAR);
  valueUnit({ ...packed, positions: { ...positions, years } }, row, initial, unit);
  const decayUsd = nowUsd - unit[UNIT_VALUE.valueUsd]!;
  const implied = stateVolatility(packed, row, initial);
  const earned = implied > 0 ? (volatility / implied) ** 2 : 0;
  return Math.max(0, sign * decayUsd * (1 - earned));
}

/** An option that expires before is worth what it pays. */
const LEAST_YEARS = 1e-9;

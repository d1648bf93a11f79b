import { POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';

const DAYS_PER_YEAR = 365;
/** An option that expires on the way is held at an hour before its expiry, where it is worth little more than what it pays. */
export const LEAST_YEARS = 1 / (24 * DAYS_PER_YEAR);

/**
 * The book when some time has passed and nothing else: options nearer to their expiry, debts grown by their interest. Forwards keep their
 * ratio to the spot price; collateral earns nothing.
 *
 * @param debtRatePerYear by position; 0 for what is not a debt
 */
export function agedBook(packed: PackedBook, days: number, debtRatePerYear: Float64Array): PackedBook {
  if (days === 0) return packed;
  const { positions } = packed;
  const passed = days / DAYS_PER_YEAR;
  const years = positions.years.map((each) => (each > 0 ? Math.max(Math.min(each, LEAST_YEARS), each - passed) : each));
  const quantity = positions.quantity.map((each, p) =>
    positions.kind[p] === POSITION_KIND.debt ? each * (1 + debtRatePerYear[p]! * passed) : each,
  );
  return { ...packed, positions: { ...positions, years, quantity } };
}

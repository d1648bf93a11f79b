import type { PackedBook } from '../../packed/packed-book.ts';

/**
 * Who sold what in the running round. A cause is an own account, or the crowd of a venue, which counts twice: those who were below
 * their requirement at the shock, and those whom later moves pushed below it.
 */
export type SaleLedger = {
  readonly causes: number;
  round: number;
  /** Units handed to the market, cause × asset × target (the drivers, then dollars), row-major; buying back is negative. */
  readonly entered: Float64Array;
  /** Debt that nobody will pay, in units of the loan asset, cause × isolated market. */
  readonly badDebt: Float64Array;
};

/** Venues that own accounts or borrowers are at: one more than the largest index. */
export function venueCount({ lending, accounts }: PackedBook): number {
  let largest = -1;
  for (const venue of lending.venue) largest = Math.max(largest, venue);
  for (const venue of accounts.venue) largest = Math.max(largest, venue);
  return largest + 1;
}

/** An empty ledger of a book. */
export function makeSaleLedger(packed: PackedBook): SaleLedger {
  const causes = packed.accounts.count + 2 * venueCount(packed);
  return {
    causes,
    round: 0,
    entered: new Float64Array(causes * packed.assets.count * (packed.drivers.length + 1)),
    badDebt: new Float64Array(causes * packed.lending.marketCount),
  };
}

/** Opens a round: what was noted before is forgotten. */
export function openLedger(ledger: SaleLedger, round: number): void {
  ledger.round = round;
  ledger.entered.fill(0);
  ledger.badDebt.fill(0);
}

/** Cause of a borrower's sales in the running round; `firstRound` is the round in which it first fell, 0 = it falls in this one. */
export function causeOfBorrower(packed: PackedBook, ledger: SaleLedger, borrower: number, firstRound: number): number {
  const account = packed.lending.account[borrower]!;
  if (account >= 0) return account;
  const isLater = (firstRound === 0 ? ledger.round : firstRound) > 1;
  return packed.accounts.count + 2 * packed.lending.venue[borrower]! + (isLater ? 1 : 0);
}

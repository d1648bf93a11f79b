import type { MarketState, PackedBook } from '../../packed/packed-book.ts';

/**
 * Who sold what in the running round. A cause is an own account, or the crowd of a venue, which counts twice: those who were below
 * their requirement at the shock, and those whom later moves pushed below it.
 */
export type SaleLedger = {
  readonly causes: number;
  /** By borrower: 1 where the shock alone, before any sale, brings it below its requirement. */
  readonly isBelowAtShock: Uint8Array;
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

/** An empty ledger of a book after a shock. */
export function makeSaleLedger(packed: PackedBook, shocked: MarketState): SaleLedger {
  const causes = packed.accounts.count + 2 * venueCount(packed);
  return {
    causes,
    isBelowAtShock: Uint8Array.from({ length: packed.lending.count }, (_, borrower) =>
      isBelow(packed, borrower, shocked.priceUsd) ? 1 : 0,
    ),
    entered: new Float64Array(causes * packed.assets.count * (packed.drivers.length + 1)),
    badDebt: new Float64Array(causes * packed.lending.marketCount),
  };
}

/** Σ collateral × threshold below the debt, at the quantities the borrower is packed with. */
function isBelow({ lending }: PackedBook, borrower: number, priceUsd: Float64Array): boolean {
  let weighted = 0;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    weighted += lending.collateralQuantity[row]! * priceUsd[lending.collateralAsset[row]!]! * lending.collateralThreshold[row]!;
  }
  let debt = 0;
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    debt += lending.debtQuantity[row]! * priceUsd[lending.debtAsset[row]!]!;
  }
  return weighted < debt;
}

/** Opens a round: what was noted before is forgotten. */
export function openLedger(ledger: SaleLedger): void {
  ledger.entered.fill(0);
  ledger.badDebt.fill(0);
}

/** Cause of a borrower's sales. */
export function causeOfBorrower(packed: PackedBook, ledger: SaleLedger, borrower: number): number {
  const account = packed.lending.account[borrower]!;
  if (account >= 0) return account;
  return packed.accounts.count + 2 * packed.lending.venue[borrower]! + (ledger.isBelowAtShock[borrower] === 1 ? 0 : 1);
}

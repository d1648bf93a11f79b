import type { PackedLending } from '../../packed/packed-book.ts';
import type { LadderTerms } from './ladder.ts';

/** The columns of a borrower that decide how it is closed. */
export const BORROWER_RULES = [
  'venue',
  'market',
  'closeFactorFraction',
  'fullLiquidationHealthFactor',
  'smallPositionUsd',
  'smallestLeftoverUsd',
  'closesWhole',
  'auctionType',
] as const;

/** Numbers for the distinct rules of borrowers, terms of collaterals and kinds of debts, given as they are met. */
export type TermTables = {
  readonly rules: (borrower: number) => number;
  readonly collateral: (row: number) => number;
  readonly debt: (row: number) => number;
  /** What was met, by number. */
  readonly terms: () => LadderTerms;
};

/** Empty tables over a packed book's lending. */
export function makeTermTables(lending: PackedLending): TermTables {
  const rules = makeRowTable((borrower) => [
    lending.venue[borrower]!,
    lending.market[borrower]!,
    lending.closeFactorFraction[borrower]!,
    lending.fullLiquidationHealthFactor[borrower]!,
    lending.smallPositionUsd[borrower]!,
    lending.smallestLeftoverUsd[borrower]!,
    lending.closesWhole[borrower] === 0 && lending.auctionType[borrower]! < 0 ? 1 : 0,
  ]);
  const collateral = makeRowTable((row) => [
    lending.collateralAsset[row]!,
    lending.collateralThreshold[row]!,
    lending.collateralBonus[row]!,
  ]);
  const debt = makeRowTable((row) => [lending.debtAsset[row]!, lending.debtTarget[row]!]);
  return {
    rules: rules.numberOf,
    collateral: collateral.numberOf,
    debt: debt.numberOf,
    terms: () => ({
      venue: Int32Array.from(rules.column(0)),
      market: Int32Array.from(rules.column(1)),
      closeFactorFraction: Float64Array.from(rules.column(2)),
      fullLiquidationHealthFactor: Float64Array.from(rules.column(3)),
      smallPositionUsd: Float64Array.from(rules.column(4)),
      smallestLeftoverUsd: Float64Array.from(rules.column(5)),
      isPlain: Uint8Array.from(rules.column(6)),
      collateralAsset: Int32Array.from(collateral.column(0)),
      collateralThreshold: Float64Array.from(collateral.column(1)),
      collateralBonus: Float64Array.from(collateral.column(2)),
      debtAsset: Int32Array.from(debt.column(0)),
      debtTarget: Int32Array.from(debt.column(1)),
    }),
  };
}

type RowTable = { readonly numberOf: (source: number) => number; readonly column: (at: number) => readonly number[] };

/** Distinct rows of numbers. What was met last is tried first under the same leading number: most borrowers and rows repeat it. */
function makeRowTable(rowOf: (source: number) => readonly number[]): RowTable {
  const rows: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const lastOf = new Map<number, number>();
  return {
    numberOf: (source) => {
      const row = rowOf(source);
      const last = lastOf.get(row[0]!);
      if (last !== undefined && row.every((value, i) => value === rows[last]![i])) return last;
      const key = row.join(' ');
      let number = known.get(key);
      if (number === undefined) {
        number = rows.push(row) - 1;
        known.set(key, number);
      }
      lastOf.set(row[0]!, number);
      return number;
    },
    column: (at) => rows.map((row) => row[at]!),
  };
}

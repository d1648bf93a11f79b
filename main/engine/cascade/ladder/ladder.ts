import type { PackedLending } from '../../packed/packed-book.ts';

/** Collateral below this many units counts as none. */
export const EMPTY_COLLATERAL = 1e-12;

/**
 * The crowd sorted by how far each borrower is from falling, so that a cascade looks only at those it can reach. From the packed market on, the health
 * of anybody is at least its first health × (least price ratio among its collaterals) / (largest among its debts). Borrowers with as many collaterals and
 * debts as each other and the same first collateral form a stretch, sorted by health: one line for all of them. What is needed to judge and to close a
 * borrower lies together in its record, and the records lie in this order, so that a cascade reads memory from front to back. The order of the
 * crowd in the book does not matter: borrowers are sorted by what they are. Borrowers, rows of collateral and rows of debt are counted from the first
 * of the crowd, so that own accounts do not matter either.
 */
export type Ladder = LadderTerms & {
  /** The prices and balances it was built from; it holds for no others. */
  readonly priceUsd: Float64Array;
  readonly lending: PackedLending;
  /** Borrowers stretch by stretch, by rising health; ln of that health by place. */
  readonly order: Int32Array;
  readonly logHealth: Float64Array;
  /** Place of each borrower of the crowd; −1 for one who cannot fall. */
  readonly placeOf: Int32Array;
  readonly records: Records;
  /** Where the record of each place begins, in words, and where the last one ends. */
  readonly recordAt: Int32Array;
  /** The row of the crowd that a balance in `records` comes from, by its word. */
  readonly rowOf: Int32Array;
  /** First place of each stretch, and where the last one ends. */
  readonly stretchStart: Int32Array;
  /** Assets with a price: those pledged and those owed in each stretch, and all of them. */
  readonly pledgedStart: Int32Array;
  readonly pledgedAsset: Int32Array;
  readonly owedStart: Int32Array;
  readonly owedAsset: Int32Array;
  readonly pricedAssets: Int32Array;
  /** Borrowers who owe and have nothing: they cannot be liquidated, and their debt is bad from the start. */
  readonly withoutCollateral: Int32Array;
};

/**
 * Borrowers one behind the other in words of eight bytes, seen as two whole numbers or as one balance:
 *
 *     rules, shape | terms of each collateral, kind of each debt, two to a word | units of each collateral | units of each debt
 *
 * with collateral and debt ascending by asset. The shape is how many collaterals there are + how many debts × 2^16.
 */
export type Records = { readonly ints: Int32Array; readonly words: Float64Array };

/** What records point at: each distinct set of a venue's rules for a borrower, terms of a collateral and kind of a debt, once. */
export type LadderTerms = {
  readonly venue: Int32Array;
  readonly market: Int32Array;
  readonly closeFactorFraction: Float64Array;
  readonly fullLiquidationHealthFactor: Float64Array;
  readonly smallPositionUsd: Float64Array;
  readonly smallestLeftoverUsd: Float64Array;
  /** 1 where nothing but these rules closes a borrower: neither auctions nor a protocol that takes over everything. */
  readonly isPlain: Uint8Array;
  readonly collateralAsset: Int32Array;
  readonly collateralThreshold: Float64Array;
  readonly collateralBonus: Float64Array;
  readonly debtAsset: Int32Array;
  /** As PackedLending.debtTarget. */
  readonly debtTarget: Int32Array;
};

/** Records with room for a number of words. */
export function makeRecords(words: number): Records {
  const memory = new ArrayBuffer(8 * words);
  return { ints: new Int32Array(memory), words: new Float64Array(memory) };
}

/** How many collaterals a shape has. */
export function holdsOf(shape: number): number {
  return shape & 0xffff;
}

/** How many debts a shape has. */
export function owesOf(shape: number): number {
  return shape >>> 16;
}

/** Words before the balances of a record. */
export function headOf(shape: number): number {
  return 1 + ((holdsOf(shape) + owesOf(shape) + 1) >> 1);
}

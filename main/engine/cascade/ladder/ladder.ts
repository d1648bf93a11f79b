import type { PackedLending } from '../../packed/packed-book.ts';

/** Collateral below this many units counts as none. */
export const EMPTY_COLLATERAL = 1e-12;

/**
 * The crowd sorted by how far each borrower is from falling, so that a cascade looks only at those it can reach. Borrowers with the same rules, and
 * the same rows of collateral and debt but for the quantities, form a group. From the packed market on, the health of a member is at least its
 * first health × (least price ratio among its collaterals) / (largest among its debts), which is one number for the whole group. The balances lie
 * in the same order, so that whoever falls together lies together. The order of the crowd in the book does not matter: groups and members are sorted
 * by what they are. Borrowers, rows of collateral and rows of debt are counted from the first of the crowd, so that own accounts do not matter either.
 */
export type Ladder = LadderGroups & {
  /** The prices and balances it was built from; it holds for no others. */
  readonly priceUsd: Float64Array;
  readonly lending: PackedLending;
  /** Borrowers group by group, by rising health; ln of that health by place. Group g holds places groupStart[g] … groupStart[g + 1] − 1. */
  readonly order: Int32Array;
  /** Place of each borrower of the crowd; −1 for one who cannot fall. */
  readonly placeOf: Int32Array;
  readonly logHealth: Float64Array;
  readonly groupOf: Int32Array;
  readonly groupStart: Int32Array;
  /** Units at the packed market member by member, and the row of the crowd they come from. */
  readonly held: Float64Array;
  readonly heldRow: Int32Array;
  readonly owed: Float64Array;
  readonly owedRow: Int32Array;
  /**
   * Where a group lies, by `SPAN`: its first place, its first balance in `held` and how many each member has, the same in `owed`, and its first row
   * of collateral and of debt.
   */
  readonly span: Int32Array;
  /** Priced assets of any group: what moves the crowd. */
  readonly assets: Int32Array;
  /** Borrowers who owe and have nothing: they cannot be liquidated, and their debt is bad from the start. */
  readonly withoutCollateral: Int32Array;
};

/** Numbers of `Ladder.span` by group, together so that a look at a group costs one read of memory. */
export const SPAN = { place: 0, held: 1, holds: 2, owed: 3, owes: 4, collateral: 5, debt: 6 } as const;
export const SPAN_WIDTH = 8;

/** What the members of a group have in common: rules by group, then rows of collateral and of debt, ascending by asset. */
export type LadderGroups = {
  readonly groups: number;
  readonly venue: Int32Array;
  readonly market: Int32Array;
  readonly closeFactorFraction: Float64Array;
  readonly fullLiquidationHealthFactor: Float64Array;
  readonly smallPositionUsd: Float64Array;
  readonly smallestLeftoverUsd: Float64Array;
  /** 1 where nothing but these rules closes a member: neither auctions nor a protocol that takes over everything. */
  readonly isPlain: Uint8Array;
  readonly collateralStart: Int32Array;
  readonly collateralAsset: Int32Array;
  readonly collateralThreshold: Float64Array;
  readonly collateralBonus: Float64Array;
  readonly debtStart: Int32Array;
  readonly debtAsset: Int32Array;
  /** As PackedLending.debtTarget. */
  readonly debtTarget: Int32Array;
};

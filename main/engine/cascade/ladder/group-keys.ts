import type { PackedLending } from '../../packed/packed-book.ts';

/** Most nodes of a tree of keys: a node and a step fit one exact number together. */
const MOST_NODES = 2 ** 26;

/**
 * Numbers for sequences of numbers: equal sequences get the same one. A tree whose branches are kept in one table, because a crowd asks for some
 * hundred thousand of them and a text for each would cost more than everything else.
 */
export type KeyTree = { readonly branches: Map<number, number>; readonly numbers: Map<number, number> };

/** A tree without keys. */
export function makeKeyTree(): KeyTree {
  return { branches: new Map(), numbers: new Map() };
}

/** The number of the sequence `key` (0 = the empty one) with one more number, of any kind, at its end. */
export function extendKey(tree: KeyTree, key: number, value: number): number {
  let id = tree.numbers.get(value);
  if (id === undefined) {
    id = tree.numbers.size;
    tree.numbers.set(value, id);
  }
  return extendKeyBy(tree, key, id);
}

/** The number of the sequence `key` with one more at its end that is itself a whole number below 2^26. */
export function extendKeyBy(tree: KeyTree, key: number, id: number): number {
  const branch = key * MOST_NODES + id;
  const known = tree.branches.get(branch);
  if (known !== undefined) return known;
  const made = tree.branches.size + 1;
  tree.branches.set(branch, made);
  return made;
}

/** What a group has in common, as one row of numbers: 7 rules, the rows of collateral by 3, then the rows of debt by 2. */
export type Signature = { readonly rules: readonly number[]; readonly collateral: readonly number[]; readonly debt: readonly number[] };

/** The signature of a borrower whose rows are given in order. */
export function signatureOf(
  lending: PackedLending,
  rules: readonly number[],
  rows: { collateral: Int32Array; debt: Int32Array },
): Signature {
  return {
    rules,
    collateral: Array.from(rows.collateral).flatMap((row) => [
      lending.collateralAsset[row]!,
      lending.collateralThreshold[row]!,
      lending.collateralBonus[row]!,
    ]),
    debt: Array.from(rows.debt).flatMap((row) => [lending.debtAsset[row]!, lending.debtTarget[row]!]),
  };
}

/** Debt and collateral below these count as dust, whose worth may reach nothing. */
const DUST_USD = 1e-6;
const DUST_UNITS = 1e-9;

/**
 * Venue, market, close factor, full liquidation line, small position, leftover, and 1 where nothing else closes it: no auction, no protocol that
 * takes over everything, and no dust, so that whoever is below the requirement owes and holds something while prices are within a factor of a hundred.
 */
export function rulesOf(lending: PackedLending, borrower: number, size: { readonly units: number; readonly debtUsd: number }): number[] {
  const isDust = !(size.units > DUST_UNITS && size.debtUsd > DUST_USD);
  return [
    lending.venue[borrower]!,
    lending.market[borrower]!,
    lending.closeFactorFraction[borrower]!,
    lending.fullLiquidationHealthFactor[borrower]!,
    lending.smallPositionUsd[borrower]!,
    lending.smallestLeftoverUsd[borrower]!,
    lending.closesWhole[borrower] === 0 && lending.auctionType[borrower]! < 0 && !isDust ? 1 : 0,
  ];
}

/** Order of two signatures, by their numbers. */
export function compareSignatures(left: Signature, right: Signature): number {
  return (
    compareNumbers(left.collateral, right.collateral) || compareNumbers(left.debt, right.debt) || compareNumbers(left.rules, right.rules)
  );
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) return left.length - right.length;
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return left[i]! - right[i]!;
  return 0;
}

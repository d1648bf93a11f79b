import type { PackedBook, PackedLending } from '../../packed/packed-book.ts';
import { buildLadder } from './build-ladder.ts';
import type { Ladder } from './ladder.ts';
import { BORROWER_RULES } from './term-tables.ts';

const ladders = new WeakMap<PackedLending, Ladder>();
let latest: Ladder | null = null;

/**
 * The ladder of a packed book's crowd, built when first asked for and then shared by every cascade over the book. A book that differs from the
 * last one in its own accounts alone has the same ladder: to see that costs one pass over the crowd's columns.
 */
export function ladderOf(packed: PackedBook): Ladder {
  const { lending, initial } = packed;
  const known = ladders.get(lending);
  if (known !== undefined && known.priceUsd === initial.priceUsd) return known;
  const isSame = latest !== null && isSameColumn(latest.priceUsd, initial.priceUsd) && isSameCrowd(latest.lending, lending);
  const ladder = latest !== null && isSame ? { ...latest, lending, priceUsd: initial.priceUsd } : buildLadder(packed);
  ladders.set(lending, ladder);
  latest = ladder;
  return ladder;
}

/** Whether two crowds hold, owe and obey the same, borrower by borrower. */
function isSameCrowd(left: PackedLending, right: PackedLending): boolean {
  const columns = (lending: PackedLending): Column[] => {
    const { ownCount, collateralStart, debtStart } = lending;
    const firstCollateral = collateralStart[ownCount]!;
    const firstDebt = debtStart[ownCount]!;
    return [
      ...BORROWER_RULES.map((rule) => lending[rule].subarray(ownCount)),
      collateralStart.subarray(ownCount).map((start) => start - firstCollateral),
      lending.collateralAsset.subarray(firstCollateral),
      lending.collateralQuantity.subarray(firstCollateral),
      lending.collateralThreshold.subarray(firstCollateral),
      lending.collateralBonus.subarray(firstCollateral),
      debtStart.subarray(ownCount).map((start) => start - firstDebt),
      lending.debtAsset.subarray(firstDebt),
      lending.debtQuantity.subarray(firstDebt),
      lending.debtTarget.subarray(firstDebt),
    ];
  };
  const others = columns(right);
  return columns(left).every((column, i) => isSameColumn(column, others[i]!));
}

type Column = Float64Array | Int32Array | Uint8Array;

/** Element by element, a missing number like another. */
function isSameColumn(left: Column, right: Column): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i += 1) if (!Object.is(left[i], right[i])) return false;
  return true;
}

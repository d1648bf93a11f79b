import type { PackedBook, PackedLending } from '../../packed/packed-book.ts';

/** Collateral below this many units counts as none. */
export const EMPTY_COLLATERAL = 1e-12;

/**
 * The crowd sorted by how far each borrower is from falling, so that a cascade looks only at those it can reach. Borrowers with
 * the same collateral and debt assets form a group. From the packed market on, the health of a member is at least its first
 * health × (least price ratio among its collaterals) / (largest among its debts), which is one number for the whole group.
 */
export type Ladder = {
  /** The prices and balances it was built from; it holds for no others. */
  readonly priceUsd: Float64Array;
  readonly lending: PackedLending;
  readonly groups: number;
  /** Borrowers group by group, by rising health; ln of that health by place. Group g holds places groupStart[g] … groupStart[g + 1] − 1. */
  readonly order: Int32Array;
  readonly logHealth: Float64Array;
  readonly groupStart: Int32Array;
  /** Priced assets of each group: rows of collateral and of debt. */
  readonly collateralStart: Int32Array;
  readonly collateralAsset: Int32Array;
  readonly debtStart: Int32Array;
  readonly debtAsset: Int32Array;
  /** Assets of any group: what moves the crowd. */
  readonly assets: Int32Array;
  /** Borrowers who owe and have nothing: they cannot be liquidated, and their debt is bad from the start. */
  readonly withoutCollateral: Int32Array;
};

const ladders = new WeakMap<PackedLending, Ladder>();

/** The ladder of a packed book's crowd, built when first asked for: O(rows + n log n), then shared by every cascade over the book. */
export function ladderOf(packed: PackedBook): Ladder {
  const known = ladders.get(packed.lending);
  if (known !== undefined && known.priceUsd === packed.initial.priceUsd) return known;
  const built = buildLadder(packed);
  ladders.set(packed.lending, built);
  return built;
}

/** Sorts the crowd of a packed book. Depends on balances, thresholds and prices at the snapshot only. */
export function buildLadder({ lending, initial }: PackedBook): Ladder {
  const { priceUsd } = initial;
  const members = new Map<string, Group>();
  const withoutCollateral: number[] = [];
  for (let borrower = lending.ownCount; borrower < lending.count; borrower += 1) {
    const units = sumOf(lending.collateralQuantity, lending.collateralStart[borrower]!, lending.collateralStart[borrower + 1]!);
    if (units <= EMPTY_COLLATERAL) {
      withoutCollateral.push(borrower);
      continue;
    }
    const logHealth = logHealthOf(lending, priceUsd, borrower);
    if (logHealth === Infinity) continue;
    const collateral = pricedAssets(lending.collateralAsset, lending.collateralStart, borrower, priceUsd);
    const debt = pricedAssets(lending.debtAsset, lending.debtStart, borrower, priceUsd);
    const key = `${collateral.join()}|${debt.join()}`;
    const group = members.get(key);
    if (group === undefined) members.set(key, { collateral, debt, rows: [{ borrower, logHealth }] });
    else group.rows.push({ borrower, logHealth });
  }
  return packLadder([...members.values()], { priceUsd, lending, withoutCollateral: Int32Array.from(withoutCollateral) });
}

type Group = { readonly collateral: number[]; readonly debt: number[]; readonly rows: { borrower: number; logHealth: number }[] };

function packLadder(groups: readonly Group[], base: Pick<Ladder, 'priceUsd' | 'lending' | 'withoutCollateral'>): Ladder {
  for (const { rows } of groups) rows.sort((left, right) => left.logHealth - right.logHealth || left.borrower - right.borrower);
  const sorted = groups.flatMap(({ rows }) => rows);
  return {
    ...base,
    groups: groups.length,
    order: Int32Array.from(sorted, (row) => row.borrower),
    logHealth: Float64Array.from(sorted, (row) => row.logHealth),
    groupStart: startsOf(groups.map(({ rows }) => rows.length)),
    collateralStart: startsOf(groups.map(({ collateral }) => collateral.length)),
    collateralAsset: Int32Array.from(groups.flatMap(({ collateral }) => collateral)),
    debtStart: startsOf(groups.map(({ debt }) => debt.length)),
    debtAsset: Int32Array.from(groups.flatMap(({ debt }) => debt)),
    assets: Int32Array.from(new Set(groups.flatMap(({ collateral, debt }) => [...collateral, ...debt]))),
  };
}

/** ln(Σ collateral × threshold / debt) at the given prices; Infinity where nothing of worth is owed, −Infinity for worthless collateral. */
function logHealthOf(lending: PackedLending, priceUsd: Float64Array, borrower: number): number {
  let weighted = 0;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    weighted += lending.collateralQuantity[row]! * priceUsd[lending.collateralAsset[row]!]! * lending.collateralThreshold[row]!;
  }
  let debt = 0;
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    debt += lending.debtQuantity[row]! * priceUsd[lending.debtAsset[row]!]!;
  }
  return debt === 0 ? Infinity : Math.log(weighted / debt);
}

/** The assets of a borrower's rows that are worth something, ascending, once each. A price of zero stays zero and moves nothing. */
function pricedAssets(asset: Int32Array, start: Int32Array, borrower: number, priceUsd: Float64Array): number[] {
  const rows = asset.subarray(start[borrower], start[borrower + 1]);
  return [...new Set(rows)].filter((each) => priceUsd[each]! > 0).sort((left, right) => left - right);
}

function sumOf(column: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let row = from; row < to; row += 1) sum += column[row]!;
  return sum;
}

function startsOf(lengths: readonly number[]): Int32Array {
  const start = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i += 1) start[i + 1] = start[i]! + lengths[i]!;
  return start;
}

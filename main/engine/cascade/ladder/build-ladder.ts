import type { PackedBook, PackedLending } from '../../packed/packed-book.ts';
import { EMPTY_COLLATERAL, headOf, holdsOf, makeRecords, owesOf, type Ladder, type LadderTerms } from './ladder.ts';
import { BORROWER_RULES, makeTermTables, type TermTables } from './term-tables.ts';

/** Sorts the crowd of a packed book: O(rows + n log n). Depends on balances, rules and prices at the snapshot only. */
export function buildLadder({ lending, initial }: PackedBook): Ladder {
  const { priceUsd } = initial;
  const { candidates, stretchKey, logHealth, withoutCollateral } = measureCrowd(lending, priceUsd);
  const order = candidates.sort(
    (a, b) => stretchKey[a]! - stretchKey[b]! || logHealth[a]! - logHealth[b]! || compareBorrowers(lending, a, b) || a - b,
  );
  const placeOf = new Int32Array(logHealth.length).fill(-1);
  order.forEach((i, place) => (placeOf[i] = place));
  const stretchStart = [...order.keys()].filter((place) => place === 0 || stretchKey[order[place]!] !== stretchKey[order[place - 1]!]);
  const ladder = {
    ...writeRecords(lending, order),
    priceUsd,
    lending,
    order,
    placeOf,
    logHealth: Float64Array.from(order, (i) => logHealth[i]!),
    stretchStart: Int32Array.of(...stretchStart, order.length),
    withoutCollateral,
  };
  return { ...ladder, ...stretchAssets(ladder) };
}

/** More than there are assets: a shape and an asset fit one exact number. */
const ASSETS = 2 ** 20;

/** By borrower of the crowd: its stretch and ln of its health, −Infinity where a price is missing; who has one; who owes and has nothing. */
type Measured = {
  readonly candidates: Int32Array;
  readonly stretchKey: Float64Array;
  readonly logHealth: Float64Array;
  readonly withoutCollateral: Int32Array;
};

function measureCrowd(lending: PackedLending, priceUsd: Float64Array): Measured {
  const size = lending.count - lending.ownCount;
  const logHealth = new Float64Array(size);
  const stretchKey = new Float64Array(size);
  const candidates = new Int32Array(size);
  const withoutCollateral: number[] = [];
  let count = 0;
  for (let i = 0; i < size; i += 1) {
    const borrower = lending.ownCount + i;
    let units = 0;
    let weightedUsd = 0;
    const rows = collateralRows(lending, borrower);
    for (const row of rows) {
      units += lending.collateralQuantity[row]!;
      weightedUsd += lending.collateralQuantity[row]! * priceUsd[lending.collateralAsset[row]!]! * lending.collateralThreshold[row]!;
    }
    if (units <= EMPTY_COLLATERAL) {
      withoutCollateral.push(i);
      continue;
    }
    let debtUsd = 0;
    for (const row of debtRows(lending, borrower)) debtUsd += lending.debtQuantity[row]! * priceUsd[lending.debtAsset[row]!]!;
    if (debtUsd === 0) continue;
    const value = Math.log(weightedUsd / debtUsd);
    logHealth[i] = Number.isNaN(value) ? -Infinity : value;
    stretchKey[i] = shapeOf(lending, borrower) * ASSETS + lending.collateralAsset[rows[0]!]!;
    candidates[count] = i;
    count += 1;
  }
  return { candidates: candidates.slice(0, count), stretchKey, logHealth, withoutCollateral: Int32Array.from(withoutCollateral) };
}

/** Order of two of equal health by their rules, then by what they hold and owe, so that only twins are in the crowd's order. */
function compareBorrowers(lending: PackedLending, a: number, b: number): number {
  const [left, right] = [lending.ownCount + a, lending.ownCount + b];
  for (const rule of BORROWER_RULES) if (lending[rule][left] !== lending[rule][right]) return lending[rule][left]! - lending[rule][right]!;
  return (
    compareRows(collateralRows(lending, left), collateralRows(lending, right), [
      lending.collateralAsset,
      lending.collateralThreshold,
      lending.collateralBonus,
      lending.collateralQuantity,
    ]) || compareRows(debtRows(lending, left), debtRows(lending, right), [lending.debtAsset, lending.debtTarget, lending.debtQuantity])
  );
}

function compareRows(left: Int32Array, right: Int32Array, columns: readonly (Int32Array | Float64Array)[]): number {
  if (left.length !== right.length) return left.length - right.length;
  for (let i = 0; i < left.length; i += 1) {
    for (const column of columns) if (column[left[i]!] !== column[right[i]!]) return column[left[i]!]! - column[right[i]!]!;
  }
  return 0;
}

/** A borrower's rows of collateral in ascending order of asset, then of terms. */
function collateralRows(
  { collateralStart, collateralAsset, collateralThreshold, collateralBonus }: PackedLending,
  borrower: number,
): Int32Array {
  const rows = rowsBetween(collateralStart[borrower]!, collateralStart[borrower + 1]!);
  if (rows.length < 2) return rows;
  return rows.sort(
    (a, b) =>
      collateralAsset[a]! - collateralAsset[b]! ||
      collateralThreshold[a]! - collateralThreshold[b]! ||
      collateralBonus[a]! - collateralBonus[b]!,
  );
}

/** A borrower's rows of debt in ascending order of asset. */
function debtRows({ debtStart, debtAsset }: PackedLending, borrower: number): Int32Array {
  const rows = rowsBetween(debtStart[borrower]!, debtStart[borrower + 1]!);
  return rows.length < 2 ? rows : rows.sort((a, b) => debtAsset[a]! - debtAsset[b]!);
}

function rowsBetween(from: number, to: number): Int32Array {
  const rows = new Int32Array(to - from);
  for (let i = 0; i < rows.length; i += 1) rows[i] = from + i;
  return rows;
}

type Written = LadderTerms & Pick<Ladder, 'records' | 'recordAt' | 'rowOf'>;

function writeRecords(lending: PackedLending, order: Int32Array): Written {
  const recordAt = new Int32Array(order.length + 1);
  order.forEach((i, place) => {
    const shape = shapeOf(lending, lending.ownCount + i);
    recordAt[place + 1] = recordAt[place]! + headOf(shape) + balancesOf(lending, lending.ownCount + i);
  });
  const records = makeRecords(recordAt[order.length]!);
  const rowOf = new Int32Array(recordAt[order.length]!);
  const tables = makeTermTables(lending);
  order.forEach((i, place) => writeRecord({ records, rowOf, tables }, lending, lending.ownCount + i, recordAt[place]!));
  return { ...tables.terms(), records, recordAt, rowOf };
}

function shapeOf({ collateralStart, debtStart }: PackedLending, borrower: number): number {
  return (debtStart[borrower + 1]! - debtStart[borrower]!) * 65536 + collateralStart[borrower + 1]! - collateralStart[borrower]!;
}

function balancesOf({ collateralStart, debtStart }: PackedLending, borrower: number): number {
  return debtStart[borrower + 1]! - debtStart[borrower]! + collateralStart[borrower + 1]! - collateralStart[borrower]!;
}

type Target = Pick<Ladder, 'records' | 'rowOf'> & { readonly tables: TermTables };

function writeRecord({ records, rowOf, tables }: Target, lending: PackedLending, borrower: number, at: number): void {
  const { ints, words } = records;
  const shape = shapeOf(lending, borrower);
  ints[2 * at] = tables.rules(borrower);
  ints[2 * at + 1] = shape;
  let id = 2 * at + 2;
  let word = at + headOf(shape);
  for (const row of collateralRows(lending, borrower)) {
    ints[id++] = tables.collateral(row);
    rowOf[word] = row - lending.collateralStart[lending.ownCount]!;
    words[word++] = lending.collateralQuantity[row]!;
  }
  for (const row of debtRows(lending, borrower)) {
    ints[id++] = tables.debt(row);
    rowOf[word] = row - lending.debtStart[lending.ownCount]!;
    words[word++] = lending.debtQuantity[row]!;
  }
}

type StretchAssets = Pick<Ladder, 'pledgedStart' | 'pledgedAsset' | 'owedStart' | 'owedAsset' | 'pricedAssets'>;

/** Which priced assets each stretch holds and owes. */
function stretchAssets(ladder: LadderTerms & Pick<Ladder, 'records' | 'recordAt' | 'stretchStart' | 'priceUsd'>): StretchAssets {
  const { records, recordAt, stretchStart, priceUsd } = ladder;
  const pledged: Int32Array[] = [];
  const owed: Int32Array[] = [];
  const assetsOf = (stretch: number, side: 'pledged' | 'owed'): Int32Array => {
    const found = new Set<number>();
    for (let place = stretchStart[stretch]!; place < stretchStart[stretch + 1]!; place += 1) {
      const at = 2 * recordAt[place]!;
      const holds = holdsOf(records.ints[at + 1]!);
      const owes = owesOf(records.ints[at + 1]!);
      if (side === 'pledged') for (let k = 0; k < holds; k += 1) found.add(ladder.collateralAsset[records.ints[at + 2 + k]!]!);
      else for (let k = holds; k < holds + owes; k += 1) found.add(ladder.debtAsset[records.ints[at + 2 + k]!]!);
    }
    return Int32Array.from(found)
      .filter((asset) => priceUsd[asset]! > 0)
      .sort();
  };
  for (let stretch = 0; stretch + 1 < stretchStart.length; stretch += 1) {
    pledged.push(assetsOf(stretch, 'pledged'));
    owed.push(assetsOf(stretch, 'owed'));
  }
  const flat = (lists: readonly Int32Array[]): Int32Array => Int32Array.from(lists.flatMap((list) => [...list]));
  return {
    pledgedStart: startsOf(pledged),
    pledgedAsset: flat(pledged),
    owedStart: startsOf(owed),
    owedAsset: flat(owed),
    pricedAssets: Int32Array.from(new Set(flat([...pledged, ...owed]))).sort(),
  };
}

function startsOf(lists: readonly Int32Array[]): Int32Array {
  const start = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (start[i + 1] = start[i]! + list.length));
  return start;
}

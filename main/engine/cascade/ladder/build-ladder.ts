import type { PackedBook, PackedLending } from '../../packed/packed-book.ts';
import {
  compareSignatures,
  extendKey,
  extendKeyBy,
  makeKeyTree,
  rulesOf,
  signatureOf,
  type KeyTree,
  type Signature,
} from './group-keys.ts';
import { EMPTY_COLLATERAL, SPAN, SPAN_WIDTH, type Ladder, type LadderGroups } from './ladder.ts';

/** Sorts the crowd of a packed book. Depends on balances, rules and prices at the snapshot only. */
export function buildLadder({ lending, initial }: PackedBook): Ladder {
  const { priceUsd } = initial;
  const sorting = sortIntoGroups(lending, priceUsd);
  const ranks = Int32Array.from(sorting.signatures.keys()).sort((a, b) =>
    compareSignatures(sorting.signatures[a]!, sorting.signatures[b]!),
  );
  const groups = groupColumns(Array.from(ranks, (group) => sorting.signatures[group]!));
  const places = placeMembers(lending, sorting, ranks);
  const assets = new Set([...groups.collateralAsset, ...groups.debtAsset].filter((asset) => priceUsd[asset]! > 0));
  return {
    ...groups,
    ...places,
    ...copyBalances(lending, groups, places),
    priceUsd,
    lending,
    assets: Int32Array.from(assets).sort(),
    withoutCollateral: sorting.withoutCollateral,
  };
}

/** By borrower of the crowd: its group in the order of appearance (−1 = it cannot fall) and ln of its health. */
type Sorting = {
  readonly signatures: Signature[];
  readonly group: Int32Array;
  readonly logHealth: Float64Array;
  readonly withoutCollateral: Int32Array;
};

function sortIntoGroups(lending: PackedLending, priceUsd: Float64Array): Sorting {
  const size = lending.count - lending.ownCount;
  const group = new Int32Array(size).fill(-1);
  const logHealth = new Float64Array(size);
  const withoutCollateral: number[] = [];
  const signatures: Signature[] = [];
  const groupOfKey = new Map<number, number>();
  const keys = makeKeys(lending);
  for (let i = 0; i < size; i += 1) {
    const borrower = lending.ownCount + i;
    const units = unitsOf(lending, borrower);
    if (units <= EMPTY_COLLATERAL) {
      withoutCollateral.push(i);
      continue;
    }
    const debtUsd = debtUsdOf(lending, priceUsd, borrower);
    if (debtUsd === 0) continue;
    logHealth[i] = Math.log(weightedUsdOf(lending, priceUsd, borrower) / debtUsd);
    const rules = rulesOf(lending, borrower, { units, debtUsd });
    const rows = sortedRows(lending, borrower);
    const key = keyOf(keys, rules, rows);
    let known = groupOfKey.get(key);
    if (known === undefined) {
      known = signatures.length;
      signatures.push(signatureOf(lending, rules, rows));
      groupOfKey.set(key, known);
    }
    group[i] = known;
  }
  return { signatures, group, logHealth, withoutCollateral: Int32Array.from(withoutCollateral) };
}

/** Keys under construction. Most borrowers have the rules of the one before and an asset has the terms it had last, so these are remembered. */
type Keys = {
  readonly lending: PackedLending;
  readonly tree: KeyTree;
  readonly termsKey: Map<number, { threshold: number; bonus: number; key: number }>;
  rules: readonly number[];
  rulesKey: number;
};

function makeKeys(lending: PackedLending): Keys {
  return { lending, tree: makeKeyTree(), termsKey: new Map(), rules: [], rulesKey: 0 };
}

function keyOf(keys: Keys, rules: readonly number[], rows: BorrowerRows): number {
  const { lending, tree } = keys;
  let key = rulesKeyOf(keys, rules);
  for (const row of rows.collateral) key = extendKeyBy(tree, key, termsKeyOf(keys, row));
  key = extendKeyBy(tree, key, 0);
  for (const row of rows.debt) key = extendKey(tree, extendKey(tree, key, lending.debtAsset[row]!), lending.debtTarget[row]!);
  return key;
}

function rulesKeyOf(keys: Keys, rules: readonly number[]): number {
  if (!rules.every((rule, i) => rule === keys.rules[i])) {
    keys.rules = rules;
    keys.rulesKey = rules.reduce((key, rule) => extendKey(keys.tree, key, rule), 0);
  }
  return keys.rulesKey;
}

function termsKeyOf({ lending, tree, termsKey }: Keys, row: number): number {
  const asset = lending.collateralAsset[row]!;
  const threshold = lending.collateralThreshold[row]!;
  const bonus = lending.collateralBonus[row]!;
  const last = termsKey.get(asset);
  if (last?.threshold === threshold && last.bonus === bonus) return last.key;
  const key = extendKey(tree, extendKey(tree, extendKey(tree, 0, asset), threshold), bonus);
  termsKey.set(asset, { threshold, bonus, key });
  return key;
}

type BorrowerRows = { readonly collateral: Int32Array; readonly debt: Int32Array };

/** A borrower's rows in ascending order of asset, then of terms. */
function sortedRows(lending: PackedLending, borrower: number): BorrowerRows {
  const { collateralAsset, collateralThreshold, collateralBonus, debtAsset } = lending;
  const collateral = rowsBetween(lending.collateralStart[borrower]!, lending.collateralStart[borrower + 1]!);
  const debt = rowsBetween(lending.debtStart[borrower]!, lending.debtStart[borrower + 1]!);
  if (collateral.length > 1) {
    collateral.sort(
      (a, b) =>
        collateralAsset[a]! - collateralAsset[b]! ||
        collateralThreshold[a]! - collateralThreshold[b]! ||
        collateralBonus[a]! - collateralBonus[b]!,
    );
  }
  if (debt.length > 1) debt.sort((a, b) => debtAsset[a]! - debtAsset[b]!);
  return { collateral, debt };
}

function rowsBetween(from: number, to: number): Int32Array {
  const rows = new Int32Array(to - from);
  for (let i = 0; i < rows.length; i += 1) rows[i] = from + i;
  return rows;
}

function groupColumns(signatures: readonly Signature[]): LadderGroups {
  const rule = (at: number): Float64Array => Float64Array.from(signatures, ({ rules }) => rules[at]!);
  const column = (side: 'collateral' | 'debt', width: number, at: number): Float64Array =>
    Float64Array.from(signatures.flatMap((signature) => signature[side].filter((_, i) => i % width === at)));
  return {
    groups: signatures.length,
    venue: Int32Array.from(rule(0)),
    market: Int32Array.from(rule(1)),
    closeFactorFraction: rule(2),
    fullLiquidationHealthFactor: rule(3),
    smallPositionUsd: rule(4),
    smallestLeftoverUsd: rule(5),
    isPlain: Uint8Array.from(rule(6)),
    collateralStart: startsOf(signatures.map(({ collateral }) => collateral.length / 3)),
    collateralAsset: Int32Array.from(column('collateral', 3, 0)),
    collateralThreshold: column('collateral', 3, 1),
    collateralBonus: column('collateral', 3, 2),
    debtStart: startsOf(signatures.map(({ debt }) => debt.length / 2)),
    debtAsset: Int32Array.from(column('debt', 2, 0)),
    debtTarget: Int32Array.from(column('debt', 2, 1)),
  };
}

type Places = Pick<Ladder, 'order' | 'placeOf' | 'logHealth' | 'groupOf' | 'groupStart'>;

/** Members group by group; within one by health, and of equal health by what they hold and owe, so that only twins are in the crowd's order. */
function placeMembers(lending: PackedLending, sorting: Sorting, ranks: Int32Array): Places {
  const rankOf = new Int32Array(ranks.length);
  ranks.forEach((group, rank) => (rankOf[group] = rank));
  const groupStart = new Int32Array(ranks.length + 1);
  for (const group of sorting.group) if (group >= 0) groupStart[rankOf[group]! + 1]! += 1;
  for (let rank = 0; rank < ranks.length; rank += 1) groupStart[rank + 1]! += groupStart[rank]!;
  const size = groupStart[ranks.length]!;
  const placeOf = new Int32Array(sorting.group.length).fill(-1);
  const places = { order: new Int32Array(size), placeOf, logHealth: new Float64Array(size), groupOf: new Int32Array(size), groupStart };
  const next = groupStart.slice();
  sorting.group.forEach((group, i) => {
    if (group >= 0) places.order[next[rankOf[group]!]!++] = i;
  });
  const before = (a: number, b: number): number => sorting.logHealth[a]! - sorting.logHealth[b]! || compareBalances(lending, a, b) || a - b;
  for (let rank = 0; rank < ranks.length; rank += 1) {
    places.order.subarray(groupStart[rank], groupStart[rank + 1]).sort(before);
    places.groupOf.fill(rank, groupStart[rank], groupStart[rank + 1]);
  }
  for (let place = 0; place < size; place += 1) {
    places.logHealth[place] = sorting.logHealth[places.order[place]!]!;
    placeOf[places.order[place]!] = place;
  }
  return places;
}

function compareBalances(lending: PackedLending, a: number, b: number): number {
  const left = sortedRows(lending, lending.ownCount + a);
  const right = sortedRows(lending, lending.ownCount + b);
  for (let i = 0; i < left.collateral.length; i += 1) {
    const gap = lending.collateralQuantity[left.collateral[i]!]! - lending.collateralQuantity[right.collateral[i]!]!;
    if (gap !== 0) return gap;
  }
  for (let i = 0; i < left.debt.length; i += 1) {
    const gap = lending.debtQuantity[left.debt[i]!]! - lending.debtQuantity[right.debt[i]!]!;
    if (gap !== 0) return gap;
  }
  return 0;
}

type Balances = Pick<Ladder, 'held' | 'heldRow' | 'owed' | 'owedRow' | 'span'>;

function copyBalances(lending: PackedLending, groups: LadderGroups, { order, groupStart }: Places): Balances {
  const span = spansOf(groups, groupStart);
  const end = groups.groups * SPAN_WIDTH;
  const heldRow = new Int32Array(span[end + SPAN.held]!);
  const owedRow = new Int32Array(span[end + SPAN.owed]!);
  let heldAt = 0;
  let owedAt = 0;
  for (const i of order) {
    const rows = sortedRows(lending, lending.ownCount + i);
    heldRow.set(rows.collateral, heldAt);
    owedRow.set(rows.debt, owedAt);
    heldAt += rows.collateral.length;
    owedAt += rows.debt.length;
  }
  const held = Float64Array.from(heldRow, (row) => lending.collateralQuantity[row]!);
  const owed = Float64Array.from(owedRow, (row) => lending.debtQuantity[row]!);
  // Rows are counted from the first of the crowd.
  const firstCollateral = lending.collateralStart[lending.ownCount]!;
  const firstDebt = lending.debtStart[lending.ownCount]!;
  for (let at = 0; at < heldRow.length; at += 1) heldRow[at]! -= firstCollateral;
  for (let at = 0; at < owedRow.length; at += 1) owedRow[at]! -= firstDebt;
  return { held, heldRow, owed, owedRow, span };
}

/** Spans of all groups, and of one beyond the last that says where everything ends. */
function spansOf(groups: LadderGroups, groupStart: Int32Array): Int32Array {
  const span = new Int32Array((groups.groups + 1) * SPAN_WIDTH);
  for (let group = 0; group < groups.groups; group += 1) {
    const at = group * SPAN_WIDTH;
    const members = groupStart[group + 1]! - groupStart[group]!;
    span[at + SPAN.holds] = groups.collateralStart[group + 1]! - groups.collateralStart[group]!;
    span[at + SPAN.owes] = groups.debtStart[group + 1]! - groups.debtStart[group]!;
    span[at + SPAN.collateral] = groups.collateralStart[group]!;
    span[at + SPAN.debt] = groups.debtStart[group]!;
    span[at + SPAN_WIDTH + SPAN.place] = groupStart[group + 1]!;
    span[at + SPAN_WIDTH + SPAN.held] = span[at + SPAN.held]! + members * span[at + SPAN.holds]!;
    span[at + SPAN_WIDTH + SPAN.owed] = span[at + SPAN.owed]! + members * span[at + SPAN.owes]!;
  }
  return span;
}

function weightedUsdOf(lending: PackedLending, priceUsd: Float64Array, borrower: number): number {
  let weighted = 0;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    weighted += lending.collateralQuantity[row]! * priceUsd[lending.collateralAsset[row]!]! * lending.collateralThreshold[row]!;
  }
  return weighted;
}

function debtUsdOf(lending: PackedLending, priceUsd: Float64Array, borrower: number): number {
  let debt = 0;
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    debt += lending.debtQuantity[row]! * priceUsd[lending.debtAsset[row]!]!;
  }
  return debt;
}

function unitsOf(lending: PackedLending, borrower: number): number {
  let units = 0;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1)
    units += lending.collateralQuantity[row]!;
  return units;
}

function startsOf(lengths: readonly number[]): Int32Array {
  const start = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i += 1) start[i + 1] = start[i]! + lengths[i]!;
  return start;
}

import { headOf, holdsOf, makeRecords, owesOf, type Ladder, type Records } from './ladder.ts';

/** Results by row and by borrower, in the order of the packed book. */
export type LendingResults = {
  readonly collateralQuantity: Float64Array;
  readonly debtQuantity: Float64Array;
  /** Round in which each borrower first fell, 0 = holds. */
  readonly borrowerFallenRound: Int32Array;
};

/**
 * Borrowers of a ladder that the running cascade has liquidated, as they fell: what each holds and owes now. The ladder's own records are never
 * written, so that the next cascade starts by forgetting these. The packed book's order is written only when somebody asks for it: most
 * cascades are asked for their sums alone.
 */
export type ClosedRecords = {
  readonly records: Records;
  count: number;
  /** By the order in which they fell: where the record begins, the place on the ladder, and the round. */
  readonly recordAt: Int32Array;
  readonly place: Int32Array;
  readonly firstRound: Int32Array;
  /** How many stand in the packed book's order as well, and whether as they are now. */
  reportedCount: number;
  isReported: boolean;
};

/** Room for everybody; nobody liquidated yet. */
export function makeClosedRecords(ladder: Ladder): ClosedRecords {
  const places = ladder.order.length;
  return {
    records: makeRecords(ladder.records.words.length),
    count: 0,
    recordAt: new Int32Array(places + 1),
    place: new Int32Array(places),
    firstRound: new Int32Array(places),
    reportedCount: 0,
    isReported: true,
  };
}

/** Takes in the member of a place, whose record has been written behind the last one. Returns its number. */
export function addClosed(closed: ClosedRecords, ladder: Ladder, place: number, round: number): number {
  const number = closed.count;
  closed.recordAt[number + 1] = closed.recordAt[number]! + ladder.recordAt[place + 1]! - ladder.recordAt[place]!;
  closed.place[number] = place;
  closed.firstRound[number] = round;
  closed.count += 1;
  return number;
}

/** Forgets everybody, here and in what was reported. */
export function forgetClosed(ladder: Ladder, closed: ClosedRecords, results: LendingResults): void {
  for (let i = 0; i < closed.reportedCount; i += 1) {
    const place = closed.place[i]!;
    report(ladder, place, { records: ladder.records, at: ladder.recordAt[place]!, round: 0 }, results);
  }
  closed.count = 0;
  closed.reportedCount = 0;
  closed.isReported = true;
}

/** Writes everything that the running cascade has changed in the order of the packed book. Costs nothing when asked for again. */
export function reportClosed(ladder: Ladder, closed: ClosedRecords, results: LendingResults): void {
  if (closed.isReported) return;
  for (let i = 0; i < closed.count; i += 1) {
    report(ladder, closed.place[i]!, { records: closed.records, at: closed.recordAt[i]!, round: closed.firstRound[i]! }, results);
  }
  closed.reportedCount = closed.count;
  closed.isReported = true;
}

type Standing = { readonly records: Records; readonly at: number; readonly round: number };

function report(ladder: Ladder, place: number, { records, at, round }: Standing, results: LendingResults): void {
  const { lending, rowOf } = ladder;
  const firstCollateral = lending.collateralStart[lending.ownCount]!;
  const firstDebt = lending.debtStart[lending.ownCount]!;
  const shape = records.ints[2 * at + 1]!;
  const head = headOf(shape);
  const holds = holdsOf(shape);
  // The rows are those of the place, wherever the balances lie.
  const rowAt = ladder.recordAt[place]! + head;
  results.borrowerFallenRound[lending.ownCount + ladder.order[place]!] = round;
  for (let k = 0; k < holds; k += 1) results.collateralQuantity[firstCollateral + rowOf[rowAt + k]!] = records.words[at + head + k]!;
  for (let k = holds; k < holds + owesOf(shape); k += 1) {
    results.debtQuantity[firstDebt + rowOf[rowAt + k]!] = records.words[at + head + k]!;
  }
}

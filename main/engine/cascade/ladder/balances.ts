import { SPAN, SPAN_WIDTH, type Ladder } from './ladder.ts';

/** Results by row and by borrower, in the order of the packed book. */
export type LendingResults = {
  readonly collateralQuantity: Float64Array;
  readonly debtQuantity: Float64Array;
  /** Round in which each borrower first fell, 0 = holds. */
  readonly borrowerFallenRound: Int32Array;
};

/**
 * What the plain members of a ladder hold and owe in the running cascade, in the ladder's order. The packed book's order is written only when
 * somebody asks for it: most cascades are asked for their sums alone.
 */
export type LadderBalances = {
  readonly held: Float64Array;
  readonly owed: Float64Array;
  /** Round in which the member of each place first fell, 0 = holds. */
  readonly firstRound: Int32Array;
  /** Places whose member was liquidated, as they fell. */
  readonly touched: Int32Array;
  touchedCount: number;
  /** How many of `touched` stand in the packed book's order as well, and whether as they are now. */
  reportedCount: number;
  isReported: boolean;
};

/** Balances at the packed market. */
export function makeLadderBalances(ladder: Ladder): LadderBalances {
  const places = ladder.order.length;
  return {
    held: ladder.held.slice(),
    owed: ladder.owed.slice(),
    firstRound: new Int32Array(places),
    touched: new Int32Array(places),
    touchedCount: 0,
    reportedCount: 0,
    isReported: true,
  };
}

/** Back to the packed market, here and in what was reported. */
export function restartBalances(ladder: Ladder, balances: LadderBalances, results: LendingResults): void {
  const { held, owed, firstRound, touched } = balances;
  const { span } = ladder;
  for (let i = 0; i < balances.touchedCount; i += 1) {
    const place = touched[i]!;
    const at = ladder.groupOf[place]! * SPAN_WIDTH;
    const member = place - span[at + SPAN.place]!;
    const holds = span[at + SPAN.holds]!;
    const owes = span[at + SPAN.owes]!;
    const heldFrom = span[at + SPAN.held]! + member * holds;
    const owedFrom = span[at + SPAN.owed]! + member * owes;
    firstRound[place] = 0;
    for (let k = heldFrom; k < heldFrom + holds; k += 1) held[k] = ladder.held[k]!;
    for (let k = owedFrom; k < owedFrom + owes; k += 1) owed[k] = ladder.owed[k]!;
  }
  writeBack(ladder, balances, results, balances.reportedCount);
  balances.touchedCount = 0;
  balances.reportedCount = 0;
  balances.isReported = true;
}

/** Writes everything that the running cascade has changed in the order of the packed book. Costs nothing when asked for again. */
export function reportBalances(ladder: Ladder, balances: LadderBalances, results: LendingResults): void {
  if (balances.isReported) return;
  writeBack(ladder, balances, results, balances.touchedCount);
  balances.reportedCount = balances.touchedCount;
  balances.isReported = true;
}

function writeBack(ladder: Ladder, { held, owed, firstRound, touched }: LadderBalances, results: LendingResults, count: number): void {
  const { lending, span } = ladder;
  const firstCollateral = lending.collateralStart[lending.ownCount]!;
  const firstDebt = lending.debtStart[lending.ownCount]!;
  for (let i = 0; i < count; i += 1) {
    const place = touched[i]!;
    const at = ladder.groupOf[place]! * SPAN_WIDTH;
    const member = place - span[at + SPAN.place]!;
    const holds = span[at + SPAN.holds]!;
    const owes = span[at + SPAN.owes]!;
    const heldFrom = span[at + SPAN.held]! + member * holds;
    const owedFrom = span[at + SPAN.owed]! + member * owes;
    results.borrowerFallenRound[lending.ownCount + ladder.order[place]!] = firstRound[place]!;
    for (let k = heldFrom; k < heldFrom + holds; k += 1) results.collateralQuantity[firstCollateral + ladder.heldRow[k]!] = held[k]!;
    for (let k = owedFrom; k < owedFrom + owes; k += 1) results.debtQuantity[firstDebt + ladder.owedRow[k]!] = owed[k]!;
  }
}

import { EMPTY_DEBT } from '../../packed/evaluate-accounts.ts';
import { shareToClose } from '../liquidate-borrower.ts';
import type { Climb } from './climb.ts';
import { EMPTY_COLLATERAL, headOf, holdsOf, owesOf, type Records } from './ladder.ts';

/** What `measureRecord` fills in of the record it was last asked about, USD at the prices of the round; the bonus is a fraction. */
const MEASURED = { collateral: 0, weighted: 1, debt: 2, bonus: 3 } as const;

/** Room for the figures of one record. */
export function makeMeasured(): Float64Array {
  return new Float64Array(4);
}

/** Σ collateral × threshold / debt of a record; Infinity without debt or without collateral. Its parts are left in `measured`. */
export function measureRecord({ ladder, collateralPriceUsd, debtPriceUsd, measured }: Climb, { ints, words }: Records, at: number): number {
  const { collateralThreshold, collateralBonus } = ladder;
  const shape = ints[2 * at + 1]!;
  const holds = holdsOf(shape);
  const owes = owesOf(shape);
  const idAt = 2 * at + 2;
  const wordAt = at + headOf(shape);
  const common = collateralBonus[ints[idAt]!]!;
  let units = 0;
  let collateral = 0;
  let weighted = 0;
  let beyond = 0;
  for (let k = 0; k < holds; k += 1) {
    const terms = ints[idAt + k]!;
    const held = words[wordAt + k]!;
    const valueUsd = held * collateralPriceUsd[terms]!;
    units += held;
    collateral += valueUsd;
    weighted += valueUsd * collateralThreshold[terms]!;
    beyond += valueUsd * (collateralBonus[terms]! - common);
  }
  let debt = 0;
  for (let k = holds; k < holds + owes; k += 1) debt += words[wordAt + k]! * debtPriceUsd[ints[idAt + k]!]!;
  if (debt <= EMPTY_DEBT || units <= EMPTY_COLLATERAL) return Infinity;
  measured[MEASURED.collateral] = collateral;
  measured[MEASURED.weighted] = weighted;
  measured[MEASURED.debt] = debt;
  measured[MEASURED.bonus] = beyond !== 0 && collateral > 0 ? common + beyond / collateral : common;
  return weighted / debt;
}

/** In place of a health: nothing was repaid. */
export const UNCHANGED = -Infinity;

/**
 * Liquidates the record that was measured last, which lies at `at`, by the rules of `liquidateBorrower`. What is left is written among the closed
 * records at `to`, what was seized is added to the climb's sales.
 *
 * @returns the health after it, at the prices of the round; Infinity where nothing is owed or held any more
 */
export function closeMeasured(climb: Climb, { ints, words }: Records, at: number, to: number): number {
  const { ladder, closed, debtPriceUsd, measured } = climb;
  const rules = ints[2 * at]!;
  const collateral = measured[MEASURED.collateral]!;
  const weighted = measured[MEASURED.weighted]!;
  const debt = measured[MEASURED.debt]!;
  const bonus = measured[MEASURED.bonus]!;
  const closeable = shareToClose(
    weighted / debt,
    collateral,
    debt,
    bonus,
    ladder.closeFactorFraction[rules]!,
    ladder.fullLiquidationHealthFactor[rules]!,
    ladder.smallPositionUsd[rules]!,
    ladder.smallestLeftoverUsd[rules]!,
  );
  if (closeable <= 0) return UNCHANGED;
  const most = collateral / (1 + bonus);
  const takesAll = closeable * debt >= most;
  const share = takesAll ? 1 : (closeable * debt * (1 + bonus)) / collateral;
  const repaid = Math.min(1, takesAll ? most / debt : closeable);
  const left = closed.records;
  const shape = ints[2 * at + 1]!;
  const holds = holdsOf(shape);
  const owes = owesOf(shape);
  const idAt = 2 * at + 2;
  const heldAt = at + headOf(shape);
  const shift = to - at;
  for (let k = 2 * at; k < 2 * heldAt; k += 1) left.ints[k + 2 * shift] = ints[k]!;
  for (let k = 0; k < owes; k += 1) {
    const kind = ints[idAt + holds + k]!;
    const owed = words[heldAt + holds + k]!;
    // A single debt is all of it, to the bit.
    sell(climb, ints, words, idAt, heldAt, holds, kind, owes === 1 ? share : (share * owed * debtPriceUsd[kind]!) / debt);
    left.words[heldAt + holds + k + shift] = owed * (1 - repaid);
  }
  for (let k = heldAt; k < heldAt + holds; k += 1) left.words[k + shift] = takesAll ? 0 : words[k]! * (1 - share);
  climb.repaidUsd += debt * repaid;
  if (takesAll && repaid < 1) noteUnpaid(climb, to);
  return takesAll || repaid >= 1 ? Infinity : (weighted * (1 - share)) / (debt * (1 - repaid));
}

/** Adds a share of a record's collateral to what is sold for one kind of debt. */
function sell(
  { flow, flowRow, flowColumn }: Climb,
  ints: Int32Array,
  words: Float64Array,
  idAt: number,
  heldAt: number,
  holds: number,
  kind: number,
  share: number,
): void {
  const column = flowColumn[kind]!;
  for (let k = 0; k < holds; k += 1) flow[flowRow[ints[idAt + k]!]! + column]! += words[heldAt + k]! * share;
}

/** Debt that nothing is left to pay, at once for the venue and in the end for the book. */
function noteUnpaid({ ladder, closed, unpaid, marketUnpaid }: Climb, at: number): void {
  const { ints, words } = closed.records;
  const shape = ints[2 * at + 1]!;
  const market = ladder.market[ints[2 * at]!]!;
  const holds = holdsOf(shape);
  const wordAt = at + headOf(shape);
  for (let k = holds; k < holds + owesOf(shape); k += 1) {
    unpaid[ladder.debtAsset[ints[2 * at + 2 + k]!]!]! += words[wordAt + k]!;
    if (market >= 0) marketUnpaid[market]! += words[wordAt + k]!;
  }
}

/** What a record owes beyond all it has, USD at the given prices; never below zero. */
export function recordBadDebtUsd({ ladder }: Climb, { ints, words }: Records, at: number, priceUsd: Float64Array): number {
  const shape = ints[2 * at + 1]!;
  const holds = holdsOf(shape);
  const idAt = 2 * at + 2;
  const wordAt = at + headOf(shape);
  let left = 0;
  for (let k = holds; k < holds + owesOf(shape); k += 1) left += words[wordAt + k]! * priceUsd[ladder.debtAsset[ints[idAt + k]!]!]!;
  for (let k = 0; k < holds; k += 1) left -= words[wordAt + k]! * priceUsd[ladder.collateralAsset[ints[idAt + k]!]!]!;
  return Math.max(0, left);
}

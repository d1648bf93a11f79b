import { shareToClose } from '../liquidate-borrower.ts';
import type { CascadeWorkspace } from '../workspace.ts';

/**
 * Liquidates every plain member of the crowd that has fallen, by the rules of `liquidateBorrower` at the round's prices.
 *
 * @returns how many of them fell for the first time
 */
export function liquidateFallen(work: CascadeWorkspace, round: number): number {
  const { fallen, fallenCount, balances } = work.climb;
  let first = 0;
  for (let i = 0; i < fallenCount; i += 1) {
    const place = fallen[i]!;
    if (!liquidatePlace(work, place)) continue;
    if (balances.firstRound[place]! > 0) continue;
    balances.firstRound[place] = round;
    balances.touched[balances.touchedCount] = place;
    balances.touchedCount += 1;
    first += 1;
  }
  if (fallenCount > 0) balances.isReported = false;
  return first;
}

function liquidatePlace(work: CascadeWorkspace, place: number): boolean {
  const { ladder, balances } = work.climb;
  const { held, owed } = balances;
  const price = work.state.priceUsd;
  const group = ladder.groupOf[place]!;
  const member = place - ladder.groupStart[group]!;
  const collateralFrom = ladder.collateralStart[group]!;
  const holds = ladder.collateralStart[group + 1]! - collateralFrom;
  const debtFrom = ladder.debtStart[group]!;
  const owes = ladder.debtStart[group + 1]! - debtFrom;
  const heldFrom = ladder.heldStart[group]! + member * holds;
  const owedFrom = ladder.owedStart[group]! + member * owes;
  const common = ladder.collateralBonus[collateralFrom]!;
  let collateral = 0;
  let weighted = 0;
  let beyond = 0;
  for (let k = 0; k < holds; k += 1) {
    const valueUsd = held[heldFrom + k]! * price[ladder.collateralAsset[collateralFrom + k]!]!;
    collateral += valueUsd;
    weighted += valueUsd * ladder.collateralThreshold[collateralFrom + k]!;
    beyond += valueUsd * (ladder.collateralBonus[collateralFrom + k]! - common);
  }
  let debt = 0;
  for (let k = 0; k < owes; k += 1) debt += owed[owedFrom + k]! * price[ladder.debtAsset[debtFrom + k]!]!;
  const bonus = collateral > 0 ? common + beyond / collateral : common;
  const closed = shareToClose(
    weighted / debt,
    collateral,
    debt,
    bonus,
    ladder.closeFactorFraction[group]!,
    ladder.fullLiquidationHealthFactor[group]!,
    ladder.smallPositionUsd[group]!,
    ladder.smallestLeftoverUsd[group]!,
  );
  if (closed <= 0) return false;
  const most = collateral / (1 + bonus);
  const takesAll = closed * debt >= most;
  const share = takesAll ? 1 : (closed * debt * (1 + bonus)) / collateral;
  const repaid = takesAll ? most / debt : closed;
  for (let k = 0; k < holds; k += 1) {
    const seized = held[heldFrom + k]! * share;
    sell(work, ladder.collateralAsset[collateralFrom + k]!, seized, group, owedFrom, debt);
    held[heldFrom + k] = share === 1 ? 0 : held[heldFrom + k]! - seized;
  }
  for (let k = 0; k < owes; k += 1) owed[owedFrom + k] = repaid >= 1 ? 0 : owed[owedFrom + k]! * (1 - repaid);
  work.repaidUsd += debt * Math.min(1, repaid);
  if (takesAll && ladder.market[group]! >= 0) {
    for (let k = 0; k < owes; k += 1) work.marketBadDebt[ladder.market[group]!]! += owed[owedFrom + k]!;
  }
  return true;
}

/** Hands what was seized to the sales, split by what the debt must be repaid in. */
function sell(work: CascadeWorkspace, asset: number, seized: number, group: number, owedFrom: number, debtUsd: number): void {
  const { ladder, balances } = work.climb;
  const price = work.state.priceUsd;
  const targets = work.packed.drivers.length + 1;
  work.soldQuantity[asset]! += seized;
  work.crowdSoldUsd[asset]! += seized * price[asset]!;
  let at = owedFrom;
  for (let row = ladder.debtStart[group]!; row < ladder.debtStart[group + 1]!; row += 1) {
    const part = (balances.owed[at]! * price[ladder.debtAsset[row]!]!) / debtUsd;
    const target = ladder.debtTarget[row]!;
    work.flow[asset * targets + (target < 0 ? targets - 1 : target)]! += seized * part;
    at += 1;
  }
}

/**
 * Bad debt of the plain members at the final prices, USD: of those who were liquidated, and of those below their requirement at the end who never were.
 */
export function ladderBadDebtUsd(work: CascadeWorkspace): number {
  const { balances, fallen, fallenCount } = work.climb;
  let badDebtUsd = 0;
  for (let i = 0; i < balances.touchedCount; i += 1) badDebtUsd += placeBadDebtUsd(work, balances.touched[i]!);
  for (let i = 0; i < fallenCount; i += 1) if (balances.firstRound[fallen[i]!] === 0) badDebtUsd += placeBadDebtUsd(work, fallen[i]!);
  return badDebtUsd;
}

function placeBadDebtUsd(work: CascadeWorkspace, place: number): number {
  const { ladder, balances } = work.climb;
  const price = work.state.priceUsd;
  const group = ladder.groupOf[place]!;
  const member = place - ladder.groupStart[group]!;
  const debtFrom = ladder.debtStart[group]!;
  const debtEnd = ladder.debtStart[group + 1]!;
  const collateralFrom = ladder.collateralStart[group]!;
  const collateralEnd = ladder.collateralStart[group + 1]!;
  let at = ladder.owedStart[group]! + member * (debtEnd - debtFrom);
  let debt = 0;
  for (let row = debtFrom; row < debtEnd; row += 1) debt += balances.owed[at++]! * price[ladder.debtAsset[row]!]!;
  at = ladder.heldStart[group]! + member * (collateralEnd - collateralFrom);
  let collateral = 0;
  for (let row = collateralFrom; row < collateralEnd; row += 1) collateral += balances.held[at++]! * price[ladder.collateralAsset[row]!]!;
  return Math.max(0, debt - collateral);
}

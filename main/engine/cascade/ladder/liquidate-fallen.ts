import { shareToClose } from '../liquidate-borrower.ts';
import type { CascadeWorkspace } from '../workspace.ts';
import { waitHealthy } from './climb.ts';
import { SPAN, SPAN_WIDTH } from './ladder.ts';

/**
 * Liquidates every plain member of the crowd that has fallen, by the rules of `liquidateBorrower` at the round's prices. Whom that brings above its
 * requirement waits on the ladder again; the others stay fallen until they are judged in the next round.
 *
 * @returns how many of them fell for the first time
 */
export function liquidateFallen(work: CascadeWorkspace, round: number): number {
  const { climb } = work;
  const { fallen, fallenCount, balances } = climb;
  let first = 0;
  climb.fallenCount = 0;
  for (let i = 0; i < fallenCount; i += 1) {
    const place = fallen[i]!;
    const health = liquidatePlace(work, place);
    if (health < 1 || Number.isNaN(health)) {
      fallen[climb.fallenCount] = place;
      climb.fallenCount += 1;
    } else waitHealthy(climb, place, health);
    if (health === UNCHANGED || balances.firstRound[place]! > 0) continue;
    balances.firstRound[place] = round;
    balances.touched[balances.touchedCount] = place;
    balances.touchedCount += 1;
    first += 1;
  }
  if (fallenCount > 0) balances.isReported = false;
  return first;
}

/** In place of a health: nothing was repaid. */
const UNCHANGED = -Infinity;

/** Health after the liquidation, at the prices of the round; Infinity where nothing is owed or held any more. */
function liquidatePlace(work: CascadeWorkspace, place: number): number {
  const { ladder, balances } = work.climb;
  const { held, owed } = balances;
  const price = work.state.priceUsd;
  const { span } = ladder;
  const group = ladder.groupOf[place]!;
  const at = group * SPAN_WIDTH;
  const member = place - span[at + SPAN.place]!;
  const collateralFrom = span[at + SPAN.collateral]!;
  const debtFrom = span[at + SPAN.debt]!;
  const holds = span[at + SPAN.holds]!;
  const owes = span[at + SPAN.owes]!;
  const heldFrom = span[at + SPAN.held]! + member * holds;
  const owedFrom = span[at + SPAN.owed]! + member * owes;
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
  if (closed <= 0) return UNCHANGED;
  const most = collateral / (1 + bonus);
  const takesAll = closed * debt >= most;
  const share = takesAll ? 1 : (closed * debt * (1 + bonus)) / collateral;
  const repaid = takesAll ? most / debt : closed;
  for (let k = 0; k < holds; k += 1) {
    const seized = held[heldFrom + k]! * share;
    sell(work, ladder.collateralAsset[collateralFrom + k]!, seized, at, owedFrom, debt);
    held[heldFrom + k] = share === 1 ? 0 : held[heldFrom + k]! - seized;
  }
  for (let k = 0; k < owes; k += 1) owed[owedFrom + k] = repaid >= 1 ? 0 : owed[owedFrom + k]! * (1 - repaid);
  work.repaidUsd += debt * Math.min(1, repaid);
  if (takesAll && ladder.market[group]! >= 0) {
    for (let k = 0; k < owes; k += 1) work.marketBadDebt[ladder.market[group]!]! += owed[owedFrom + k]!;
  }
  return share === 1 || repaid >= 1 ? Infinity : (weighted * (1 - share)) / (debt * (1 - repaid));
}

/** Hands what was seized to the sales, split by what the debt must be repaid in. */
function sell(work: CascadeWorkspace, asset: number, seized: number, spanAt: number, owedFrom: number, debtUsd: number): void {
  const { ladder, balances } = work.climb;
  const price = work.state.priceUsd;
  const targets = work.packed.drivers.length + 1;
  work.soldQuantity[asset]! += seized;
  work.crowdSoldUsd[asset]! += seized * price[asset]!;
  const debtFrom = ladder.span[spanAt + SPAN.debt]!;
  const owes = ladder.span[spanAt + SPAN.owes]!;
  for (let k = 0; k < owes; k += 1) {
    const part = (balances.owed[owedFrom + k]! * price[ladder.debtAsset[debtFrom + k]!]!) / debtUsd;
    const target = ladder.debtTarget[debtFrom + k]!;
    work.flow[asset * targets + (target < 0 ? targets - 1 : target)]! += seized * part;
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
  const { span } = ladder;
  const at = ladder.groupOf[place]! * SPAN_WIDTH;
  const member = place - span[at + SPAN.place]!;
  const holds = span[at + SPAN.holds]!;
  const owes = span[at + SPAN.owes]!;
  const heldFrom = span[at + SPAN.held]! + member * holds;
  const owedFrom = span[at + SPAN.owed]! + member * owes;
  const collateralFrom = span[at + SPAN.collateral]!;
  const debtFrom = span[at + SPAN.debt]!;
  let left = 0;
  for (let k = 0; k < owes; k += 1) left += balances.owed[owedFrom + k]! * price[ladder.debtAsset[debtFrom + k]!]!;
  if (left === 0) return 0;
  for (let k = 0; k < holds; k += 1) left -= balances.held[heldFrom + k]! * price[ladder.collateralAsset[collateralFrom + k]!]!;
  return Math.max(0, left);
}

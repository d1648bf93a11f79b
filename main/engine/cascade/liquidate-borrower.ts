import { EMPTY_DEBT } from '../packed/evaluate-accounts.ts';
import { shareLeavingEnough } from '../requirement/lending/lending-pool.ts';
import { auctionShare } from '../requirement/lending/vault.ts';
import { EMPTY_COLLATERAL } from './ladder/ladder.ts';
import { causeOfBorrower } from './causes/sale-ledger.ts';
import type { CascadeWorkspace } from './workspace.ts';

/** Σ collateral × threshold / debt of a borrower at the judged prices; Infinity without debt or without collateral. */
export function borrowerHealth(work: CascadeWorkspace, borrower: number): number {
  const { lending } = work.packed;
  const { collateralQuantity, debtQuantity } = work.rows;
  const price = work.judgedPriceUsd;
  let debt = 0;
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    debt += debtQuantity[row]! * price[lending.debtAsset[row]!]!;
  }
  if (debt <= EMPTY_DEBT) return Infinity;
  let weighted = 0;
  let units = 0;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    units += collateralQuantity[row]!;
    weighted += collateralQuantity[row]! * price[lending.collateralAsset[row]!]! * lending.collateralThreshold[row]!;
  }
  return units <= EMPTY_COLLATERAL ? Infinity : weighted / debt;
}

/**
 * One liquidation at the judged prices. Repays k × debt, where k is the close factor, or 1 below the full-liquidation health
 * factor and for small positions, less where the rest would be too small; for a vault as much as the auction limits leave room
 * for. Seizes repaid × (1 + bonus) in proportion to the value of each collateral; if that is no
 * less than all there is, takes everything (exactly zero is left) and repays collateral / (1 + bonus). A borrower that is
 * closed whole loses all collateral, is credited with (1 − bonus) of it and keeps what exceeds the debt as cash.
 *
 * @returns whether anything was repaid: a vault waits for the next round when the limits leave no room
 */
export function liquidateBorrower(work: CascadeWorkspace, borrower: number, health: number): boolean {
  const { lending } = work.packed;
  const collateral = borrowerCollateralUsd(work, borrower);
  const debt = borrowerDebtUsd(work, borrower);
  const bonus = borrowerBonus(work, borrower);
  if (lending.closesWhole[borrower] === 1) {
    const credited = collateral * (1 - bonus);
    work.borrowerCashUsd[borrower]! += Math.max(0, credited - debt);
    seizeCollateral(work, borrower, 1, debt);
    repay(work, borrower, credited >= debt ? 1 : credited / debt, debt);
  } else {
    const closed = closedShare(work, borrower, { health, collateral, debt, bonus });
    if (closed <= 0) return false;
    const most = collateral / (1 + bonus);
    const takesAll = closed * debt >= most;
    seizeCollateral(work, borrower, takesAll ? 1 : (closed * debt * (1 + bonus)) / collateral, debt);
    repay(work, borrower, takesAll ? most / debt : closed, debt);
  }
  noteBadDebt(work, borrower);
  return true;
}

/** What one liquidation of a borrower outside auctions would do at the judged prices, as shares of all it has and owes. */
export function plannedClose(
  work: CascadeWorkspace,
  borrower: number,
  health: number,
): { readonly seizedShare: number; readonly repaidShare: number; readonly debtUsd: number } {
  const collateral = borrowerCollateralUsd(work, borrower);
  const debt = borrowerDebtUsd(work, borrower);
  const bonus = borrowerBonus(work, borrower);
  const closed = closedShare(work, borrower, { health, collateral, debt, bonus });
  const most = collateral / (1 + bonus);
  if (closed * debt >= most) return { seizedShare: 1, repaidShare: most / debt, debtUsd: debt };
  return { seizedShare: (closed * debt * (1 + bonus)) / collateral, repaidShare: closed, debtUsd: debt };
}

type Position = { readonly health: number; readonly collateral: number; readonly debt: number; readonly bonus: number };

/** Share of the debt that one liquidation repays; takes up the room of the auction limits. */
function closedShare(work: CascadeWorkspace, borrower: number, { health, collateral, debt, bonus }: Position): number {
  const { lending } = work.packed;
  const leftover = lending.smallestLeftoverUsd[borrower]!;
  const type = lending.auctionType[borrower]!;
  if (type < 0) {
    return shareToClose(
      health,
      collateral,
      debt,
      bonus,
      lending.closeFactorFraction[borrower]!,
      lending.fullLiquidationHealthFactor[borrower]!,
      lending.smallPositionUsd[borrower]!,
      leftover,
    );
  }
  const venue = lending.auctionVenue[borrower]!;
  const share = auctionShare(debt, bonus, Math.min(work.auctionRoomUsd[type]!, work.auctionRoomUsd[venue]!), leftover);
  work.auctionRoomUsd[type]! -= share * debt * (1 + bonus);
  work.auctionRoomUsd[venue]! -= share * debt * (1 + bonus);
  return share;
}

/**
 * Share of the debt that one liquidation without an auction repays, 0 … 1: the close factor, or 1 below the full-liquidation health and for small
 * positions, less where the rest would be too small.
 */
export function shareToClose(
  health: number,
  collateralUsd: number,
  debtUsd: number,
  bonusFraction: number,
  closeFactorFraction: number,
  fullLiquidationHealthFactor: number,
  smallPositionUsd: number,
  smallestLeftoverUsd: number,
): number {
  const isSmall = collateralUsd < smallPositionUsd || debtUsd < smallPositionUsd;
  const isFull = health < fullLiquidationHealthFactor || isSmall;
  return shareLeavingEnough(isFull ? 1 : closeFactorFraction, collateralUsd, debtUsd, bonusFraction, smallestLeftoverUsd);
}

/** Value of a borrower's collateral at the judged prices, before thresholds. */
export function borrowerCollateralUsd(work: CascadeWorkspace, borrower: number): number {
  const { lending } = work.packed;
  let value = 0;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    value += work.rows.collateralQuantity[row]! * work.judgedPriceUsd[lending.collateralAsset[row]!]!;
  }
  return value;
}

/** Value of a borrower's debt at the judged prices. */
export function borrowerDebtUsd(work: CascadeWorkspace, borrower: number): number {
  const { lending } = work.packed;
  let value = 0;
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    value += work.rows.debtQuantity[row]! * work.judgedPriceUsd[lending.debtAsset[row]!]!;
  }
  return value;
}

/** Liquidation bonus averaged over a borrower's collateral by value; exactly the common one where all are equal. */
export function borrowerBonus(work: CascadeWorkspace, borrower: number): number {
  const { lending } = work.packed;
  const first = lending.collateralStart[borrower]!;
  const end = lending.collateralStart[borrower + 1]!;
  if (first === end) return 0;
  const common = lending.collateralBonus[first]!;
  let value = 0;
  let beyond = 0;
  for (let row = first; row < end; row += 1) {
    const rowUsd = work.rows.collateralQuantity[row]! * work.judgedPriceUsd[lending.collateralAsset[row]!]!;
    value += rowUsd;
    beyond += rowUsd * (lending.collateralBonus[row]! - common);
  }
  return value > 0 ? common + beyond / value : common;
}

/** Takes a share of every collateral row and hands it to the sales, split by what the debt must be repaid in. */
export function seizeCollateral(work: CascadeWorkspace, borrower: number, share: number, debtUsd: number): void {
  const { lending, assets, drivers } = work.packed;
  const { collateralQuantity, debtQuantity } = work.rows;
  const price = work.judgedPriceUsd;
  const account = lending.account[borrower]!;
  const targets = drivers.length + 1;
  const { ledger } = work;
  const cause = ledger === null ? -1 : causeOfBorrower(work.packed, ledger, borrower);
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    const asset = lending.collateralAsset[row]!;
    const seized = collateralQuantity[row]! * share;
    const valueUsd = seized * work.state.priceUsd[asset]!;
    collateralQuantity[row] = share === 1 ? 0 : collateralQuantity[row]! - seized;
    work.soldQuantity[asset]! += seized;
    if (account < 0) work.crowdSoldUsd[asset]! += valueUsd;
    else {
      work.mineSoldUsd[asset]! += valueUsd;
      work.soldByAccountUsd[account * assets.count + asset]! += valueUsd;
      work.result.soldUsd[account]! += valueUsd;
    }
    for (let owed = lending.debtStart[borrower]!; owed < lending.debtStart[borrower + 1]!; owed += 1) {
      const part = (debtQuantity[owed]! * price[lending.debtAsset[owed]!]!) / debtUsd;
      const target = lending.debtTarget[owed]! < 0 ? targets - 1 : lending.debtTarget[owed]!;
      work.flow[asset * targets + target]! += seized * part;
      if (ledger !== null) ledger.entered[(cause * assets.count + asset) * targets + target]! += seized * part;
    }
  }
}

/** Repays a share of every debt row; a share of one leaves exactly zero. */
function repay(work: CascadeWorkspace, borrower: number, share: number, debtUsd: number): void {
  const { lending } = work.packed;
  const { debtQuantity } = work.rows;
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    debtQuantity[row] = share >= 1 ? 0 : debtQuantity[row]! * (1 - share);
  }
  work.repaidUsd += debtUsd * Math.min(1, share);
}

/** Debt left without collateral is borne by the lenders of the isolated market. Happens once: the borrower is skipped from then on. */
function noteBadDebt(work: CascadeWorkspace, borrower: number): void {
  const { lending } = work.packed;
  const market = lending.market[borrower]!;
  if (market < 0) return;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    if (work.rows.collateralQuantity[row]! > 0) return;
  }
  const { ledger } = work;
  const cause = ledger === null ? -1 : causeOfBorrower(work.packed, ledger, borrower);
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    work.marketBadDebt[market]! += work.rows.debtQuantity[row]!;
    if (ledger !== null) ledger.badDebt[cause * lending.marketCount + market]! += work.rows.debtQuantity[row]!;
  }
}

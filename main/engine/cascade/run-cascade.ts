import { evaluateAccount, evaluateAccounts, hasFallen } from '../packed/evaluate-accounts.ts';
import { applyShock, assignState } from '../packed/market-state.ts';
import { FAMILY } from '../packed/packed-book.ts';
import { quietRounds } from './axes/axes-state.ts';
import { postPrices } from './axes/oracle.ts';
import { leaveQueue, setAside, setsAside } from './axes/set-aside.ts';
import type { CascadeResultArrays, CascadeRules, PackedShock, RoundTrace } from './cascade-types.ts';
import { makeSaleLedger } from './causes/sale-ledger.ts';
import { closeAccount } from './close-account.ts';
import { finishCascade } from './finish-cascade.ts';
import { bookClosed } from './ladder/book-closed.ts';
import { climbTo, judgeAgain } from './ladder/climb.ts';
import { borrowerHealth } from './liquidate-borrower.ts';
import { takesPart } from './participants.ts';
import { deleveragedUsd } from './policy/deleverage-legs.ts';
import { isAccountHeldBack, isBorrowerHeldBack, isWaiting, liquidateWithinLimit } from './policy/hold-back.ts';
import { isToxicBorrower } from './policy/pause.ts';
import { endPolicyRound, payFromFunds } from './policy/policy-round.ts';
import { startPolicy } from './policy/start-policy.ts';
import { settleSales } from './settle-sales.ts';
import { clearRound, resetWorkspace, type CascadeWorkspace } from './workspace.ts';

/**
 * Liquidation cascade over all accounts together. The shock moves the drivers; then in each round every account below its
 * requirement at the round's prices (strictly) is liquidated, all at the same prices, and the sales move the prices once.
 * It ends when nobody falls, or at the round limit (a status, not an answer).
 *
 * @param trace receives one record per round, if given
 * @returns work.result, overwritten by the next call
 */
export function runCascade(
  work: CascadeWorkspace,
  shock: PackedShock,
  rules: CascadeRules,
  trace: RoundTrace[] | null = null,
): CascadeResultArrays {
  const { packed, result, state, measures } = work;
  assignState(state, packed.initial);
  evaluateAccounts(packed, state, measures);
  result.initialEquityUsd.set(measures.equityUsd);
  resetWorkspace(work, rules, trace !== null);
  applyShock(packed, shock.moves, shock.volatilityShift, state);
  work.ledger = trace === null ? null : makeSaleLedger(packed, state);
  evaluateAccounts(packed, state, measures);
  result.shockedEquityUsd.set(measures.equityUsd);
  result.shockedExcessUsd.set(measures.excessUsd);
  result.rounds = 0;
  result.status = 'converged';
  work.pausedCount = 0;
  startPolicy(work, shock, rules.policy);
  const borrowers = runRounds(work, rules, trace);
  finishCascade(work, rules, borrowers);
  return result;
}

/**
 * Round after round until nobody falls or waits and every price that is still to be posted has been, or the limit. The market is then left
 * as the last liquidation left it: a recovery while everybody only waits is not counted in favour of the book.
 *
 * @returns how many borrowers are below their requirement at the end
 */
function runRounds(work: CascadeWorkspace, rules: CascadeRules, trace: RoundTrace[] | null): number {
  const { result, axes } = work;
  const quietLimit = quietRounds(axes);
  assignState(axes.lastState, work.state);
  let borrowers = 0;
  let sales = 0;
  for (let quiet = 0; ; axes.round += 1) {
    if (axes.feed !== null) postPrices(axes.feed, axes.round, work.state.priceUsd);
    borrowers = findFallenBorrowers(work, rules, { before: borrowers, closes: sales < rules.maxRounds });
    const accounts = findFallenAccounts(work, rules);
    const isQuiet = borrowers + work.climb.fallenCount + accounts === 0 && !isWaiting(work);
    if (isQuiet && axes.waitingCount === 0 && quiet >= quietLimit) break;
    if (!isQuiet && sales >= rules.maxRounds) {
      result.status = 'reachedRoundLimit';
      break;
    }
    runRound(work, borrowers, accounts, trace);
    if (!isQuiet) assignState(axes.lastState, work.state);
    axes.onRound?.(work);
    quiet = isQuiet && axes.waitingCount === 0 ? quiet + 1 : 0;
    if (isQuiet) continue;
    sales += 1;
    result.rounds = axes.round;
  }
  assignState(work.state, axes.lastState);
  if (trace !== null) trace.length = result.rounds;
  return borrowers;
}

/**
 * Fills work.fallenBorrowers and their health: own borrowers are all judged, of the crowd those whom the prices can have reached, in an
 * order that depends on the book and the shock only.
 *
 * @param before how many were liquidated in the last round: their health is new; those paused then are judged again too
 */
function findFallenBorrowers(work: CascadeWorkspace, rules: CascadeRules, { before, closes }: { before: number; closes: boolean }): number {
  const { lending } = work.packed;
  const { fallenBorrowers, axes } = work;
  const mayWait = setsAside(axes);
  const participants = rules.participants ?? null;
  let fallen = 0;
  const judge = (borrower: number): number => {
    if (!takesPart(participants, lending, borrower)) return Infinity;
    const health = borrowerHealth(work, borrower);
    if (health < 1 && ((rules.pausesToxic === true && isToxicBorrower(work, borrower)) || isBorrowerHeldBack(work, borrower))) {
      work.pausedBorrowers[work.pausedCount] = borrower;
      work.pausedCount += 1;
    } else if (!(health < 1)) leaveQueue(work, borrower);
    else if (!mayWait || !setAside(work, borrower, health)) {
      fallenBorrowers[fallen] = borrower;
      work.fallenHealth[fallen] = health;
      fallen += 1;
    }
    return health;
  };
  const again = [
    fallenBorrowers.slice(0, before),
    work.pausedBorrowers.slice(0, work.pausedCount),
    axes.waiting.slice(0, axes.waitingCount),
    axes.skipped.slice(0, axes.skippedCount),
  ];
  work.pausedCount = 0;
  axes.waitingCount = 0;
  axes.skippedCount = 0;
  for (let borrower = 0; borrower < lending.ownCount; borrower += 1) judge(borrower);
  if (!rules.includeCrowd) return fallen;
  for (const borrowers of again)
    for (const borrower of borrowers) if (borrower >= lending.ownCount) judgeAgain(work.climb, borrower, judge);
  climbTo(work.climb, {
    priceUsd: work.judgedPriceUsd,
    round: axes.round,
    closes,
    activeVenues: participants?.crowdVenues ?? null,
    judge,
  });
  return fallen;
}

/** Judges every open own margin account; fills work.fallenAccounts. */
function findFallenAccounts(work: CascadeWorkspace, rules: CascadeRules): number {
  const { accounts } = work.packed;
  const participants = rules.participants ?? null;
  let fallen = 0;
  for (let account = 0; account < accounts.count; account += 1) {
    const family = accounts.family[account]!;
    if (family < FAMILY.tieredPerpetual || work.isClosed[account] === 1) continue;
    if (participants !== null && participants.ownAccounts[account] === 0) continue;
    evaluateAccount(work.packed, account, work.state, work.measures);
    const excessUsd = work.measures.excessUsd[account]! + deleveragedUsd(work, account);
    if (hasFallen(family, excessUsd, work.measures.requirementUsd[account]!) && !isAccountHeldBack(work, account)) {
      work.fallenAccounts[fallen] = account;
      fallen += 1;
    }
  }
  return fallen;
}

function runRound(work: CascadeWorkspace, borrowers: number, accounts: number, trace: RoundTrace[] | null): void {
  const { result, rows, packed } = work;
  const { round } = work.axes;
  const before =
    trace === null
      ? null
      : { price: work.state.priceUsd.slice(), discount: work.state.discountFraction.slice(), loss: work.state.lossFraction.slice() };
  clearRound(work);
  const ownFallen: number[] = [];
  let crowdFallen = bookClosed(work);
  for (let i = 0; i < borrowers; i += 1) {
    const borrower = work.fallenBorrowers[i]!;
    const account = packed.lending.account[borrower]!;
    if (!liquidateWithinLimit(work, borrower, work.fallenHealth[i]!)) continue;
    if (rows.borrowerFallenRound[borrower]! > 0) continue;
    rows.borrowerFallenRound[borrower] = round;
    work.touched[work.touchedCount] = borrower;
    work.touchedCount += 1;
    if (account < 0) crowdFallen += 1;
    else {
      result.fallenRound[account] = round;
      ownFallen.push(account);
    }
  }
  for (let i = 0; i < accounts; i += 1) {
    const account = work.fallenAccounts[i]!;
    closeAccount(work, account);
    result.fallenRound[account] = round;
    ownFallen.push(account);
  }
  payFromFunds(work);
  settleSales(work);
  endPolicyRound(work);
  if (trace === null || before === null) return;
  trace.push({
    round,
    startPriceUsd: before.price,
    startDiscountFraction: before.discount,
    startLossFraction: before.loss,
    crowdSoldUsd: work.crowdSoldUsd.slice(),
    mineSoldUsd: work.mineSoldUsd.slice(),
    soldQuantity: work.soldQuantity.slice(),
    repaidUsd: work.repaidUsd,
    soldByAccountUsd: work.soldByAccountUsd.slice(),
    sales: roundSales(work),
    crowdFallen,
    ownFallen,
  });
}

function roundSales({ ledger, keptFraction, poolNet, poolLogMove }: CascadeWorkspace): RoundTrace['sales'] {
  return {
    causes: ledger?.causes ?? 0,
    entered: ledger?.entered.slice() ?? new Float64Array(0),
    keptFraction: keptFraction.slice(),
    poolNet: poolNet.slice(),
    poolLogMove: poolLogMove.slice(),
    badDebt: ledger?.badDebt.slice() ?? new Float64Array(0),
  };
}

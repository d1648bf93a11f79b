import { makeAccountMeasures, type AccountMeasures } from '../packed/evaluate-accounts.ts';
import { copyState } from '../packed/market-state.ts';
import type { MarketState, PackedBook } from '../packed/packed-book.ts';
import { makeAxesState, restartAxes, type AxesState } from './axes/axes-state.ts';
import type { CascadeResultArrays, CascadeRules } from './cascade-types.ts';
import { reportClosed, type LendingResults } from './ladder/closed-records.ts';
import { openLedger, type SaleLedger } from './causes/sale-ledger.ts';
import { makeClimb, restartClimb, type Climb } from './ladder/climb.ts';
import type { PolicyState } from './policy/policy-state.ts';

/** Everything a cascade writes into, made once per packed book and reused for every scenario. */
export type CascadeWorkspace = {
  readonly packed: PackedBook;
  readonly result: CascadeResultArrays;
  /**
   * Running balances of every borrower who is not kept in `climb.closed`; those of the others are written here when `result` is asked for them.
   */
  readonly rows: LendingResults;
  /** The market of the running round; the same object as result.finalState. */
  readonly state: MarketState;
  /** Prices at which lending venues judge and seize: the market's own (state.priceUsd), or those their feeds have posted. */
  judgedPriceUsd: Float64Array;
  /** Rules beyond the plain ones. */
  readonly axes: AxesState;
  /** Reserve of each depth pool and what is sold into it in the round (buying negative). */
  readonly reserve: Float64Array;
  readonly poolNet: Float64Array;
  /** Of the running round: by how much sales moved each market's price, or 1 − discount, as a logarithm. */
  readonly poolLogMove: Float64Array;
  /** Of the running round, by asset: what a sale into its market fetched as a share of the price before it, the fee taken off. */
  readonly keptFraction: Float64Array;
  /** Who sold what in the running round; kept only while a trace is asked for. */
  ledger: SaleLedger | null;
  /** Sales to pass on, asset × target; targets are the drivers, then dollars. */
  readonly flow: Float64Array;
  /** Cash credited to a borrower whose collateral was absorbed whole, USD. */
  readonly borrowerCashUsd: Float64Array;
  /** What auctions may still be started for in the running round, by limit. */
  readonly auctionRoomUsd: Float64Array;
  /** Debt nobody will pay, in units of each isolated market's loan asset. */
  readonly marketBadDebt: Float64Array;
  /** Margin accounts whose positions were closed, and what closing fixed per position. */
  readonly isClosed: Uint8Array;
  readonly frozenUsd: Float64Array;
  readonly frozenCoin: Float64Array;
  readonly feeUsd: Float64Array;
  readonly measures: AccountMeasures;
  /** Debt repaid in the running round, at its prices. */
  repaidUsd: number;
  /** How far the running cascade has got along the crowd. */
  readonly climb: Climb;
  /** Borrowers whose `rows` the running cascade has changed. */
  readonly touched: Int32Array;
  touchedCount: number;
  /** Borrowers and own margin accounts that fall in the running round. */
  readonly fallenBorrowers: Int32Array;
  readonly fallenHealth: Float64Array;
  /** Borrowers below their requirement whom a circuit breaker keeps from being liquidated in the running round. */
  readonly pausedBorrowers: Int32Array;
  pausedCount: number;
  readonly fallenAccounts: Int32Array;
  /** Of the running round, by asset: sold by the crowd and by own accounts in USD, units by everybody; and per own account × asset. */
  readonly crowdSoldUsd: Float64Array;
  readonly mineSoldUsd: Float64Array;
  readonly soldQuantity: Float64Array;
  readonly soldByAccountUsd: Float64Array;
  /** The policies of the running cascade; null where none act. */
  policy: PolicyState | null;
};

/** Allocates a workspace for a packed book. */
export function makeCascadeWorkspace(packed: PackedBook): CascadeWorkspace {
  const { accounts, lending, assets, depth, drivers, positions } = packed;
  const state = copyState(packed.initial);
  const climb = makeClimb(packed);
  const rows = {
    collateralQuantity: new Float64Array(lending.collateralQuantity.length),
    debtQuantity: new Float64Array(lending.debtQuantity.length),
    borrowerFallenRound: new Int32Array(lending.count),
  };
  return {
    packed,
    state,
    rows,
    climb,
    result: makeResult(accounts.count, state, () => {
      reportClosed(climb.ladder, climb.closed, rows);
      return rows;
    }),
    judgedPriceUsd: state.priceUsd,
    axes: makeAxesState(packed),
    repaidUsd: 0,
    reserve: new Float64Array(depth.count),
    poolNet: new Float64Array(depth.count),
    poolLogMove: new Float64Array(depth.count),
    keptFraction: new Float64Array(assets.count),
    ledger: null,
    flow: new Float64Array(assets.count * (drivers.length + 1)),
    borrowerCashUsd: new Float64Array(lending.count),
    auctionRoomUsd: new Float64Array(lending.auctionLimitUsd.length),
    marketBadDebt: new Float64Array(lending.marketCount),
    isClosed: new Uint8Array(accounts.count),
    frozenUsd: new Float64Array(positions.count),
    frozenCoin: new Float64Array(positions.count),
    feeUsd: new Float64Array(accounts.count),
    measures: makeAccountMeasures(accounts.count),
    touched: Int32Array.from({ length: lending.count }, (_, borrower) => borrower),
    touchedCount: lending.count,
    fallenBorrowers: new Int32Array(lending.count),
    fallenHealth: new Float64Array(lending.count),
    pausedBorrowers: new Int32Array(lending.count),
    pausedCount: 0,
    fallenAccounts: new Int32Array(accounts.count),
    crowdSoldUsd: new Float64Array(assets.count),
    mineSoldUsd: new Float64Array(assets.count),
    soldQuantity: new Float64Array(assets.count),
    soldByAccountUsd: new Float64Array(accounts.count * assets.count),
    policy: null,
  };
}

/** Empty results. What is said of every borrower is read when it is asked for. */
function makeResult(accounts: number, finalState: MarketState, readRows: () => LendingResults): CascadeResultArrays {
  const perAccount = (): Float64Array => new Float64Array(accounts);
  return {
    status: 'converged',
    rounds: 0,
    badDebtUsd: 0,
    skippedBorrowers: 0,
    skippedDebtUsd: 0,
    finalState,
    initialEquityUsd: perAccount(),
    shockedEquityUsd: perAccount(),
    equityUsd: perAccount(),
    intactEquityUsd: perAccount(),
    shockedExcessUsd: perAccount(),
    intactExcessUsd: perAccount(),
    excessUsd: perAccount(),
    fallenRound: new Int32Array(accounts),
    soldUsd: perAccount(),
    get collateralQuantity() {
      return readRows().collateralQuantity;
    },
    get debtQuantity() {
      return readRows().debtQuantity;
    },
    get borrowerFallenRound() {
      return readRows().borrowerFallenRound;
    },
  };
}

/**
 * Puts every reserve, and every balance that the last cascade changed, back to the start. Own rows take the quantities of their positions.
 *
 * @param isTraced whether it is written down who sold what: everybody is then judged and liquidated one by one
 */
export function resetWorkspace(work: CascadeWorkspace, rules: CascadeRules, isTraced = false): void {
  const { packed, result } = work;
  const { lending, depth } = packed;
  for (let borrower = 0; borrower < lending.ownCount; borrower += 1) resetBorrower(work, borrower);
  for (let i = 0; i < work.touchedCount; i += 1) resetBorrower(work, work.touched[i]!);
  work.touchedCount = 0;
  restartClimb(work.climb, work.rows, isPlainRun(rules) && !isTraced);
  restartAxes(work.axes, rules.axes, packed);
  work.judgedPriceUsd = work.axes.feed?.postedUsd ?? work.state.priceUsd;
  for (let pool = 0; pool < depth.count; pool += 1) work.reserve[pool] = depth.reserveQuantity[pool]! * (1 - rules.depthThinningFraction);
  result.fallenRound.fill(0);
  result.soldUsd.fill(0);
  work.marketBadDebt.fill(0);
  work.isClosed.fill(0);
  work.frozenUsd.fill(0);
  work.frozenCoin.fill(0);
  work.feeUsd.fill(0);
}

/** Whether a borrower of the crowd is closed by its venue's rules alone: anything more is judged borrower by borrower. */
function isPlainRun(rules: CascadeRules): boolean {
  return rules.pausesToxic !== true && rules.axes === undefined && rules.policy === undefined;
}

function resetBorrower({ packed, rows, borrowerCashUsd }: CascadeWorkspace, borrower: number): void {
  const { lending, positions } = packed;
  for (let row = lending.collateralStart[borrower]!; row < lending.collateralStart[borrower + 1]!; row += 1) {
    const position = lending.collateralPosition[row]!;
    rows.collateralQuantity[row] = position < 0 ? lending.collateralQuantity[row]! : Math.max(0, positions.quantity[position]!);
  }
  for (let row = lending.debtStart[borrower]!; row < lending.debtStart[borrower + 1]!; row += 1) {
    const position = lending.debtPosition[row]!;
    rows.debtQuantity[row] = position < 0 ? lending.debtQuantity[row]! : Math.max(0, -positions.quantity[position]!);
  }
  rows.borrowerFallenRound[borrower] = 0;
  borrowerCashUsd[borrower] = 0;
}

/** Forgets the sales of the former round; its auctions have ended. */
export function clearRound(work: CascadeWorkspace): void {
  work.auctionRoomUsd.set(work.packed.lending.auctionLimitUsd);
  work.repaidUsd = 0;
  work.poolNet.fill(0);
  work.poolLogMove.fill(0);
  work.flow.fill(0);
  work.crowdSoldUsd.fill(0);
  work.mineSoldUsd.fill(0);
  work.soldQuantity.fill(0);
  work.soldByAccountUsd.fill(0);
  if (work.ledger !== null) openLedger(work.ledger);
}

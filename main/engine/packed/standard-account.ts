import {
  depegPenalty,
  expiryRequirement,
  makeStandardExpiry,
  perpetualRequirement,
  shortOptionUsd,
  type ExpiryOutcome,
  type StandardExpiry,
} from '../requirement/option-margin/standard-manager.ts';
import { STANDARD_TERMS } from '../requirement/option-margin/standard-terms.ts';
import { POSITION_KIND, type MarketState, type PackedBook } from './packed-book.ts';
import { UNIT_VALUE, UNIT_VALUES, valueUnit } from './position-value.ts';
import { unlistedNotionalUsd } from './scenario-account.ts';

/** The expiry that requires most, and why: `position` is one of its options (a packed row), −1 = no option requires anything. */
export type StandardBinding = { position: number; requirementUsd: number; isMaxLoss: boolean; worstStrikeUsd: number };

const room: { expiry: StandardExpiry; rowOfStrike: Int32Array } = { expiry: makeStandardExpiry(64), rowOfStrike: new Int32Array(64) };
const unit = new Float64Array(UNIT_VALUES);
const outcome: ExpiryOutcome = { requirementUsd: 0, isMaxLoss: false, worstStrike: -1 };

/**
 * Maintenance and initial requirement of an account under the standard manager, USD: every expiry netted by itself, every
 * perpetual and future by itself, and while the settlement dollar is off its peg the penalty on both (initial only).
 *
 * @param out [maintenance, initial]
 * @param binding receives the expiry that requires most maintenance, if given
 */
export function standardRequirement(
  packed: PackedBook,
  account: number,
  state: MarketState,
  out: Float64Array,
  binding: StandardBinding | null = null,
): void {
  const { accounts } = packed;
  out[0] = unlistedNotionalUsd(packed, account, state);
  out[1] = out[0];
  makeRoom(accounts.positionStart[account + 1]! - accounts.positionStart[account]!);
  const end = accounts.marketFrom[account]! + accounts.marketCount[account]!;
  for (let market = accounts.marketFrom[account]!; market < end; market += 1) {
    const expiries = addFutures(packed, account, market, state, out);
    for (let expiry = 0; expiry < expiries; expiry += 1) addExpiry(packed, account, market, expiry, state, out, binding);
  }
}

/** Requirement of some units of one position by itself under the standard manager, USD: [maintenance, initial]; 0 for long options. */
export function standardStandalone(packed: PackedBook, p: number, quantity: number, state: MarketState, out: Float64Array): void {
  const { positions } = packed;
  const market = positions.market[p]!;
  valueUnit(packed, p, state, unit);
  out[0] = Math.abs(quantity) * unit[UNIT_VALUE.notionalUsd]!;
  out[1] = out[0];
  if (market < 0) return;
  if (positions.kind[p]! < POSITION_KIND.linearOption) {
    out.fill(0, 0, 2);
    addFuture(packed, p, quantity, state, out);
    return;
  }
  out.fill(0, 0, 2);
  if (quantity >= 0) return;
  const coins = -quantity * positions.contractSize[p]!;
  const spot = state.priceUsd[positions.asset[p]!]!;
  const mark = unit[UNIT_VALUE.valueUsd]! / positions.contractSize[p]!;
  const { standardTerms } = packed.optionMargin;
  for (let which = 0; which < 2; which += 1) {
    const isCall = positions.isCall[p] === 1;
    out[which] = coins * shortOptionUsd(isCall, which === 1, spot, positions.strikeUsd[p]!, mark, standardTerms, market * STANDARD_TERMS);
  }
}

/** Adds every future and perpetual of a market, and tells how many expiries of options the account has there. */
function addFutures(packed: PackedBook, account: number, market: number, state: MarketState, out: Float64Array): number {
  const { positions, accounts } = packed;
  let expiries = 0;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    if (positions.market[p] !== market) continue;
    if (positions.kind[p]! >= POSITION_KIND.linearOption) expiries = Math.max(expiries, positions.expiryIndex[p]! + 1);
    else if (positions.kind[p]! > POSITION_KIND.debt && positions.isUnpriced[p] === 0)
      addFuture(packed, p, positions.quantity[p]!, state, out);
  }
  return expiries;
}

function addFuture(packed: PackedBook, p: number, quantity: number, state: MarketState, out: Float64Array): void {
  const { positions } = packed;
  const { standardTerms } = packed.optionMargin;
  const at = positions.market[p]! * STANDARD_TERMS;
  const spot = state.priceUsd[positions.asset[p]!]!;
  valueUnit(packed, p, state, unit);
  const price = spot * positions.forwardRatio[p]!;
  const coins = price > 0 ? (Math.abs(quantity) * unit[UNIT_VALUE.notionalUsd]!) / price : 0;
  out[0]! += perpetualRequirement(coins, price, spot, false, 1, standardTerms, at);
  out[1]! += perpetualRequirement(coins, price, spot, true, 1, standardTerms, at);
  out[1]! += depegPenalty(coins, spot, stablePriceUsd(packed, positions.account[p]!, state), standardTerms, at);
}

/** Nets one expiry by strike and adds what it requires. */
function addExpiry(
  packed: PackedBook,
  account: number,
  market: number,
  expiryIndex: number,
  state: MarketState,
  out: Float64Array,
  binding: StandardBinding | null,
): void {
  const { standardTerms } = packed.optionMargin;
  const at = market * STANDARD_TERMS;
  const last = gatherExpiry(packed, account, market, expiryIndex, state);
  if (last < 0) return;
  const { expiry } = room;
  expiryRequirement(expiry, false, standardTerms, at, outcome);
  out[0]! += outcome.requirementUsd;
  if (binding !== null && outcome.requirementUsd > binding.requirementUsd) {
    binding.position = last;
    binding.requirementUsd = outcome.requirementUsd;
    binding.isMaxLoss = outcome.isMaxLoss;
    binding.worstStrikeUsd = outcome.worstStrike < 0 ? 0 : expiry.strikeUsd[outcome.worstStrike]!;
  }
  expiryRequirement(expiry, true, standardTerms, at, outcome);
  out[1]! += outcome.requirementUsd;
  let shortCoins = 0;
  for (let k = 0; k < expiry.strikes; k += 1) shortCoins += Math.max(0, -expiry.callCoins[k]!) + Math.max(0, -expiry.putCoins[k]!);
  out[1]! += depegPenalty(shortCoins, expiry.spotUsd, stablePriceUsd(packed, account, state), standardTerms, at);
}

/** Fills the room's expiry; returns the last option found, or −1. */
function gatherExpiry(packed: PackedBook, account: number, market: number, expiryIndex: number, state: MarketState): number {
  const { positions, accounts } = packed;
  const { expiry, rowOfStrike } = room;
  rowOfStrike.fill(-1);
  expiry.strikes = 0;
  let last = -1;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    if (positions.market[p] !== market || positions.kind[p]! < POSITION_KIND.linearOption || positions.expiryIndex[p] !== expiryIndex)
      continue;
    const quantity = positions.quantity[p]!;
    if (quantity === 0 || positions.isUnpriced[p] === 1) continue;
    const size = positions.contractSize[p]!;
    const isCall = positions.isCall[p] === 1;
    let k = rowOfStrike[positions.strikeIndex[p]!]!;
    if (k < 0) {
      k = expiry.strikes++;
      rowOfStrike[positions.strikeIndex[p]!] = k;
      expiry.strikeUsd[k] = positions.strikeUsd[p]!;
      expiry.callCoins[k] = 0;
      expiry.putCoins[k] = 0;
    }
    valueUnit(packed, p, state, unit);
    const mark = unit[UNIT_VALUE.valueUsd]! / size;
    if (isCall) {
      expiry.callCoins[k]! += quantity * size;
      expiry.callMarkUsd[k] = mark;
    } else {
      expiry.putCoins[k]! += quantity * size;
      expiry.putMarkUsd[k] = mark;
    }
    expiry.spotUsd = state.priceUsd[positions.asset[p]!]!;
    expiry.forwardUsd = expiry.spotUsd * positions.forwardRatio[p]!;
    last = p;
  }
  return last;
}

function stablePriceUsd({ accounts }: PackedBook, account: number, state: MarketState): number {
  const stable = accounts.settlementAsset[account]!;
  return stable < 0 ? 1 : state.priceUsd[stable]!;
}

function makeRoom(positions: number): void {
  if (positions <= room.rowOfStrike.length) return;
  room.expiry = makeStandardExpiry(2 * positions);
  room.rowOfStrike = new Int32Array(2 * positions);
}

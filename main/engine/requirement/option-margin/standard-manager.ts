import { confidencePenaltyRate, STANDARD_TERM } from './standard-terms.ts';

/**
 * Options of one expiry of an account under Derive's standard manager, netted by strike: row k holds the calls and puts of one
 * strike with their marks (USD per coin, whatever is held). Signed coins.
 */
export type StandardExpiry = {
  spotUsd: number;
  forwardUsd: number;
  /** Lowest confidence of the feeds that the expiry is priced from. */
  confidence: number;
  strikes: number;
  readonly strikeUsd: Float64Array;
  readonly callCoins: Float64Array;
  readonly putCoins: Float64Array;
  readonly callMarkUsd: Float64Array;
  readonly putMarkUsd: Float64Array;
};

/** An empty expiry with room for this many strikes. */
export function makeStandardExpiry(strikes: number): StandardExpiry {
  const real = (): Float64Array => new Float64Array(strikes);
  return {
    spotUsd: 0,
    forwardUsd: 0,
    confidence: 1,
    strikes: 0,
    strikeUsd: real(),
    callCoins: real(),
    putCoins: real(),
    callMarkUsd: real(),
    putMarkUsd: real(),
  };
}

/** Which of the two rules set an expiry's requirement, and where its payoff is worst: the strike row, or −1 for a price of zero. */
export type ExpiryOutcome = { requirementUsd: number; isMaxLoss: boolean; worstStrike: number };

/**
 * Requirement of an expiry, USD, ≥ 0: the smaller of the sum of its short options by themselves and its worst payoff at expiry.
 * The payoff is piecewise linear, so it is worst at a price of zero, at a strike, or without end above where calls are net
 * short; for those a share of the forward is taken per coin. Long options require nothing and count for nothing but netting.
 *
 * Source: the rules of Derive's standard manager (StandardManager, single expiry margin).
 */
export function expiryRequirement(expiry: StandardExpiry, isInitial: boolean, terms: Float64Array, at: number, out: ExpiryOutcome): void {
  let isolated = 0;
  let netCalls = 0;
  let shortCoins = 0;
  let worst = Math.min(0, payoffAt(expiry, 0));
  out.worstStrike = -1;
  for (let k = 0; k < expiry.strikes; k += 1) {
    const call = expiry.callCoins[k]!;
    const put = expiry.putCoins[k]!;
    netCalls += call;
    if (call < 0) {
      isolated -= call * isolatedShort(expiry, k, true, isInitial, terms, at);
      shortCoins -= call;
    }
    if (put < 0) {
      isolated -= put * isolatedShort(expiry, k, false, isInitial, terms, at);
      shortCoins -= put;
    }
    const payoff = payoffAt(expiry, expiry.strikeUsd[k]!);
    if (payoff < worst) {
      worst = payoff;
      out.worstStrike = k;
    }
  }
  const scale = terms[at + (isInitial ? STANDARD_TERM.unpairedInitial : STANDARD_TERM.unpairedMaintenance)]!;
  const maxLoss = -worst + Math.max(0, -netCalls) * scale * expiry.forwardUsd;
  out.isMaxLoss = maxLoss < isolated;
  const penalty = isInitial
    ? confidencePenaltyRate(expiry.confidence, terms[at + STANDARD_TERM.optionConfidence]!, terms, at) * shortCoins * expiry.spotUsd
    : 0;
  out.requirementUsd = Math.min(maxLoss, isolated) + penalty;
}

/** Payoff of the whole expiry at a settlement price, USD, signed. */
export function payoffAt(expiry: StandardExpiry, settlementUsd: number): number {
  let payoff = 0;
  for (let k = 0; k < expiry.strikes; k += 1) {
    const above = settlementUsd - expiry.strikeUsd[k]!;
    payoff += above > 0 ? above * expiry.callCoins[k]! : -above * expiry.putCoins[k]!;
  }
  return payoff;
}

/** Requirement of one coin short of a strike's call or put, USD. */
function isolatedShort(expiry: StandardExpiry, k: number, isCall: boolean, isInitial: boolean, terms: Float64Array, at: number): number {
  const mark = isCall ? expiry.callMarkUsd[k]! : expiry.putMarkUsd[k]!;
  return shortOptionUsd(isCall, isInitial, expiry.spotUsd, expiry.strikeUsd[k]!, mark, terms, at);
}

/**
 * Requirement of one coin of a short option by itself, USD. Maintenance: mark + rate × spot; a put takes at least the same rate
 * of its mark. Initial: mark + max(rate − out-of-the-money share of spot, floor) × spot; a put takes at least its maintenance
 * times a factor.
 */
export function shortOptionUsd(
  isCall: boolean,
  isInitial: boolean,
  spotUsd: number,
  strikeUsd: number,
  markUsd: number,
  terms: Float64Array,
  at: number,
): number {
  const maintenance = isCall
    ? markUsd + terms[at + STANDARD_TERM.callMaintenance]! * spotUsd
    : markUsd + Math.max(terms[at + STANDARD_TERM.putMaintenance]! * spotUsd, terms[at + STANDARD_TERM.putMarkMaintenance]! * markUsd);
  if (!isInitial) return maintenance;
  const outOfTheMoney = Math.max(0, isCall ? strikeUsd - spotUsd : spotUsd - strikeUsd) / spotUsd;
  const rate = Math.max(terms[at + STANDARD_TERM.optionInitial]! - outOfTheMoney, terms[at + STANDARD_TERM.optionInitialFloor]!);
  const initial = markUsd + rate * spotUsd;
  return isCall ? initial : Math.max(initial, maintenance * terms[at + STANDARD_TERM.putInitialOfMaintenance]!);
}

/**
 * Requirement of a perpetual, USD: rate × |coins| × its price; for the initial one, a feed without confidence adds a share of
 * |coins| × spot.
 *
 * @param confidence lower of the perpetual's and the spot feed's
 */
export function perpetualRequirement(
  coins: number,
  perpetualUsd: number,
  spotUsd: number,
  isInitial: boolean,
  confidence: number,
  terms: Float64Array,
  at: number,
): number {
  const size = Math.abs(coins);
  const rate = terms[at + (isInitial ? STANDARD_TERM.perpetualInitial : STANDARD_TERM.perpetualMaintenance)]!;
  if (!isInitial) return rate * size * perpetualUsd;
  const penalty = confidencePenaltyRate(confidence, terms[at + STANDARD_TERM.perpetualConfidence]!, terms, at);
  return rate * size * perpetualUsd + penalty * size * spotUsd;
}

/** What coins held count for, USD: a share of their value, for the initial requirement less a share for a feed without confidence. */
export function collateralWorth(
  coins: number,
  spotUsd: number,
  isInitial: boolean,
  confidence: number,
  terms: Float64Array,
  at: number,
): number {
  const share = terms[at + STANDARD_TERM.collateralShare]! * (isInitial ? terms[at + STANDARD_TERM.collateralInitialScale]! : 1);
  const penalty = isInitial ? confidencePenaltyRate(confidence, terms[at + STANDARD_TERM.collateralConfidence]!, terms, at) : 0;
  return coins * spotUsd * (share - penalty);
}

/**
 * Added to the initial requirement while the settlement dollar is off its peg: (threshold − price) × factor × coins short in
 * options or held in perpetuals × spot, USD.
 */
export function depegPenalty(coins: number, spotUsd: number, stablePriceUsd: number, terms: Float64Array, at: number): number {
  const below = Math.max(0, terms[at + STANDARD_TERM.pegThresholdUsd]! - stablePriceUsd);
  return below * terms[at + STANDARD_TERM.pegFactor]! * coins * spotUsd;
}

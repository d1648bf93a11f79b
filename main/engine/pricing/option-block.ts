import { normalCdfFast } from '../math/normal-table.ts';
import { logRatio } from './black.ts';

/** Smallest volatility after a downward shift; an option never becomes certain by a scenario. */
export const LEAST_VOLATILITY = 0.01;

/** European options on forwards with all that does not depend on the scenario computed once. One entry per option. */
export type OptionBlock = {
  readonly count: number;
  /** 0 call, 1 put: by how much the forward less the strike is taken off the call. */
  readonly putWeight: Float64Array;
  readonly forward: Float64Array;
  readonly strike: Float64Array;
  readonly volatility: Float64Array;
  readonly rootTime: Float64Array;
  /** ln(forward / strike). */
  readonly logMoneyness: Float64Array;
};

/** Terms of the options, one entry each. */
export type OptionTerms = {
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  readonly forward: Float64Array;
  readonly strike: Float64Array;
  readonly volatility: Float64Array;
  readonly years: Float64Array;
};

/** Packs options once for many scenarios. Arrays are referred to, not copied. */
export function packOptionBlock(terms: OptionTerms): OptionBlock {
  const { isCall, forward, strike, volatility, years } = terms;
  return {
    count: forward.length,
    putWeight: Float64Array.from(isCall, (flag) => 1 - flag),
    forward,
    strike,
    volatility,
    rootTime: years.map(Math.sqrt),
    logMoneyness: forward.map((value, k) => logRatio(value, strike[k]!)),
  };
}

/**
 * Undiscounted prices of a block when all forwards are multiplied and all volatilities shifted, USD. No logarithm, root or
 * exponential in the loop, and no branch on call or put; absolute error below 4e-15 × (forward + strike), since the put comes by parity.
 *
 * @param forwardMultiplier > 0, e.g. 0.82 for a fall of 18 %
 * @param volatilityShift added to every volatility, floored at {@link LEAST_VOLATILITY}
 * @param prices filled, one per option; NaN where a term is NaN
 */
export function revalueOptionBlock(block: OptionBlock, forwardMultiplier: number, volatilityShift: number, prices: Float64Array): void {
  const { count, putWeight, forward, strike, volatility, rootTime, logMoneyness } = block;
  const logMove = Math.log(forwardMultiplier);
  for (let k = 0; k < count; k += 1) {
    const shifted = volatility[k]! + volatilityShift;
    const deviation = (shifted < LEAST_VOLATILITY ? LEAST_VOLATILITY : shifted) * rootTime[k]!;
    const moved = forward[k]! * forwardMultiplier;
    const d1 = (logMoneyness[k]! + logMove) / deviation + 0.5 * deviation;
    const call = moved * normalCdfFast(d1) - strike[k]! * normalCdfFast(d1 - deviation);
    const price = call - putWeight[k]! * (moved - strike[k]!);
    prices[k] = price < 0 ? 0 : price;
  }
}

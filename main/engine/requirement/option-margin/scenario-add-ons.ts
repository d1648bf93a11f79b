import type { ScenarioPortfolio } from './scenario-portfolio.ts';
import { confidenceRate, SCENARIO_TERM } from './scenario-terms.ts';
import type { ScenarioModel, ScenarioOutcome, ScenarioWork } from './scenario-work.ts';

/**
 * Add-ons of both requirements: futures and perpetuals by notional and time to run, coins by haircut, net short options per
 * strike, feeds without confidence (initial only). Deribit's delta shock needs the deltas and is {@link deltaShockUsd}.
 */
export function fillAddOns(portfolio: ScenarioPortfolio, { terms, at }: ScenarioModel, work: ScenarioWork, out: ScenarioOutcome): void {
  let maintenance = 0;
  let initial = 0;
  for (let j = 0; j < portfolio.linears; j += 1) {
    maintenance += portfolio.addOnBaseUsd[j]! * portfolio.addOnMaintenance[j]!;
    initial += portfolio.addOnBaseUsd[j]! * portfolio.addOnInitial[j]!;
  }
  const short = nakedShortCoins(portfolio, work) * portfolio.spotUsd;
  maintenance += short * terms[at + SCENARIO_TERM.shortOptionMaintenance]!;
  initial += short * terms[at + SCENARIO_TERM.shortOptionInitial]!;
  for (let i = 0; i < portfolio.options; i += 1) {
    const rate = confidenceRate(portfolio.expiryConfidence[portfolio.expiryOf[i]!]!, terms, at);
    initial += rate * Math.abs(portfolio.optionCoins[i]!) * portfolio.spotUsd;
  }
  out.maintenanceAddOnUsd = maintenance;
  out.initialAddOnUsd = initial;
}

/** Coins of options short after calls and puts of one strike and expiry have been netted; leaves the nets in work.strikeCoins. */
export function nakedShortCoins(portfolio: ScenarioPortfolio, work: ScenarioWork): number {
  work.strikeCoins.fill(0, 0, portfolio.strikes);
  for (let i = 0; i < portfolio.options; i += 1) work.strikeCoins[portfolio.strikeOf[i]!]! += portfolio.optionCoins[i]!;
  let short = 0;
  for (let k = 0; k < portfolio.strikes; k += 1) short += Math.max(0, -work.strikeCoins[k]!);
  return short;
}

/**
 * Add-on for a delta too large to be traded out at once: |delta| × min(cap, slope × coins of delta beyond the threshold), USD.
 * Continuous: nothing at the threshold.
 */
export function deltaShockUsd(deltaCoins: number, spotUsd: number, terms: Float64Array, at: number): number {
  const beyond = Math.max(0, Math.abs(deltaCoins) - terms[at + SCENARIO_TERM.deltaThresholdUsd]! / spotUsd);
  const rate = Math.min(terms[at + SCENARIO_TERM.deltaCap]!, terms[at + SCENARIO_TERM.deltaSlopePerCoin]! * beyond);
  return beyond === 0 ? 0 : rate * Math.abs(deltaCoins) * spotUsd;
}

/** Share of a future's notional added for rolling it: max(floor, rate × years); the floor alone for a perpetual. */
export function rollRate(years: number, terms: Float64Array, at: number): number {
  return Math.max(terms[at + SCENARIO_TERM.rollFloor]!, terms[at + SCENARIO_TERM.rollPerYear]! * years);
}

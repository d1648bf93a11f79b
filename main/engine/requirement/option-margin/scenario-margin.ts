import { blackPrice, logRatio } from '../../pricing/black.ts';
import { inverseMoveProfitCoin } from '../../pricing/inverse.ts';
import type { ScenarioPortfolio } from './scenario-portfolio.ts';
import {
  confidenceRate,
  initialLossFactor,
  SCENARIO_TERM,
  scenarioVolatilityShift,
  skewFactor,
  staticDiscount,
  VOLATILITY_STATE,
  type ScenarioGrid,
} from './scenario-terms.ts';

/**
 * Scenario margin of one underlying: the portfolio is revalued in every scenario of a price × volatility grid and the worst loss
 * counts, times the model's factor, plus add-ons. Deribit's portfolio margin and Derive's PMRM v2 are this with other numbers:
 * Derive discounts each expiry's worth statically, tilts smiles and adds a basis loss; Deribit deducts a dampener in the extended
 * table and adds for roll and large deltas.
 * Source: pme/simulate of Deribit's reference and its portfolio margin page; Derive's PMRM_2 and its library (rules only).
 */
export type ScenarioOutcome = {
  /** Loss of each scenario, USD, gains below zero; the last one is the basis contingency (0 where the model has none). */
  readonly lossUsd: Float64Array;
  /** Worth of the options now, USD. */
  optionValueUsd: number;
  /** Lowest index with the largest loss. */
  binding: number;
  maintenanceAddOnUsd: number;
  initialAddOnUsd: number;
  maintenanceUsd: number;
  initialUsd: number;
};

/** Losses per unit and scenario: row s, column of option i, then of linear row j; USD per coin of size, per USD of linear value. */
export type ScenarioRows = { readonly columns: number; readonly perUnit: Float64Array };

/** Numbers the kernel keeps between its passes; made once for the largest portfolio. */
export type ScenarioWork = {
  readonly baseUnit: Float64Array;
  readonly unit: Float64Array;
  readonly baseExpiry: Float64Array;
  readonly expiryUsd: Float64Array;
  readonly discount: Float64Array;
  readonly rootYears: Float64Array;
  readonly upShift: Float64Array;
  readonly downShift: Float64Array;
  readonly expiryFactor: Float64Array;
  readonly branch: Float64Array;
  readonly strikeCoins: Float64Array;
};

/** Room for portfolios of up to this many options. */
export function makeScenarioWork(options: number): ScenarioWork {
  const real = (): Float64Array => new Float64Array(options);
  return {
    baseUnit: real(),
    unit: real(),
    baseExpiry: real(),
    expiryUsd: real(),
    discount: real(),
    rootYears: real(),
    upShift: real(),
    downShift: real(),
    expiryFactor: real(),
    branch: real(),
    strikeCoins: real(),
  };
}

/** An empty outcome for grids of up to this many scenarios. */
export function makeScenarioOutcome(scenarios: number): ScenarioOutcome {
  const lossUsd = new Float64Array(scenarios + 1);
  return { lossUsd, optionValueUsd: 0, binding: 0, maintenanceAddOnUsd: 0, initialAddOnUsd: 0, maintenanceUsd: 0, initialUsd: 0 };
}

/** A grid and the numbers of its model, which begin at `at` of a table of terms. */
export type ScenarioModel = { readonly grid: ScenarioGrid; readonly terms: Float64Array; readonly at: number };

/**
 * Fills the outcome of a portfolio: every scenario's loss, which one binds, add-ons, and both requirements. A NaN anywhere makes
 * both requirements NaN, which the caller reads as a breach.
 *
 * @param rows receives the losses per unit, if given; the loss of scenario s is Σ row × units − deductible where that is above 0
 */
export function scenarioMargin(
  portfolio: ScenarioPortfolio,
  model: ScenarioModel,
  work: ScenarioWork,
  out: ScenarioOutcome,
  rows: ScenarioRows | null = null,
): void {
  const { grid, terms, at } = model;
  prepareExpiries(portfolio, model, work);
  out.optionValueUsd = valueOptions(portfolio, work, 0, VOLATILITY_STATE.same, terms, at);
  work.baseUnit.set(work.unit.subarray(0, portfolio.options));
  work.baseExpiry.set(work.expiryUsd.subarray(0, portfolio.expiries));
  let binding = 0;
  let worst = -Infinity;
  for (let s = 0; s <= grid.count; s += 1) {
    const loss = s < grid.count ? scenarioLoss(portfolio, model, work, s, rows) : basisLoss(portfolio, model, work, rows);
    out.lossUsd[s] = loss;
    if (loss > worst || Number.isNaN(loss)) {
      worst = loss;
      binding = s;
    }
    if (Number.isNaN(worst)) break;
  }
  out.binding = binding;
  fillAddOns(portfolio, model, work, out);
  out.maintenanceUsd = terms[at + SCENARIO_TERM.maintenanceLossFactor]! * worst + out.maintenanceAddOnUsd;
  out.initialUsd = initialLossFactor(portfolio.stablePriceUsd, terms, at) * worst + out.initialAddOnUsd;
}

/** Hoists what every scenario needs of an expiry. */
function prepareExpiries(portfolio: ScenarioPortfolio, { terms, at }: ScenarioModel, work: ScenarioWork): void {
  for (let e = 0; e < portfolio.expiries; e += 1) {
    const years = portfolio.years[e]!;
    work.rootYears[e] = Math.sqrt(years);
    work.discount[e] = Math.exp(-portfolio.ratePerYear[e]! * years);
    work.upShift[e] = 1 + scenarioVolatilityShift(years, terms[at + SCENARIO_TERM.volatilityUp]!, terms, at);
    work.downShift[e] = Math.max(0, 1 - scenarioVolatilityShift(years, terms[at + SCENARIO_TERM.volatilityDown]!, terms, at));
  }
}

/** Values every option at a move: work.unit per coin of size, work.expiryUsd by expiry. Returns the sum. */
function valueOptions(
  portfolio: ScenarioPortfolio,
  work: ScenarioWork,
  move: number,
  state: number,
  terms: Float64Array,
  at: number,
): number {
  const isSkew = state >= VOLATILITY_STATE.linearSkew;
  const minimum = state === VOLATILITY_STATE.up ? terms[at + SCENARIO_TERM.minimumVolatilityUp]! : 0;
  work.expiryUsd.fill(0, 0, portfolio.expiries);
  let sum = 0;
  for (let i = 0; i < portfolio.options; i += 1) {
    const e = portfolio.expiryOf[i]!;
    const strike = portfolio.strikeUsd[i]!;
    const forward = portfolio.movingForwardUsd[e]! * (1 + move) + portfolio.fixedForwardUsd[e]!;
    const rootYears = work.rootYears[e]!;
    let volatility = portfolio.volatility[i]!;
    if (isSkew) volatility *= skewFactor(state === VOLATILITY_STATE.absoluteSkew, logRatio(strike, forward), rootYears, terms, at);
    else if (state === VOLATILITY_STATE.up) volatility = Math.max(minimum, volatility * work.upShift[e]!);
    else if (state === VOLATILITY_STATE.down) volatility *= work.downShift[e]!;
    const price = blackPrice(portfolio.isCall[i] === 1, forward, strike, volatility * rootYears, work.discount[e]!);
    const unit = portfolio.isInverse[i] === 1 ? (price / forward) * portfolio.spotUsd : price;
    work.unit[i] = unit;
    const value = unit * portfolio.optionCoins[i]!;
    work.expiryUsd[e]! += value;
    sum += value;
  }
  return sum;
}

/** Loss of one scenario: expiries at their static discount, then linear rows; damped, less the deductible. */
function scenarioLoss(
  portfolio: ScenarioPortfolio,
  { grid, terms, at }: ScenarioModel,
  work: ScenarioWork,
  s: number,
  rows: ScenarioRows | null,
): number {
  const move = grid.spotMove[s]!;
  const state = grid.volatility[s]!;
  const damping = grid.dampingFraction[s]!;
  const isSkew = state >= VOLATILITY_STATE.linearSkew;
  valueOptions(portfolio, work, move, state, terms, at);
  let loss = 0;
  for (let e = 0; e < portfolio.expiries; e += 1) {
    const worth = work.expiryUsd[e]!;
    const factor = staticDiscount(worth < 0, portfolio.years[e]!, portfolio.ratePerYear[e]!, work.discount[e]!, terms, at);
    const lost = work.baseExpiry[e]! - worth * factor;
    // A smile may tilt either way: in a skew scenario every expiry loses what it moves.
    const sign = isSkew && lost < 0 ? -1 : 1;
    work.expiryFactor[e] = factor;
    work.branch[e] = sign;
    loss += sign * lost;
  }
  for (let j = 0; j < portfolio.linears; j += 1) loss -= linearProfit(portfolio, grid, s, j) * portfolio.linearUsd[j]!;
  if (rows !== null) fillRow(portfolio, grid, work, s, rows);
  const damped = damping * loss;
  const deductible = grid.deductibleUsd[s]!;
  return deductible > 0 ? Math.max(0, damped - deductible) : damped;
}

/** Profit per dollar of a linear row's value. */
function linearProfit(portfolio: ScenarioPortfolio, grid: ScenarioGrid, s: number, j: number): number {
  const move = portfolio.isContract[j] === 1 ? grid.linearMove[s]! : grid.spotMove[s]!;
  return portfolio.isLinearInverse[j] === 1 ? inverseMoveProfitCoin(1, move) : move;
}

function fillRow(portfolio: ScenarioPortfolio, grid: ScenarioGrid, work: ScenarioWork, s: number, rows: ScenarioRows): void {
  const damping = grid.dampingFraction[s]!;
  const from = s * rows.columns;
  for (let i = 0; i < portfolio.options; i += 1) {
    const e = portfolio.expiryOf[i]!;
    rows.perUnit[from + i] = damping * work.branch[e]! * (work.baseUnit[i]! - work.expiryFactor[e]! * work.unit[i]!);
  }
  for (let j = 0; j < portfolio.linears; j += 1)
    rows.perUnit[from + portfolio.options + j] = -damping * linearProfit(portfolio, grid, s, j);
}

/**
 * Basis contingency: Σ over expiries of (factor + factor per year × T) × what the expiry loses at the worse of two spot moves,
 * volatilities unchanged; never a gain. Expiries cannot offset each other in it.
 */
function basisLoss(portfolio: ScenarioPortfolio, model: ScenarioModel, work: ScenarioWork, rows: ScenarioRows | null): number {
  const { grid, terms, at } = model;
  const from = grid.count * (rows?.columns ?? 0);
  rows?.perUnit.fill(0, from, from + rows.columns);
  const factor = terms[at + SCENARIO_TERM.basisFactor]!;
  const perYear = terms[at + SCENARIO_TERM.basisFactorPerYear]!;
  if (factor === 0 && perYear === 0) return 0;
  // First pass: the loss up and which way is worse; second pass for the rows of those that lose more down.
  valueOptions(portfolio, work, terms[at + SCENARIO_TERM.basisUp]!, VOLATILITY_STATE.same, terms, at);
  for (let e = 0; e < portfolio.expiries; e += 1) {
    work.branch[e] = work.baseExpiry[e]! - work.expiryUsd[e]!;
    work.expiryFactor[e] = factor + perYear * portfolio.years[e]!;
  }
  if (rows !== null) fillBasisRow(portfolio, work, from, rows);
  valueOptions(portfolio, work, terms[at + SCENARIO_TERM.basisDown]!, VOLATILITY_STATE.same, terms, at);
  let loss = 0;
  for (let e = 0; e < portfolio.expiries; e += 1) {
    const up = work.branch[e]!;
    const down = work.baseExpiry[e]! - work.expiryUsd[e]!;
    loss += work.expiryFactor[e]! * Math.max(up, down, 0);
    work.branch[e] = down > Math.max(up, 0) ? 1 : up > 0 ? 0 : -1;
  }
  if (rows === null) return loss;
  for (let i = 0; i < portfolio.options; i += 1) {
    const e = portfolio.expiryOf[i]!;
    const side = work.branch[e]!;
    if (side === 0) continue;
    rows.perUnit[from + i] = side < 0 ? 0 : work.expiryFactor[e]! * (work.baseUnit[i]! - work.unit[i]!);
  }
  return loss;
}

function fillBasisRow(portfolio: ScenarioPortfolio, work: ScenarioWork, from: number, rows: ScenarioRows): void {
  for (let i = 0; i < portfolio.options; i += 1) {
    const e = portfolio.expiryOf[i]!;
    rows.perUnit[from + i] = work.expiryFactor[e]! * (work.baseUnit[i]! - work.unit[i]!);
  }
}

/**
 * Add-ons of both requirements: futures and perpetuals by notional and time to run, coins by haircut, net short options per
 * strike, feeds without confidence (initial only). Deribit's delta shock needs the deltas and is {@link deltaShockUsd}.
 */
function fillAddOns(portfolio: ScenarioPortfolio, { terms, at }: ScenarioModel, work: ScenarioWork, out: ScenarioOutcome): void {
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

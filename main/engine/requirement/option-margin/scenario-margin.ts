import { blackPrice, logRatio } from '../../pricing/black.ts';
import type { ScenarioPortfolio } from './scenario-portfolio.ts';
import { fillAddOns } from './scenario-add-ons.ts';
import {
  initialLossFactor,
  SCENARIO_TERM,
  scenarioVolatilityShift,
  skewFactor,
  staticDiscount,
  VOLATILITY_STATE,
  type ScenarioGrid,
} from './scenario-terms.ts';
import type { ScenarioModel, ScenarioOutcome, ScenarioRows, ScenarioWork } from './scenario-work.ts';

/**
 * Scenario margin of one underlying: the portfolio is revalued in every scenario of a price × volatility grid and the worst loss
 * counts, times the model's factor, plus add-ons. Deribit's portfolio margin and Derive's PMRM v2 are this with other numbers:
 * Derive discounts each expiry's worth statically, tilts smiles and adds a basis loss; Deribit deducts a dampener in the extended
 * table and adds for roll and large deltas.
 * Source: pme/simulate of Deribit's reference and its portfolio margin page; Derive's PMRM_2 and its library (rules only).
 *
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
  out.optionValueUsd = valueOptions(portfolio, work, 0, 0, VOLATILITY_STATE.same, terms, at);
  work.baseUnit.set(work.unit.subarray(0, portfolio.options));
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

/**
 * Values every option at a move: work.unit per coin of size and work.expiryUsd by expiry, and beside it what the worth of now
 * comes to, work.baseExpiry. What is paid in coin is turned into coin at `conversion`: worth after / (forward × (1 + conversion))
 * against worth now × (1 + move) / the same, which at conversion = move is the change of the coin price.
 *
 * @returns the sum of all worths
 */
function valueOptions(
  portfolio: ScenarioPortfolio,
  work: ScenarioWork,
  move: number,
  conversion: number,
  state: number,
  terms: Float64Array,
  at: number,
): number {
  const isSkew = state >= VOLATILITY_STATE.linearSkew;
  const minimum = state === VOLATILITY_STATE.up ? terms[at + SCENARIO_TERM.minimumVolatilityUp]! : 0;
  const coinScale = (1 + move) / (1 + conversion);
  work.expiryUsd.fill(0, 0, portfolio.expiries);
  work.baseExpiry.fill(0, 0, portfolio.expiries);
  let sum = 0;
  for (let i = 0; i < portfolio.options; i += 1) {
    const e = portfolio.expiryOf[i]!;
    const strike = portfolio.strikeUsd[i]!;
    const forward = portfolio.movingForwardUsd[i]! * (1 + move) + portfolio.fixedForwardUsd[i]!;
    const rootYears = work.rootYears[e]!;
    let volatility = portfolio.volatility[i]!;
    if (isSkew) volatility *= skewFactor(state === VOLATILITY_STATE.absoluteSkew, logRatio(strike, forward), rootYears, terms, at);
    else if (state === VOLATILITY_STATE.up) volatility = Math.max(minimum, volatility * work.upShift[e]!);
    else if (state === VOLATILITY_STATE.down) volatility *= work.downShift[e]!;
    const price = blackPrice(portfolio.isCall[i] === 1, forward, strike, volatility * rootYears, work.discount[e]!);
    const isInverse = portfolio.isInverse[i] === 1;
    const unit = isInverse ? (price / forward) * coinScale * portfolio.spotUsd : price;
    const coins = portfolio.optionCoins[i]!;
    work.unit[i] = unit;
    work.baseExpiry[e]! += work.baseUnit[i]! * (isInverse ? coinScale : 1) * coins;
    const value = unit * coins;
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
  valueOptions(portfolio, work, move, grid.conversionMove[s]!, state, terms, at);
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
  const deductible = portfolio.isPart ? 0 : grid.deductibleUsd[s]!;
  return deductible > 0 ? Math.max(0, damped - deductible) : damped;
}

/** Profit per dollar of a linear row's value. */
function linearProfit(portfolio: ScenarioPortfolio, grid: ScenarioGrid, s: number, j: number): number {
  const move = grid.spotMove[s]!;
  return portfolio.isLinearInverse[j] === 1 ? move / (1 + grid.conversionMove[s]!) : move;
}

function fillRow(portfolio: ScenarioPortfolio, grid: ScenarioGrid, work: ScenarioWork, s: number, rows: ScenarioRows): void {
  const damping = grid.dampingFraction[s]!;
  const coinScale = (1 + grid.spotMove[s]!) / (1 + grid.conversionMove[s]!);
  const from = s * rows.columns;
  for (let i = 0; i < portfolio.options; i += 1) {
    const e = portfolio.expiryOf[i]!;
    const base = work.baseUnit[i]! * (portfolio.isInverse[i] === 1 ? coinScale : 1);
    rows.perUnit[from + i] = damping * work.branch[e]! * (base - work.expiryFactor[e]! * work.unit[i]!);
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
  const up = terms[at + SCENARIO_TERM.basisUp]!;
  valueOptions(portfolio, work, up, up, VOLATILITY_STATE.same, terms, at);
  for (let e = 0; e < portfolio.expiries; e += 1) {
    work.branch[e] = work.baseExpiry[e]! - work.expiryUsd[e]!;
    work.expiryFactor[e] = factor + perYear * portfolio.years[e]!;
  }
  if (rows !== null) fillBasisRow(portfolio, work, from, rows);
  const down = terms[at + SCENARIO_TERM.basisDown]!;
  valueOptions(portfolio, work, down, down, VOLATILITY_STATE.same, terms, at);
  let loss = 0;
  for (let e = 0; e < portfolio.expiries; e += 1) {
    const lostUp = work.branch[e]!;
    const lostDown = work.baseExpiry[e]! - work.expiryUsd[e]!;
    loss += work.expiryFactor[e]! * Math.max(lostUp, lostDown, 0);
    work.branch[e] = lostDown > Math.max(lostUp, 0) ? 1 : lostUp > 0 ? 0 : -1;
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

import { deltaShockUsd, rollRate } from '../requirement/option-margin/scenario-add-ons.ts';
import { scenarioMargin } from '../requirement/option-margin/scenario-margin.ts';
import {
  makeScenarioOutcome,
  makeScenarioWork,
  type ScenarioModel,
  type ScenarioOutcome,
  type ScenarioRows,
  type ScenarioWork,
} from '../requirement/option-margin/scenario-work.ts';
import { makeScenarioPortfolio, type ScenarioPortfolio } from '../requirement/option-margin/scenario-portfolio.ts';
import { initialLossFactor, SCENARIO_TERM } from '../requirement/option-margin/scenario-terms.ts';
import { POSITION_KIND, type MarketState, type PackedBook } from './packed-book.ts';
import { positionDeltaCoin } from './position-delta.ts';
import { stateVolatility, UNIT_VALUE, UNIT_VALUES, valueUnit } from './position-value.ts';

/** Room that one thread needs to judge accounts by scenarios; made anew for a larger account or grid than any before. */
export type ScenarioRoom = {
  readonly portfolio: ScenarioPortfolio;
  readonly work: ScenarioWork;
  readonly outcome: ScenarioOutcome;
  /** Packed row behind each option and each linear row of the portfolio. */
  readonly optionRow: Int32Array;
  readonly linearRow: Int32Array;
  /** Surcharge for a large delta, before the loss factors. */
  deltaShockUsd: number;
};

/** Room for accounts of up to this many positions and grids of up to this many scenarios. */
export function makeScenarioRoom(positions: number, scenarios: number): ScenarioRoom {
  return {
    portfolio: makeScenarioPortfolio(positions, positions),
    work: makeScenarioWork(positions),
    outcome: makeScenarioOutcome(scenarios),
    optionRow: new Int32Array(positions),
    linearRow: new Int32Array(positions),
    deltaShockUsd: 0,
  };
}

let room = makeScenarioRoom(64, 64);
const unit = new Float64Array(UNIT_VALUES);

/**
 * Maintenance and initial requirement of an account judged by scenarios, USD: for every underlying of the venue its worst loss,
 * factors and add-ons; underlyings are not netted. What the venue names no grid for requires its whole notional.
 *
 * @param out [maintenance, initial]
 */
export function scenarioRequirement(packed: PackedBook, account: number, state: MarketState, out: Float64Array): void {
  const { accounts } = packed;
  out[0] = unlistedNotionalUsd(packed, account, state);
  out[1] = out[0];
  const end = accounts.marketFrom[account]! + accounts.marketCount[account]!;
  for (let market = accounts.marketFrom[account]!; market < end; market += 1) {
    if (!judgeMarket(packed, account, market, state)) continue;
    out[0] += room.outcome.maintenanceUsd;
    out[1] += room.outcome.initialUsd;
  }
}

/** Requirement of some units of one position by itself at a venue that judges accounts by scenarios, USD: [maintenance, initial]. */
export function scenarioStandalone(packed: PackedBook, position: number, quantity: number, state: MarketState, out: Float64Array): void {
  const market = packed.positions.market[position]!;
  if (market < 0) {
    valueUnit(packed, position, state, unit);
    out[0] = Math.abs(quantity) * unit[UNIT_VALUE.notionalUsd]!;
    out[1] = out[0];
    return;
  }
  const model = packed.optionMargin.scenarioModels[market]!;
  makeRoom(1, model.grid.count);
  startPortfolio(packed, packed.positions.account[position]!, state);
  room.portfolio.isPart = true;
  addPosition(packed, position, quantity, state, model, 0, 0);
  finishMarket(packed, state, model);
  out[0] = room.outcome.maintenanceUsd;
  out[1] = room.outcome.initialUsd;
}

/**
 * Judges one market of an account; what came of it lies in the room until the next call.
 *
 * @param rows receives losses per unit of each portfolio row, if given
 * @returns the room, or null where the account has nothing in the market
 */
export function judgeScenarioMarket(
  packed: PackedBook,
  account: number,
  market: number,
  state: MarketState,
  rows: ScenarioRows | null,
): ScenarioRoom | null {
  return judgeMarket(packed, account, market, state, rows) ? room : null;
}

function judgeMarket(packed: PackedBook, account: number, market: number, state: MarketState, rows: ScenarioRows | null = null): boolean {
  const { positions, accounts } = packed;
  const model = packed.optionMargin.scenarioModels[market]!;
  const from = accounts.positionStart[account]!;
  const to = accounts.positionStart[account + 1]!;
  makeRoom(to - from, model.grid.count);
  let isStarted = false;
  for (let p = from; p < to; p += 1) {
    const quantity = positions.quantity[p]!;
    if (positions.market[p] !== market || quantity === 0 || positions.isUnpriced[p] === 1) continue;
    if (!isStarted) startPortfolio(packed, account, state);
    isStarted = true;
    addPosition(packed, p, quantity, state, model, positions.expiryIndex[p]!, positions.strikeIndex[p]!);
  }
  if (isStarted) finishMarket(packed, state, model, rows);
  return isStarted;
}

function makeRoom(positions: number, scenarios: number): void {
  const options = room.portfolio.isCall.length;
  if (positions <= options && scenarios < room.outcome.lossUsd.length) return;
  room = makeScenarioRoom(Math.max(options, 2 * positions), Math.max(room.outcome.lossUsd.length - 1, scenarios));
}

function startPortfolio(packed: PackedBook, account: number, state: MarketState): void {
  const { portfolio } = room;
  const stable = packed.accounts.settlementAsset[account]!;
  portfolio.spotUsd = 0;
  portfolio.isPart = false;
  portfolio.stablePriceUsd = stable < 0 ? 1 : state.priceUsd[stable]!;
  portfolio.options = 0;
  portfolio.expiries = 0;
  portfolio.strikes = 0;
  portfolio.linears = 0;
}

/** Puts a position into the portfolio: an option, a future or perpetual, or a coin that offsets. */
function addPosition(
  packed: PackedBook,
  p: number,
  quantity: number,
  state: MarketState,
  { terms, at }: ScenarioModel,
  expiry: number,
  strike: number,
): void {
  const { positions } = packed;
  const { portfolio } = room;
  const kind = positions.kind[p]!;
  const spot = state.priceUsd[positions.asset[p]!]!;
  const coins = quantity * positions.contractSize[p]!;
  // The spot of a market is that of its contracts' underlying; an offsetting coin has a price of its own.
  if (kind > POSITION_KIND.debt) portfolio.spotUsd = spot;
  if (kind >= POSITION_KIND.linearOption) {
    const i = portfolio.options++;
    room.optionRow[i] = p;
    portfolio.isCall[i] = positions.isCall[p]!;
    portfolio.isInverse[i] = kind === POSITION_KIND.inverseOption ? 1 : 0;
    portfolio.expiryOf[i] = expiry;
    portfolio.strikeOf[i] = strike;
    portfolio.strikeUsd[i] = positions.strikeUsd[p]!;
    portfolio.volatility[i] = stateVolatility(packed, p, state);
    portfolio.optionCoins[i] = coins;
    portfolio.fixedForwardUsd[i] = 0;
    portfolio.movingForwardUsd[i] = spot * positions.forwardRatio[p]!;
    portfolio.years[expiry] = positions.years[p]!;
    portfolio.ratePerYear[expiry] = terms[at + SCENARIO_TERM.ratePerYear]!;
    portfolio.expiryConfidence[expiry] = 1;
    portfolio.expiries = Math.max(portfolio.expiries, expiry + 1);
    portfolio.strikes = Math.max(portfolio.strikes, strike + 1);
    return;
  }
  const j = portfolio.linears++;
  room.linearRow[j] = p;
  portfolio.isLinearInverse[j] = kind === POSITION_KIND.inverseFuture ? 1 : 0;
  portfolio.linearUsd[j] =
    kind === POSITION_KIND.linearFuture
      ? coins * spot * positions.forwardRatio[p]!
      : kind === POSITION_KIND.inverseFuture
        ? coins / positions.forwardRatio[p]!
        : coins * spot;
  const roll = rollRate(positions.years[p]!, terms, at);
  const isContract = kind > POSITION_KIND.debt;
  portfolio.addOnBaseUsd[j] = !isContract
    ? 0
    : kind === POSITION_KIND.linearFuture
      ? Math.abs(coins) * spot
      : Math.abs(portfolio.linearUsd[j]);
  portfolio.addOnMaintenance[j] = terms[at + SCENARIO_TERM.contractMaintenance]! + terms[at + SCENARIO_TERM.maintenanceLossFactor]! * roll;
  portfolio.addOnInitial[j] = terms[at + SCENARIO_TERM.contractInitial]! + terms[at + SCENARIO_TERM.initialLossFactor]! * roll;
}

/** Runs the scenarios and adds the delta shock, which is asked for only where the gross size could pass its threshold. */
function finishMarket(packed: PackedBook, state: MarketState, model: ScenarioModel, rows: ScenarioRows | null = null): void {
  const { portfolio, outcome } = room;
  const { terms, at } = model;
  scenarioMargin(portfolio, model, room.work, outcome, rows);
  room.deltaShockUsd = 0;
  let grossUsd = 0;
  for (let i = 0; i < portfolio.options; i += 1) grossUsd += Math.abs(portfolio.optionCoins[i]!) * portfolio.spotUsd;
  for (let j = 0; j < portfolio.linears; j += 1) grossUsd += Math.abs(portfolio.linearUsd[j]!);
  if (grossUsd <= terms[at + SCENARIO_TERM.deltaThresholdUsd]!) return;
  room.deltaShockUsd = deltaShockUsd(totalDeltaCoins(packed, state), portfolio.spotUsd, terms, at);
  outcome.maintenanceUsd += terms[at + SCENARIO_TERM.maintenanceLossFactor]! * room.deltaShockUsd;
  outcome.initialUsd += initialLossFactor(portfolio.stablePriceUsd, terms, at) * room.deltaShockUsd;
}

/** Delta of the portfolio in coins; for coin-settled options less the premium, which is itself coin. */
function totalDeltaCoins(packed: PackedBook, state: MarketState): number {
  const { portfolio } = room;
  let delta = 0;
  for (let i = 0; i < portfolio.options; i += 1) {
    const p = room.optionRow[i]!;
    valueUnit(packed, p, state, unit);
    const premium = portfolio.isInverse[i] === 1 ? unit[UNIT_VALUE.optionCoin]! : 0;
    delta += portfolio.optionCoins[i]! * (positionDeltaCoin(packed, p, state) / packed.positions.contractSize[p]! - premium);
  }
  for (let j = 0; j < portfolio.linears; j += 1) delta += portfolio.linearUsd[j]! / portfolio.spotUsd;
  return delta;
}

/** Notional of contracts whose underlying the venue names no market for, USD. */
export function unlistedNotionalUsd(packed: PackedBook, account: number, state: MarketState): number {
  const { positions, accounts } = packed;
  let notional = 0;
  for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
    if (positions.market[p]! >= 0 || positions.kind[p]! <= POSITION_KIND.debt || positions.quantity[p] === 0) continue;
    valueUnit(packed, p, state, unit);
    notional += Math.abs(positions.quantity[p]!) * unit[UNIT_VALUE.notionalUsd]!;
  }
  return notional;
}

import { initialLossFactor, SCENARIO_TERM } from '../requirement/option-margin/scenario-terms.ts';
import { nakedShortCoins } from '../requirement/option-margin/scenario-add-ons.ts';
import { FAMILY, POSITION_KIND, type MarketState, type PackedBook } from './packed-book.ts';
import { judgeScenarioMarket, type ScenarioRoom } from './scenario-account.ts';

/**
 * The requirement of one underlying of an account as losses per unit: with x the quantities of `positions`,
 * requirement = max over s of (Σ_j lossRows[s][j] x_j − offsetUsd[s]) + Σ_j addOnPerUnit[j] |x_j| + deltaShockUsd, exactly at the
 * quantities held. Rows are the model's linear pieces there: the sign of an expiry's worth, the side to which a smile tilts and the
 * strikes that are net short are those of now.
 */
export type ScenarioMatrix = {
  /** Row of PackedOptionMargin.scenarioModels. */
  readonly market: number;
  /** Scenarios of the grid, and the basis contingency as the last. */
  readonly scenarios: number;
  /** Packed rows, in the order of the columns. */
  readonly positions: Int32Array;
  /** Scenario × position, row-major, USD per unit of quantity, the loss factor included. */
  readonly lossRows: Float64Array;
  readonly addOnPerUnit: Float64Array;
  /** What a scenario's loss is counted beyond, the loss factor included, USD. */
  readonly offsetUsd: Float64Array;
  /** Loss of each scenario as the grid counts it, USD, before the loss factor and add-ons. */
  readonly lossUsd: Float64Array;
  /** Lowest index with the largest loss. */
  readonly binding: number;
  readonly deltaShockUsd: number;
  readonly requirementUsd: number;
};

/**
 * The matrix of every underlying of an account judged by scenarios; an account of another family has none. The account's
 * requirement is the sum over its matrices, and over contracts for which the venue has no market.
 *
 * @param isInitial the initial requirement instead of the maintenance one
 */
export function scenarioMatrices(packed: PackedBook, account: number, state: MarketState, isInitial = false): readonly ScenarioMatrix[] {
  const { accounts } = packed;
  if (accounts.family[account] !== FAMILY.scenarioMargin) return [];
  const matrices: ScenarioMatrix[] = [];
  const end = accounts.marketFrom[account]! + accounts.marketCount[account]!;
  const columns = accounts.positionStart[account + 1]! - accounts.positionStart[account]!;
  for (let market = accounts.marketFrom[account]!; market < end; market += 1) {
    const scenarios = packed.optionMargin.scenarioModels[market]!.grid.count + 1;
    const rows = { columns, perUnit: new Float64Array(scenarios * columns) };
    const room = judgeScenarioMarket(packed, account, market, state, rows);
    if (room !== null) matrices.push(matrixOf(packed, market, room, rows.perUnit, columns, isInitial));
  }
  return matrices;
}

function matrixOf(
  packed: PackedBook,
  market: number,
  room: ScenarioRoom,
  perUnit: Float64Array,
  columns: number,
  isInitial: boolean,
): ScenarioMatrix {
  const { grid, terms, at } = packed.optionMargin.scenarioModels[market]!;
  const { portfolio, outcome, work } = room;
  const { options, linears } = portfolio;
  const scenarios = grid.count + 1;
  const count = options + linears;
  const factor = isInitial ? initialLossFactor(portfolio.stablePriceUsd, terms, at) : terms[at + SCENARIO_TERM.maintenanceLossFactor]!;
  const shortShare = terms[at + (isInitial ? SCENARIO_TERM.shortOptionInitial : SCENARIO_TERM.shortOptionMaintenance)]!;
  nakedShortCoins(portfolio, work);
  const positions = new Int32Array(count);
  const lossRows = new Float64Array(scenarios * count);
  const addOnPerUnit = new Float64Array(count);
  for (let i = 0; i < options; i += 1) {
    const p = room.optionRow[i]!;
    const size = packed.positions.contractSize[p]!;
    // Net short strikes take a share of spot per coin short, whatever the scenario: linear in the options of the strike.
    const short = work.strikeCoins[portfolio.strikeOf[i]!]! < 0 ? shortShare * portfolio.spotUsd : 0;
    positions[i] = p;
    for (let s = 0; s < scenarios; s += 1) lossRows[s * count + i] = size * (factor * perUnit[s * columns + i]! - short);
  }
  for (let j = 0; j < linears; j += 1) {
    const p = room.linearRow[j]!;
    const quantity = packed.positions.quantity[p]!;
    const usdPerUnit = portfolio.linearUsd[j]! / quantity;
    const rates = isInitial ? portfolio.addOnInitial : portfolio.addOnMaintenance;
    positions[options + j] = p;
    addOnPerUnit[options + j] =
      packed.positions.kind[p]! > POSITION_KIND.debt ? (portfolio.addOnBaseUsd[j]! * rates[j]!) / Math.abs(quantity) : 0;
    for (let s = 0; s < scenarios; s += 1) lossRows[s * count + options + j] = usdPerUnit * factor * perUnit[s * columns + options + j]!;
  }
  const offsetUsd = new Float64Array(scenarios);
  for (let s = 0; s < grid.count; s += 1) offsetUsd[s] = factor * grid.deductibleUsd[s]!;
  return {
    market,
    scenarios,
    positions,
    lossRows,
    addOnPerUnit,
    offsetUsd,
    lossUsd: outcome.lossUsd.slice(0, scenarios),
    binding: outcome.binding,
    deltaShockUsd: factor * room.deltaShockUsd,
    requirementUsd: isInitial ? outcome.initialUsd : outcome.maintenanceUsd,
  };
}

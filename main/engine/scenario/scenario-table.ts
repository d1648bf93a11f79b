/** Outcomes in scenario order, matrices row-major: scenario × account, × asset or × position. USD unless named otherwise. */
export type ScenarioTable = {
  readonly scenarios: number;
  readonly accounts: number;
  readonly assets: number;
  readonly positions: number;
  /** Per account, before anything moves. */
  readonly initialEquityUsd: Float64Array;
  /** After the shock, before any forced sale. */
  readonly shockedEquityUsd: Float64Array;
  readonly shockedExcessUsd: Float64Array;
  /** After the cascade. */
  readonly equityUsd: Float64Array;
  readonly excessUsd: Float64Array;
  /** Excess at the final prices with the account's own positions untouched: what a hedge must lift above zero. */
  readonly intactExcessUsd: Float64Array;
  /** Equity at the final prices with the account's own positions untouched. */
  readonly intactEquityUsd: Float64Array;
  /** Round in which each account first fell; 0 = holds. */
  readonly fallenRound: Int32Array;
  /** By scenario. */
  readonly rounds: Int32Array;
  readonly hasConverged: Uint8Array;
  readonly badDebtUsd: Float64Array;
  /** Final market: scenario × asset, and the volatility shift by scenario. */
  readonly priceUsd: Float64Array;
  readonly discountFraction: Float64Array;
  readonly lossFraction: Float64Array;
  readonly volatilityShift: Float64Array;
  /** Scenario × position; empty unless asked for. Equity of one more unit (profit since entry for futures), and its requirement bought or sold alone. */
  readonly unitValueUsd: Float64Array;
  readonly unitLongRequirementUsd: Float64Array;
  readonly unitShortRequirementUsd: Float64Array;
};

/** Sizes of a table. `positions` is 0 where unit values are not wanted. */
export type TableSize = { readonly scenarios: number; readonly accounts: number; readonly assets: number; readonly positions: number };

/** An empty table. */
export function makeScenarioTable(size: TableSize): ScenarioTable {
  const { scenarios, accounts, assets, positions } = size;
  const matrix = (columns: number): Float64Array => new Float64Array(scenarios * columns);
  return {
    ...size,
    initialEquityUsd: new Float64Array(accounts),
    shockedEquityUsd: matrix(accounts),
    shockedExcessUsd: matrix(accounts),
    equityUsd: matrix(accounts),
    excessUsd: matrix(accounts),
    intactExcessUsd: matrix(accounts),
    intactEquityUsd: matrix(accounts),
    fallenRound: new Int32Array(scenarios * accounts),
    rounds: new Int32Array(scenarios),
    hasConverged: new Uint8Array(scenarios),
    badDebtUsd: new Float64Array(scenarios),
    priceUsd: matrix(assets),
    discountFraction: matrix(assets),
    lossFraction: matrix(assets),
    volatilityShift: new Float64Array(scenarios),
    unitValueUsd: matrix(positions),
    unitLongRequirementUsd: matrix(positions),
    unitShortRequirementUsd: matrix(positions),
  };
}

/** Copies the rows of a part into the whole, starting at a scenario. */
export function placeRows(whole: ScenarioTable, part: ScenarioTable, firstScenario: number): void {
  whole.initialEquityUsd.set(part.initialEquityUsd);
  const { accounts, assets, positions } = whole;
  whole.shockedEquityUsd.set(part.shockedEquityUsd, firstScenario * accounts);
  whole.shockedExcessUsd.set(part.shockedExcessUsd, firstScenario * accounts);
  whole.equityUsd.set(part.equityUsd, firstScenario * accounts);
  whole.excessUsd.set(part.excessUsd, firstScenario * accounts);
  whole.intactExcessUsd.set(part.intactExcessUsd, firstScenario * accounts);
  whole.intactEquityUsd.set(part.intactEquityUsd, firstScenario * accounts);
  whole.fallenRound.set(part.fallenRound, firstScenario * accounts);
  whole.rounds.set(part.rounds, firstScenario);
  whole.hasConverged.set(part.hasConverged, firstScenario);
  whole.badDebtUsd.set(part.badDebtUsd, firstScenario);
  whole.priceUsd.set(part.priceUsd, firstScenario * assets);
  whole.discountFraction.set(part.discountFraction, firstScenario * assets);
  whole.lossFraction.set(part.lossFraction, firstScenario * assets);
  whole.volatilityShift.set(part.volatilityShift, firstScenario);
  whole.unitValueUsd.set(part.unitValueUsd, firstScenario * positions);
  whole.unitLongRequirementUsd.set(part.unitLongRequirementUsd, firstScenario * positions);
  whole.unitShortRequirementUsd.set(part.unitShortRequirementUsd, firstScenario * positions);
}

import type { ScenarioGrid } from './scenario-terms.ts';

/** What judging one underlying of an account came to. */
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

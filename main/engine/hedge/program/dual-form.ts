import type { CvarProgram } from './cvar-program.ts';
import { buildLinearProgram } from './linear-program.ts';
import type { LinearProgram, LinearProgramBuilder, LinearSolution } from './linear-program.ts';

/**
 * The dual of a CVaR program as a linear program of its own: one column per limit (its price), one per finite upper bound, and one
 * bounded column per scenario (its weight in the tail, 0 … weight / (1 − confidence)); one row per decision. With 10,000 scenarios and
 * 100 decisions it has 100 rows instead of 10,000, and columns of scenarios that never come into the tail can be left out. Money and
 * decisions are scaled by powers of two, which changes no bit of the result.
 */
export type DualForm = {
  /** The columns of limits, then those of upper bounds; scenarios come behind them. */
  readonly program: LinearProgram;
  readonly moneyScale: number;
  /** Unit of each decision in the scaled program. */
  readonly variableScale: Float64Array;
};

/** What the dual form's solution says about the program it came from. Prices >= 0, per unit in USD. */
export type DualReading = {
  readonly values: Float64Array;
  readonly tailWeights: Float64Array;
  readonly rowPrices: Float64Array;
  readonly upperPricesUsd: Float64Array;
};

/** Builds the dual form without scenarios. Bounds of the decisions have to be finite. */
export function dualForm(program: CvarProgram): DualForm {
  const scale = scalesOf(program);
  const variables = program.costUsd.length;
  const groups = program.groupPenaltyUsd.length;
  const rowLower = new Float64Array(variables + 1 + groups).fill(Number.NEGATIVE_INFINITY);
  const rowUpper = new Float64Array(variables + 1 + groups);
  for (let j = 0; j < variables; j++) rowUpper[j] = (program.costUsd[j]! * scale.variable[j]!) / scale.money;
  rowLower[variables] = 1;
  rowUpper[variables] = 1;
  for (let g = 0; g < groups; g++) rowUpper[variables + 1 + g] = program.groupPenaltyUsd[g]!;
  const builder = buildLinearProgram(rowLower, rowUpper);
  addLimitColumns(program, scale, builder);
  for (let j = 0; j < variables; j++) {
    const unit = scale.variable[j]!;
    builder.add({
      cost: (program.upper[j]! - program.lower[j]!) / unit,
      lower: 0,
      upper: (program.upperPenaltyUsd[j]! * unit) / scale.money,
      rows: [j],
      values: [-1],
    });
  }
  return { program: builder.finish(), moneyScale: scale.money, variableScale: scale.variable };
}

/** Columns of some scenarios, to be added to the dual form. */
export function scenarioColumns(source: CvarProgram, form: DualForm, wanted: Int32Array): LinearProgram {
  const variables = source.costUsd.length;
  const scenarios = source.lossesUsd.length;
  const { moneyScale, variableScale } = form;
  const entries = new Float64Array(wanted.length * (variables + 1));
  const lossesUsd = Float64Array.from(wanted, (s) => source.lossesUsd[s]!);
  for (let j = 0; j < variables; j++) {
    const unit = variableScale[j]! / moneyScale;
    const lower = source.lower[j]!;
    for (let k = 0; k < wanted.length; k++) {
      const reductionUsd = source.reductionUsd[j * scenarios + wanted[k]!]!;
      if (lower !== 0) lossesUsd[k] = lossesUsd[k]! - reductionUsd * lower;
      entries[k * (variables + 1) + j] = reductionUsd * unit;
    }
  }
  const builder = buildLinearProgram(form.program.rowLower, form.program.rowUpper);
  const rows = Int32Array.from({ length: variables + 1 }, (_, j) => j);
  for (let k = 0; k < wanted.length; k++) {
    entries[k * (variables + 1) + variables] = 1;
    builder.add({
      cost: -lossesUsd[k]! / moneyScale,
      lower: 0,
      upper: source.weights[wanted[k]!]! / (1 - source.confidence),
      rows,
      values: entries.subarray(k * (variables + 1), (k + 1) * (variables + 1)),
    });
  }
  return builder.finish();
}

/**
 * Reads decisions and prices back from a solution of the dual form.
 *
 * @param scenarios those whose columns were added, in that order
 */
export function readDualForm(source: CvarProgram, form: DualForm, scenarios: Int32Array, solution: LinearSolution): DualReading {
  const variables = source.costUsd.length;
  const limits = source.rowBoundUsd.length;
  const values = new Float64Array(variables);
  const upperPricesUsd = new Float64Array(variables);
  for (let j = 0; j < variables; j++) {
    const unit = form.variableScale[j]!;
    // The minimum falls by v when a decision's cost rises by one; hence the sign. Elastic limits may be exceeded.
    const raised = source.lower[j]! - solution.rowDuals[j]! * unit;
    const ceiling = source.upperPenaltyUsd[j] === Number.POSITIVE_INFINITY ? source.upper[j]! : Number.POSITIVE_INFINITY;
    values[j] = Math.max(source.lower[j]!, Math.min(ceiling, raised));
    upperPricesUsd[j] = (Math.max(0, solution.columnValues[limits + j]!) * form.moneyScale) / unit;
  }
  const tailWeights = new Float64Array(source.lossesUsd.length);
  for (let k = 0; k < scenarios.length; k++) tailWeights[scenarios[k]!] = solution.columnValues[limits + variables + k]!;
  return { values, tailWeights, rowPrices: solution.columnValues.slice(0, limits), upperPricesUsd };
}

type Scales = { readonly money: number; readonly variable: Float64Array };

function addLimitColumns(program: CvarProgram, scale: Scales, builder: LinearProgramBuilder): void {
  const variables = program.costUsd.length;
  for (let r = 0; r < program.rowBoundUsd.length; r++) {
    const start = program.rowStarts[r]!;
    const end = program.rowStarts[r + 1]!;
    const rows: number[] = [];
    const values: number[] = [];
    let boundUsd = program.rowBoundUsd[r]!;
    for (let k = start; k < end; k++) {
      const variable = program.rowVariables[k]!;
      boundUsd -= program.rowValues[k]! * program.lower[variable]!;
      rows.push(variable);
      values.push((program.rowValues[k]! * scale.variable[variable]!) / scale.money);
    }
    rows.push(variables + 1 + program.rowGroup[r]!);
    values.push(1);
    builder.add({ cost: -boundUsd / scale.money, lower: 0, upper: Number.POSITIVE_INFINITY, rows, values });
  }
}

/** Largest loss becomes about 1,000 and the largest effect of one unit of a decision about 1. */
function scalesOf(program: CvarProgram): Scales {
  const scenarios = program.lossesUsd.length;
  let largestLoss = 0;
  for (let s = 0; s < scenarios; s++) largestLoss = Math.max(largestLoss, Math.abs(program.lossesUsd[s]!));
  const money = powerOfTwo(largestLoss / 1000);
  const variable = new Float64Array(program.costUsd.length);
  for (let j = 0; j < variable.length; j++) {
    let largest = Math.abs(program.costUsd[j]!);
    for (let s = 0; s < scenarios; s++) largest = Math.max(largest, Math.abs(program.reductionUsd[j * scenarios + s]!));
    variable[j] = largest;
  }
  for (let k = 0; k < program.rowValues.length; k++) {
    const j = program.rowVariables[k]!;
    variable[j] = Math.max(variable[j]!, Math.abs(program.rowValues[k]!));
  }
  for (let j = 0; j < variable.length; j++) variable[j] = variable[j]! > 0 ? money / powerOfTwo(variable[j]!) : 1;
  return { money, variable };
}

function powerOfTwo(value: number): number {
  return value > 0 && Number.isFinite(value) ? 2 ** Math.round(Math.log2(value)) : 1;
}

import type { CvarProgram } from './cvar-program.ts';
import { buildLinearProgram } from './linear-program.ts';
import type { LinearProgram, LinearProgramBuilder, LinearSolution } from './linear-program.ts';

/**
 * The dual of a CVaR program as a linear program of its own: one bounded column per scenario (its weight in the tail,
 * 0 … weight / (1 − confidence)), one column per limit (its price), one per finite upper bound; one row per decision.
 * With 1,000 scenarios and 100 decisions it has 100 rows instead of 1,000 and is solved several times faster than the
 * primal; `test/engine/hedge/program.bench.ts` measures it. Money and decisions are scaled by powers of two, which changes
 * no bit of the result.
 */
export type DualForm = {
  readonly program: LinearProgram;
  readonly moneyScale: number;
  /** Unit of each decision in the scaled program. */
  readonly variableScale: Float64Array;
  /** Column of the price of each decision's upper bound. */
  readonly upperColumn: Int32Array;
};

/** What the dual form's solution says about the program it came from. Prices >= 0, per unit in USD. */
export type DualReading = {
  readonly values: Float64Array;
  readonly tailWeights: Float64Array;
  readonly rowPrices: Float64Array;
  readonly upperPricesUsd: Float64Array;
};

/** Builds the dual form. Bounds of the decisions have to be finite. */
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
  addScenarioColumns(program, scale, builder);
  addLimitColumns(program, scale, builder);
  const upperColumn = new Int32Array(variables);
  for (let j = 0; j < variables; j++) {
    const unit = scale.variable[j]!;
    upperColumn[j] = builder.add({
      cost: (program.upper[j]! - program.lower[j]!) / unit,
      lower: 0,
      upper: (program.upperPenaltyUsd[j]! * unit) / scale.money,
      rows: [j],
      values: [-1],
    });
  }
  return { program: builder.finish(), moneyScale: scale.money, variableScale: scale.variable, upperColumn };
}

/** Reads decisions and prices back from a solution of the dual form. */
export function readDualForm(source: CvarProgram, form: DualForm, solution: LinearSolution): DualReading {
  const variables = source.costUsd.length;
  const scenarios = source.lossesUsd.length;
  const rows = source.rowBoundUsd.length;
  const values = new Float64Array(variables);
  const upperPricesUsd = new Float64Array(variables);
  for (let j = 0; j < variables; j++) {
    const unit = form.variableScale[j]!;
    // The minimum falls by v when a decision's cost rises by one; hence the sign. Elastic limits may be exceeded.
    const raised = source.lower[j]! - solution.rowDuals[j]! * unit;
    const ceiling = source.upperPenaltyUsd[j] === Number.POSITIVE_INFINITY ? source.upper[j]! : Number.POSITIVE_INFINITY;
    values[j] = Math.max(source.lower[j]!, Math.min(ceiling, raised));
    upperPricesUsd[j] = (Math.max(0, solution.columnValues[form.upperColumn[j]!]!) * form.moneyScale) / unit;
  }
  return {
    values,
    tailWeights: solution.columnValues.slice(0, scenarios),
    rowPrices: solution.columnValues.slice(scenarios, scenarios + rows),
    upperPricesUsd,
  };
}

type Scales = { readonly money: number; readonly variable: Float64Array };

function addScenarioColumns(program: CvarProgram, scale: Scales, builder: LinearProgramBuilder): void {
  const variables = program.costUsd.length;
  const scenarios = program.lossesUsd.length;
  const indices = new Int32Array(variables + 1);
  for (let j = 0; j <= variables; j++) indices[j] = j;
  const entries = new Float64Array(variables + 1);
  for (let s = 0; s < scenarios; s++) {
    let lossUsd = program.lossesUsd[s]!;
    for (let j = 0; j < variables; j++) {
      const reduction = program.reductionUsd[j * scenarios + s]!;
      lossUsd -= reduction * program.lower[j]!;
      entries[j] = (reduction * scale.variable[j]!) / scale.money;
    }
    entries[variables] = 1;
    const upper = program.weights[s]! / (1 - program.confidence);
    builder.add({ cost: -lossUsd / scale.money, lower: 0, upper, rows: indices, values: entries });
  }
}

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

/**
 * The hedging program in the terms of the desk, before it becomes a linear program:
 *
 *   minimise  ES_confidence(loss − Σ_j reduction_j v_j) + Σ_j cost_j v_j + Σ_g penalty_g shortfall_g + Σ_j upperPenalty_j over_j
 *   where     Σ_j row_rj v_j + shortfall_group(r) >= rowBound_r,   lower_j <= v_j <= upper_j + over_j
 *
 * A trade that may go both ways is two variables (bought, sold), because costs, margin and cash use |x|. Rows of one
 * group share one shortfall, so "this account's requirement in every scenario" is one limit with one price. A penalty of
 * Infinity makes the limit hard. Money in USD; a variable is in its own unit (coins, contracts, USD of cash).
 * Source: Rockafellar and Uryasev, Optimization of conditional value-at-risk (2000).
 */
export type CvarProgram = {
  readonly confidence: number;
  /** Probability of each scenario, summing to 1. */
  readonly weights: Float64Array;
  /** Loss of each scenario before any action, positive = bad. */
  readonly lossesUsd: Float64Array;
  readonly costUsd: Float64Array;
  /** Finite bounds of each variable. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Price of one unit above `upper`; Infinity = not allowed. */
  readonly upperPenaltyUsd: Float64Array;
  /** Fall of the loss per unit, variable by variable: [variable × scenarios + scenario]. */
  readonly reductionUsd: Float64Array;
  readonly rowStarts: Int32Array;
  readonly rowVariables: Int32Array;
  readonly rowValues: Float64Array;
  readonly rowBoundUsd: Float64Array;
  readonly rowGroup: Int32Array;
  /** Price of one USD of shortfall of a group; Infinity = not allowed. */
  readonly groupPenaltyUsd: Float64Array;
};

/** A limit `Σ values · variables >= boundUsd`. */
export type CvarRow = {
  readonly variables: readonly number[];
  readonly values: readonly number[];
  readonly boundUsd: number;
  readonly group: number;
};

/** One decision: its cost and range, and what one unit takes off the loss of each scenario (null = nothing). */
export type CvarVariable = {
  readonly costUsd: number;
  readonly lower: number;
  readonly upper: number;
  readonly upperPenaltyUsd: number;
  readonly reductionUsd: ArrayLike<number> | null;
};

/** Everything a program is assembled from. */
export type CvarParts = {
  readonly confidence: number;
  readonly weights: Float64Array;
  readonly lossesUsd: Float64Array;
  readonly variables: readonly CvarVariable[];
  readonly rows: readonly CvarRow[];
  readonly groupPenaltyUsd: readonly number[];
};

/** Packs the parts into columns. */
export function packCvarProgram(parts: CvarParts): CvarProgram {
  const scenarios = parts.lossesUsd.length;
  const reductionUsd = new Float64Array(parts.variables.length * scenarios);
  parts.variables.forEach((variable, index) => {
    if (variable.reductionUsd !== null) reductionUsd.set(variable.reductionUsd, index * scenarios);
  });
  const rowStarts = new Int32Array(parts.rows.length + 1);
  parts.rows.forEach((row, index) => {
    rowStarts[index + 1] = rowStarts[index]! + row.variables.length;
  });
  const rowVariables = new Int32Array(rowStarts[parts.rows.length]!);
  const rowValues = new Float64Array(rowStarts[parts.rows.length]!);
  parts.rows.forEach((row, index) => {
    rowVariables.set(row.variables, rowStarts[index]);
    rowValues.set(row.values, rowStarts[index]);
  });
  return {
    confidence: parts.confidence,
    weights: parts.weights,
    lossesUsd: parts.lossesUsd,
    costUsd: Float64Array.from(parts.variables, (variable) => variable.costUsd),
    lower: Float64Array.from(parts.variables, (variable) => variable.lower),
    upper: Float64Array.from(parts.variables, (variable) => variable.upper),
    upperPenaltyUsd: Float64Array.from(parts.variables, (variable) => variable.upperPenaltyUsd),
    reductionUsd,
    rowStarts,
    rowVariables,
    rowValues,
    rowBoundUsd: Float64Array.from(parts.rows, (row) => row.boundUsd),
    rowGroup: Int32Array.from(parts.rows, (row) => row.group),
    groupPenaltyUsd: Float64Array.from(parts.groupPenaltyUsd),
  };
}

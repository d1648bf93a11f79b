import type { CvarProgram } from './cvar-program.ts';
import type { DualReading } from './dual-form.ts';
import { tailRisk } from '../../risk/expected-shortfall.ts';

/** What a set of decisions is worth in a program, found without the solver. USD. */
export type Appraisal = {
  /** Loss of each scenario after the decisions, cost not included. */
  readonly lossesUsd: Float64Array;
  readonly expectedShortfallUsd: number;
  readonly costUsd: number;
  /** Shortfall of each group: the most any of its rows misses its bound by; >= 0. */
  readonly groupShortfallUsd: Float64Array;
  /** Row of each group that is closest to (or furthest below) its bound; −1 for a group without rows. */
  readonly groupRow: Int32Array;
  /** Expected shortfall + cost + priced shortfalls: the program's objective. */
  readonly objectiveUsd: number;
  /** Largest shortfall of a hard group or excess over a hard upper bound; 0 = every hard limit holds. */
  readonly violationUsd: number;
};

/** Values decisions by direct tail average: the objective is what it says, whatever solver proposed them. */
export function appraise(program: CvarProgram, values: Float64Array): Appraisal {
  const lossesUsd = lossesAfter(program, values);
  const { expectedShortfall } = tailRisk(lossesUsd, program.weights, program.confidence);
  const shortfalls = shortfallsOf(program, values);
  let costUsd = 0;
  let penaltyUsd = 0;
  let violationUsd = 0;
  for (let j = 0; j < values.length; j++) {
    costUsd += program.costUsd[j]! * values[j]!;
    const over = Math.max(0, values[j]! - program.upper[j]!);
    if (over === 0) continue;
    if (program.upperPenaltyUsd[j] === Number.POSITIVE_INFINITY) violationUsd = Math.max(violationUsd, over);
    else penaltyUsd += over * program.upperPenaltyUsd[j]!;
  }
  for (let g = 0; g < program.groupPenaltyUsd.length; g++) {
    const shortfall = shortfalls.usd[g]!;
    if (program.groupPenaltyUsd[g] === Number.POSITIVE_INFINITY) violationUsd = Math.max(violationUsd, shortfall);
    else penaltyUsd += shortfall * program.groupPenaltyUsd[g]!;
  }
  return {
    lossesUsd,
    expectedShortfallUsd: expectedShortfall,
    costUsd,
    groupShortfallUsd: shortfalls.usd,
    groupRow: shortfalls.row,
    objectiveUsd: expectedShortfall + costUsd + penaltyUsd,
    violationUsd,
  };
}

/** Loss of each scenario after the decisions. */
export function lossesAfter(program: CvarProgram, values: Float64Array): Float64Array {
  const scenarios = program.lossesUsd.length;
  const lossesUsd = program.lossesUsd.slice();
  for (let j = 0; j < values.length; j++) {
    const value = values[j]!;
    if (value === 0) continue;
    const start = j * scenarios;
    for (let s = 0; s < scenarios; s++) lossesUsd[s] = lossesUsd[s]! - program.reductionUsd[start + s]! * value;
  }
  return lossesUsd;
}

/** What each group of rows misses its bound by (USD, >= 0), and the row of it that is closest to its bound or furthest below; −1 without rows. */
export function shortfallsOf(program: CvarProgram, values: Float64Array): { usd: Float64Array; row: Int32Array } {
  const groups = program.groupPenaltyUsd.length;
  const usd = new Float64Array(groups);
  const row = new Int32Array(groups).fill(-1);
  const closest = new Float64Array(groups).fill(Number.NEGATIVE_INFINITY);
  for (let r = 0; r < program.rowBoundUsd.length; r++) {
    let activity = 0;
    for (let k = program.rowStarts[r]!; k < program.rowStarts[r + 1]!; k++)
      activity += program.rowValues[k]! * values[program.rowVariables[k]!]!;
    const group = program.rowGroup[r]!;
    const missing = program.rowBoundUsd[r]! - activity;
    if (missing <= closest[group]!) continue;
    closest[group] = missing;
    row[group] = r;
    usd[group] = Math.max(0, missing);
  }
  return { usd, row };
}

/**
 * A certified lower bound of the program's objective from any prices, right or wrong (weak duality): tail weights are
 * brought to sum 1, prices of limits to their penalties, and every decision takes its best bound at the reduced cost. A
 * solver that stopped early, or lied, therefore cannot make a suggestion look better than it is.
 */
export function lowerBoundUsd(program: CvarProgram, prices: Pick<DualReading, 'tailWeights' | 'rowPrices'>): number {
  const scenarios = program.lossesUsd.length;
  const weights = feasibleTail(program, prices.tailWeights);
  const rowPrices = feasiblePrices(program, prices.rowPrices);
  let bound = 0;
  for (let s = 0; s < scenarios; s++) bound += weights[s]! * program.lossesUsd[s]!;
  const reduced = program.costUsd.slice();
  for (let r = 0; r < rowPrices.length; r++) {
    if (rowPrices[r] === 0) continue;
    bound += rowPrices[r]! * program.rowBoundUsd[r]!;
    for (let k = program.rowStarts[r]!; k < program.rowStarts[r + 1]!; k++) {
      const j = program.rowVariables[k]!;
      reduced[j] = reduced[j]! - rowPrices[r]! * program.rowValues[k]!;
    }
  }
  for (let j = 0; j < reduced.length; j++) {
    let cost = reduced[j]!;
    for (let s = 0; s < scenarios; s++) if (weights[s] !== 0) cost -= weights[s]! * program.reductionUsd[j * scenarios + s]!;
    cost = Math.max(cost, -program.upperPenaltyUsd[j]!);
    bound += cost >= 0 ? cost * program.lower[j]! : cost * program.upper[j]!;
  }
  return bound;
}

function feasibleTail(program: CvarProgram, proposed: Float64Array): Float64Array {
  const weights = new Float64Array(proposed.length);
  let total = 0;
  for (let s = 0; s < weights.length; s++) {
    weights[s] = Math.max(0, Math.min(proposed[s]!, program.weights[s]! / (1 - program.confidence)));
    total += weights[s]!;
  }
  for (let s = 0; total > 1 && s < weights.length; s++) weights[s] = weights[s]! / total;
  for (let s = 0; total < 1 && s < weights.length; s++) {
    const room = Math.min(program.weights[s]! / (1 - program.confidence) - weights[s]!, 1 - total);
    if (room <= 0) continue;
    weights[s] = weights[s]! + room;
    total += room;
  }
  return weights;
}

function feasiblePrices(program: CvarProgram, proposed: Float64Array): Float64Array {
  const prices = new Float64Array(proposed.length);
  const totals = new Float64Array(program.groupPenaltyUsd.length);
  for (let r = 0; r < prices.length; r++) {
    prices[r] = Math.max(0, proposed[r]!);
    totals[program.rowGroup[r]!] = totals[program.rowGroup[r]!]! + prices[r]!;
  }
  for (let r = 0; r < prices.length; r++) {
    const total = totals[program.rowGroup[r]!]!;
    const penalty = program.groupPenaltyUsd[program.rowGroup[r]!]!;
    if (total > penalty) prices[r] = (prices[r]! * penalty) / total;
  }
  return prices;
}

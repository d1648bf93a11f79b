import { appraise, lowerBoundUsd } from './appraise.ts';
import type { Appraisal } from './appraise.ts';
import type { CvarProgram } from './cvar-program.ts';
import type { DualSolution } from './tail-columns.ts';

/** Solves the dual form of a program, here or on another thread. */
export type SolveDual = (program: CvarProgram) => Promise<DualSolution>;

/** Decisions, their prices, and how far they are proven to be from the best. USD. */
export type CvarSolution = {
  readonly status: 'optimal' | 'feasible' | 'infeasible' | 'timeLimit' | 'failed';
  readonly values: Float64Array;
  readonly appraisal: Appraisal;
  /** No decisions at all can have an objective below this. */
  readonly boundUsd: number;
  /** (objective − bound) / max(1, |objective|). */
  readonly gapFraction: number;
  /** Rise of the objective per USD by which all limits of the group are tightened; >= 0. */
  readonly groupPricesUsd: Float64Array;
  /** Fall of the objective per unit by which an upper bound is raised; >= 0. */
  readonly upperPricesUsd: Float64Array;
  /** Weight of each scenario in the tail that the price of a decision is taken over; sums to 1. */
  readonly tailWeights: Float64Array;
  /** Price of each limit row by itself; sums to its group's price. */
  readonly rowPrices: Float64Array;
};

/** A gap below this counts as proven optimal: the solver's own feasibility tolerance, 1e-7, with room for sums. */
const provenGapFraction = 1e-5;

/**
 * Solves a hedging program through its dual form and judges the answer without the solver: objective by direct tail
 * average, bound by weak duality. The status is 'optimal' only when the two meet.
 */
export async function solveCvarProgram(program: CvarProgram, solveDual: SolveDual): Promise<CvarSolution> {
  const { status, reading } = await solveDual(program);
  // The dual form always has a feasible point, so 'unbounded' says that no decisions meet the limits.
  if (reading === null) return withoutDecisions(program, status === 'unbounded' || status === 'infeasible' ? 'infeasible' : 'failed');
  const appraisal = appraise(program, reading.values);
  const boundUsd = lowerBoundUsd(program, reading);
  const gapFraction = Math.max(0, appraisal.objectiveUsd - boundUsd) / Math.max(1, Math.abs(appraisal.objectiveUsd));
  const isProven = status === 'optimal' && gapFraction <= provenGapFraction;
  const groupPricesUsd = new Float64Array(program.groupPenaltyUsd.length);
  for (let r = 0; r < reading.rowPrices.length; r++) {
    groupPricesUsd[program.rowGroup[r]!] = groupPricesUsd[program.rowGroup[r]!]! + reading.rowPrices[r]!;
  }
  return {
    status: status === 'timeLimit' ? 'timeLimit' : isProven ? 'optimal' : 'feasible',
    values: reading.values,
    appraisal,
    boundUsd,
    gapFraction,
    groupPricesUsd,
    upperPricesUsd: reading.upperPricesUsd,
    tailWeights: reading.tailWeights,
    rowPrices: reading.rowPrices,
  };
}

function withoutDecisions(program: CvarProgram, status: CvarSolution['status']): CvarSolution {
  const values = program.lower.slice();
  return {
    status,
    values,
    appraisal: appraise(program, values),
    boundUsd: Number.NEGATIVE_INFINITY,
    gapFraction: Number.POSITIVE_INFINITY,
    groupPricesUsd: new Float64Array(program.groupPenaltyUsd.length),
    upperPricesUsd: new Float64Array(program.costUsd.length),
    tailWeights: new Float64Array(program.lossesUsd.length),
    rowPrices: new Float64Array(program.rowBoundUsd.length),
  };
}

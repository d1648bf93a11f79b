import { z } from 'zod';
import { packCvarProgram } from '../../engine/hedge/program/cvar-program.ts';
import type { CvarRow } from '../../engine/hedge/program/cvar-program.ts';
import { greekNeutralHedge } from '../../engine/hedge/greek-neutral.ts';
import { assembleProblem, hardLimits } from '../../engine/hedge/hedge-problem.ts';
import { lowerQuantile } from '../../engine/hedge/lower-quantile.ts';
import { minimumVarianceHedge } from '../../engine/hedge/minimum-variance.ts';
import { normalTailLoss } from '../../engine/hedge/normal-tail-loss.ts';
import { solveCvarProgram } from '../../engine/hedge/program/solve-program.ts';
import { tailRisk } from '../../engine/risk/expected-shortfall.ts';
import { solveOnThisThread } from '../../pool/highs.ts';
import { unknownGroup } from './case-values.ts';
import type { CaseOutput } from './case-values.ts';

const numbers = z.array(z.number());
const table = z.array(numbers);
const greeks = z.object({ delta: z.number(), gamma: z.number(), vega: z.number() });

/** Expected shortfall, its minimisation and the classic hedge ratios, in the shape of the outside numbers. */
export async function calculateOptimisationCvarHedge(raw: unknown, group: string): Promise<CaseOutput> {
  switch (group) {
    case 'cvar-discrete':
      return discreteTail(raw);
    case 'cvar-normal':
      return normalTail(raw);
    case 'ru-portfolio':
      return portfolio(raw);
    case 'cvar-hedge':
      return hedge(raw);
    case 'min-variance-hedge':
      return singleRatio(raw);
    case 'min-variance-hedge-multi':
      return severalRatios(raw);
    case 'dgv-neutral':
      return neutral(raw);
    default:
      return unknownGroup(group);
  }
}

function discreteTail(raw: unknown): CaseOutput {
  const parsed = z.object({ losses: numbers, probabilities: numbers.nullable(), beta: z.number() }).parse(raw);
  const losses = Float64Array.from(parsed.losses);
  const weights = weightsOf(losses.length, parsed.probabilities);
  return {
    cvar: tailRisk(losses, weights, parsed.beta).expectedShortfall,
    var_lower_quantile: lowerQuantile(losses, weights, parsed.beta),
  };
}

function normalTail(raw: unknown): CaseOutput {
  const parsed = z.object({ lossMean: z.number(), lossSd: z.number(), beta: z.number() }).parse(raw);
  const tail = normalTailLoss(parsed.lossMean, parsed.lossSd, parsed.beta);
  return { var: tail.valueAtRisk, cvar: tail.expectedShortfall };
}

/** Long-only weights that sum to one: the least expected shortfall of −return, with a least mean where one is asked for. */
async function portfolio(raw: unknown): Promise<CaseOutput> {
  const parsed = z
    .object({
      scenario_returns: table,
      probabilities: numbers.nullable(),
      beta: z.number(),
      min_mean: z.number().nullable(),
      bounds: z.tuple([z.number(), z.number()]),
    })
    .parse(raw);
  const returns = parsed.scenario_returns;
  const weights = weightsOf(returns.length, parsed.probabilities);
  const count = returns[0]?.length ?? 0;
  const variables = Array.from({ length: count }, (_, asset) => ({
    costUsd: 0,
    lower: parsed.bounds[0],
    upper: parsed.bounds[1],
    upperPenaltyUsd: Number.POSITIVE_INFINITY,
    reductionUsd: returns.map((row) => row[asset] ?? Number.NaN),
  }));
  const all = variables.map((_, asset) => asset);
  const rows: CvarRow[] = [
    { variables: all, values: all.map(() => 1), boundUsd: 1, group: 0 },
    { variables: all, values: all.map(() => -1), boundUsd: -1, group: 1 },
  ];
  if (parsed.min_mean !== null) {
    const means = variables.map((variable) => variable.reductionUsd.reduce((sum, value, s) => sum + value * (weights[s] ?? Number.NaN), 0));
    rows.push({ variables: all, values: means, boundUsd: parsed.min_mean, group: 2 });
  }
  const program = packCvarProgram({
    confidence: parsed.beta,
    weights,
    lossesUsd: new Float64Array(returns.length),
    variables,
    rows,
    groupPenaltyUsd: rows.map(() => Number.POSITIVE_INFINITY),
  });
  const solution = await solveCvarProgram(program, solveOnThisThread);
  return { cvar: solution.appraisal.expectedShortfallUsd, weights: [...solution.values] };
}

async function hedge(raw: unknown): Promise<CaseOutput> {
  const parsed = z
    .object({ base_loss: numbers, hedge_payoff: table, unit_cost: numbers, bounds: z.tuple([z.number(), z.number()]), beta: z.number() })
    .parse(raw);
  const lossesUsd = Float64Array.from(parsed.base_loss);
  const weights = weightsOf(lossesUsd.length, null);
  const decisions = parsed.unit_cost.map((costUsd, index) => ({
    costUsd,
    spendUsd: costUsd,
    lower: parsed.bounds[0],
    upper: parsed.bounds[1],
    reductionUsd: parsed.hedge_payoff.map((row) => row[index] ?? Number.NaN),
    excess: [],
    cash: [],
  }));
  const problem = { confidence: parsed.beta, weights, lossesUsd, decisions, accounts: [], purses: [], budgetUsd: null };
  const solution = await solveCvarProgram(assembleProblem(problem, hardLimits).program, solveOnThisThread);
  return {
    cvar_opt: solution.appraisal.objectiveUsd,
    cvar_unhedged: tailRisk(lossesUsd, weights, parsed.beta).expectedShortfall,
    x: [...solution.values],
  };
}

function singleRatio(raw: unknown): CaseOutput {
  const parsed = z.object({ spot_changes: numbers, futures_changes: numbers }).parse(raw);
  const found = minimumVarianceHedge(Float64Array.from(parsed.spot_changes), [Float64Array.from(parsed.futures_changes)]);
  return {
    hedge_ratio: found.ratios[0],
    effectiveness_R2: found.effectivenessFraction,
    hedged_var: found.hedgedVariance,
    unhedged_var: found.unhedgedVariance,
  };
}

function severalRatios(raw: unknown): CaseOutput {
  const parsed = z.object({ spot_changes: numbers, hedge_changes: table }).parse(raw);
  const count = parsed.hedge_changes[0]?.length ?? 0;
  const hedges = Array.from({ length: count }, (_, k) => Float64Array.from(parsed.hedge_changes, (row) => row[k] ?? Number.NaN));
  const found = minimumVarianceHedge(Float64Array.from(parsed.spot_changes), hedges);
  return { hedge_ratios: [...found.ratios], hedged_var: found.hedgedVariance };
}

function neutral(raw: unknown): CaseOutput {
  const parsed = z.object({ portfolio: greeks, options: z.array(greeks) }).parse(raw);
  const found = greekNeutralHedge(parsed.portfolio, parsed.options);
  return found === null ? { error: 'no such hedge exists' } : { options: [...found.options], underlying: found.underlying };
}

function weightsOf(count: number, probabilities: readonly number[] | null): Float64Array {
  return probabilities === null ? new Float64Array(count).fill(1 / count) : Float64Array.from(probabilities);
}

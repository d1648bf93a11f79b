import { z } from 'zod';
import { assembleProblem, hardLimits } from '../../engine/hedge/hedge-problem.ts';
import type { Decision, HedgeProblem } from '../../engine/hedge/hedge-problem.ts';
import { solveCvarProgram } from '../../engine/hedge/program/solve-program.ts';
import type { CvarSolution } from '../../engine/hedge/program/solve-program.ts';
import { hasUniqueDecisions } from '../../engine/hedge/program/unique-decisions.ts';
import { solveOnThisThread } from '../../pool/highs.ts';
import type { CaseOutput } from './case-values.ts';

const numbers = z.array(z.number());
const input = z.object({
  lossesUsd: numbers,
  weights: numbers,
  beta: z.number(),
  hedges: z.array(
    z.object({
      name: z.string(),
      venue: z.string(),
      payoff: numbers,
      costPerUnit: z.number(),
      marginPerUnit: z.number(),
      cashPerUnit: z.number(),
      lower: z.number(),
      upper: z.number(),
    }),
  ),
  actions: z.array(
    z.object({
      name: z.string(),
      costPerUnit: z.number(),
      maximum: z.number(),
      lossReduction: numbers,
      excessEffect: z.record(z.string(), numbers),
      cashUse: z.record(z.string(), z.number()),
    }),
  ),
  venues: z.array(z.object({ name: z.string(), cash: z.number(), buffer: z.number(), excess: numbers })),
});
type Input = z.infer<typeof input>;
type Hedge = Input['hedges'][number];
type Net = readonly { readonly variable: number; readonly sign: number }[];

/** Minimum expected shortfall with margin, cash and collateral actions, in the shape of the outside numbers. */
export async function calculateMarginConstrainedCvar(raw: unknown): Promise<CaseOutput> {
  const parsed = input.parse(raw);
  const venueIndex = new Map(parsed.venues.map((venue, index) => [venue.name, index]));
  const decisions: Decision[] = [];
  const hedgeNets: Net[] = [];
  for (const hedge of parsed.hedges) {
    if (hedge.lower > hedge.upper) return { infeasible: true };
    hedgeNets.push([
      { variable: decisions.length, sign: 1 },
      { variable: decisions.length + 1, sign: -1 },
    ]);
    decisions.push(oneWay(hedge, 1, venueIndex), oneWay(hedge, -1, venueIndex));
  }
  const actionNets = parsed.actions.map((action): Net => {
    decisions.push(actionDecision(action, venueIndex));
    return [{ variable: decisions.length - 1, sign: 1 }];
  });
  const problem: HedgeProblem = {
    confidence: parsed.beta,
    weights: Float64Array.from(parsed.weights),
    lossesUsd: Float64Array.from(parsed.lossesUsd),
    decisions,
    accounts: parsed.venues.map((venue) => ({ bufferUsd: venue.buffer, excessUsd: Float64Array.from(venue.excess) })),
    purses: parsed.venues.map((venue) => ({ availableUsd: venue.cash })),
    budgetUsd: null,
  };
  const { program } = assembleProblem(problem, hardLimits);
  const solution = await solveCvarProgram(program, solveOnThisThread);
  if (solution.status === 'infeasible') return { infeasible: true };
  const unique = await hasUniqueDecisions(program, solution, { nets: [...hedgeNets, ...actionNets], solveDual: solveOnThisThread });
  return answer(parsed, solution, { unique, hedgeNets, actionNets });
}

function answer(parsed: Input, solution: CvarSolution, found: { unique: boolean; hedgeNets: Net[]; actionNets: Net[] }): CaseOutput {
  const net = (parts: Net) => parts.reduce((sum, part) => sum + part.sign * (solution.values[part.variable] ?? Number.NaN), 0);
  const named = (names: readonly { name: string }[], nets: readonly Net[]) =>
    Object.fromEntries(names.map((item, index) => [item.name, net(nets[index] ?? [])]));
  const { appraisal } = solution;
  return {
    infeasible: false,
    objectiveUsd: appraisal.objectiveUsd,
    unique: found.unique,
    x: found.unique ? named(parsed.hedges, found.hedgeNets) : null,
    y: found.unique ? named(parsed.actions, found.actionNets) : null,
    cvarUsd: found.unique ? appraisal.expectedShortfallUsd : null,
    costUsd: found.unique ? appraisal.costUsd : null,
    scenarioLossUsd: found.unique ? [...appraisal.lossesUsd] : null,
  };
}

function oneWay(hedge: Hedge, sign: 1 | -1, venueIndex: ReadonlyMap<string, number>): Decision {
  const venue = venueIndex.get(hedge.venue) ?? 0;
  return {
    costUsd: hedge.costPerUnit,
    spendUsd: hedge.costPerUnit,
    lower: Math.max(0, sign === 1 ? hedge.lower : -hedge.upper),
    upper: Math.max(0, sign === 1 ? hedge.upper : -hedge.lower),
    reductionUsd: hedge.payoff.map((payoff) => sign * payoff),
    excess: [{ account: venue, effectUsd: Float64Array.from(hedge.payoff, (payoff) => sign * payoff - hedge.marginPerUnit) }],
    cash: [{ purse: venue, usePerUnit: hedge.cashPerUnit }],
  };
}

function actionDecision(action: Input['actions'][number], venueIndex: ReadonlyMap<string, number>): Decision {
  return {
    costUsd: action.costPerUnit,
    spendUsd: action.costPerUnit,
    lower: 0,
    upper: action.maximum,
    reductionUsd: action.lossReduction,
    excess: Object.entries(action.excessEffect).map(([name, effect]) => ({
      account: venueIndex.get(name) ?? 0,
      effectUsd: Float64Array.from(effect),
    })),
    cash: Object.entries(action.cashUse).map(([name, usePerUnit]) => ({ purse: venueIndex.get(name) ?? 0, usePerUnit })),
  };
}

import { z } from 'zod';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { cell } from './cell.ts';
import { legLatency } from './hedge-latency.ts';
import { hedgeLegKind, hedgeLimits } from './hedge-limits.ts';
import { hedgeSurvivalWish, legSurvival, suggestionSurvival } from './hedge-survival.ts';
import { procedure } from './procedure.ts';

const bookRow = z.object({ accountId: z.string(), instrumentId: z.string() });

/** One action of a suggestion. Quantities are whole lots. */
export const hedgeLeg = z.object({
  id: z.string(),
  kind: hedgeLegKind,
  accountId: z.string(),
  /** Where the cash or collateral comes from (repay, topUp, transfer). */
  fromAccountId: z.string().nullable(),
  instrumentId: z.string().nullable(),
  assetId: z.string().nullable(),
  side: z.enum(['buy', 'sell', 'pay']),
  quantity: z.string(),
  /** In words with its unit: 'Repay 900,000 USDC on MRP-1'. */
  title: z.string(),
  /** 'Custody → Morpho'. */
  route: z.string(),
  notionalUsd: nonNegative,
  /** Half spread + fee + market impact + gas. */
  costUsd: nonNegative,
  /** What keeping it is expected to cost for as long as a hedge is kept: funding, basis, time decay. Absent from suggestions of former versions. */
  carryUsd: nonNegative.optional(),
  /** Part of the cost that is market impact; absent where there is none. */
  impactUsd: nonNegative.optional(),
  /** Paid (+) or received (−) for options. */
  premiumUsd: finite,
  /** Change of expected shortfall if this leg alone is left out of the suggestion; negative = it helps. */
  expectedShortfallEffectUsd: finite,
  /** One sentence naming the constraint it serves or the scenarios it pays in. */
  why: z.string(),
  /** Share of the depth limit used. */
  depthUsedFraction: fraction,
  /** The row of the book it changes, and the one that pays; absent from suggestions of former versions. */
  target: bookRow.optional(),
  payer: bookRow.optional(),
  /** Whether it is there when it is needed; null where it has no gain to lose. */
  survival: legSurvival.nullable().optional(),
  /** When it is there; absent where latencies were not looked at. */
  latency: legLatency.optional(),
  /** Collateral that goes along with a debt that is moved. */
  carries: z.object({ from: bookRow, to: bookRow, assetId: z.string(), quantity: z.string() }).optional(),
});
export type HedgeLeg = z.infer<typeof hedgeLeg>;

export const hedgeAccountEffect = z.object({
  accountId: z.string(),
  jointMoveBefore: finite.nullable(),
  jointMoveAfter: finite.nullable(),
  excessBeforeUsd: finite.nullable(),
  excessAfterUsd: finite.nullable(),
  fallsBefore: z.number().int().nullable(),
  fallsAfter: z.number().int().nullable(),
});

/** The same measures for any set of legs, from the full cascade, not from the program. */
export const hedgeMeasures = z.object({
  costUsd: nonNegative,
  premiumUsd: finite,
  expectedShortfallUsd: finite,
  anyLiquidationFraction: fraction,
  fallenAtReference: z.array(z.string()),
  secondRoundLossUsd: finite,
});

export const hedgeResult = z.object({
  runId,
  engineVersion: z.string(),
  seed: z.number().int(),
  inputsDigest: z.string(),
  status: z.enum(['optimal', 'feasible', 'infeasible', 'timeLimit', 'nothingToDo']),
  /** Solver and relative gap between the program's bound and its value. */
  solver: z.string(),
  gapFraction: nonNegative,
  scenarios: z.number().int(),
  candidates: z.number().int(),
  confidence: fraction,
  budgetUsd: nonNegative.nullable(),
  statement: z.string(),
  before: hedgeMeasures,
  after: hedgeMeasures,
  legs: z.array(hedgeLeg),
  accounts: z.array(hedgeAccountEffect),
  savedAccountIds: z.array(z.string()),
  /** Program's expected shortfall against the full cascade's, relative, and passes made. */
  recheck: z.object({ programUsd: finite, cascadeUsd: finite, gapFraction: extended, passes: z.number().int() }),
  /** Infeasible: the smallest set of limits to relax, in words, with the amount. */
  relaxations: z.array(z.object({ constraint: z.string(), amount: finite, unit: z.string(), text: z.string() })),
  /** Price of each binding limit: change of the objective per unit. */
  duals: z.array(z.object({ constraint: z.string(), value: cell, text: z.string() })),
  whatCouldGoWrong: z.array(z.object({ assumption: z.string(), effect: z.string() })),
  /** What was weighed of hedges that are lost; null where that was switched off. */
  survival: suggestionSurvival.nullable().optional(),
  /** What could be done and was not considered, so that the program stays small, one sentence each. */
  notConsidered: z.array(z.string()).optional(),
  /** What the program took for granted beside market and venue terms, one sentence each. */
  assumptions: z.array(z.string()).optional(),
});
export type HedgeResult = z.infer<typeof hedgeResult>;

export const hedgeInput = z.strictObject({
  runId: runId.optional(),
  scenarioSetId: z.string().optional(),
  budgetUsd: nonNegative.optional(),
  confidence: z.number().min(0.5).max(0.9999).optional(),
  limits: hedgeLimits.optional(),
  /** What is taken to go wrong with hedges; the usual assumptions where left out. */
  survival: hedgeSurvivalWish.optional(),
  timeLimitMs: z.number().int().min(100).max(600_000).optional(),
});

export const hedgeProcedures = {
  'hedge.suggest': procedure('job', hedgeInput, hedgeResult),
  /** Measures of a subset of the last suggestion's legs, for the toggles. */
  'hedge.evaluate': procedure(
    'job',
    z.strictObject({ runId: runId.optional(), legIds: z.array(z.string()) }),
    z.object({ measures: hedgeMeasures, accounts: z.array(hedgeAccountEffect) }),
  ),
};

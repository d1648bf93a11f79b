import { z } from 'zod';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { hedgeInput, hedgeMeasures } from './hedge.ts';
import { hedgeLimits } from './hedge-limits.ts';
import { hedgeSurvivalWish } from './hedge-survival.ts';
import { procedure } from './procedure.ts';

/** One way to hedge beside the others, measured by the same full cascades. Money in USD. */
export const hedgeAlternative = z.object({
  id: z.string(),
  name: z.string(),
  /** What it does, in a few words. */
  meaning: z.string(),
  /** Budget it was solved within; null = none, or not solved for. */
  budgetUsd: nonNegative.nullable(),
  /** What to ask `hedge.suggest` for to get these actions as legs; null for what the program did not choose. */
  wish: hedgeInput.pick({ budgetUsd: true, limits: true, survival: true }).nullable(),
  /** How the solver ended; null for what no solver was asked for. */
  status: z.enum(['optimal', 'feasible', 'timeLimit']).nullable(),
  measures: hedgeMeasures,
  /** Accounts that fall in any scenario within the reference shock. */
  fallsRetained: z.array(z.string()),
  actions: z.array(z.object({ title: z.string(), notionalUsd: nonNegative, costUsd: nonNegative })),
  /** What the market did not allow. */
  notes: z.array(z.string()),
});
export type HedgeAlternative = z.infer<typeof hedgeAlternative>;

export const hedgeAlternatives = z.object({
  runId,
  inputsDigest: z.string(),
  confidence: fraction,
  /** Why hedging delta is not enough, or that it is: one sentence from the figures below. */
  statement: z.string(),
  /** Days of the distribution, and scenarios in which accounts are to hold. */
  scenarios: z.number().int(),
  retained: z.number().int(),
  alternatives: z.array(hedgeAlternative),
  /** The program's cost against what is left, cheapest first; the first point is the book as it is. */
  frontier: z.array(
    z.object({
      budgetUsd: nonNegative.nullable(),
      costUsd: nonNegative,
      expectedShortfallUsd: finite,
      anyLiquidationFraction: fraction,
      /** Its row in the comparison, if it has one. */
      alternativeId: z.string().nullable(),
    }),
  ),
});
export type HedgeAlternatives = z.infer<typeof hedgeAlternatives>;

export const hedgeAlternativesInput = z.strictObject({
  runId: runId.optional(),
  scenarioSetId: z.string().optional(),
  confidence: z.number().min(0.5).max(0.9999).optional(),
  /** Hold for every alternative alike. */
  limits: hedgeLimits.optional(),
  /** What is taken to go wrong with hedges, for every alternative alike; the usual assumptions where left out. */
  survival: hedgeSurvivalWish.optional(),
  timeLimitMs: z.number().int().min(100).max(600_000).optional(),
});

export const hedgeAlternativesProcedures = {
  /** The suggestion beside doing nothing, hedging Greeks, deleveraging, and itself within smaller budgets. */
  'hedge.alternatives': procedure('job', hedgeAlternativesInput, hedgeAlternatives),
};

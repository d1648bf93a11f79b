import { z } from 'zod';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { cascadeAssumptions } from '../domain/scenario.ts';
import { analysisInput } from './analysis.ts';
import { cell } from './cell.ts';
import { procedure } from './procedure.ts';

/** A matrix by market: row = where prices fall, column = what fell first. */
const matrix = z.array(z.array(finite));

/** One depth of the common fall: what the next bit of it forces people to sell. */
export const feedbackPoint = z.object({
  /** Move of the common axis from now, ≤ 0. */
  move: finite,
  /** Loop gain κ: of one more per cent of common fall, what forced selling adds. */
  kappa: finite,
  /** Spectral radius of the feedback matrix over all markets. */
  reproduction: nonNegative,
  /** What the next step of the fall puts up for sale, USD. */
  forcedUsd: nonNegative,
  /** Relative fall of the row's market made by sales that a fall of 1 in the column's market forces. */
  matrix,
  /** Correlations, and volatility over the calm one, once sales have come to rest; null where they never do (reproduction ≥ 1). */
  stressed: z.object({ correlation: matrix, volatilityRatio: z.array(nonNegative) }).nullable(),
});
export type FeedbackPoint = z.infer<typeof feedbackPoint>;

/** Leverage at which selling everything no longer pays the debts (critical leverage 3 / (2 I)), of an account or of all together. */
export const exitRow = z.object({
  accountId: z.string().nullable(),
  /** What would have to be sold, and what of it is lost on the way. */
  assetsUsd: nonNegative,
  equityUsd: finite,
  impactFraction: cell,
  exitCostUsd: cell,
  impactAdjustedEquityUsd: cell,
  leverage: cell,
  criticalLeverage: cell,
  isExitPossible: z.boolean().nullable(),
  /** By driver: coins to sell. */
  soldCoins: z.record(z.string(), nonNegative),
});
export type ExitRow = z.infer<typeof exitRow>;

/** How strongly selling feeds on itself, and how much leverage the market's depth allows. */
export const feedbackResult = z.object({
  runId,
  inputsDigest: z.string(),
  assumptions: cascadeAssumptions,
  /** Markets in the order of every matrix. A sale of `depthUsd` would halve the price by the slope at the start; depth after thinning. */
  markets: z.array(
    z.object({ id: z.string(), depthUsd: extended, dailyVolatility: nonNegative, volatilitySource: z.string(), depthSource: z.string() }),
  ),
  /** Fall over which the slope of the ladder is taken. */
  windowFraction: fraction,
  /** Deepening fall along the common axis, from now. */
  points: z.array(feedbackPoint),
  calmCorrelation: matrix,
  /** Index of the point of the reference shock, and of the deepest one up to it at which sales still come to rest. */
  referencePoint: z.number().int(),
  stressedPoint: z.number().int(),
  /** First move at which κ, and the reproduction number, pass one; a failure where they do not within the range. */
  kappaPassesOneAt: cell,
  reproductionPassesOneAt: cell,
  exit: z.object({
    coefficient: nonNegative,
    volumes: z.array(
      z.object({ driver: z.string(), dailyCoins: cell, dailyVolatility: nonNegative, source: z.string(), asOf: z.string().nullable() }),
    ),
    accounts: z.array(exitRow),
    book: exitRow,
    /** Cost of everybody selling together over the sum of each selling alone. */
    togetherOverAlone: cell,
  }),
  headline: z.string(),
  sentences: z.array(z.string()),
});
export type FeedbackResult = z.infer<typeof feedbackResult>;

export const feedbackProcedures = {
  /** Endogenous correlation, loop gain and reproduction number along the common fall, and critical leverage. From memory when nothing has changed. */
  'feedback.measure': procedure('job', analysisInput, feedbackResult),
};

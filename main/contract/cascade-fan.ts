import { z } from 'zod';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { latencyRule } from '../domain/cascade-axes.ts';
import { cascadeAssumptions, shock } from '../domain/scenario.ts';
import { analysisInput } from './analysis.ts';
import { procedure } from './procedure.ts';

/** What is drawn in each draw of a fan. The defaults are a desk's stand-ins, not estimates: `basis` of the result says so. */
export const fanSpread = z.object({
  seed: z.number().int().nonnegative().default(7),
  /** σ of the log of what is left of the depth. 0.5: one draw in six has less than 61 % of it. */
  depthSigma: nonNegative.max(2).default(0.5),
  /** Recovery per round, uniform between these. */
  recoveryLow: fraction.default(0),
  recoveryHigh: fraction.default(0.1),
  /** Rounds until a liquidation. Absent: the assumptions' rule, or geometric with a mean of one round. */
  latency: latencyRule.optional(),
});
export type FanSpread = z.infer<typeof fanSpread>;

/** Quantiles of one figure over the draws, by the probabilities of the fan. */
const band = z.array(finite);

/** A fan of cascades. Every quantile is of its own round and figure: no single draw need follow one. */
export const fanResult = z.object({
  shock,
  assumptions: cascadeAssumptions,
  spread: fanSpread.extend({ latency: latencyRule }),
  draws: z.number().int(),
  /** Draws that reached the round limit: their ends are not answers. */
  unfinished: z.number().int(),
  /** Draws whose path is longer than what is shown. */
  cut: z.number().int(),
  probabilities: z.array(fraction),
  /** Price of each driver by round (0 = the shock), each row the quantiles at the probabilities, USD. */
  pricesUsd: z.record(z.string(), z.array(band)),
  /** Loss of the book since before the shock by round, USD. */
  lossUsd: z.array(band),
  finalLossUsd: band,
  badDebtUsd: band,
  rounds: band,
  accounts: z.array(
    z.object({
      accountId: z.string(),
      /** Share of draws in which it falls, and the standard error of that share, √(s (1 − s) / n). */
      fallFraction: fraction,
      standardError: nonNegative,
      /** Rounds until it first falls at the probabilities; Infinity = holds in that share of the draws. */
      roundsToFall: z.array(extended),
    }),
  ),
  /** What the spreads rest on. */
  basis: z.string(),
});
export type FanResult = z.infer<typeof fanResult>;

/** One self-consistent outcome. */
const outcome = z.object({
  hasSettled: z.boolean(),
  steps: z.number().int(),
  pricesUsd: z.record(z.string(), nonNegative),
  fallen: z.array(z.string()),
  crowdFallen: z.number().int(),
  lossUsd: finite,
  badDebtUsd: nonNegative,
});

/** Outcomes of one shock searched from the shocked market and from the market in which everybody has sold. */
export const bothEndsResult = z.object({
  shock,
  assumptions: cascadeAssumptions,
  /** `unique`: both ends meet. `several`: the shock alone does not say which happens. `notSettled`: a search did not come to rest. */
  status: z.enum(['unique', 'several', 'notSettled']),
  shockLossUsd: finite,
  mild: outcome,
  severe: outcome,
  /** In words. */
  sentence: z.string(),
});
export type BothEndsResult = z.infer<typeof bothEndsResult>;

export const cascadeFanProcedures = {
  /** Many draws of one cascade over delay, depth and recovery. */
  'analysis.fan': procedure(
    'job',
    analysisInput.extend({ draws: z.number().int().min(2).max(10_000).default(200), spread: fanSpread.prefault({}) }),
    fanResult,
  ),
  /** Whether one shock has one outcome. */
  'analysis.bothEnds': procedure('job', analysisInput, bothEndsResult),
};

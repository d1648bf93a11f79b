import { z } from 'zod';
import { failure } from '../domain/failure.ts';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { analysisInput } from './analysis.ts';
import { procedure } from './procedure.ts';

/**
 * How one thing moves a requirement. Deltas and gammas are closed forms at the snapshot: per unit of log move of a price, per 1.00 of
 * volatility, of interest or of threshold; null where there is none. The change of excess at the bump is split: alone (nobody reacts),
 * coupling (what the reactions of all others add), joint = alone + coupling.
 */
export const requirementGreek = z.object({
  /** 'price:ETH', 'basis:stETH', 'volatility', 'interest', 'threshold' or 'depth'. */
  driver: z.string(),
  /** In words: 'ETH price'. */
  title: z.string(),
  /** In words: '−1 %', '+1 pt', '+1 pt, 30 d'. */
  bump: z.string(),
  requirementDeltaUsd: finite.nullable(),
  requirementGammaUsd: finite.nullable(),
  excessDeltaUsd: finite.nullable(),
  /** Null also exactly where the slope jumps, at a tier's cap or where two scenarios tie: see `interval`. */
  excessGammaUsd: finite.nullable(),
  /** Both one-sided deltas of the excess there. */
  interval: z.object({ lowUsd: finite, highUsd: finite }).nullable(),
  aloneUsd: finite,
  couplingUsd: finite,
  jointUsd: finite,
});
export type RequirementGreek = z.infer<typeof requirementGreek>;

/** Excess along one driver ('*' = all along the common axis, 'volatility' = points added): by its slope here, in truth, and jointly. */
export const excessCurve = z.object({
  driver: z.string(),
  /** Relative moves, or added volatility; ascending, with 0. */
  moves: z.array(finite),
  linearUsd: z.array(finite),
  aloneUsd: z.array(finite),
  jointUsd: z.array(finite),
});
export type ExcessCurve = z.infer<typeof excessCurve>;

/** The nearest point at which what holds here stops holding: a tier of the schedule, another worst scenario, or the first sales of others. */
export const nextSwitch = z.object({
  driver: z.string(),
  kind: z.enum(['tier', 'scenario', 'sales', 'none']),
  /** Relative move of the driver; null = none within the range looked at. */
  move: finite.nullable(),
  /** One sentence: 'Linear until ETH −10 %; beyond it …'. */
  text: z.string(),
});
export type NextSwitch = z.infer<typeof nextSwitch>;

/** A breach and the relative move of each factor there, by 'ETH', 'stETH / ETH' or 'USDC / USD'. */
export const breach = z.object({ sigmaDays: nonNegative, moves: z.record(z.string(), finite) });

/** Chance that the excess runs out within a time: first passage without drift, 2 Φ(−d / √days). */
export const chanceOfCall = z.object({ hour: fraction, day: fraction, week: fraction });

/** The nearest breach over all factors moving together, in standard deviations of a day; null = none within 60. */
export const breachDistance = z.object({
  /** Of the excess taken as linear; Infinity where nothing moves it. */
  linearSigmaDays: extended,
  alone: breach.nullable(),
  joint: breach.extend({ isAlongAxis: z.boolean() }).nullable(),
  chanceAlone: chanceOfCall,
  chanceJoint: chanceOfCall,
});
export type BreachDistance = z.infer<typeof breachDistance>;

/** Requirement Greeks of one account, or of all together (no switch and no distance of their own). */
export const requirementRow = z.object({
  /** Why the account cannot be judged, e.g. it owes something without a price; its figures then mean nothing. */
  trouble: failure.nullable(),
  equityUsd: finite,
  /** What must be kept back: equity − excess. */
  requirementUsd: finite,
  excessUsd: finite,
  /** Health factor's change per unit of log move of each driver; null without a health factor. */
  healthSlope: z.record(z.string(), finite).nullable(),
  greeks: z.array(requirementGreek),
  curves: z.array(excessCurve),
  switches: z.array(nextSwitch),
  distance: breachDistance.nullable(),
});
export type RequirementRow = z.infer<typeof requirementRow>;

export const requirementResult = z.object({
  runId,
  inputsDigest: z.string(),
  /** Independent factors of the distances with their daily volatility and where that comes from. */
  factors: z.array(z.object({ id: z.string(), dailyVolatility: nonNegative, source: z.string() })),
  book: requirementRow,
  accounts: z.array(requirementRow.extend({ accountId: z.string() })),
});
export type RequirementResult = z.infer<typeof requirementResult>;

export const requirementProcedures = {
  /** How the requirements of every account and of the book move; answers from memory when nothing has changed. */
  'requirement.greeks': procedure('job', analysisInput, requirementResult),
};

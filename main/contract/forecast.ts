import { z } from 'zod';
import { accountId } from '../domain/account.ts';
import { failure } from '../domain/failure.ts';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { day } from '../domain/time.ts';
import { procedure } from './procedure.ts';

/** A figure from draws, and between what it lies in 95 of 100 simulations. */
export const drawn = z.object({ value: finite, from: finite, to: finite });
export type Drawn = z.infer<typeof drawn>;

/** One quantile of a distribution: `level` of the draws lie below it. */
export const drawnQuantile = drawn.extend({ level: fraction });
export type DrawnQuantile = z.infer<typeof drawnQuantile>;

/** What an account may come to within one time. Money in USD. */
export const forecastHorizon = z.object({
  hours: nonNegative,
  requirementUsd: z.array(drawnQuantile),
  excessUsd: z.array(drawnQuantile),
  /** Chance that the excess is below zero at the end of the time. */
  callProbability: drawn,
  /** Chance that it is below zero at any look on the way, the end included: where the venue would have liquidated. */
  liquidationProbability: drawn,
  /** The same, where at the end the drawn move also sets everybody selling, and the median of what that does to the excess. */
  jointProbability: drawn,
  couplingUsd: finite,
  /** Smallest cash today with which the chance of a call, and of a liquidation on the way, is at most the one asked for; 0 = none is needed. */
  headroomUsd: drawn,
  survivalHeadroomUsd: drawn,
});
export type ForecastHorizon = z.infer<typeof forecastHorizon>;

/** One account that can fall. */
export const forecastAccount = z.object({
  accountId: z.string(),
  /** Why the account cannot be judged; its figures then mean nothing. */
  trouble: failure.nullable(),
  requirementUsd: finite,
  excessUsd: finite,
  horizons: z.array(forecastHorizon),
});
export type ForecastAccount = z.infer<typeof forecastAccount>;

/** An account under a changed rule: the excess at once, and what it may come to within each time. */
export const changedAccount = z.object({
  accountId: z.string(),
  excessUsd: finite,
  changedExcessUsd: finite,
  horizons: z.array(
    forecastHorizon.pick({
      hours: true,
      callProbability: true,
      liquidationProbability: true,
      headroomUsd: true,
      survivalHeadroomUsd: true,
    }),
  ),
});

/** A rule that changes on a day, for everybody at the venue: announced with the venue's parameters, or asked for. */
export const forecastChange = z.object({
  id: z.string(),
  kind: z.enum(['announced', 'asked']),
  title: z.string(),
  on: day,
  source: z.string(),
  /** One sentence: what differs. */
  why: z.string(),
  /** Whether it falls within the longest time; then it holds from its day on. Otherwise it is shown as if it held today. */
  isWithin: z.boolean(),
  accounts: z.array(changedAccount),
});
export type ForecastChange = z.infer<typeof forecastChange>;

export const forecastResult = z.object({
  runId,
  inputsDigest: z.string(),
  bookName: z.string(),
  asOf: z.string(),
  seed: z.number().int(),
  draws: z.number().int(),
  alpha: fraction,
  hours: z.array(nonNegative),
  factors: z.array(z.object({ id: z.string(), dailyVolatility: nonNegative, source: z.string() })),
  accounts: z.array(forecastAccount),
  /** Chance that any account is liquidated, by time: alone, and where everybody reacts at the end. */
  book: z.array(z.object({ hours: nonNegative, liquidationProbability: drawn, jointProbability: drawn })),
  changes: z.array(forecastChange),
  headline: z.string(),
  assumptions: z.array(z.string()),
  elapsedMs: extended,
});
export type ForecastResult = z.infer<typeof forecastResult>;

/** A rule of an account's venue that takes another value on a day. `key` is one of the editable rules, e.g. 'threshold:wstETH'. */
export const askedChange = z.strictObject({ accountId, key: z.string().max(96), value: finite, on: day });
export type AskedChange = z.infer<typeof askedChange>;

export const forecastProcedures = {
  /** What the requirements of every account may come to: distributions, chances of a call and headroom. From memory when nothing has changed. */
  'forecast.run': procedure(
    'job',
    z.strictObject({
      runId: runId.optional(),
      scenarioSetId: z.string().optional(),
      /** Chance of falling that is taken. */
      alpha: z.number().min(0.0001).max(0.5).default(0.01),
      draws: z.number().int().min(100).max(20_000).default(2000),
      seed: z.number().int().min(0).max(1_000_000_000).default(7),
      changes: z.array(askedChange).max(8).default([]),
    }),
    forecastResult,
  ),
};

import { z } from 'zod';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { day } from '../domain/time.ts';
import { procedure } from './procedure.ts';

/** A likelihood ratio and the chance of one as large when the model is right. */
const likelihoodRatio = z.object({ statistic: nonNegative, pValue: fraction });

/** Whether the forecast quantile of an account's excess covered what came. `before` and `judged` split the record at a day stated beforehand. */
export const coverageRow = z.object({
  accountId: z.string(),
  hours: nonNegative,
  /** Share of the outcomes that should lie below the forecast. */
  level: fraction,
  split: z.enum(['before', 'judged']),
  count: z.number().int(),
  hits: z.number().int(),
  /** Kupiec: as many as said? Christoffersen: does one say something of the next; and both at once. */
  unconditional: likelihoodRatio,
  independence: likelihoodRatio,
  conditional: likelihoodRatio,
  /** Mean pinball loss of the forecasts, and of the recorded days taken as they were, USD; less is better. */
  pinballUsd: finite,
  plainPinballUsd: finite,
  verdict: z.enum(['holds', 'tooManyHits', 'tooFewHits', 'clustered', 'notEnough']),
});
export type CoverageRow = z.infer<typeof coverageRow>;

/** Hits of one account in one recorded window, hour by hour. */
export const windowCoverage = z.object({
  windowId: z.string(),
  windowName: z.string(),
  accountId: z.string(),
  level: fraction,
  count: z.number().int(),
  hits: z.number().int(),
});
export type WindowCoverage = z.infer<typeof windowCoverage>;

export const coverageResult = z.object({
  runId,
  bookName: z.string(),
  levels: z.array(fraction),
  hours: z.array(nonNegative),
  splitDay: day,
  from: day,
  to: day,
  rows: z.array(coverageRow),
  windows: z.array(windowCoverage),
  /** Windows and stretches that could not be used, and why. */
  leftOut: z.array(z.string()),
  /** One sentence per time and level on the days judged, the failures first. */
  verdicts: z.array(z.string()),
  assumptions: z.array(z.string()),
  elapsedMs: extended,
});
export type ForecastCoverage = z.infer<typeof coverageResult>;

export const forecastCoverageProcedures = {
  /** Whether the forecasts held: from every recorded moment, with what was known then, against what came. From memory when nothing has changed. */
  'forecast.coverage': procedure('job', z.strictObject({ runId: runId.optional(), scenarioSetId: z.string().optional() }), coverageResult),
};

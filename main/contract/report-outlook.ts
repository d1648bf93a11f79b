import { z } from 'zod';
import { forecastProcedures, type ForecastResult } from './forecast.ts';
import type { ForecastCoverage } from './forecast-coverage.ts';
import { orderTerms, triggerProcedures, type TriggerResult } from './trigger.ts';

const forecastInput = forecastProcedures['forecast.run'].input;
const triggerInput = triggerProcedures['trigger.optimise'].input;

/** What a report tells of what may come: what each forecast and each order was asked with. */
export const outlookWish = z.object({
  /** SHA-256 of the recorded days and windows that ship with the program: paths and tests rest on them. */
  shippedDigest: z.string(),
  forecast: z
    .strictObject({
      alpha: forecastInput.shape.alpha.unwrap(),
      draws: forecastInput.shape.draws.unwrap(),
      seed: forecastInput.shape.seed.unwrap(),
      changes: forecastInput.shape.changes.unwrap(),
    })
    .nullable(),
  /** Whether forecasts were held against what came. */
  isJudged: z.boolean(),
  orders: z.array(
    z.strictObject({
      accountId: z.string(),
      objective: triggerInput.shape.objective.unwrap(),
      alpha: triggerInput.shape.alpha.unwrap(),
      draws: triggerInput.shape.draws.unwrap(),
      seed: triggerInput.shape.seed.unwrap(),
      terms: orderTerms.required(),
    }),
  ),
});
export type OutlookWish = z.output<typeof outlookWish>;

/** A run without what tells one from another on the same inputs. */
type Nameless<T> = Omit<T, 'runId' | 'inputsDigest' | 'elapsedMs'>;

/** What may come: of the book as it is, and of the book after the suggestion where there is one. */
export type ReportOutlook = {
  readonly forecast: Nameless<ForecastResult> | null;
  /** The same paths through the book after the suggestion, without dated changes of rules. */
  readonly after: Nameless<ForecastResult> | null;
  readonly coverage: Nameless<ForecastCoverage> | null;
  /** The best order of each account that was asked for, on the book as it is. */
  readonly orders: readonly Nameless<TriggerResult>[];
};

import { z } from 'zod';
import { eventFact, priceCorrection } from '../domain/recorded-window.ts';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { instant } from '../domain/time.ts';
import { cell } from './cell.ts';
import { importSource } from './importing.ts';
import { procedure } from './procedure.ts';

/** A recorded window without its prices. */
export const windowSummary = z.object({
  id: z.string(),
  name: z.string(),
  startsAt: instant,
  endsAt: instant,
  intervalMinutes: z.number().int(),
  bars: z.number().int(),
  assetIds: z.array(z.string()),
  source: z.string(),
  facts: z.array(eventFact),
  corrections: z.array(priceCorrection),
});

export const replayPhase = z.enum(['before', 'during', 'after']);

/** One step of a replay: what was known at its time, and nothing later. Money in USD. */
export const replayStep = z.object({
  at: instant,
  /** By hindsight: before the highest common price, until the lowest, after it. Enters no number. */
  phase: replayPhase,
  pricesUsd: z.record(z.string(), nonNegative),
  /** Move of the common axis since the book's own prices. */
  commonMove: finite,
  equityUsd: finite,
  requirementUsd: nonNegative,
  /** Accounts below their requirement at the close. */
  below: z.array(z.string()),
  index: cell,
  parts: z.object({ L: cell, A: cell, X: cell, K: cell }),
  coverageFraction: fraction,
  /** The cascade of the fall so far, from the window's first prices: where forced selling ends, and who falls on the way. */
  saidPricesUsd: z.record(z.string(), nonNegative),
  saidToFall: z.array(z.string()),
  /** A warning begins here: the index reaches the level chosen in the study of daily prices. */
  isWarning: z.boolean(),
});
export type ReplayStep = z.infer<typeof replayStep>;

export const accountVerdict = z.enum(['belowAtStart', 'foreseen', 'missed', 'falseAlarm', 'held']);

/** What was said about an account against what recorded prices did to it. */
export const replayAccount = z.object({
  accountId: z.string(),
  venueName: z.string(),
  /** First step at which the cascade of the fall so far takes it. */
  saidAt: instant.nullable(),
  /** First bar whose close, lows or highs put it below its requirement, nobody reacting. */
  fellAt: instant.nullable(),
  leadHours: finite.nullable(),
  /** At the window's start: the common move that would take it, jointly and alone; null = none. */
  startJointMove: finite.nullable(),
  startAloneMove: finite.nullable(),
  verdict: accountVerdict,
});
export type ReplayAccount = z.infer<typeof replayAccount>;

/** What the distances at one time said, against the rest of the window. */
export const replayCheckpoint = z.object({
  at: instant,
  phase: replayPhase,
  index: cell,
  below: z.array(z.string()),
  nearestAccountId: z.string().nullable(),
  nearestJointMove: finite.nullable(),
  /** Lowest common move from here to the window's end, at its lows; 0 when prices never fall again. */
  laterMove: finite,
  laterLowAt: instant,
  /** Said to fall at that move, everybody reacting, and nobody; without those below already. */
  saidJointly: z.array(z.string()),
  saidAlone: z.array(z.string()),
  /** Fell after here. */
  fell: z.array(z.string()),
  /** Said jointly and held; fell and not said jointly. */
  falselySaid: z.array(z.string()),
  missed: z.array(z.string()),
  said: z.string(),
  happened: z.string(),
});
export type ReplayCheckpoint = z.infer<typeof replayCheckpoint>;

/** The price at which the cascade said selling would end against the one that came, where they were furthest apart before the low. */
export const priceClaim = z.object({
  assetId: z.string(),
  at: instant,
  saidUsd: nonNegative,
  /** Lowest recorded price of the following day. */
  recordedLowUsd: nonNegative,
  /** said / recorded − 1: below zero the model fell too far, above it not far enough. */
  error: finite,
  /** Steps at which it said more than the price itself, and the mean of |error| over them. */
  claims: z.number().int(),
  meanError: nonNegative,
});

/** How each asset of the book is priced in the window. */
export const assetTreatment = z.object({
  assetId: z.string(),
  /** Of the book's gross look-through value at its own prices. */
  shareFraction: fraction,
  isRecorded: z.boolean(),
  treatment: z.string(),
});

/** One signal judged over a stretch of daily prices. */
export const warningJudgement = z.object({
  from: z.string(),
  to: z.string(),
  falls: z.number().int(),
  announced: z.number().int(),
  warnings: z.number().int(),
  falseWarnings: z.number().int(),
  /** Mean of the leads of the falls announced, days; a failure when none was. */
  meanLeadDays: cell,
});

/** A signal that was to announce falls: its level, chosen on the first stretch, and how it did there and later. */
export const warningSignal = z.object({
  name: z.string(),
  unit: z.string(),
  level: cell,
  training: warningJudgement,
  test: warningJudgement,
});

/** The index over daily prices against the falls that came, beside a plain rule that needs no model. */
export const warningStudy = z.object({
  definition: z.string(),
  index: warningSignal,
  plain: warningSignal,
  sentence: z.string(),
  /** By day: the index (a failure where it is refused), the common price from 1, and the falls. */
  days: z.array(z.string()),
  indexByDay: z.array(cell),
  commonPrice: z.array(nonNegative),
  falls: z.array(z.object({ day: z.string(), leadDays: finite.nullable(), isTraining: z.boolean() })),
  falseWarningDays: z.array(z.string()),
});
export type WarningStudy = z.infer<typeof warningStudy>;

/** A window replayed on the open book. */
export const replayResult = z.object({
  runId,
  bookName: z.string(),
  window: windowSummary,
  /** `moves`: recorded moves from the window's start, applied to the book's own prices. `levels`: recorded prices themselves. */
  basis: z.enum(['moves', 'levels']),
  basisNote: z.string(),
  stepMinutes: z.number().int(),
  peakAt: instant,
  lowAt: instant,
  /** From the highest close to the lowest low of the common axis. */
  commonFall: finite,
  coverageFraction: fraction,
  leastCoverageFraction: fraction,
  treatments: z.array(assetTreatment),
  steps: z.array(replayStep),
  accounts: z.array(replayAccount),
  checkpoints: z.array(replayCheckpoint),
  priceClaims: z.array(priceClaim),
  /** The level a warning needs, the first warning before the low, and how long before it came. */
  warning: z.object({ level: cell, firstAt: instant.nullable(), leadHours: finite.nullable(), sentence: z.string() }),
  /** What was said and came, in one sentence; then each way in which the model was wrong. */
  headline: z.string(),
  wrong: z.array(z.string()),
  assumptions: z.array(z.string()),
  elapsedMs: extended,
});
export type ReplayResult = z.infer<typeof replayResult>;

const jobInput = z.strictObject({ runId: runId.optional(), scenarioSetId: z.string().optional() });

export const replayProcedures = {
  /** The windows that ship with the program. */
  'replay.windows': procedure('query', z.strictObject({}), z.array(windowSummary)),
  /** Replays a shipped window, or a file of price bars, on the open book. */
  'replay.run': procedure('job', jobInput.extend({ windowId: z.string().optional(), source: importSource.optional() }), replayResult),
  /** Lead time and false alarms of the index over daily prices since 2021. */
  'replay.warnings': procedure('job', jobInput, warningStudy),
};

import { z } from 'zod';
import { bookContents } from '../domain/book.ts';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import { recordedWindow } from '../domain/recorded-window.ts';
import { scenarioSet } from '../domain/scenario.ts';
import { dailyClose, snapshot } from '../domain/snapshot.ts';
import { transferTerms } from '../domain/system.ts';
import { instant } from '../domain/time.ts';
import type { AnalysisResult, CascadeResult } from './analysis.ts';
import type { BacktestWindow } from './backtest.ts';
import type { HedgeAlternatives } from './hedge-alternatives.ts';
import { hedgeInput, type HedgeResult } from './hedge.ts';
import type { HedgeSurvival } from './policy.ts';
import type { ReplayResult, WarningStudy } from './replay.ts';
import { outlookWish, type ReportOutlook } from './report-outlook.ts';

const pledgeEvent = z.object({ at: instant, accountId: z.string(), assetId: z.string(), venueId: z.string(), quantityChange: finite });

/** Everything a report is computed from, carried inside it: with the program of the same version it needs nothing else. */
export const reportInputs = z.object({
  /** Of the whole book file, notes and tickets included; names the book, enters no number. */
  bookDigest: z.string(),
  contents: bookContents,
  snapshot,
  scenarioSet,
  pledgeLog: z.object({ reachesBackTo: instant.nullable(), lastStepAt: instant.nullable(), events: z.array(pledgeEvent) }),
  /** How fast collateral can leave; null where the program was started without. */
  transferTerms: transferTerms.nullable(),
  /** What the suggestion was asked with; null where the report holds none. */
  suggestion: hedgeInput.pick({ budgetUsd: true, confidence: true, limits: true, survival: true }).nullable(),
  /** The recorded prices that were replayed and hedged along, and the closes known before them; null where there were none. */
  recordings: z
    .object({
      history: z.array(dailyClose),
      isStudied: z.boolean(),
      replayed: z.array(recordedWindow),
      backtested: z.array(z.object({ window: recordedWindow, everyHours: nonNegative })),
    })
    .nullable(),
  /** What was asked of the time ahead; null where nothing was. */
  outlook: outlookWish.nullable(),
});
export type ReportInputs = z.infer<typeof reportInputs>;

/** The hedged book run again with one assumption moved; what it does to the figures of the first page. USD, losses above zero. */
export const sensitivity = z.object({
  id: z.string(),
  /** What is moved, and from where to where. */
  assumption: z.string(),
  moved: z.string(),
  expectedShortfallUsd: finite,
  /** Against the hedged book as assumed; above zero it is worse. */
  changeUsd: finite,
  anyLiquidationFraction: fraction,
  /** Accounts that fall at the reference shock although they hold as assumed, in order of round. */
  falls: z.array(z.object({ accountId: z.string(), round: z.number().int() })),
});
export type Sensitivity = z.infer<typeof sensitivity>;

/** The outside numbers that ship with the program, worked out again when the report was written. */
export const goldenOutcome = z.object({
  cases: z.number().int(),
  passed: z.number().int(),
  families: z.array(
    z.object({
      file: z.string(),
      source: z.string(),
      cases: z.number().int(),
      passed: z.number().int(),
      /** Worst error as a share of its tolerance; 0 = every figure the same. */
      worstShare: finite,
      failed: z.array(z.string()),
    }),
  ),
});
export type GoldenOutcome = z.infer<typeof goldenOutcome>;

/** What follows from the inputs. Runs are nameless and timeless in here, so that equal inputs give equal bytes. */
export type ReportResults = {
  readonly analysis: AnalysisResult;
  readonly hedge: {
    readonly suggestion: HedgeResult;
    /** Largest harm first. */
    readonly sensitivities: readonly Sensitivity[];
    /** The reference shock on the book after the suggestion. */
    readonly cascadeAfter: CascadeResult;
    readonly alternatives: HedgeAlternatives;
  } | null;
  /** Of the book after the suggestion, or as it is where there is none. */
  readonly survival: HedgeSurvival;
  readonly replays: readonly Omit<ReplayResult, 'runId'>[];
  readonly study: WarningStudy | null;
  readonly backtests: readonly BacktestWindow[];
  readonly outlook: ReportOutlook | null;
  readonly golden: GoldenOutcome;
};

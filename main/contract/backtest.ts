import { z } from 'zod';
import { extended, finite, fraction, nonNegative } from '../domain/real.ts';
import { runId } from '../domain/run.ts';
import { instant } from '../domain/time.ts';
import { cell } from './cell.ts';
import { importSource } from './importing.ts';
import { procedure } from './procedure.ts';
import { windowSummary } from './replay.ts';

/** A realised figure and what resampling the window's hours in blocks gives for it: the middle nine tenths of the draws. */
export const estimate = z.object({ value: cell, from: cell, to: cell });
export type Estimate = z.infer<typeof estimate>;

/** An account that recorded prices put below its requirement, sold out by the engine's own rules. Money in USD. */
export const backtestLiquidation = z.object({
  accountId: z.string(),
  at: instant,
  side: z.enum(['close', 'low', 'high']),
  /** Equity that selling out took. */
  costUsd: nonNegative,
  leftUsd: nonNegative,
  /** Move of each driver since the decision before, and of every other asset that moved by more than a little. */
  moves: z.record(z.string(), finite),
});

/** What was done at one time of the window, from what was known then. Money in USD. */
export const backtestDecision = z.object({
  at: instant,
  costUsd: nonNegative,
  premiumUsd: finite,
  /** Traded; and cash and collateral moved or paid back. */
  turnoverUsd: nonNegative,
  movedUsd: nonNegative,
  /** Paid out of each account for others, by account. */
  paidOutUsd: z.record(z.string(), nonNegative),
  /** What a day takes off the options held after it, were time to pass; below zero it adds. */
  decayUsdPerDay: finite,
  actions: z.array(z.string()),
  notes: z.array(z.string()),
});

/** One strategy along a window. Money in USD. */
export const backtestStrategy = z.object({
  id: z.string(),
  name: z.string(),
  meaning: z.string(),
  /** Mean of the worst hours of the window, the share of them that the confidence leaves. */
  realisedShortfallUsd: estimate,
  /** Deepest fall of the equity below the highest before it, at closes. */
  worstDrawdownUsd: estimate,
  /** 1 − Var(hedged) / Var(left as it is), of hourly changes; below zero it made the book less calm. */
  varianceReduction: estimate,
  /** 1 − realised shortfall / that of the book left as it is. */
  shortfallReduction: estimate,
  liquidations: z.array(backtestLiquidation),
  /** Half spreads, fees and gas, paid once at each decision. */
  costUsd: nonNegative,
  premiumUsd: finite,
  /** Traded; and cash and collateral moved or paid back. */
  turnoverUsd: nonNegative,
  movedUsd: nonNegative,
  /** What time would have taken off the options held along the window. It is not charged, since prices are replayed without time. */
  unchargedDecayUsd: finite,
  /** Equity at the end less that at the start, costs paid. */
  gainUsd: finite,
  /** What is left of the book's own hourly moves: Cov(hedged, left as it is) / Var(left as it is). */
  keptExposureFraction: cell,
  decisions: z.array(backtestDecision),
  /** At each of the window's times. */
  equityUsd: z.array(finite),
});
export type BacktestStrategy = z.infer<typeof backtestStrategy>;

/** How the program stands against one strategy that needs no program, by the stated measure. */
export const comparison = z.object({
  strategyId: z.string(),
  outcome: z.enum(['won', 'lost', 'tied']),
  /** What decided. */
  by: z.enum(['liquidations', 'shortfall', 'drawdown', 'nothing']),
  /** Share of the draws in which the program's realised shortfall is the smaller one. */
  surerFraction: fraction,
  sentence: z.string(),
});
export type Comparison = z.infer<typeof comparison>;

/** Every strategy through one recorded window. */
export const backtestWindow = z.object({
  bookName: z.string(),
  window: windowSummary,
  basis: z.enum(['moves', 'levels']),
  decisionHours: nonNegative,
  confidence: fraction,
  /** Hours between two of the times, what a loss is taken over. */
  lossHours: nonNegative,
  draws: z.number().int(),
  times: z.array(instant),
  strategies: z.array(backtestStrategy),
  comparisons: z.array(comparison),
  headline: z.string(),
  honest: z.array(z.string()),
  assumptions: z.array(z.string()),
  elapsedMs: extended,
});
export type BacktestWindow = z.infer<typeof backtestWindow>;

export const backtestResult = z.object({
  runId,
  seed: z.number().int(),
  measure: z.string(),
  windows: z.array(backtestWindow),
  summary: z.object({ windows: z.number().int(), beatsAll: z.array(z.string()), sentence: z.string() }),
});
export type BacktestResult = z.infer<typeof backtestResult>;

export const backtestProcedures = {
  /** Hedges again and again along recorded windows with what was known at each time, beside strategies that need no program. */
  'backtest.run': procedure(
    'job',
    z.strictObject({
      runId: runId.optional(),
      scenarioSetId: z.string().optional(),
      /** Windows that ship; all of them when neither these nor a file are named. */
      windowIds: z.array(z.string()).min(1).optional(),
      source: importSource.optional(),
      /** Hours between two decisions. */
      everyHours: z.number().min(1).max(1000).optional(),
    }),
    backtestResult,
  ),
};

import { findBothEnds } from '../engine/scenario/both-ends-job.ts';
import { runFailure } from '../engine/contagion/failure/failure-job.ts';
import { runForecastChunk } from '../engine/forecast/forecast-chunk.ts';
import { runQuantileChunk } from '../engine/forecast/quantile-chunk.ts';
import { findBreach } from '../engine/scenario/account-breach.ts';
import { runBumps } from '../engine/scenario/bump-book.ts';
import { runFanChunk } from '../engine/scenario/fan-chunk.ts';
import { runCoalitions } from '../engine/scenario/coalition-chunk.ts';
import { findDistances } from '../engine/scenario/distance-search.ts';
import { measureFeedback } from '../engine/scenario/feedback-points.ts';
import { runPolicyCase } from '../engine/scenario/policy-case.ts';
import { runScenarioChunk } from '../engine/scenario/scenario-chunk.ts';
import { revalueChunk } from '../engine/scenario/revalue-chunk.ts';
import { runSurvivalChunk } from '../engine/scenario/survival-chunk.ts';
import { traceCascade } from '../engine/scenario/trace-cascade.ts';
import { runTriggerChunk } from '../engine/trigger/trigger-chunk.ts';
import { replayIndex } from '../engine/replay/replay-index.ts';
import { replayValues } from '../engine/replay/replay-values.ts';
import { requirementGreeks } from '../engine/scenario/requirement-greeks.ts';
import { valueBook } from '../engine/scenario/value-book.ts';
import { solveHedge, solveProgram } from './highs-job.ts';
import type { Job } from './pool-types.ts';

/** Every job by name: the only place that names kernels to the pool. A new one is one line here. */
export const jobs = {
  /** Fixed range of shocks through the cascade. */
  scenarios: runScenarioChunk,
  /** Fixed range of shocks without anybody reacting. */
  revalue: revalueChunk,
  /** One cascade with everything that happened in each round. */
  trace: traceCascade,
  /** Fixed range of draws of one cascade over delay, depth and recovery. */
  fan: runFanChunk,
  /** The outcomes of one shock from the mild and the severe end. */
  bothEnds: findBothEnds,
  /** Values, Greeks and requirements of every position and account now. */
  value: valueBook,
  /** Joint distance of a range of accounts inside brackets. */
  distances: findDistances,
  /** Closed-form Greeks of every account now, with the next tier of each driver. */
  requirementGreeks,
  /** Fixed range of changes of what requirements depend on, alone and through the cascade. */
  bumps: runBumps,
  /** The nearest breach of one account, in standard deviations of all factors. */
  breach: findBreach,
  /** Fixed range of drawn paths of a time ahead, without anybody reacting. */
  forecast: runForecastChunk,
  /** Quantiles forecast from a fixed range of moments of the past. */
  quantiles: runQuantileChunk,
  /** Fixed range of recorded prices without anybody reacting. */
  replayValues,
  /** Fixed range of recorded prices, at each the figures of the systemic leverage index. */
  replayIndex,
  /** What forced selling costs a fixed range of coalitions of blocks of the book. */
  coalitions: runCoalitions,
  /** Fixed range of drawn paths through every trigger order of a grid. */
  trigger: runTriggerChunk,
  /** How strongly forced selling feeds on itself, at a fixed range of depths of a common fall. */
  feedback: measureFeedback,
  /** One shock under one set of policies. */
  policyCase: runPolicyCase,
  /** Fixed range of shocks and what becomes of the hedges in each. */
  survival: runSurvivalChunk,
  /** The failure of one institution, seen through one model of claims. */
  failure: runFailure,
  /** One linear program through HiGHS. */
  solveProgram,
  /** One hedging program through its dual form. */
  solveHedge,
} satisfies Record<string, Job<never, unknown>>;

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
export type JobInput<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type JobOutput<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>;

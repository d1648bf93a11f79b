import { runFailure } from '../engine/contagion/failure/failure-job.ts';
import { findBreach } from '../engine/scenario/account-breach.ts';
import { runBumps } from '../engine/scenario/bump-book.ts';
import { findDistances } from '../engine/scenario/distance-search.ts';
import { runScenarioChunk } from '../engine/scenario/scenario-chunk.ts';
import { revalueChunk } from '../engine/scenario/revalue-chunk.ts';
import { traceCascade } from '../engine/scenario/trace-cascade.ts';
import { requirementGreeks } from '../engine/scenario/requirement-greeks.ts';
import { valueBook } from '../engine/scenario/value-book.ts';
import { solveProgram } from './highs-job.ts';
import type { Job } from './pool-types.ts';

/** Every job by name: the only place that names kernels to the pool. A new one is one line here. */
export const jobs = {
  /** Fixed range of shocks through the cascade. */
  scenarios: runScenarioChunk,
  /** Fixed range of shocks without anybody reacting. */
  revalue: revalueChunk,
  /** One cascade with everything that happened in each round. */
  trace: traceCascade,
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
  /** The failure of one institution, seen through one model of claims. */
  failure: runFailure,
  /** One linear program through HiGHS. */
  solveProgram,
} satisfies Record<string, Job<never, unknown>>;

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
export type JobInput<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type JobOutput<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>;

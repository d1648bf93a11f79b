import type { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import { analysisProcedures } from './analysis.ts';
import { appProcedures } from './app.ts';
import { backtestProcedures } from './backtest.ts';
import { blotterProcedures } from './blotter.ts';
import { blotterStageProcedures } from './blotter-stage.ts';
import { bookProcedures } from './book.ts';
import { calculateProcedures } from './calculate.ts';
import { cascadeFanProcedures } from './cascade-fan.ts';
import { contagionProcedures } from './contagion.ts';
import { explainProcedures } from './explain.ts';
import { feedbackProcedures } from './feedback.ts';
import { forecastProcedures } from './forecast.ts';
import { forecastCoverageProcedures } from './forecast-coverage.ts';
import { hedgeProcedures } from './hedge.ts';
import { hedgeAlternativesProcedures } from './hedge-alternatives.ts';
import { hedgeRefreshProcedures } from './hedge-refresh.ts';
import { importingProcedures } from './importing.ts';
import { marketProcedures } from './market.ts';
import { replayProcedures } from './replay.ts';
import { policyProcedures } from './policy.ts';
import { phaseMapProcedures } from './phase-map.ts';
import { reportingProcedures } from './reporting.ts';
import { requirementProcedures } from './requirement.ts';
import { ruleSetProcedures } from './rule-set.ts';
import { runProcedures } from './run.ts';
import { surplusProcedures } from './surplus.ts';
import { triggerProcedures } from './trigger.ts';
import { transfersProcedures } from './transfers.ts';
import { whatIfProcedures } from './what-if.ts';

/** Every call that may cross a process, by name. */
export const contract = {
  ...appProcedures,
  ...bookProcedures,
  ...blotterProcedures,
  ...blotterStageProcedures,
  ...importingProcedures,
  ...marketProcedures,
  ...analysisProcedures,
  ...phaseMapProcedures,
  ...cascadeFanProcedures,
  ...hedgeProcedures,
  ...hedgeAlternativesProcedures,
  ...hedgeRefreshProcedures,
  ...requirementProcedures,
  ...reportingProcedures,
  ...explainProcedures,
  ...calculateProcedures,
  ...runProcedures,
  ...whatIfProcedures,
  ...ruleSetProcedures,
  ...replayProcedures,
  ...surplusProcedures,
  ...feedbackProcedures,
  ...policyProcedures,
  ...contagionProcedures,
  ...transfersProcedures,
  ...backtestProcedures,
  ...forecastProcedures,
  ...triggerProcedures,
  ...forecastCoverageProcedures,
};
export type Contract = typeof contract;
export type ProcedureName = keyof Contract;

/** What the caller may send. */
export type InputOf<Name extends ProcedureName> = z.input<Contract[Name]['input']>;
/** What the service receives: parsed. */
export type ParsedInputOf<Name extends ProcedureName> = z.output<Contract[Name]['input']>;
export type OutputOf<Name extends ProcedureName> = z.output<Contract[Name]['output']>;

/** What a service is told besides its input. */
export type CallContext = {
  /** Fires when the caller cancels the run. */
  readonly signal: AbortSignal;
  /** Reports progress of a job; free of effect for other calls. */
  readonly progress: (phase: string, done: number, total: number) => void;
  /** Id of the run; made by dispatch when the caller gave none. */
  readonly runId: string;
};

/** One function per procedure; a missing service does not compile. */
export type Services = {
  readonly [Name in ProcedureName]: (input: ParsedInputOf<Name>, context: CallContext) => Promise<Result<OutputOf<Name>>>;
};

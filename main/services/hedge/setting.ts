import type { CallContext } from '../../contract/contract.ts';
import type { Result } from '../../domain/failure.ts';
import type { CascadeAssumptions, Shock } from '../../domain/scenario.ts';
import type { TransferTerms } from '../../domain/system.ts';
import type { PackedBook } from '../../engine/packed/packed-book.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { PackResult } from '../pack.ts';
import { runScenarios } from '../scenarios.ts';
import type { SurvivalStates } from '../../engine/hedge/survival/survival-states.ts';
import type { ScenarioTable } from '../scenarios.ts';
import type { Candidate } from './proposals/candidates.ts';
import type { HedgeBook } from './hedge-book.ts';
import type { HedgeShocks } from './shocks/hedge-shocks.ts';
import type { ShockTiming } from './latency/earliest-arrival.ts';
import type { Mandate } from './limits/mandates.ts';

/** Everything one suggestion or evaluation works with: book, columns, candidates, scenarios, and the threads to run them. */
export type Setting = {
  readonly book: HedgeBook;
  readonly pack: PackResult;
  readonly candidates: readonly Candidate[];
  /** What could be done and was left out to keep the program small, in words. */
  readonly notConsidered: readonly string[];
  /** Bounds on sums over the legs: what pools and lenders bear, and what the trader sets. */
  readonly mandates: readonly Mandate[];
  readonly shocks: HedgeShocks;
  /** When shocks come and what moving cash takes, as far as it is known. */
  readonly timing: ShockTiming & { readonly transferTerms: TransferTerms | undefined };
  /** What may go wrong with hedges on the worst days; null = nothing is taken to. */
  readonly survival: SurvivalStates | null;
  /** Equity of the whole book before anything moves or is done. USD. */
  readonly equityBeforeUsd: number;
  /** No trade is smaller than this. USD. */
  readonly leastTradeUsd: number;
  /** Accounts that cannot fall because nothing is required of them. */
  readonly custodyAccounts: number;
  readonly confidence: number;
  readonly pool: Pool;
  readonly context: Pick<CallContext, 'signal' | 'progress'>;
};

/** What a cascade run differs in from the setting. */
export type CascadeRun = {
  readonly shocks: readonly Shock[];
  readonly quantities?: Float64Array;
  readonly packed?: PackedBook;
  readonly assumptions?: Partial<CascadeAssumptions>;
  readonly withUnitValues?: boolean;
};

/** Runs the full cascade of every shock on the setting's book. */
export function runCascades(setting: Setting, run: CascadeRun): Promise<Result<ScenarioTable>> {
  return runScenarios(
    {
      packed: run.packed ?? setting.pack.packed,
      driverIds: setting.pack.driverIds,
      shocks: run.shocks,
      assumptions: { ...setting.book.set.cascade, ...run.assumptions },
      ...(run.quantities ? { quantities: run.quantities } : {}),
      withUnitValues: run.withUnitValues ?? false,
    },
    setting.pool,
    // Progress is reported by phase, not by cascade.
    { signal: setting.context.signal, progress: () => undefined },
  );
}

import type { AccountResult, AnalysisResult, CascadeResult, PositionResult, SurplusResult } from '../../contract/analysis.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { FAMILY } from '../../engine/packed/packed-book.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { RunContext } from '../scenarios.ts';
import { accountResults } from './account-results.ts';
import { assumptionsOf } from './assumptions.ts';
import { cascadeResult } from './cascade-result.ts';
import { coverageResult } from './coverage-result.ts';
import { runCascadeOnly, runEngine, type AnalysisInputs, type EngineRun } from './engine-run.ts';
import { leverageIndex } from './leverage-index.ts';
import { withDayBefore } from '../network/network-day-before.ts';
import { networkResult } from './network-result.ts';
import { positionResults } from './position-results.ts';
import { buildStatement } from './statement.ts';
import { tape } from './tape.ts';
import { distributionResult, gridResults, surplusResult, venueUses } from './venue-results.ts';

/** What identifies a run besides its inputs; does not enter any number. */
export type RunIdentity = { readonly runId: string; readonly engineVersion: string; readonly seed: number; readonly inputsDigest: string };

/** The whole analysis of a book at a snapshot, from its inputs alone. The same inputs give the same result but for `runId` and `elapsedMs`. */
export async function analyseBook(
  inputs: AnalysisInputs,
  identity: RunIdentity,
  engine: RunContext & { readonly pool: Pool },
): Promise<Result<AnalysisResult>> {
  const started = performance.now();
  const run = await runEngine(inputs, engine.pool, engine);
  if (!run.ok) return run;
  engine.progress('Writing the result', 0, 1);
  const result = composeResult(run.value, identity);
  return succeed({ ...result, elapsedMs: performance.now() - started });
}

/** One cascade and its surplus. */
export async function analyseCascade(
  inputs: AnalysisInputs,
  pool: Pool,
  context: RunContext,
): Promise<Result<{ cascade: CascadeResult; surplus: SurplusResult }>> {
  const run = await runCascadeOnly(inputs, pool, context);
  if (!run.ok) return run;
  const cascade = cascadeResult(run.value);
  return succeed({ cascade, surplus: surplusResult(run.value, cascade) });
}

function composeResult(run: EngineRun, identity: RunIdentity): AnalysisResult {
  const { inputs, pack, history } = run;
  const { contents, snapshot, scenarioSet, shock } = inputs;
  const positions = positionResults(run);
  const accounts = accountResults(run);
  const cascade = cascadeResult(run);
  const measured = networkResult(run, accounts, cascade);
  const network = { ...measured, metrics: withDayBefore(measured.metrics, run, accounts) };
  const surplus = surplusResult(run, cascade);
  return {
    ...identity,
    bookName: contents.name,
    snapshotId: snapshot.id,
    snapshotAsOf: snapshot.asOf,
    scenarioSetId: scenarioSet.id,
    reference: shock,
    confidence: scenarioSet.confidence,
    elapsedMs: 0,
    tape: tape(run),
    statement: buildStatement(run, cascade, accounts),
    totals: totals(run, positions, accounts),
    drivers: pack.driverIds.map((assetId, d) => ({
      assetId,
      priceUsd: pack.packed.initial.priceUsd[pack.packed.drivers[d] ?? 0] ?? 0,
      beta: scenarioSet.betas[assetId] ?? 0,
      dailyVolatility: history.dailyVolatility[d] ?? 0,
    })),
    positions,
    accounts,
    venues: venueUses(run),
    network,
    grids: gridResults(run),
    cascade,
    surplus,
    leverageIndex: leverageIndex(run, { network, cascade, surplus }),
    distribution: distributionResult(run),
    coverage: coverageResult(run),
    assumptions: assumptionsOf(run),
  };
}

function totals(run: EngineRun, positions: readonly PositionResult[], accounts: readonly AccountResult[]): AnalysisResult['totals'] {
  const measures = run.values.accounts;
  const families = run.pack.packed.accounts.family;
  const requirementUsd = sumAccurate(measures.requirementUsd);
  const resources = sumAccurate(measures.resourcesUsd.map((value, a) => (families[a] === FAMILY.custody ? 0 : value)));
  const nearest = accounts
    .filter((account) => account.jointMove !== null)
    .toSorted((left, right) => Math.abs(left.jointMove ?? 0) - Math.abs(right.jointMove ?? 0))[0];
  const stables = new Set(run.inputs.contents.assets.flatMap((asset) => (asset.kind === 'stable' ? [asset.id] : [])));
  const netDeltaUsd: Record<string, number> = {};
  for (const position of positions) {
    for (const [id, usd] of Object.entries(position.lookThroughUsd)) if (!stables.has(id)) netDeltaUsd[id] = (netDeltaUsd[id] ?? 0) + usd;
  }
  return {
    equityUsd: sumAccurate(measures.equityUsd),
    grossUsd: sumAccurate(measures.grossUsd),
    requirementUsd,
    useFraction: resources > 0 ? requirementUsd / resources : null,
    equityDayBeforeUsd: run.equityDayBeforeUsd === null ? null : sumAccurate(run.equityDayBeforeUsd),
    nearestAccountId: nearest?.accountId ?? null,
    nearestJointMove: nearest?.jointMove ?? null,
    netDeltaUsd,
  };
}

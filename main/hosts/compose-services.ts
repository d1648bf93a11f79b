import { availableParallelism } from 'node:os';
import type { Services } from '../contract/contract.ts';
import type { AppEvent } from '../contract/events.ts';
import type { RunTable } from '../contract/run-table.ts';
import { createPool } from '../pool/pool.ts';
import type { Pool } from '../pool/pool-types.ts';
import { createAnalysisServices, ENGINE_VERSION } from '../services/analysis.ts';
import { createCascadeFanServices } from '../services/cascade-fan.ts';
import { createAppServices } from '../services/app.ts';
import { createPhaseMapServices } from '../services/cascade/phase-map.ts';
import { createBacktestServices } from '../services/backtest.ts';
import { createBlotterServices } from '../services/blotter.ts';
import { createBookServices } from '../services/book.ts';
import { createCalculateServices } from '../services/calculate.ts';
import { createContagionServices } from '../services/contagion.ts';
import { createExplainServices } from '../services/explain.ts';
import { createForecastServices } from '../services/forecast.ts';
import { createForecastCoverageServices } from '../services/forecast-coverage.ts';
import { createHedgeServices } from '../services/hedge.ts';
import { createImportingServices } from '../services/importing.ts';
import { createMarketServices } from '../services/market.ts';
import { readTransferTerms } from '../market/system-file.ts';
import { createReplayServices } from '../services/replay.ts';
import { createPolicyServices } from '../services/policy.ts';
import { createReportingServices } from '../services/reporting.ts';
import { createRequirementServices } from '../services/requirement.ts';
import { createRuleSetServices } from '../services/rule-set.ts';
import { createRunServices } from '../services/run.ts';
import { createWhatIfServices } from '../services/what-if.ts';
import { createSession, type Session } from '../services/session.ts';
import { createSurplusServices } from '../services/surplus.ts';
import { createTriggerServices } from '../services/trigger.ts';
import { createTransfersServices } from '../services/transfers.ts';
import { programVersion, reportsFolder, resourcesFolder } from './folders.ts';

/** Everything a runtime owns and must give back. */
export type Workplace = { readonly services: Services; readonly session: Session; readonly pool: Pool };

/** What the services are made from. */
export type Ingredients = {
  readonly host: 'electron' | 'browser' | 'cli' | 'test';
  readonly dataFolder: string;
  readonly workerUrl: URL;
  readonly workers?: number;
  readonly startsAhead?: boolean;
  readonly runs: RunTable;
  readonly announce: (event: AppEvent) => void;
};

/** One service for every procedure of the contract; a missing one does not compile. */
export function composeServices(ingredients: Ingredients): Workplace {
  const terms = readTransferTerms(resourcesFolder);
  const session = createSession({ announce: ingredients.announce, ...(terms.ok ? { transferTerms: terms.value } : {}) });
  const workers = ingredients.workers ?? Math.max(1, availableParallelism() - 1);
  const pool = createPool({ workerUrl: ingredients.workerUrl, workers, startsAhead: ingredients.startsAhead ?? false });
  const services: Services = {
    ...createAppServices(session, {
      version: programVersion(),
      engineVersion: ENGINE_VERSION,
      host: ingredients.host,
      node: process.version,
      workers,
    }),
    ...createBookServices({ session, resourcesFolder, defaultFolder: ingredients.dataFolder }),
    ...createBlotterServices({ session }),
    ...createImportingServices({ session, resourcesFolder }),
    ...createMarketServices({ session }),
    ...createAnalysisServices(session, pool),
    ...createPhaseMapServices(session, pool),
    ...createCascadeFanServices(session, pool),
    ...createHedgeServices(session, pool),
    ...createRequirementServices(session, pool),
    ...createRuleSetServices({ session, pool, resourcesFolder }),
    ...createReplayServices({ session, pool, resourcesFolder }),
    ...createSurplusServices(session, pool),
    ...createPolicyServices(session, pool),
    ...createContagionServices({ session, pool, resourcesFolder }),
    ...createTransfersServices({ session, pool, resourcesFolder }),
    ...createBacktestServices({ session, pool, resourcesFolder }),
    ...createForecastServices({ session, pool, resourcesFolder }),
    ...createForecastCoverageServices({ session, pool, resourcesFolder }),
    ...createTriggerServices({ session, pool, resourcesFolder }),
    ...createWhatIfServices(session, pool),
    ...createExplainServices(session),
    ...createReportingServices({
      session,
      pool,
      resourcesFolder,
      defaultFolder: reportsFolder(ingredients.dataFolder),
      analyse: (context) => services['analysis.run']({}, context),
    }),
    ...createCalculateServices(),
    ...createRunServices(session, ingredients.runs),
  };
  return { services, session, pool };
}

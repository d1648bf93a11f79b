import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forecastProcedures } from '../../../main/contract/forecast.ts';
import { triggerProcedures } from '../../../main/contract/trigger.ts';
import type { Result } from '../../../main/domain/failure.ts';
import { resourcesFolder } from '../../../main/hosts/folders.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { createForecastServices } from '../../../main/services/forecast.ts';
import { computeReport } from '../../../main/services/reporting/compute-report.ts';
import { gatherInputs } from '../../../main/services/reporting/gather-inputs.ts';
import { writeRecord } from '../../../main/services/reporting/report-record.ts';
import { createSession } from '../../../main/services/session.ts';
import { createTriggerServices } from '../../../main/services/trigger.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';
import { reportInputsOf } from './report-desk.ts';

const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
const pool = createInlinePool();
const context = { signal: new AbortController().signal, progress: () => undefined, runId: 'test' };
const deps = { session, pool, resourcesFolder };
const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};
const gather = () => valueOf(gatherInputs(session, resourcesFolder));
const forecastInput = forecastProcedures['forecast.run'].input;
const triggerInput = triggerProcedures['trigger.optimise'].input;

beforeAll(() => {
  const { contents, snapshot, scenarioSet } = reportInputsOf();
  const seed = { contents, snapshot, scenarioSets: [scenarioSet], activeScenarioSetId: scenarioSet.id, notes: [] };
  valueOf(session.create(join(folder.path, 'desk.interlock'), seed));
});
afterAll(() => {
  session.close();
  folder.remove();
});

describe('what a report asks of the time ahead', () => {
  it('is nothing where nothing was asked for: a report computes no forecast by itself', () => {
    expect(gather().inputs.outlook).toBeNull();
  });

  it('is the forecast asked for last and the last order of every account, with what each was asked', async () => {
    const forecast = createForecastServices(deps)['forecast.run'];
    const optimise = createTriggerServices(deps)['trigger.optimise'];
    for (const draws of [100, 120]) valueOf(await forecast(forecastInput.parse({ draws }), context));
    // Without a name it is the borrower nearest to liquidation; the same account is asked for again by name.
    const unnamed = valueOf(await optimise(triggerInput.parse({ draws: 100 }), context));
    valueOf(await optimise(triggerInput.parse({ draws: 120, accountId: unnamed.accountId, objective: 'cost' }), context));
    const { outlook } = gather().inputs;
    expect(outlook?.forecast).toEqual({ alpha: 0.01, draws: 120, seed: 7, changes: [] });
    expect(outlook?.orders.map(({ accountId, draws, objective }) => [accountId, draws, objective])).toEqual([
      [unnamed.accountId, 120, 'cost'],
    ]);
    expect(outlook?.isJudged).toBe(false);
  }, 120_000);

  it('gives the same bytes from what is at hand as from computing it', async () => {
    const { inputs, known } = gather();
    const engine = { pool, context, resourcesFolder };
    const [fromHand, computed] = [await computeReport(inputs, engine, known), await computeReport(inputs, engine)];
    expect(writeRecord(inputs, valueOf(fromHand)).digest).toBe(writeRecord(inputs, valueOf(computed)).digest);
  }, 120_000);
});

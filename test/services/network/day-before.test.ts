import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkMetric } from '../../../main/contract/network.ts';
import type { PledgeLog } from '../../../main/domain/pledge.ts';
import type { Snapshot } from '../../../main/domain/snapshot.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { analyseBook } from '../../../main/services/analysis/analyse-book.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

const identity = { runId: 'run-1', engineVersion: 'test', seed: 7, inputsDigest: 'digest' };
const engine = { pool: createInlinePool(), signal: new AbortController().signal, progress: (): void => undefined };

type Found = Record<NetworkMetric['id'], NetworkMetric>;

async function metricsOf(change: Partial<Snapshot>, pledgeLog?: PledgeLog): Promise<Found> {
  const scenarioSet = sampleScenarioSet();
  const result = await analyseBook(
    {
      contents: sampleContents(),
      snapshot: { ...sampleSnapshot(), ...change },
      scenarioSet,
      shock: scenarioSet.reference,
      assumptions: scenarioSet.cascade,
      ...(pledgeLog === undefined ? {} : { pledgeLog }),
    },
    identity,
    engine,
  );
  if (!result.ok) throw new Error(result.failure.message);
  return Object.fromEntries(result.value.network.metrics.map((metric) => [metric.id, metric])) as Found;
}

/** Prices of the day before for every driver, each so many times today's. */
function dayBefore(times: number): Pick<Snapshot, 'dayBefore'> {
  const drivers = new Set(Object.keys(sampleScenarioSet().betas));
  const quotes = sampleSnapshot().quotes.filter(({ assetId }) => drivers.has(assetId));
  return { dayBefore: quotes.map(({ assetId, priceUsd }) => ({ assetId, priceUsd: times * priceUsd, source: 'test' })) };
}

const byPrice = ['collateralMultiplier', 'expectedDepth', 'debtFinancedFraction', 'largestGain', 'crossProtocolFraction'] as const;

describe('metrics of the network 24 hours ago', () => {
  let still: Found;
  let moved: Found;
  beforeAll(async () => {
    still = await metricsOf(dayBefore(1));
    moved = await metricsOf(dayBefore(1.25));
  });

  it('are those of today when no price has moved', () => {
    for (const id of [...byPrice, 'lookThroughLeverage', 'chainDepth'] as const) {
      const { value, dayBefore: then } = still[id];
      expect(typeof value, id).toBe('number');
      expect(then, id).toBeCloseTo(value as number, 9);
    }
  });

  it('are lower for leverage when prices have fallen since', () => {
    const { value, dayBefore: then } = moved.lookThroughLeverage;
    expect(then as number).toBeLessThan(value as number);
  });

  it('name what is not recorded of the day before', () => {
    for (const id of ['runOffHour', 'runOffDay', 'runOffWeek', 'underBackedClaims'] as const)
      expect(moved[id].dayBefore).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('not recorded') as string });
  });

  it('name the driver without a price, and the change of the book that came after', async () => {
    const none = await metricsOf({ dayBefore: [] });
    expect(none.collateralMultiplier.dayBefore).toMatchObject({ message: expect.stringContaining('no price of') as string });
    const changed = await metricsOf(dayBefore(1), { reachesBackTo: null, lastStepAt: sampleSnapshot().asOf, events: [] });
    expect(changed.collateralMultiplier.dayBefore).toMatchObject({ message: expect.stringContaining('the book was changed at') as string });
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { coverageResult, type ForecastCoverage } from '../../main/contract/forecast-coverage.ts';
import type { RecordedWindow } from '../../main/domain/recorded-window.ts';
import type { Snapshot } from '../../main/domain/snapshot.ts';
import { testCoverage } from '../../main/engine/forecast/coverage-tests.ts';
import { normalQuantile } from '../../main/engine/math/normal.ts';
import { randomUniform } from '../../main/engine/math/random.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { composeCoverage, verdictOf } from '../../main/services/forecast/judging/compose-coverage.ts';
import { dailyOrigins, hourlyOrigins, type RecordedCloses } from '../../main/services/forecast/judging/origins.ts';
import { runCoverage, type CoverageRun } from '../../main/services/forecast/judging/run-coverage.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { packSample, sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const FIRST_DAY = Date.UTC(2022, 0, 1);
const dayOf = (i: number): string => new Date(FIRST_DAY + i * 86_400_000).toISOString().slice(0, 10);

/** Days on which both drivers move by a normal draw of their own, 3 and 4 % a day. */
function history(days: number): Snapshot['history'] {
  const prices = { BTC: 60_000, ETH: 2000 };
  return Array.from({ length: days }, (_, i) => {
    prices.BTC *= Math.exp(0.03 * normalQuantile(randomUniform(17, i, 0)));
    prices.ETH *= Math.exp(0.04 * normalQuantile(randomUniform(17, i, 1)));
    return { day: dayOf(i), closeUsd: { ...prices } };
  });
}

function recordedOf(rows: Snapshot['history']): RecordedCloses {
  return {
    days: rows.map((row) => row.day),
    closes: Float64Array.from(rows.flatMap((row) => [row.closeUsd.ETH ?? NaN, row.closeUsd.BTC ?? NaN])),
    drivers: 2,
  };
}

const window: RecordedWindow = {
  id: '2022-08',
  name: 'Two days',
  startsAt: `${dayOf(200)}T00:00:00Z`,
  intervalMinutes: 30,
  bars: 96,
  source: 'invented',
  facts: [],
  corrections: [],
  series: ['ETH', 'BTC'].map((assetId, k) => {
    const close = Array.from({ length: 96 }, (_, i) => (k === 0 && i === 31 ? null : 1000 + i));
    return { assetId, symbol: `${assetId}USDT`, close, low: close, high: close };
  }),
};

const scenarioSet = sampleScenarioSet();
const pack = packSample();
const inputs = {
  contents: sampleContents(),
  snapshot: sampleSnapshot(),
  scenarioSet,
  shock: scenarioSet.reference,
  assumptions: scenarioSet.cascade,
};
const context = { signal: new AbortController().signal, progress: () => undefined };

async function cover(rows: Snapshot['history']): Promise<CoverageRun> {
  const run = await runCoverage({ inputs, pack, pool: createInlinePool(), context }, rows, { windows: [window], seed: 7 });
  if (!run.ok) throw new Error(run.failure.message);
  return run.value;
}

describe('moments of the record', () => {
  test('days follow one another without overlap, and none leads over a missing day', () => {
    const rows = history(200).filter((row) => row.day !== dayOf(170));
    const daily = dailyOrigins(recordedOf(rows), 1);
    expect(daily.map((each) => each.day)).not.toContain(dayOf(169));
    expect(daily.find((each) => each.day === dayOf(171))?.isNext).toBe(false);
    const weekly = dailyOrigins(recordedOf(history(200)), 7);
    expect(weekly.map((each) => each.day).slice(0, 2)).toEqual([dayOf(149), dayOf(156)]);
  });

  test('an hour knows the closes of earlier days and how far its own day has come, and no more', () => {
    const recorded = recordedOf(history(260));
    const hours = hourlyOrigins(window, recorded, ['ETH', 'BTC']) ?? [];
    const noon = hours.find((each) => each.origin.dayFraction === 0.5);
    expect(noon?.origin.closes).toBe(200);
    expect(noon?.origin.moves[1]).toBeCloseTo(1023 / (recorded.closes[2 * 199 + 1] ?? NaN) - 1, 12);
    expect(noon?.realised[1]).toBeCloseTo(1025 / 1023 - 1, 12);
    // The missing bar takes the hour that starts and the hour that ends at it; the one after starts a new stretch.
    expect(hours.slice(12, 16).map((each) => Math.round(each.origin.dayFraction * 24))).toEqual([13, 14, 17, 18]);
    expect(hours).toHaveLength(45);
    expect(hours.filter((each) => !each.isNext)).toHaveLength(2);
  });

  test('a window without a driver is refused', () => {
    expect(hourlyOrigins(window, recordedOf(history(260)), ['ETH', 'SOL'])).toBeNull();
  });
});

test('too many misses are told however few were expected, too few only where enough were', () => {
  const verdict = (count: number, hits: number): string =>
    verdictOf(
      testCoverage(
        Uint8Array.from({ length: count }, (_, i) => (i % Math.floor(count / Math.max(1, hits)) === 1 && hits > 0 ? 1 : 0)),
        0.05,
        new Set(),
      ),
      0.05,
    );
  expect(verdict(40, 8)).toBe('tooManyHits');
  expect(verdict(40, 2)).toBe('notEnough');
  expect(verdict(400, 20)).toBe('holds');
  expect(verdict(400, 0)).toBe('tooFewHits');
});

describe('the record of a calm market', () => {
  let run: CoverageRun;
  let told: ForecastCoverage;

  beforeAll(async () => {
    run = await cover(history(620));
    told = { runId: 'test', bookName: 'Sample', ...composeCoverage(run, pack, [window]), elapsedMs: 0 };
  }, 120_000);

  test('the answer is what the contract says, with every account that can fall', () => {
    expect(coverageResult.safeParse(told).error).toBeUndefined();
    expect(new Set(told.rows.map((row) => row.accountId)).size).toBe(pack.accountIds.length - 1);
    expect(told.hours).toEqual([1, 24, 168]);
  });

  test('where moves are as drawn, a day ahead about as many outcomes lie below as said', () => {
    const rows = told.rows.filter((row) => row.hours === 24 && row.level === 0.05);
    for (const row of rows) {
      expect(row.hits / row.count).toBeGreaterThan(0.02);
      expect(row.hits / row.count).toBeLessThan(0.1);
    }
  });

  test('nothing that comes later enters a forecast', async () => {
    const changed = history(620).map((row, i) => (i > 400 ? { ...row, closeUsd: { BTC: 1, ETH: 1 + i / 100 } } : row));
    const other = await cover(changed);
    const daily = (each: CoverageRun): CoverageRun['spans'][number] | undefined => each.spans.find(({ span }) => span.days === 1);
    const known = 200 * (pack.accountIds.length - 1) * 2;
    expect(Array.from(daily(other)?.quantileUsd.subarray(0, known) ?? [])).toEqual(
      Array.from(daily(run)?.quantileUsd.subarray(0, known) ?? []),
    );
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { forecastResult, type AskedChange, type ForecastResult } from '../../main/contract/forecast.ts';
import type { Result } from '../../main/domain/failure.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { askedChanges } from '../../main/hosts/cli/forecast.ts';
import { bookModel, dayUnderWay } from '../../main/services/forecast/path-model.ts';
import { runForecast, type BareForecast } from '../../main/services/forecast/run-forecast.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { packSample, sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const scenarioSet = sampleScenarioSet();
const inputs = {
  contents: sampleContents(),
  snapshot: sampleSnapshot(),
  scenarioSet,
  shock: scenarioSet.reference,
  assumptions: scenarioSet.cascade,
};
const pack = packSample();
const context = { signal: new AbortController().signal, progress: () => undefined };

async function forecast(changes: readonly AskedChange[], draws = 200): Promise<Result<BareForecast>> {
  const book = bookModel(inputs, pack, { seed: 7, activity: { shares: new Float64Array(0), days: 0 } });
  if (!book.ok) return book;
  return runForecast({ inputs, pack, book: book.value, draws, pool: createInlinePool(), context }, { alpha: 0.05, seed: 7, changes });
}

const asked = (key: string, value: number, on: string): AskedChange => ({ accountId: 'POOL-1', key, value, on });

describe('the forecast of the sample system', () => {
  let result: ForecastResult;

  beforeAll(async () => {
    const found = await forecast([asked('threshold:wstETH', 0.6, '2026-01-07'), asked('threshold:wstETH', 0.6, '2027-01-07')]);
    if (!found.ok) throw new Error(found.failure.message);
    result = { runId: 'test', inputsDigest: '', ...found.value, elapsedMs: 0 };
  }, 120_000);

  const horizonsOf = (accountId: string) => result.accounts.find((each) => each.accountId === accountId)?.horizons ?? [];

  test('the answer is what the contract says, custody left out', () => {
    expect(forecastResult.safeParse(result).error).toBeUndefined();
    expect(result.accounts.map((each) => each.accountId)).not.toContain('CUSTODY');
  });

  test('a liquidation on the way is at least as likely as a call at the end, and a joint one at least as likely as alone', () => {
    for (const { horizons } of result.accounts) {
      for (const each of horizons) {
        expect(each.liquidationProbability.value).toBeGreaterThanOrEqual(each.callProbability.value);
        expect(each.jointProbability.value).toBeGreaterThanOrEqual(each.liquidationProbability.value);
        expect(each.survivalHeadroomUsd.value).toBeGreaterThanOrEqual(each.headroomUsd.value);
        expect(each.headroomUsd.value > 0).toBe(each.callProbability.value > 0.05);
      }
    }
    for (const [i, each] of result.book.entries()) {
      const most = Math.max(...result.accounts.map(({ horizons }) => horizons[i]?.liquidationProbability.value ?? 0));
      expect(each.liquidationProbability.value).toBeGreaterThanOrEqual(most);
    }
  });

  test('a longer time widens what the excess may come to', () => {
    for (const { accountId } of result.accounts) {
      const widths = horizonsOf(accountId).map(({ excessUsd }) => (excessUsd.at(-1)?.value ?? NaN) - (excessUsd[0]?.value ?? NaN));
      for (let i = 1; i < widths.length; i += 1) expect(widths[i]).toBeGreaterThan(widths[i - 1] ?? NaN);
    }
  });

  test('a change within the times enters from its day on, one beyond them is shown as if it held today', () => {
    const [soon, late] = result.changes.filter((each) => each.kind === 'asked');
    expect(soon?.isWithin).toBe(true);
    expect(late?.isWithin).toBe(false);
    const changed = soon?.accounts.find((each) => each.accountId === 'POOL-1');
    const plain = horizonsOf('POOL-1');
    expect(changed?.changedExcessUsd).toBeLessThan(changed?.excessUsd ?? NaN);
    expect(changed?.horizons[0]?.liquidationProbability).toEqual(plain[0]?.liquidationProbability);
    expect(changed?.horizons[2]?.liquidationProbability.value).toBeGreaterThan(plain[2]?.liquidationProbability.value ?? NaN);
    const atOnce = late?.accounts.find((each) => each.accountId === 'POOL-1');
    expect(atOnce?.horizons[0]?.liquidationProbability.value).toBeGreaterThanOrEqual(plain[0]?.liquidationProbability.value ?? NaN);
  });

  test('the headline names the likeliest account', () => {
    const likeliest = result.accounts.toSorted(
      (left, right) =>
        (right.horizons.at(-1)?.liquidationProbability.value ?? 0) - (left.horizons.at(-1)?.liquidationProbability.value ?? 0),
    )[0];
    expect(result.headline).toContain(likeliest?.accountId);
  });
});

test('a rule that an account does not have is refused by name', async () => {
  const found = await forecast([asked('threshold:DOGE', 0.5, '2026-01-07')], 100);
  expect(found.ok ? '' : found.failure.message).toContain('threshold:DOGE');
});

test('the day under way counts only right after the last close, and from its first hour on', () => {
  const at = (asOf: string, lastDay = '2026-01-04'): number | null =>
    dayUnderWay(Float64Array.of(90), Float64Array.of(100), { lastDay, asOf })?.dayFraction ?? null;
  expect(at('2026-01-05T12:00:00Z')).toBe(0.5);
  expect(at('2026-01-05T00:30:00Z')).toBeNull();
  expect(at('2026-01-05T12:00:00Z', '2026-01-02')).toBeNull();
  expect(at('2026-01-05T12:00:00Z', '2026-01-05')).toBeNull();
});

test('a change is read from one word, and a malformed one is refused', () => {
  expect(askedChanges('AAV-CORE:threshold:wstETH=0.75@2026-02-09', undefined)).toEqual([
    { accountId: 'AAV-CORE', key: 'threshold:wstETH', value: 0.75, on: '2026-02-09' },
  ]);
  expect(() => askedChanges('AAV-CORE:threshold=0.75', undefined)).toThrow(/not of the form/);
});

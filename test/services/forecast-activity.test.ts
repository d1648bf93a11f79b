import { expect, test } from 'vitest';
import type { RecordedWindow } from '../../main/domain/recorded-window.ts';
import { drawPath, makePathWork } from '../../main/engine/forecast/price-path.ts';
import { recordedActivity } from '../../main/services/forecast/activity.ts';
import { expectClose } from '../support/expect-close.ts';

/** Three days of bars from 06:00; the price stands still but for the bars named. */
function windowOf(intervalMinutes: number, moves: ReadonlyMap<number, number>, missing?: number): RecordedWindow {
  const bars = (3 * 1440) / intervalMinutes;
  let price = 100;
  const close = Array.from({ length: bars }, (_, i) => {
    price *= 1 + (moves.get(i) ?? 0);
    return i === missing ? null : price;
  });
  const head = {
    id: '2025-01',
    name: 'w',
    startsAt: '2025-01-01T06:00:00Z',
    intervalMinutes,
    bars,
    source: '',
    facts: [],
    corrections: [],
  };
  return { ...head, series: [{ assetId: 'ETH', symbol: 'ETHUSDT', close, low: close, high: close }] };
}

test('shares of a day add up to one and lie where the moves came', () => {
  // Bars of five minutes: midnight is bar 216; 01:00 bar 228, 23:55 bar 503.
  const { shares, days } = recordedActivity(
    [
      windowOf(
        5,
        new Map([
          [228, 0.02],
          [503, -0.02],
        ]),
      ),
    ],
    ['ETH'],
  );
  expect(days).toBe(1);
  expectClose({ actual: shares.reduce((sum, each) => sum + each, 0), expected: 1, rel: 1e-12 });
  const [up, down] = [Math.log(1.02) ** 2, Math.log(0.98) ** 2];
  expectClose({ actual: shares[2] ?? NaN, expected: up / (up + down), rel: 1e-9 });
  expectClose({ actual: shares[47] ?? NaN, expected: down / (up + down), rel: 1e-9 });
});

test('an hour counts for both its halves, a day with a gap or without a move is left out', () => {
  const hourly = recordedActivity([windowOf(60, new Map([[20, 0.01]]))], ['ETH']);
  expect(hourly.days).toBe(1);
  expectClose({ actual: hourly.shares[4] ?? NaN, expected: 0.5, rel: 1e-9 });
  expectClose({ actual: hourly.shares[5] ?? NaN, expected: 0.5, rel: 1e-9 });
  expect(recordedActivity([windowOf(60, new Map([[20, 0.01]]), 30)], ['ETH']).days).toBe(0);
  expect(recordedActivity([windowOf(60, new Map())], ['ETH']).days).toBe(0);
  expect(recordedActivity([windowOf(60, new Map([[20, 0.01]]))], ['SOL']).days).toBe(0);
});

test('a path stands still while the recorded day did, and ends where its drawn day leads', () => {
  const { shares } = recordedActivity(
    [
      windowOf(
        5,
        new Map([
          [228, 0.02],
          [360, -0.02],
        ]),
      ),
    ],
    ['ETH'],
  );
  const model = {
    seed: 7,
    residuals: Float64Array.of(-1.5),
    dailyVolatility: Float64Array.of(0.04),
    correlationRoot: Float64Array.of(1),
    basisDailyVolatility: new Float64Array(0),
    activity: shares,
  };
  const out = new Float64Array(48);
  drawPath(makePathWork(model), { days: 1, steps: 1, looksPerStep: 48 }, 0, out);
  expect(out[0]).toBe(0);
  expect(out[1]).toBe(0);
  expect(out[20]).toBeCloseTo(out[2] ?? NaN, 12);
  expectClose({ actual: out[47] ?? NaN, expected: Math.log(1 - 0.06), rel: 1e-12 });
  expectClose({ actual: out[24] ?? NaN, expected: Math.log(1 - 0.06), rel: 1e-9 });
});

import { join } from 'node:path';
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordedWindow } from '../../main/domain/recorded-window.ts';
import { readRecordedDays, readRecordedWindows, windowFromBars } from '../../main/market/recorded-window.ts';
import type { PriceBar } from '../../main/market/price-bars.ts';

const RESOURCES = join(import.meta.dirname, '..', '..', 'resources');
const read = readRecordedWindows(RESOURCES);
if (!read.ok) throw new Error(read.failure.message);
const windows = new Map(read.value.map((window) => [window.id, window]));

function lowest(id: string, assetId: string): number {
  return Math.min(...(windows.get(id)?.series.find((each) => each.assetId === assetId)?.low ?? []).map((low) => low ?? Infinity));
}

describe('the recorded windows', () => {
  it('are five, each well below a megabyte', () => {
    expect([...windows.keys()]).toEqual(['2022-05', '2022-06', '2023-03', '2025-10', '2026-02']);
    for (const id of windows.keys()) expect(statSync(join(RESOURCES, 'replay', `${id}.json`)).size).toBeLessThan(400_000);
  });

  it('hold the lows that are known of these days', () => {
    expect([lowest('2026-02', 'BTC'), lowest('2025-10', 'BTC'), lowest('2025-10', 'USDE'), lowest('2023-03', 'USDC')]).toEqual([
      60_000, 102_000, 0.65, 0.882,
    ]);
  });

  it('do not believe the single trade of USDC at 3.99, and say so', () => {
    const usdc = windows.get('2022-05')?.series.find((each) => each.assetId === 'USDC');
    expect(Math.max(...(usdc?.high ?? []).map((high) => high ?? 0))).toBeLessThan(1.2);
    expect(windows.get('2022-05')?.corrections).toMatchObject([{ assetId: 'USDC', recorded: 3.99, used: null }]);
  });

  it('leave UST and LUNA without bars once they were taken off the exchange', () => {
    const luna = windows.get('2022-05')?.series.find((each) => each.assetId === 'LUNA')?.close ?? [];
    expect(luna.slice(217).every((close) => close === null)).toBe(true);
    expect(luna[216]).not.toBeNull();
  });

  it('enclose every close by its low and high', () => {
    for (const { series } of windows.values()) {
      for (const { close, low, high } of series) {
        close.forEach((value, bar) => {
          if (value !== null) expect((low[bar] ?? value) <= value && value <= (high[bar] ?? value)).toBe(true);
        });
      }
    }
  });

  it('come with closes of whole days since 2021, in order', () => {
    const days = readRecordedDays(RESOURCES);
    if (!days.ok) throw new Error(days.failure.message);
    const names = days.value.map((row) => row.day);
    expect([names[0], names.at(-1)]).toEqual(['2021-04-05', '2026-03-31']);
    expect(names.toSorted()).toEqual(names);
  });
});

describe('a window from elsewhere', () => {
  const bar = (change: Partial<PriceBar>): PriceBar => {
    const row = {
      assetId: 'ETH',
      symbol: 'ETHUSDT',
      venue: 'binance-spot',
      endMs: 3_600_000,
      intervalMs: 3_600_000,
      close: 10,
      low: 9,
      high: 11,
    };
    return { ...row, ...change };
  };

  it('takes the finest spot bars of a file and leaves gaps as gaps', () => {
    const made = windowFromBars([bar({}), bar({ endMs: 3 * 3_600_000, close: 12 }), bar({ venue: 'binance-usdm-perp' })], 'bars.csv');
    expect(made).toMatchObject({ ok: true, value: { bars: 3, intervalMinutes: 60, series: [{ close: [10, null, 12] }] } });
  });

  it('is refused by name when there is one bar only, or when bars do not lie on one grid', () => {
    expect(windowFromBars([bar({})], 'one.csv')).toMatchObject({ ok: false, failure: { reason: 'invalidFile' } });
    expect(windowFromBars([bar({}), bar({ endMs: 9_000_000, symbol: 'X' })], 'odd.csv')).toMatchObject({
      ok: false,
      failure: { reason: 'invalidFile' },
    });
  });

  it('with a column of another length does not pass', () => {
    const [window] = windows.values();
    const parsed = recordedWindow.safeParse({ ...window, bars: (window?.bars ?? 0) + 1 });
    expect(parsed.success).toBe(false);
  });
});

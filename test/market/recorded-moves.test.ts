import { expect, test } from 'vitest';
import { resourcesFolder } from '../../main/hosts/folders.ts';
import { readRecordedWindows } from '../../main/market/recorded-window.ts';
import { readTransferTerms } from '../../main/market/system-file.ts';
import { recordedMoves, shippedMoves } from './recorded-moves.ts';

test('how soon coins have moved is what the recorded windows say', () => {
  const windows = readRecordedWindows(resourcesFolder);
  if (!windows.ok) throw new Error(windows.failure.message);
  expect(shippedMoves()).toBe(recordedMoves(windows.value));
});

test('a larger move never came sooner than a smaller one, and ether fell by 18 % in six hours on 2025-10-10', () => {
  const terms = readTransferTerms(resourcesFolder);
  if (!terms.ok) throw new Error(terms.failure.message);
  const assets = terms.value.moves?.assets ?? [];
  expect(assets.map(({ assetId }) => assetId)).toEqual(['BTC', 'ETH', 'SOL', 'BNB']);
  for (const { fallMinutes, riseMinutes } of assets)
    for (const minutes of [fallMinutes, riseMinutes]) expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
  expect(assets.find(({ assetId }) => assetId === 'ETH')?.fallMinutes[17]).toBe(360);
});

test('a made-up window: the shortest way counts, from the beginning of the bar in which it was over, and of a bar alone nothing', () => {
  const close = [100, 100, 99, 97, 96, 100];
  const low = [100, 89.5, 99, 97, 95, 96];
  const high = [100, 100, 99, 97, 96, 105];
  const window = {
    id: 'made-up',
    name: '',
    startsAt: '2026-01-01T00:00:00Z',
    intervalMinutes: 5,
    bars: 6,
    source: '',
    facts: [],
    corrections: [],
  };
  const text = recordedMoves([
    { ...window, series: ['BTC', 'ETH', 'SOL', 'BNB'].map((assetId) => ({ assetId, symbol: assetId, close, low, high })) },
  ]);
  const { assets } = JSON.parse(text) as { assets: { fallMinutes: number[]; riseMinutes: number[] }[] };
  // More than ten per cent from the first close to the low of the next bar, at once; up nine per cent from 96 to 105, in the next bar as well.
  expect(assets[0]).toMatchObject({ fallMinutes: Array.from({ length: 10 }, () => 0), riseMinutes: Array.from({ length: 9 }, () => 0) });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookExposure } from '../../../main/services/replay/book-exposure.ts';
import { replayBook } from '../../../main/services/replay/replay-book.ts';
import { windowPath, type WindowPath } from '../../../main/services/replay/window-path.ts';
import { valueBook } from '../../../main/engine/scenario/value-book.ts';
import { replayed, sampleWindow, sampleWork, seriesOf, windowOf } from '../../support/sample-replay.ts';

const work = sampleWork();
const { pack, inputs } = work;
const exposure = bookExposure(pack, valueBook({ packedId: pack.packed.id, quantities: null }, new Map([[pack.packed.id, pack.packed]])));

function pathOf(window = sampleWindow): WindowPath {
  const path = windowPath(window, { inputs, pack, netUsd: exposure.netUsd });
  if (path === null) throw new Error('no driver is recorded');
  return path;
}

describe('a window as prices of a book', () => {
  test('moves the book’s own prices as the recorded ones did: by hand, 60,000 × 80 / 100 and 2,000 × 7.5 / 10', () => {
    const path = pathOf();
    const at = (id: string, bar: number): number => path.path.close.priceUsd[bar * path.assetIds.length + path.assetIds.indexOf(id)] ?? NaN;
    expect(path.basis).toBe('moves');
    expect([at('BTC', 0), at('BTC', 6), at('ETH', 6)]).toEqual([60_000, 48_000, 1500]);
  });

  test('the common move is the projection on the betas: by hand, (β·move) / β²', () => {
    const betas = pack.driverIds.map((id) => inputs.scenarioSet.betas[id] ?? 0);
    const moves = pack.driverIds.map((id) => ({ BTC: -0.2, ETH: -0.25 })[id] ?? 0);
    const along = betas.reduce((sum, beta, d) => sum + beta * (moves[d] ?? 0), 0);
    expect(pathOf().commonMove.close[6]).toBeCloseTo(along / betas.reduce((sum, beta) => sum + beta * beta, 0), 12);
  });

  test('a window that holds the book’s own instant is read in levels', () => {
    const window = windowOf(sampleWindow.series, '2026-01-05T09:00:00Z');
    expect(pathOf(window).basis).toBe('levels');
    expect(pathOf(window).path.close.priceUsd[0]).toBe(100);
  });

  test('a missing bar carries the last close for three bars and is in doubt after that', () => {
    const path = pathOf(windowOf([seriesOf('BTC', [100, null, null, null, null, 90]), seriesOf('ETH', [10, 10, 10, 10, 10, 9])]));
    expect([...(path.isFresh[path.assetIds.indexOf('BTC')] ?? [])]).toEqual([1, 1, 1, 1, 0, 1]);
  });

  test('a base asset without bars moves with the recorded ones', () => {
    const path = pathOf(windowOf([seriesOf('ETH', [10, 8])]));
    const column = path.assetIds.indexOf('BTC');
    expect(path.isRecorded[column]).toBe(false);
    expect(path.path.close.priceUsd[path.assetIds.length + column]).toBeCloseTo(48_000, 6);
  });
});

describe('a replay', () => {
  test('changing bars after a time changes nothing at or before it', async () => {
    const whole = await replayed(sampleWindow);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0.5, max: 1.6, noNaN: true }), async (last, factor) => {
        const later = sampleWindow.series.map((each) =>
          seriesOf(
            each.assetId,
            each.close.map((close, bar) => (bar > last && close !== null ? close * factor : close)),
          ),
        );
        const other = await replayed(windowOf(later));
        // The phase is named by hindsight, on purpose; it is the only thing that may differ.
        const known = (replay: typeof whole): unknown => replay.steps.slice(0, last + 1).map(({ phase: _, ...step }) => step);
        expect(known(other)).toEqual(known(whole));
      }),
      { numRuns: 5 },
    );
  });

  test('the order of the recorded series changes nothing', async () => {
    const turned = await replayed(windowOf(sampleWindow.series.toReversed()));
    const whole = await replayed(sampleWindow);
    const told = ({ steps, accounts, checkpoints }: typeof whole): unknown => [
      steps.map(({ pricesUsd: _, ...step }) => step),
      accounts,
      checkpoints,
    ];
    expect(told(turned)).toEqual(told(whole));
  });

  test('the index is refused, by name, where less than nine tenths of the book have a fresh price', async () => {
    const gap = [...(sampleWindow.series[1]?.close ?? [])].map((close, bar) => (bar > 1 && bar < 8 ? null : close));
    const replay = await replayed(windowOf([...sampleWindow.series.slice(0, 1), seriesOf('ETH', gap)]));
    const [fresh, carried, doubtful] = [replay.steps[0], replay.steps[3], replay.steps[6]];
    expect(typeof fresh?.index).toBe('number');
    expect(typeof carried?.index).toBe('number');
    expect(doubtful?.coverageFraction).toBeLessThan(0.9);
    expect(doubtful?.index).toMatchObject({ reason: 'unsupported', message: expect.stringContaining('fresh price') as string });
  });

  test('the index at the window’s first close is that of the parts it is shown with', async () => {
    const { steps } = await replayed(sampleWindow);
    for (const { index, parts } of steps) {
      const left = Object.values(parts).reduce<number>(
        (product, part) => product * (1 - (typeof part === 'number' ? part : NaN)) ** 0.25,
        1,
      );
      expect(index).toBeCloseTo(100 * (1 - left), 9);
    }
  });

  test('a verdict follows from when it was said and when it came', async () => {
    const { accounts } = await replayed(sampleWindow);
    for (const { saidAt, fellAt, verdict, leadHours } of accounts) {
      if (verdict === 'held') expect([saidAt, fellAt]).toEqual([null, null]);
      if (verdict === 'falseAlarm') expect([saidAt === null, fellAt]).toEqual([false, null]);
      if (verdict === 'foreseen') expect(leadHours).toBeGreaterThan(0);
      if (verdict === 'missed') expect(saidAt === null || (leadHours ?? 0) <= 0).toBe(true);
    }
  });

  test('a window without a driver of the book is refused by name', async () => {
    const result = await replayBook(sampleWork(), windowOf([seriesOf('SOL', [1, 2, 3])]), []);
    expect(result).toMatchObject({ ok: false, failure: { reason: 'missingPrice' } });
  });
});

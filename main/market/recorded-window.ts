import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, succeed, type Result } from '../domain/failure.ts';
import { recordedDays, recordedWindow, type RecordedSeries, type RecordedWindow } from '../domain/recorded-window.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { PriceBar } from './price-bars.ts';

const WINDOW_FILE = /^\d{4}-\d{2}\.json$/;
/** Most bars of one asset in a window from a file; a month of minutes is more than anyone replays at once. */
const MOST_BARS = 20_000;

/** Every recorded window in `replay/` below the resources folder, oldest first. */
export function readRecordedWindows(resourcesFolder: string): Result<RecordedWindow[]> {
  const folder = join(resourcesFolder, 'replay');
  const windows: RecordedWindow[] = [];
  for (const name of readdirSync(folder).toSorted()) {
    if (!WINDOW_FILE.test(name)) continue;
    const window = readShipped(join(folder, name), recordedWindow);
    if (!window.ok) return window;
    windows.push(window.value);
  }
  return succeed(windows);
}

/** Daily closes since 2021 from `replay/daily.json`, for volatility, correlation and the study of alarms. */
export function readRecordedDays(resourcesFolder: string): Result<Snapshot['history']> {
  const table = readShipped(join(resourcesFolder, 'replay', 'daily.json'), recordedDays);
  if (!table.ok) return table;
  const assets = table.value.columns.slice(1);
  return succeed(
    table.value.rows.map(([on, ...closes]) => ({
      day: on,
      closeUsd: Object.fromEntries(assets.flatMap((id, i) => (closes[i] === undefined ? [] : [[id, closes[i]]]))),
    })),
  );
}

function readShipped<T extends z.ZodType>(path: string, schema: T): Result<z.output<T>> {
  try {
    return succeed(schema.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    return fail('invalidFile', `the recorded prices ${path} cannot be read: ${why}`, { remedy: 'Reinstall Interlock.' });
  }
}

/**
 * A window made of a file's spot bars: the finest interval in it, from its first bar to its last. Refused by name when there are fewer than
 * two such bars, too many, or bars that do not lie on one grid.
 */
export function windowFromBars(bars: readonly PriceBar[], fileName: string): Result<RecordedWindow> {
  const spot = bars.filter((bar) => bar.venue.includes('spot'));
  const intervalMs = spot.reduce((least, bar) => Math.min(least, bar.intervalMs), Infinity);
  const fine = spot.filter((bar) => bar.intervalMs === intervalMs);
  const startMs = fine.reduce((least, bar) => Math.min(least, bar.endMs - intervalMs), Infinity);
  const endMs = fine.reduce((most, bar) => Math.max(most, bar.endMs), -Infinity);
  const count = (endMs - startMs) / intervalMs;
  const where = { file: fileName };
  if (!(count >= 2))
    return fail('invalidFile', `${fileName} has fewer than two spot bars of one interval, so there is nothing to replay`, { where });
  if (count > MOST_BARS)
    return fail('unsupported', `${fileName} spans ${count} bars; at most ${MOST_BARS} are replayed`, {
      where,
      remedy: 'Split it by time.',
    });
  const astray = fine.find((bar) => (bar.endMs - startMs) % intervalMs !== 0);
  if (astray !== undefined || !Number.isInteger(count))
    return fail('invalidFile', `${fileName}: bars of ${astray?.symbol ?? 'different symbols'} do not lie on one grid of times`, { where });
  const series = new Map<string, RecordedSeries>();
  for (const bar of fine) {
    const column = (): (number | null)[] => Array.from({ length: count }, () => null);
    const row = series.get(bar.assetId) ?? { assetId: bar.assetId, symbol: bar.symbol, close: column(), low: column(), high: column() };
    series.set(bar.assetId, row);
    const at = (bar.endMs - startMs) / intervalMs - 1;
    [row.close[at], row.low[at], row.high[at]] = [bar.close, bar.low, bar.high];
  }
  const name = fileName.replace(/\.[a-z]+$/i, '');
  const startsAt = `${new Date(startMs).toISOString().slice(0, 19)}Z`;
  const head = { id: name.slice(0, 64), name, startsAt, intervalMinutes: intervalMs / 60_000, bars: count, source: fileName };
  return succeed({ ...head, facts: [], corrections: [], series: [...series.values()] });
}

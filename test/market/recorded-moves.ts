import { readFileSync, writeFileSync } from 'node:fs';
import type { RecordedSeries, RecordedWindow } from '../../main/domain/recorded-window.ts';
import { readRecordedWindows } from '../../main/market/recorded-window.ts';

/**
 * `node test/market/recorded-moves.ts` writes resources/system/moves.json: the shortest time in which each coin has been recorded to move by
 * each whole per cent, down and up, in the windows of resources/replay.
 *
 * A move goes from the close of a bar to the extreme of a later one. Of the windows the one counts in which it was over first, and of that bar
 * the beginning, since the price may have been there by then. A larger move never counts as faster than a smaller one.
 */
const resources = new URL('../../resources/', import.meta.url);
const COINS = ['BTC', 'ETH', 'SOL', 'BNB'] as const;

/** A move that was over after so many minutes at most, and had begun its last bar after so many. */
type Passage = { readonly move: number; readonly endMinutes: number; readonly startMinutes: number };

/** The file as text, one coin and direction per line. */
export function recordedMoves(windows: readonly RecordedWindow[]): string {
  const asOf = windows.map(({ startsAt, bars, intervalMinutes }) => Date.parse(startsAt) + bars * intervalMinutes * 60_000);
  const head = {
    asOf: new Date(Math.max(...asOf)).toISOString().slice(0, 10),
    source: `resources/replay: ${windows.map(({ id }) => id).join(', ')}; made by test/market/recorded-moves.ts`,
  };
  const coins = COINS.map((assetId) => {
    const minutes = (sign: 1 | -1): string => JSON.stringify(minutesByPercent(windows, assetId, sign));
    return `    { "assetId": "${assetId}",\n      "fallMinutes": ${minutes(-1)},\n      "riseMinutes": ${minutes(1)} }`;
  });
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "assets": [\n${coins.join(',\n')}\n  ]\n}\n`;
}

function minutesByPercent(windows: readonly RecordedWindow[], assetId: string, sign: 1 | -1): number[] {
  const passages = windows.flatMap((window) =>
    window.series.flatMap((series) => (series.assetId === assetId ? passagesOf(window, series, sign) : [])),
  );
  const largest = Math.max(...passages.map(({ move }) => move));
  const minutes: number[] = [];
  for (let percent = 1; percent <= 100 * largest; percent += 1) {
    const [first] = passages
      .filter(({ move }) => move >= percent / 100)
      .sort((a, b) => a.endMinutes - b.endMinutes || a.startMinutes - b.startMinutes);
    minutes.push(Math.max(minutes.at(-1) ?? 0, first?.startMinutes ?? 0));
  }
  return minutes;
}

/** The largest move over each number of bars that is larger than over any fewer. */
function passagesOf({ intervalMinutes, bars }: RecordedWindow, series: RecordedSeries, sign: 1 | -1): Passage[] {
  const found: Passage[] = [];
  let largest = 0;
  for (let length = 1; length < bars; length += 1) {
    for (let from = 0; from + length < bars; from += 1) {
      const start = series.close[from];
      const end = (sign < 0 ? series.low : series.high)[from + length] ?? series.close[from + length];
      if (start === null || start === undefined || end === null || end === undefined) continue;
      const move = sign * (end / start - 1);
      if (move <= largest) continue;
      largest = move;
      found.push({ move, endMinutes: length * intervalMinutes, startMinutes: (length - 1) * intervalMinutes });
    }
  }
  return found;
}

if (import.meta.main) {
  const windows = readRecordedWindows(new URL('.', resources).pathname);
  if (!windows.ok) throw new Error(windows.failure.message);
  writeFileSync(new URL('system/moves.json', resources), recordedMoves(windows.value));
}

/** The file as it ships. */
export function shippedMoves(): string {
  return readFileSync(new URL('system/moves.json', resources), 'utf8');
}

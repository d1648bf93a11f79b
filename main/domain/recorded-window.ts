import { z } from 'zod';
import { assetId } from './asset.ts';
import { nonNegative } from './real.ts';
import { day, instant } from './time.ts';

const price = nonNegative.nullable();

/** Prices of one asset in a recorded window, bar by bar; null where there is no bar. Quoted in a dollar coin, which stands for USD. */
export const recordedSeries = z.object({
  assetId,
  symbol: z.string(),
  close: z.array(price),
  /** null beside a close: the extreme is not believed, the close stands in. */
  low: z.array(price),
  high: z.array(price),
});
export type RecordedSeries = z.infer<typeof recordedSeries>;

/** Something that happened in a window, told by a source, not by this program. */
export const eventFact = z.object({ at: instant, text: z.string(), source: z.string() });
export type EventFact = z.infer<typeof eventFact>;

/** A recorded value that is left out or replaced, and why. */
export const priceCorrection = z.object({
  assetId,
  at: instant,
  column: z.enum(['close', 'low', 'high']),
  recorded: nonNegative,
  used: price,
  why: z.string(),
});

/** A stretch of recorded prices in bars of one length. Bar i runs from `startsAt` + i × the interval and is known at its end. */
export const recordedWindow = z
  .object({
    id: z.string().min(1).max(64),
    name: z.string(),
    startsAt: instant,
    intervalMinutes: z.number().int().min(1).max(1440),
    bars: z.number().int().min(2).max(20_000),
    source: z.string(),
    facts: z.array(eventFact),
    corrections: z.array(priceCorrection),
    series: z.array(recordedSeries).min(1),
  })
  .superRefine((window, context) => {
    for (const { assetId: id, ...columns } of window.series) {
      for (const name of ['close', 'low', 'high'] as const) {
        const found = columns[name].length;
        if (found !== window.bars)
          context.addIssue({ code: 'custom', message: `${id} has ${found} values of ${name}, not ${window.bars}` });
      }
    }
  });
export type RecordedWindow = z.infer<typeof recordedWindow>;

/** Closes of whole days, oldest first; columns name the day and then the assets. */
export const recordedDays = z.object({
  source: z.string(),
  columns: z.array(z.string()).min(2),
  rows: z.array(z.tuple([day], nonNegative)),
});

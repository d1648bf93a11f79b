import type { OutputOf } from '../../contract/contract.ts';
import type { RecordedWindow } from '../../domain/recorded-window.ts';
import { instantOf } from './account-verdicts.ts';

/** A window without its prices. */
export function windowSummaryOf(window: RecordedWindow): OutputOf<'replay.windows'>[number] {
  const { series, bars, ...head } = window;
  const endsAt = instantOf(Date.parse(window.startsAt) + bars * window.intervalMinutes * 60_000);
  return { ...head, bars, endsAt, assetIds: series.map((each) => each.assetId) };
}

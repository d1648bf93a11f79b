import type { Shock } from '../../../domain/scenario.ts';
import type { RecordedMoves } from '../../../domain/system.ts';

/** When shocks may come: as coins have been recorded to move, or after the notice that the trader states. */
export type ShockTiming = {
  /** undefined = nothing is known of it, and everything is taken to arrive before. */
  readonly moves?: RecordedMoves | undefined;
  readonly noticeMinutes?: number | undefined;
};

/**
 * The least time from now to a shock, minutes: what its largest mover has been recorded to take at least for a move as far, rounded down to a
 * whole per cent. A coin without a record is as fast as the fastest recorded one. A move larger than any recorded one comes as soon as the
 * largest recorded: nothing says that it would take longer. Where prices stay and only volatility moves, at once.
 */
export function earliestArrival(shock: Shock, { moves, noticeMinutes }: ShockTiming): number {
  if (noticeMinutes !== undefined) return noticeMinutes;
  if (moves === undefined) return Number.POSITIVE_INFINITY;
  const [largest] = Object.entries(shock.moves).toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  return largest === undefined ? 0 : recordedMinutes(moves, { assetId: largest[0], move: largest[1] });
}

/** Shortest recorded time of a coin's move, minutes; 0 for one below a per cent. */
export function recordedMinutes({ assets }: RecordedMoves, { assetId, move }: { readonly assetId: string; readonly move: number }): number {
  const percent = Math.floor(100 * Math.abs(move) + 1e-6);
  if (percent < 1) return 0;
  const own = assets.filter((each) => each.assetId === assetId);
  const minutes = (own.length === 0 ? assets : own).map(({ fallMinutes, riseMinutes }) => {
    const recorded = move < 0 ? fallMinutes : riseMinutes;
    return recorded[Math.min(percent, recorded.length) - 1] ?? 0;
  });
  return Math.min(...minutes);
}

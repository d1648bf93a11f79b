import { fail, succeed } from '../../../domain/failure.ts';
import type { Result } from '../../../domain/failure.ts';
import type { ScenarioSet, Shock } from '../../../domain/scenario.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { commonMove, historyMoves } from '../../../engine/scenario/history-moves.ts';

/** A day of history as a shock of the market now. */
export type DailyShock = { readonly day: string; readonly shock: Shock };

/** Fewer moves than this are no distribution. */
const leastDays = 20;

/**
 * The days of the one-day loss distribution, the same as the analysis uses: daily moves of the drivers, scaled to the
 * snapshot's volatility where the set says so; implied volatility rises with a common fall and is given no relief.
 */
export function dailyShocks(snapshot: Snapshot, set: ScenarioSet, driverIds: readonly string[]): Result<readonly DailyShock[]> {
  const rows = snapshot.history
    .filter((row) => driverIds.every((id) => (row.closeUsd[id] ?? 0) > 0))
    .toSorted((left, right) => (left.day < right.day ? -1 : 1));
  if (rows.length <= leastDays) {
    return fail(
      'missingPrice',
      `snapshot ${snapshot.id}: ${rows.length} days with closes of ${driverIds.join(' and ')}; at least ${leastDays + 1} are needed`,
      {
        remedy: 'Import daily prices before the snapshot.',
      },
    );
  }
  const closes = Float64Array.from(rows.flatMap((row) => driverIds.map((id) => row.closeUsd[id] ?? Number.NaN)));
  const { days, moves } = historyMoves(closes, driverIds.length, set.isVolatilityScaled, set.historyDays);
  const betas = Float64Array.from(driverIds, (id) => set.betas[id] ?? 0);
  return succeed(
    rows.slice(rows.length - days).map(({ day }, index) => {
      const own = moves.subarray(index * driverIds.length, (index + 1) * driverIds.length);
      return {
        day,
        shock: {
          moves: Object.fromEntries(driverIds.map((id, driver) => [id, own[driver] ?? 0])),
          volatilityShift: Math.max(0, set.volatilityPerMove * commonMove(betas, own)),
        },
      };
    }),
  );
}

import type { ReplayResult } from '../../contract/replay.ts';
import type { PackResult } from '../pack.ts';
import type { ScenarioTable } from '../scenarios.ts';
import { instantOf } from './account-verdicts.ts';
import type { Phases } from './replay-phases.ts';
import type { WindowPath } from './window-path.ts';

const DAY_MS = 86_400_000;

/** A step claims something when the cascade of the fall so far ends at least this far below the price of the step. */
const LEAST_CLAIM = 0.005;

/**
 * By driver: where the cascade of the fall so far said forced selling would end, against the lowest recorded price of the day that followed.
 * Only steps before the low at which it said more than the price itself; the furthest off of them, and the mean of all. A driver for which
 * it never said more has no claim.
 *
 * @param said one scenario per step
 */
export function priceClaims(
  pack: PackResult,
  path: WindowPath,
  { said, steps, phases }: { readonly said: ScenarioTable; readonly steps: readonly number[]; readonly phases: Phases },
): ReplayResult['priceClaims'] {
  return pack.driverIds.flatMap((assetId, d) => {
    const column = path.assetIds.indexOf(assetId);
    const asset = pack.packed.drivers[d] ?? -1;
    const rows = steps.flatMap((bar, s) => {
      const closeUsd = path.path.close.priceUsd[bar * path.assetIds.length + column] ?? NaN;
      const saidUsd = said.priceUsd[s * said.assets + asset] ?? NaN;
      if (bar >= phases.lowBar || !(saidUsd < closeUsd * (1 - LEAST_CLAIM))) return [];
      const recordedLowUsd = lowestAfter(path, column, bar);
      return recordedLowUsd > 0
        ? [{ at: instantOf(path.endMs[bar] ?? 0), saidUsd, recordedLowUsd, error: saidUsd / recordedLowUsd - 1 }]
        : [];
    });
    const worst = rows.toSorted((left, right) => Math.abs(right.error) - Math.abs(left.error))[0];
    if (worst === undefined) return [];
    const meanError = rows.reduce((sum, row) => sum + Math.abs(row.error), 0) / rows.length;
    return [{ assetId, ...worst, claims: rows.length, meanError }];
  });
}

function lowestAfter({ path, assetIds, endMs }: WindowPath, column: number, bar: number): number {
  let lowest = Infinity;
  for (let later = bar + 1; later < endMs.length && (endMs[later] ?? 0) <= (endMs[bar] ?? 0) + DAY_MS; later += 1) {
    lowest = Math.min(lowest, path.low.priceUsd[later * assetIds.length + column] ?? NaN);
  }
  return Number.isFinite(lowest) ? lowest : NaN;
}

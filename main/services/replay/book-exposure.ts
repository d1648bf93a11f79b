import type { BookContents } from '../../domain/book.ts';
import type { ReplayResult } from '../../contract/replay.ts';
import type { BookValues } from '../../engine/scenario/value-book.ts';
import { lookThroughOf } from '../analysis/position-results.ts';
import type { PackResult } from '../pack.ts';
import type { WindowPath } from './window-path.ts';

/** Look-through value of the whole book by base or stable asset, USD: signed, and without sign position by position. */
export type BookExposure = { readonly netUsd: ReadonlyMap<string, number>; readonly grossUsd: ReadonlyMap<string, number> };

/** What the book looks through to at its own prices. */
export function bookExposure(pack: PackResult, values: BookValues): BookExposure {
  const netUsd = new Map<string, number>();
  const grossUsd = new Map<string, number>();
  for (let p = 0; p < pack.packed.positions.count; p += 1) {
    for (const [id, usd] of Object.entries(lookThroughOf({ pack, values }, p))) {
      netUsd.set(id, (netUsd.get(id) ?? 0) + usd);
      grossUsd.set(id, (grossUsd.get(id) ?? 0) + Math.abs(usd));
    }
  }
  return { netUsd, grossUsd };
}

/**
 * Share of the gross look-through value that has a price at a bar: recorded and not carried too long, or a dollar coin that the window knows
 * nothing of and that is taken at parity. A coin the window does know is in doubt wherever its bars are missing.
 */
export function coverageAt(
  exposure: BookExposure,
  path: WindowPath,
  { bar, coins }: { readonly bar: number; readonly coins: ReadonlySet<string> },
): number {
  let gross = 0;
  let known = 0;
  for (const [id, usd] of exposure.grossUsd) {
    const column = path.assetIds.indexOf(id);
    gross += usd;
    if (column < 0 ? coins.has(id) : path.isFresh[column]?.[bar] === 1) known += usd;
  }
  return gross > 0 ? known / gross : 0;
}

/** How each asset that the book looks through to is priced, largest share first. */
export function treatmentsOf(exposure: BookExposure, path: WindowPath, { assets }: BookContents): ReplayResult['treatments'] {
  const total = [...exposure.grossUsd.values()].reduce((sum, usd) => sum + usd, 0);
  return [...exposure.grossUsd]
    .map(([assetId, usd]) => {
      const column = path.assetIds.indexOf(assetId);
      const isRecorded = column >= 0 && path.isRecorded[column] === true;
      const isCoin = assets.some((asset) => asset.id === assetId && asset.kind === 'stable');
      const isOwned = (exposure.netUsd.get(assetId) ?? 0) >= 0;
      return {
        assetId,
        shareFraction: total > 0 ? usd / total : 0,
        isRecorded,
        treatment: treatment({ isRecorded, isCoin, isOwned, path, column }),
      };
    })
    .toSorted((left, right) => right.shareFraction - left.shareFraction);
}

type Told = { isRecorded: boolean; isCoin: boolean; isOwned: boolean; path: WindowPath; column: number };

function treatment({ isRecorded, isCoin, isOwned, path, column }: Told): string {
  if (isRecorded) {
    const missing = path.isFresh[column]?.reduce((sum, fresh) => sum + (fresh === 1 ? 0 : 1), 0) ?? 0;
    const gap = missing > 0 ? `; ${missing} bars have no fresh price and count as unknown` : '';
    return `${path.basis === 'levels' || isCoin ? 'recorded prices' : 'recorded moves'}${gap}`;
  }
  if (isCoin) return 'no bars in this window: taken at the book’s own price';
  return `no bars in this window: moves as the ${isOwned ? 'worst' : 'best'} of the recorded ones, since the book ${isOwned ? 'owns' : 'owes'} it`;
}

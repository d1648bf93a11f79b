import type { PackedBook } from '../../../engine/packed/packed-book.ts';
import { overdraftsOf } from './covered-plan.ts';
import { changeOf, type LegChange } from './leg-changes.ts';

/**
 * Legs that can only be changed together: what one is to pay more another has to give up, since both draw on a holding that does not reach for
 * the larger amount of each. Every changed leg is in one bundle, mostly by itself; legs that stay as they are are in none.
 *
 * @returns places of the legs
 */
export function bundlesOf(packed: PackedBook, changes: readonly LegChange[]): readonly (readonly number[])[] {
  const largest = {
    candidates: changes.map(({ candidate }) => candidate),
    amounts: changes.map(({ standing, fresh }) => Math.max(standing, fresh)),
  };
  const scarce = new Set(overdraftsOf(packed, largest).map(({ row }) => row));
  let bundles: { legs: number[]; rows: Set<number> }[] = [];
  changes.forEach((change, index) => {
    if (changeOf(change) === 'same' || change.fresh === change.standing) return;
    const { kind, changes: moved } = change.candidate;
    const rows = new Set(kind === 'trade' ? [] : moved.map(({ row }) => row).filter((row) => scarce.has(row)));
    const touched = bundles.filter((bundle) => [...rows].some((row) => bundle.rows.has(row)));
    const legs = [...touched.flatMap((bundle) => bundle.legs), index].sort((a, b) => a - b);
    bundles = [
      ...bundles.filter((bundle) => !touched.includes(bundle)),
      { legs, rows: new Set([...rows, ...touched.flatMap((bundle) => [...bundle.rows])]) },
    ];
  });
  return bundles.map(({ legs }) => legs).toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

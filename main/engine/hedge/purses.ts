import { FAMILY, POSITION_KIND, type PackedBook } from '../packed/packed-book.ts';
import type { CashUse } from './hedge-problem.ts';
import type { PackedCandidate } from './packed-candidate.ts';

/**
 * Rows that some candidate draws on, in the order in which they come up: a holding that pays, is sold, switched or taken out, and a debt that
 * is repaid, since several ways of repaying it must not repay it twice.
 */
export function pursesOf(packed: PackedBook, candidates: readonly PackedCandidate[]): readonly number[] {
  const rows = new Set<number>();
  for (const { changes } of candidates) for (const { row, units } of changes) if (drawnUnits(packed, row, units) > 0) rows.add(row);
  return [...rows];
}

/** What there is to draw on: what is held, or owed. USD. */
export function availableUsd({ positions, initial }: PackedBook, row: number): number {
  const sign = positions.kind[row] === POSITION_KIND.debt ? -1 : 1;
  return Math.max(0, sign * positions.quantity[row]! * initial.priceUsd[positions.asset[row]!]!);
}

/**
 * What one unit of a candidate draws from each purse it touches; below zero where it fills it. USD per unit. What is late for a
 * scenario fills no purse of an account that something is required of: it pays for nothing there now. Custody waits for what is sent to it.
 */
export function purseUses(
  packed: PackedBook,
  candidate: PackedCandidate,
  { purseIndex, isLate }: { readonly purseIndex: ReadonlyMap<number, number>; readonly isLate: boolean },
): readonly CashUse[] {
  return candidate.changes.flatMap(({ row, units }) => {
    const purse = purseIndex.get(row);
    if (purse === undefined) return [];
    const drawn = drawnUnits(packed, row, units);
    if (isLate && drawn < 0 && packed.accounts.family[packed.positions.account[row]!] !== FAMILY.custody) return [];
    return [{ purse, usePerUnit: drawn * packed.initial.priceUsd[packed.positions.asset[row]!]! }];
  });
}

/** Units taken from a holding, or of a debt repaid; contracts are no purse. */
function drawnUnits({ positions }: PackedBook, row: number, units: number): number {
  const kind = positions.kind[row]!;
  if (kind === POSITION_KIND.holding) return -units;
  return kind === POSITION_KIND.debt ? units : 0;
}

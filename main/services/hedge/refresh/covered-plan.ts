import { quantitiesAfter } from '../../../engine/hedge/packed-candidate.ts';
import { POSITION_KIND, type PackedBook } from '../../../engine/packed/packed-book.ts';
import type { Plan } from '../measures.ts';

/** A holding that a plan draws on, or a debt that it repays, beyond what there is: the packed row and what is missing, in its units. */
export type Overdraft = { readonly row: number; readonly missing: number };

/** What may be missing by rounding to lots, and by gas. USD. */
const LEAST_USD = 100;

/** What a plan overdraws. A trade settles in its own account, whose excess judges it. */
export function overdraftsOf(packed: PackedBook, plan: Plan): readonly Overdraft[] {
  const { positions, initial } = packed;
  const quantities = quantitiesAfter(packed, plan.candidates, plan.amounts);
  const moved = plan.candidates.flatMap(({ kind, changes }, index) =>
    kind === 'trade' || !((plan.amounts[index] ?? 0) > 0) ? [] : changes,
  );
  return [...new Set(moved.map(({ row }) => row))].flatMap((row): readonly Overdraft[] => {
    const kind = positions.kind[row] ?? POSITION_KIND.holding;
    if (kind > POSITION_KIND.debt) return [];
    const sign = signOf(kind);
    const least = Math.min(0, sign * (positions.quantity[row] ?? 0));
    const missing = least - sign * (quantities[row] ?? 0);
    return missing * (initial.priceUsd[positions.asset[row] ?? -1] ?? 0) > LEAST_USD ? [{ row, missing }] : [];
  });
}

/**
 * A plan cut to what there is to pay with now: prices move what a coin pays for, and what is drawn on may have been spent. The leg that draws
 * most is cut first, to whole lots.
 */
export function coveredPlan(packed: PackedBook, { candidates, amounts }: Plan): Plan {
  const left = Array.from(amounts);
  // Every turn cuts a leg to what its row has, or to nothing.
  for (let turn = 0; turn < 2 * left.length; turn += 1) {
    const [first] = overdraftsOf(packed, { candidates, amounts: left });
    if (first === undefined) break;
    const drawn = candidates.map((candidate, index) => (left[index] ?? 0) * drawnPerUnit(packed, candidate, first.row));
    const most = drawn.indexOf(Math.max(...drawn));
    const candidate = candidates[most];
    const amount = left[most] ?? 0;
    if (candidate === undefined || !((drawn[most] ?? 0) > 0)) break;
    const lot = Number(candidate.lotText);
    const kept = amount * (1 - first.missing / (drawn[most] ?? 1));
    left[most] = Math.max(0, Math.floor(kept / lot + 1e-9) * lot);
  }
  return { candidates, amounts: left };
}

/** Units of a row that one unit of a leg takes; a trade settles in its own account. */
function drawnPerUnit({ positions }: PackedBook, { kind, changes }: Plan['candidates'][number], row: number): number {
  if (kind === 'trade') return 0;
  return changes.reduce((sum, change) => (change.row === row ? sum - signOf(positions.kind[row] ?? 0) * change.units : sum), 0);
}

function signOf(kind: number): 1 | -1 {
  return kind === POSITION_KIND.debt ? -1 : 1;
}

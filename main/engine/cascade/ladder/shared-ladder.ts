import type { PackedBook, PackedLending } from '../../packed/packed-book.ts';
import { buildLadder } from './build-ladder.ts';
import type { Ladder } from './ladder.ts';

const ladders = new WeakMap<PackedLending, Ladder>();

/** The ladder of a packed book's crowd, built when first asked for: O(rows + n log n), then shared by every cascade over the book. */
export function ladderOf(packed: PackedBook): Ladder {
  const known = ladders.get(packed.lending);
  if (known !== undefined && known.priceUsd === packed.initial.priceUsd) return known;
  const built = buildLadder(packed);
  ladders.set(packed.lending, built);
  return built;
}

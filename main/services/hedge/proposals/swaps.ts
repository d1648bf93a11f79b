import { hedgeAssumptions } from '../assumptions.ts';
import type { HedgeBook } from '../hedge-book.ts';
import type { SharedLimit } from './proposal.ts';

/** What it takes to have one asset for another: share of the amount, and the pools crossed with what they bear. */
export type Swap = { readonly costFraction: number; readonly limits: readonly SharedLimit[] };

/** One pool on the way from an asset to dollars. */
type Crossing = { readonly id: string; readonly costFraction: number; readonly mostUsd: number };

/** A wrapper of a wrapper of a wrapper is no longer exchanged at will. */
const MOST_STEPS = 6;

/**
 * The exchange of one asset for another over the recorded pools: both ways to dollars, less the part they share. Each pool costs its fee,
 * half the spread, and the give of its price at the largest amount that may be swapped there.
 *
 * @returns null where a step of either way is not recorded
 */
export function swapBetween(book: HedgeBook, from: string, to: string): Swap | null {
  if (from === to) return { costFraction: 0, limits: [] };
  const [given, wanted] = [wayToDollars(book, from), wayToDollars(book, to)];
  if (given === null || wanted === null) return null;
  const shared = new Set(wanted.map(({ id }) => id));
  const isShared = given.filter(({ id }) => shared.has(id)).map(({ id }) => id);
  const crossed = [...given, ...wanted].filter(({ id }) => !isShared.includes(id));
  const areDollars = given.length === 0 && wanted.length === 0;
  return {
    costFraction: areDollars ? hedgeAssumptions.stableSwapFraction : crossed.reduce((sum, { costFraction }) => sum + costFraction, 0),
    limits: crossed.map(({ id, mostUsd }) => ({ name: `swaps over ${id}`, mostUsd })),
  };
}

/** Pools from an asset down to dollars; a wrapper without a pool of its own is unwrapped by its issuer for nothing. */
function wayToDollars(book: HedgeBook, assetId: string): readonly Crossing[] | null {
  const way: Crossing[] = [];
  let at = assetId;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const asset = book.assets.get(at);
    if (at === 'USD' || asset?.kind === 'stable') return way;
    const pool = book.snapshot.depth.find((each) => each.assetId === at);
    if (pool !== undefined) {
      const priceUsd = book.snapshot.quotes.find((quote) => quote.assetId === at)?.priceUsd ?? 0;
      if (!(priceUsd > 0) || !(pool.reserveQuantity > 0)) return null;
      way.push({
        id: pool.id,
        costFraction: pool.feeFraction + hedgeAssumptions.spotTradeFraction + hedgeAssumptions.swapShare,
        mostUsd: hedgeAssumptions.swapShare * pool.reserveQuantity * priceUsd,
      });
      at = pool.quoteAssetId;
      continue;
    }
    const only = asset?.kind === 'wrapper' && asset.backing.length === 1 ? asset.backing[0] : undefined;
    if (only === undefined) return null;
    at = only.assetId;
  }
  return null;
}

import { ASSET_KIND } from '../../engine/packed/packed-book.ts';
import type { PackResult } from '../pack.ts';

/** Market into which an asset is sold for another: coins of the asset as one constant product, and the fees on the way. */
export type SaleDepth = { readonly reserveQuantity: number; readonly poolFeeFraction: number; readonly markets: readonly string[] };

const MOST_STEPS = 8;

/**
 * Follows an asset through its markets until it has become the debt's coin or dollars: without a market of its own it is unwrapped. Depths in
 * a row add up like resistances, 1/R = Σ 1/Rᵢ, which is exact to first order in what is sold. Without any market nothing can be sold: R = 0.
 *
 * @param thinningFraction share of the recorded depth that has gone
 */
export function saleDepth(
  pack: PackResult,
  sold: number,
  { repaid, thinningFraction }: { repaid: number; thinningFraction: number },
): SaleDepth {
  const { assets, depth, initial } = pack.packed;
  const price = (asset: number): number => initial.priceUsd[asset] ?? 0;
  const ends = new Set(unwrapped(pack, repaid));
  const markets: string[] = [];
  let inverse = 0;
  let kept = 1;
  let asset = sold;
  for (let step = 0; step < MOST_STEPS && !ends.has(asset) && assets.kind[asset] !== ASSET_KIND.stable; step += 1) {
    const pool = assets.pool[asset] ?? -1;
    if (pool < 0) {
      const [, below] = unwrapped(pack, asset);
      if (below === undefined) return { reserveQuantity: 0, poolFeeFraction: 0, markets };
      asset = below;
      continue;
    }
    inverse += 1 / ((depth.reserveQuantity[pool] ?? 0) * price(asset) * (1 - thinningFraction));
    kept *= 1 - (depth.feeFraction[pool] ?? 0);
    const quote = depth.quote[pool] ?? -1;
    markets.push(`${pack.assetIds[asset] ?? ''}/${pack.assetIds[quote] ?? 'USD'}`);
    if (quote < 0) break;
    asset = quote;
  }
  const reserveQuantity = inverse > 0 ? 1 / inverse / price(sold) : Infinity;
  return { reserveQuantity, poolFeeFraction: 1 - kept, markets };
}

/** The asset and what stands behind it, one after the other, as long as that is a single asset. */
function unwrapped({ packed }: PackResult, asset: number): number[] {
  const { backing } = packed.assets;
  const chain = [asset];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const last = chain.at(-1) ?? -1;
    const from = backing.start[last] ?? 0;
    if ((backing.start[last + 1] ?? 0) - from !== 1) break;
    chain.push(backing.target[from] ?? -1);
  }
  return chain;
}

import type { PackedBook } from '../../engine/packed/packed-book.ts';

/** The book with the markets that a forced sale of each asset for dollars goes through. */
export type SaleReach = { readonly packed: PackedBook; readonly reach: readonly ReadonlySet<number>[] };

/** Assets whose markets a forced sale of each asset for dollars goes through, by asset. */
export function saleReach(packed: PackedBook): SaleReach {
  const reach = Array.from({ length: packed.assets.count }, (_, asset) => {
    const reached = new Set<number>();
    const visited = new Set<number>();
    const waiting = [asset];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (visited.has(next)) continue;
      visited.add(next);
      waiting.push(...passesOn(packed, next, reached));
    }
    return reached;
  });
  return { packed, reach };
}

function passesOn({ assets, depth }: PackedBook, asset: number, reached: Set<number>): number[] {
  const pool = assets.pool[asset] ?? -1;
  if (pool >= 0) {
    reached.add(asset);
    const quote = depth.quote[pool] ?? -1;
    return quote < 0 ? [] : [quote];
  }
  return [...assets.backing.target.subarray(assets.backing.start[asset] ?? 0, assets.backing.start[asset + 1] ?? 0)];
}

/**
 * Whether a borrower's sales go on into the market of an asset: a sale ends once it reaches what the debt is owed in, so one
 * who owes only ether never sells ether.
 */
export function sellsInto({ packed, reach }: SaleReach, borrower: number, asset: number): boolean {
  const { lending, drivers } = packed;
  const driver = drivers.indexOf(asset);
  let holds = false;
  for (let row = lending.collateralStart[borrower] ?? 0; row < (lending.collateralStart[borrower + 1] ?? 0); row += 1) {
    holds ||= reach[lending.collateralAsset[row] ?? 0]?.has(asset) === true;
  }
  if (!holds || driver < 0) return holds;
  for (let row = lending.debtStart[borrower] ?? 0; row < (lending.debtStart[borrower + 1] ?? 0); row += 1) {
    if (lending.debtTarget[row] !== driver && (lending.debtQuantity[row] ?? 0) > 0) return true;
  }
  return false;
}

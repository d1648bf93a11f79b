import type { PackedBook } from '../packed-book.ts';

/**
 * What depends on each driver: driver → assets (itself and every claim that stands on it, however deep) → positions → own accounts.
 * Rows of accounts in ascending order: driver d touches account[start[d]] … account[start[d + 1] − 1].
 */
export type DependencyIndex = { readonly start: Int32Array; readonly account: Int32Array };

/** Builds the index; it holds as long as backing, positions and accounts do, whatever prices and quantities. */
export function makeDependencyIndex(packed: PackedBook): DependencyIndex {
  const { accounts, positions, drivers } = packed;
  const start = new Int32Array(drivers.length + 1);
  const touched: number[] = [];
  for (let d = 0; d < drivers.length; d += 1) {
    const isMoved = assetsMovedBy(packed, drivers[d]!);
    for (let account = 0; account < accounts.count; account += 1) {
      for (let p = accounts.positionStart[account]!; p < accounts.positionStart[account + 1]!; p += 1) {
        if (isMoved[positions.asset[p]!] === 0) continue;
        touched.push(account);
        break;
      }
    }
    start[d + 1] = touched.length;
  }
  return { start, account: Int32Array.from(touched) };
}

/** 1 for the asset and every claim backed by it; loops of claims need more than one pass. */
export function assetsMovedBy({ assets }: PackedBook, asset: number): Uint8Array {
  const isMoved = new Uint8Array(assets.count);
  isMoved[asset] = 1;
  const { start, target } = assets.backing;
  for (let hasGrown = true; hasGrown;) {
    hasGrown = false;
    for (let claim = 0; claim < assets.count; claim += 1) {
      if (isMoved[claim] === 1) continue;
      for (let e = start[claim]!; e < start[claim + 1]!; e += 1) {
        if (isMoved[target[e]!] === 0) continue;
        isMoved[claim] = 1;
        hasGrown = true;
        break;
      }
    }
  }
  return isMoved;
}

import type { CascadeWorkspace } from '../workspace.ts';

/**
 * A move of a driver made by sales moves the drivers that go with it: p_k' = p_k × share^β_kj. In logs, so that a move taken back takes
 * its echo back with it, and only once: an echo has no echo, the betas are total ones.
 */
export function spreadMove(work: CascadeWorkspace, asset: number, share: number, crossImpact: Float64Array): void {
  const { drivers } = work.packed;
  const source = drivers.indexOf(asset);
  if (source < 0) return;
  for (let target = 0; target < drivers.length; target += 1) {
    const beta = crossImpact[target * drivers.length + source]!;
    if (beta !== 0) work.state.priceUsd[drivers[target]!]! *= share ** beta;
  }
}

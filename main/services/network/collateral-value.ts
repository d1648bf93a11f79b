import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from '../analysis/engine-run.ts';

/** Value of what an account has pledged and counts, USD. */
export function collateralValue({ pack }: Pick<EngineRun, 'pack'>, a: number): number {
  const { positions, accounts, initial } = pack.packed;
  let total = 0;
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    if (positions.kind[p] !== POSITION_KIND.holding || !((positions.collateralFraction[p] ?? 0) > 0)) continue;
    total += Math.max(0, (positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0));
  }
  return total;
}

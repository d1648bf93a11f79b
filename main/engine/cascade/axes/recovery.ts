import { moveMarket } from '../move-prices.ts';
import type { CascadeWorkspace } from '../workspace.ts';

/**
 * After the sales of a round a share κ of what was sold into each market since the shock is bought back by others, Q' = (1 − κ) Q. Price
 * and depth go back towards where the shock left them along the impact law, never beyond. What was bought by force comes back for sale
 * in the same way.
 */
export function recoverPrices(work: CascadeWorkspace): void {
  const { axes } = work;
  const rate = axes.rules.recoveryPerRound;
  if (rate === undefined || rate === 0) return;
  for (let pool = 0; pool < work.packed.depth.count; pool += 1) {
    if (work.reserve[pool] !== Infinity) moveMarket(work, pool, -rate * axes.position[pool]!);
  }
}

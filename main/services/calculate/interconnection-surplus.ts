import { z } from 'zod';
import { runCascade } from '../../engine/cascade/run-cascade.ts';
import { interconnectionSurplus, MOST_EXACT_BLOCKS, shapleyValues } from '../../engine/cascade/surplus.ts';
import { makeCascadeWorkspace } from '../../engine/cascade/workspace.ts';
import { borrower, borrowerBook, cascadeParameters } from './borrower-book.ts';
import type { CaseOutput } from './case-values.ts';

const input = cascadeParameters.extend({
  blocks: z.array(z.object({ name: z.string(), accounts: z.array(borrower) })).max(MOST_EXACT_BLOCKS),
});

/** Second-round loss of every subset of blocks in the whole market, the surplus of all over the sum of each alone, and Shapley values. */
export function calculateInterconnectionSurplus(raw: unknown): CaseOutput {
  const parameters = input.parse(raw);
  const n = parameters.blocks.length;
  const borrowers = parameters.blocks.flatMap(({ accounts }, block) => accounts.map((account) => ({ ...account, block })));
  const work = makeCascadeWorkspace(borrowerBook(parameters, borrowers, true));
  const shock = { moves: Float64Array.of(-parameters.shock), volatilityShift: 0 };
  const losses = new Float64Array(1 << n);
  for (let subset = 1; subset < 1 << n; subset += 1) {
    // Every block of a case is a venue with only borrowers of the crowd.
    const crowdVenues = Uint8Array.from({ length: n }, (_, block) => (subset >> block) & 1);
    const participants = { ownAccounts: new Uint8Array(0), crowdVenues };
    const result = runCascade(work, shock, { depthThinningFraction: 0, maxRounds: parameters.maxRounds, includeCrowd: true, participants });
    const finalPrice = result.finalState.priceUsd[0] ?? NaN;
    const shockedPrice = parameters.initialPrice * (1 - parameters.shock);
    borrowers.forEach((each, i) => {
      if (crowdVenues[each.block] === 0) return;
      const shockedEquity = each.collateralAsset * shockedPrice - each.debtUsd;
      const equity = (result.collateralQuantity[i] ?? NaN) * finalPrice - (result.debtQuantity[i] ?? NaN);
      losses[subset] = (losses[subset] ?? 0) + shockedEquity - equity;
    });
  }
  const alone = Float64Array.from({ length: n }, (_, block) => losses[1 << block] ?? NaN);
  const surplus = interconnectionSurplus(losses[(1 << n) - 1] ?? 0, alone);
  const shapley = shapleyValues(losses, n);
  const byName = (values: Float64Array): Record<string, number> =>
    Object.fromEntries(parameters.blocks.map(({ name }, block) => [name, values[block] ?? NaN]));
  return {
    secondRoundLossByBlockUsd: byName(alone),
    sumOfBlocksUsd: surplus.sumOfBlocksUsd,
    jointUsd: surplus.jointUsd,
    surplusUsd: surplus.surplusUsd,
    ratio: surplus.ratio,
    shapleyUsd: byName(shapley),
  };
}

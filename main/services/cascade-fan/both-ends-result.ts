import type { BothEndsResult } from '../../contract/cascade-fan.ts';
import type { BothEnds, Outcome } from '../../engine/cascade/axes/both-ends.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { listing, money } from '../analysis/words.ts';
import type { PackResult } from '../pack.ts';

/** Both outcomes of a shock by name, and what to make of them. */
export function bothEndsResult(inputs: AnalysisInputs, pack: PackResult, found: BothEnds): BothEndsResult {
  const before = sumAccurate(found.initialEquityUsd);
  const told = (outcome: Outcome): BothEndsResult['mild'] => ({
    hasSettled: outcome.hasSettled,
    steps: outcome.steps,
    pricesUsd: Object.fromEntries(pack.driverIds.map((id, d) => [id, outcome.state.priceUsd[pack.packed.drivers[d] ?? 0] ?? 0])),
    fallen: outcome.fallenAccounts.map((account) => pack.accountIds[account] ?? ''),
    crowdFallen: outcome.crowdFallen,
    lossUsd: before - sumAccurate(outcome.equityUsd),
    badDebtUsd: outcome.badDebtUsd,
  });
  const [mild, severe] = [told(found.mild), told(found.severe)];
  return {
    shock: inputs.shock,
    assumptions: inputs.assumptions,
    status: found.status,
    shockLossUsd: before - sumAccurate(found.shockedEquityUsd),
    mild,
    severe,
    sentence: sentenceOf(found.status, mild, severe),
  };
}

function sentenceOf(status: BothEndsResult['status'], mild: BothEndsResult['mild'], severe: BothEndsResult['mild']): string {
  return `${endsWords(status, mild, severe)} An outcome is as if everybody sold at its last prices at once, which is more than round after round, where the first to fall sell less for more.`;
}

function endsWords(status: BothEndsResult['status'], mild: BothEndsResult['mild'], severe: BothEndsResult['mild']): string {
  if (status === 'notSettled') return 'A search did not come to rest: purchases and sales answer each other, and no outcome is claimed.';
  if (status === 'unique') return 'One outcome: starting from the shock or from everybody having sold leads to the same prices.';
  const more = severe.fallen.filter((id) => !mild.fallen.includes(id));
  const who = more.length === 0 ? 'no further account of the book' : listing(more);
  return `Several outcomes agree with this shock: in the severe one ${who} and ${severe.crowdFallen - mild.crowdFallen} more of the crowd fall, and the book loses ${money(severe.lossUsd)} USD instead of ${money(mild.lossUsd)}.`;
}

import { refreshClaimPrices } from '../../packed/claim-prices.ts';
import { evaluateAccount, makeAccountMeasures } from '../../packed/evaluate-accounts.ts';
import { copyState } from '../../packed/market-state.ts';
import type { MarketState, PackedBook } from '../../packed/packed-book.ts';
import { startOf } from '../attribute-falls.ts';
import type { RoundTrace } from '../cascade-types.ts';
import { shareExcess, type ExcessShare } from './share-excess.ts';

/** The way of one own account's excess down to its fall, USD: before + shock + parts + rest = at its fall. */
export type TracedFall = {
  readonly account: number;
  readonly round: number;
  readonly beforeUsd: number;
  readonly shockUsd: number;
  readonly parts: readonly ExcessShare[];
  readonly restUsd: number;
  readonly atFallUsd: number;
};

/** Every own account that falls, in the order of its fall, with what took its excess. */
export function traceFalls(packed: PackedBook, shocked: MarketState, rounds: readonly RoundTrace[]): TracedFall[] {
  const measures = makeAccountMeasures(packed.accounts.count);
  const excessIn = (account: number, state: MarketState): number => {
    const copy = copyState(state);
    refreshClaimPrices(packed.assets, copy);
    evaluateAccount(packed, account, copy, measures);
    return measures.excessUsd[account]!;
  };
  return rounds.flatMap((round) =>
    round.ownFallen.map((account): TracedFall => {
      const start = startOf(round, shocked.volatilityShift);
      const beforeUsd = excessIn(account, packed.initial);
      const { parts, restUsd } = shareExcess(packed, account, shocked, start);
      return {
        account,
        round: round.round,
        beforeUsd,
        shockUsd: excessIn(account, shocked) - beforeUsd,
        parts,
        restUsd,
        atFallUsd: excessIn(account, start),
      };
    }),
  );
}

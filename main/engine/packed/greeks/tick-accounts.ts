import { driverLoadings, fillAccountGreeks, type AccountGreeks } from './account-greeks.ts';
import { refreshClaimPrices } from '../claim-prices.ts';
import type { DependencyIndex } from './dependency-index.ts';
import { evaluateAccount, type AccountMeasures } from '../evaluate-accounts.ts';
import type { MarketState, PackedBook } from '../packed-book.ts';

/** What a tick keeps up to date, all of the same state. */
export type LiveBook = {
  readonly packed: PackedBook;
  readonly index: DependencyIndex;
  readonly state: MarketState;
  readonly measures: AccountMeasures;
  readonly greeks: AccountGreeks;
};

/**
 * One driver ticks: its price is set, claims follow, and only the accounts that depend on it are measured again. The rest keep their
 * figures, which are to the bit those a full evaluation would give, since nothing they are made of has moved.
 *
 * @param driver index into packed.drivers
 * @returns how many accounts were measured again
 */
export function tickDriver(live: LiveBook, driver: number, priceUsd: number): number {
  const { packed, index, state, measures, greeks } = live;
  state.priceUsd[packed.drivers[driver]!] = priceUsd;
  refreshClaimPrices(packed.assets, state);
  const loadings = driverLoadings(packed, state);
  const to = index.start[driver + 1]!;
  for (let i = index.start[driver]!; i < to; i += 1) {
    evaluateAccount(packed, index.account[i]!, state, measures);
    fillAccountGreeks(packed, index.account[i]!, state, loadings, greeks);
  }
  return to - index.start[driver]!;
}

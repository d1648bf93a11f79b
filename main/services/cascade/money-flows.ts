import type { FlowEnd, MoneyFlow } from '../../contract/root-causes.ts';
import type { TracedSales } from '../../engine/cascade/causes/share-moves.ts';
import type { CausesInput } from './root-causes.ts';

/** Flows below a dollar are left out: they are what rounding leaves. */
const LEAST_USD = 1;

/**
 * Money of one round: sellers hand assets to markets or redeem them, what markets pay goes on until it reaches the venue to which the debt is
 * owed, and what impact and fees take is lost to whoever buys: at every market and redemption what comes in goes out. A short that is
 * bought back is a purchase of its account.
 */
export function moneyFlows(input: CausesInput, traced: TracedSales, k: number): MoneyFlow[] {
  const { pack, venues } = input;
  const { packed } = pack;
  const { assets, accounts, drivers } = packed;
  const flows = traced.flows[k];
  if (flows === undefined) return [];
  const causes = traced.rounds[k]?.sales.causes ?? 0;
  const sums = new Map<string, MoneyFlow>();
  const add = (from: FlowEnd, to: FlowEnd, usd: number): number => {
    if (!(usd > 0)) return 0;
    const key = `${from.kind} ${from.id}>${to.kind} ${to.id}`;
    sums.set(key, { from, to, usd: (sums.get(key)?.usd ?? 0) + usd });
    return usd;
  };
  const idOf = (asset: number): string => pack.assetIds[asset] ?? '';
  const place = (asset: number): FlowEnd => {
    const isClaim = (assets.pool[asset] ?? -1) < 0 && (assets.backing.start[asset + 1] ?? 0) > (assets.backing.start[asset] ?? 0);
    return { kind: isClaim ? 'redemption' : 'market', id: idOf(asset) };
  };
  const venueOf = (cause: number): FlowEnd => {
    const venue = cause < accounts.count ? (accounts.venue[cause] ?? -1) : (cause - accounts.count) >> 1;
    return { kind: 'venue', id: venues[venue]?.id ?? '' };
  };
  const sellerOf = (cause: number): FlowEnd =>
    cause < accounts.count ? { kind: 'account', id: pack.accountIds[cause] ?? '' } : { kind: 'crowd', id: venueOf(cause).id };
  const left = new Float64Array(assets.count);
  for (let cause = 0; cause < causes; cause += 1) {
    for (let asset = 0; asset < assets.count; asset += 1) {
      const enteredUsd = flows.enteredUsd[cause * assets.count + asset] ?? 0;
      left[asset] = (left[asset] ?? 0) + add(sellerOf(cause), place(asset), enteredUsd);
      add(sellerOf(cause), { kind: 'purchase', id: idOf(asset) }, -enteredUsd);
      left[asset] = (left[asset] ?? 0) - add(place(asset), venueOf(cause), flows.repaidUsd[asset * causes + cause] ?? 0);
    }
  }
  for (let asset = 0; asset < assets.count; asset += 1) {
    for (let next = 0; next < assets.count; next += 1) {
      const passedUsd = add(place(asset), place(next), flows.passedUsd[asset * assets.count + next] ?? 0);
      left[asset] = (left[asset] ?? 0) - passedUsd;
      left[next] = (left[next] ?? 0) + passedUsd;
    }
    drivers.forEach((driver, d) => {
      const boughtUsd = flows.boughtUsd[asset * drivers.length + d] ?? 0;
      left[asset] = (left[asset] ?? 0) - add(place(asset), { kind: 'purchase', id: idOf(driver) }, boughtUsd);
    });
  }
  left.forEach((usd, asset) => add(place(asset), { kind: 'lost', id: 'impact and fees' }, usd));
  return [...sums.values()].filter(({ usd }) => usd >= LEAST_USD).toSorted((a, b) => b.usd - a.usd);
}

import type { FlowEnd, MoneyFlow } from '../../contract/root-causes.ts';
import type { TracedSales } from '../../engine/cascade/causes/share-moves.ts';
import type { CausesInput } from './root-causes.ts';

/** Flows below a dollar are left out: they are what rounding leaves. */
const LEAST_USD = 1;

/**
 * Money of one round: sellers hand assets to markets or redeem them, what markets pay goes on until it reaches the venue to which the debt is
 * owed, and what impact and fees take is lost to whoever buys. A short that is bought back runs the other way. At every market and
 * redemption what comes in goes out.
 */
export function moneyFlows(input: CausesInput, traced: TracedSales, k: number): MoneyFlow[] {
  const { pack, venues } = input;
  const { packed } = pack;
  const { assets, accounts, drivers } = packed;
  const flows = traced.flows[k];
  if (flows === undefined) return [];
  const causes = traced.rounds[k]?.sales.causes ?? 0;
  const sums = new Map<string, MoneyFlow>();
  const add = (from: FlowEnd, to: FlowEnd, usd: number): void => {
    if (usd === 0) return;
    const [source, target] = usd > 0 ? [from, to] : [to, from];
    const key = `${source.kind} ${source.id}>${target.kind} ${target.id}`;
    sums.set(key, { from: source, to: target, usd: (sums.get(key)?.usd ?? 0) + Math.abs(usd) });
  };
  const place = (asset: number): FlowEnd => {
    const id = pack.assetIds[asset] ?? '';
    const isClaim = (assets.pool[asset] ?? -1) < 0 && (assets.backing.start[asset + 1] ?? 0) > (assets.backing.start[asset] ?? 0);
    return { kind: isClaim ? 'redemption' : 'market', id };
  };
  const venueOf = (cause: number): FlowEnd => {
    const venue = cause < accounts.count ? (accounts.venue[cause] ?? -1) : (cause - accounts.count) >> 1;
    return { kind: 'venue', id: venues[venue]?.id ?? '' };
  };
  const sellerOf = (cause: number): FlowEnd =>
    cause < accounts.count ? { kind: 'account', id: pack.accountIds[cause] ?? '' } : { kind: 'crowd', id: venueOf(cause).id };
  for (let cause = 0; cause < causes; cause += 1) {
    for (let asset = 0; asset < assets.count; asset += 1) {
      add(sellerOf(cause), place(asset), flows.enteredUsd[cause * assets.count + asset] ?? 0);
      add(place(asset), venueOf(cause), flows.repaidUsd[asset * causes + cause] ?? 0);
    }
  }
  for (let asset = 0; asset < assets.count; asset += 1) {
    for (let next = 0; next < assets.count; next += 1) add(place(asset), place(next), flows.passedUsd[asset * assets.count + next] ?? 0);
    drivers.forEach((driver, d) =>
      add(place(asset), { kind: 'purchase', id: pack.assetIds[driver] ?? '' }, flows.boughtUsd[asset * drivers.length + d] ?? 0),
    );
    add(place(asset), { kind: 'lost', id: 'impact and fees' }, flows.lostUsd[asset] ?? 0);
  }
  return [...sums.values()].filter(({ usd }) => usd >= LEAST_USD).toSorted((left, right) => right.usd - left.usd);
}

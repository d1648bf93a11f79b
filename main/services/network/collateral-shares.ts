import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from '../analysis/engine-run.ts';
import { assetNodeId } from '../analysis/network-graph.ts';
import { collateralValue } from './collateral-value.ts';

/** Share of value by the node it looks through to. */
export type Shares = ReadonlyMap<string, number>;

/** Longest chain of claims that is followed. */
const LONGEST_CHAIN = 24;

/**
 * What the collateral of an account looks through to, as shares of its value; each asset and account is followed once. A node on
 * several chains counts their sum, one met twice on the same chain counts where it is met first.
 */
export function collateralShares(run: EngineRun): (account: number) => Shares {
  const { positions, accounts, initial } = run.pack.packed;
  const byAsset = new Map<number, Shares>();
  const byAccount = new Map<number, Shares>();
  const ofAsset = (asset: number): Shares => {
    const known = byAsset.get(asset) ?? assetShares(run, asset);
    byAsset.set(asset, known);
    return known;
  };
  return (account) => {
    const known = byAccount.get(account);
    if (known !== undefined) return known;
    const total = collateralValue(run, account);
    const shares = new Map<string, number>();
    for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
      const asset = positions.asset[p] ?? 0;
      const valueUsd = (positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0);
      if (positions.kind[p] !== POSITION_KIND.holding || !((positions.collateralFraction[p] ?? 0) > 0) || !(valueUsd > 0)) continue;
      for (const [node, share] of ofAsset(asset)) shares.set(node, (shares.get(node) ?? 0) + (valueUsd / total) * share);
    }
    byAccount.set(account, shares);
    return shares;
  };
}

function assetShares(run: EngineRun, asset: number): Shares {
  const shares = new Map<string, number>();
  follow(run, shares, { asset, share: 1, chain: [] });
  return shares;
}

type Link = { readonly asset: number; readonly share: number; readonly chain: readonly string[] };

function follow(run: EngineRun, shares: Map<string, number>, { asset, share, chain }: Link): void {
  const node = assetNodeId(run, asset);
  if (!chain.includes(node)) shares.set(node, (shares.get(node) ?? 0) + share);
  const { assets, initial } = run.pack.packed;
  const from = assets.backing.start[asset] ?? 0;
  const end = assets.backing.start[asset + 1] ?? 0;
  if (chain.length >= LONGEST_CHAIN || from === end) return;
  const usdOf = (e: number): number => (assets.backing.weight[e] ?? 0) * (initial.priceUsd[assets.backing.target[e] ?? 0] ?? 0);
  let backingUsd = 0;
  for (let e = from; e < end; e += 1) backingUsd += usdOf(e);
  const longer = [...chain, node];
  for (let e = from; e < end; e += 1) {
    const part = usdOf(e);
    if (part > 0) follow(run, shares, { asset: assets.backing.target[e] ?? 0, share: (share * part) / backingUsd, chain: longer });
  }
}

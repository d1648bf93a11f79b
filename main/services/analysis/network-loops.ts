import type { Cell } from '../../contract/cell.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { spectralRadius } from '../../engine/math/spectral-radius.ts';
import { strongComponents } from '../../engine/collateral/strong-components.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from './engine-run.ts';
import { assetNodeId, collateralValue, type NetworkGraph } from './network-graph.ts';

export type NetworkLoop = NetworkResult['loops'][number];

/** A debt of an account and the node it is owed to. */
type Debt = { readonly account: number; readonly node: string; readonly valueUsd: number };

/** Gain below which a loop is not worth a ring. */
const SMALL_GAIN = 1e-3;

/**
 * Loops through accounts: what an account borrows comes back as backing of what it pledged. Gain = debt ÷ collateral × the
 * share of the collateral that looks through to what was borrowed, so that each dollar put in works 1 / (1 − gain) times.
 * Accounts that borrow from each other's pledges through lending markets form one loop; its gain is the spectral radius of
 * the matrix of those products between accounts. Sorted by gain, largest first.
 */
export function findLoops(run: EngineRun, graph: NetworkGraph): NetworkLoop[] {
  const debts = accountDebts(run);
  const found = [...assetLoops(run, graph, debts), ...marketLoops(run, graph, debts), ...claimLoops(run)];
  return found
    .toSorted((left, right) => right.gain - left.gain)
    .map((loop, i) => ({ ...loop, id: i + 1, turns: turnsOf(loop.gain, loop.name) }));
}

/** Marks nodes and edges with the strongest loop they belong to. */
export function markLoops(graph: NetworkGraph, loops: readonly NetworkLoop[]): void {
  for (const loop of loops.toReversed()) {
    for (const member of loop.members) {
      const node = graph.nodes.get(member);
      if (node !== undefined) graph.nodes.set(member, { ...node, loopId: loop.id });
    }
    graph.edges.forEach((edge, i) => {
      const from = loop.members.indexOf(edge.from);
      const isStep = from >= 0 && edge.to === loop.members[(from + 1) % loop.members.length];
      if (isStep && edge.kind !== 'price' && edge.kind !== 'holds') graph.edges[i] = { ...edge, loopId: loop.id };
    });
  }
}

function turnsOf(gain: number, name: string): Cell {
  return gain < 1
    ? 1 / (1 - gain)
    : { reason: 'circular', message: `${name} has a gain of ${gain.toFixed(3)}, so it has no finite number of turns` };
}

function accountDebts(run: EngineRun): Debt[] {
  const { positions, accounts, initial } = run.pack.packed;
  const debts: Debt[] = [];
  run.inputs.contents.accounts.forEach((account, a) => {
    if ((accounts.borrower[a] ?? -1) < 0) return;
    const market = run.pack.packed.lending.market[accounts.borrower[a] ?? 0] ?? -1;
    for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
      const valueUsd = -(positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0);
      if (positions.kind[p] !== POSITION_KIND.debt || !(valueUsd > 0)) continue;
      debts.push({
        account: a,
        node: market >= 0 ? `pool:${account.venueId}/${account.marketId ?? ''}` : assetNodeId(run, positions.asset[p] ?? 0),
        valueUsd,
      });
    }
  });
  return debts;
}

/** Share of an account's collateral that looks through to a node, following backing. */
function collateralShare(run: EngineRun, a: number, node: string): number {
  const { positions, accounts, initial } = run.pack.packed;
  const total = collateralValue(run, a);
  let share = 0;
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    if (positions.kind[p] !== POSITION_KIND.holding || !((positions.collateralFraction[p] ?? 0) > 0)) continue;
    const valueUsd = Math.max(0, (positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0));
    if (valueUsd > 0) share += (valueUsd / total) * shareThrough(run, positions.asset[p] ?? 0, { node, depth: 0 });
  }
  return share;
}

/** Longest chain of claims that is followed. */
const LONGEST_CHAIN = 24;

function shareThrough(run: EngineRun, asset: number, at: { readonly node: string; readonly depth: number }): number {
  const { node, depth } = at;
  if (assetNodeId(run, asset) === node) return 1;
  const { assets, initial } = run.pack.packed;
  const from = assets.backing.start[asset] ?? 0;
  const end = assets.backing.start[asset + 1] ?? 0;
  if (depth >= LONGEST_CHAIN || from === end) return 0;
  let backingUsd = 0;
  let reached = 0;
  for (let e = from; e < end; e += 1) {
    const valueUsd = (assets.backing.weight[e] ?? 0) * (initial.priceUsd[assets.backing.target[e] ?? 0] ?? 0);
    backingUsd += valueUsd;
    if (valueUsd > 0) reached += valueUsd * shareThrough(run, assets.backing.target[e] ?? 0, { node, depth: depth + 1 });
  }
  return backingUsd > 0 ? reached / backingUsd : 0;
}

type FoundLoop = Omit<NetworkLoop, 'id' | 'turns'>;

/** An account whose collateral looks through to the asset it borrowed. */
function assetLoops(run: EngineRun, graph: NetworkGraph, debts: readonly Debt[]): FoundLoop[] {
  const sums = new Map<string, Debt>();
  for (const debt of debts) {
    if (!debt.node.startsWith('asset:')) continue;
    const key = `${debt.account} ${debt.node}`;
    sums.set(key, { ...debt, valueUsd: debt.valueUsd + (sums.get(key)?.valueUsd ?? 0) });
  }
  return [...sums.values()].flatMap(({ account, node, valueUsd }) => {
    const collateral = collateralValue(run, account);
    const gain = collateral > 0 ? (valueUsd / collateral) * collateralShare(run, account, node) : 0;
    const accountId = run.pack.accountIds[account] ?? '';
    if (gain < SMALL_GAIN) return [];
    const members = pathBetween(graph, node, `account:${accountId}`);
    const isStaking = members.some((member) => member.toLowerCase().includes('steth'));
    return [{ name: `${isStaking ? 'staking' : 'borrowing'} loop of ${accountId}`, members, gain }];
  });
}

/** Accounts that borrow from markets whose lenders' claims are among their own or each other's collateral. */
function marketLoops(run: EngineRun, graph: NetworkGraph, debts: readonly Debt[]): FoundLoop[] {
  const owed = debts.filter((debt) => debt.node.startsWith('pool:'));
  const borrowers = [...new Set(owed.map((debt) => debt.account))];
  const n = borrowers.length;
  const gains = new Float64Array(n * n);
  for (const debt of owed) {
    const inPool = owed.reduce((sum, each) => sum + (each.node === debt.node ? each.valueUsd : 0), 0);
    const collateral = collateralValue(run, debt.account);
    const i = borrowers.indexOf(debt.account);
    borrowers.forEach((other, j) => {
      const share = collateral > 0 ? (debt.valueUsd / collateral) * (debt.valueUsd / inPool) * collateralShare(run, other, debt.node) : 0;
      gains[i * n + j] = (gains[i * n + j] ?? 0) + share;
    });
  }
  const start = Int32Array.from({ length: n + 1 }, (_, i) =>
    gains.subarray(0, i * n).reduce((count, gain) => count + (gain > 0 ? 1 : 0), 0),
  );
  const target = Int32Array.from([...gains].flatMap((gain, at) => (gain > 0 ? [at % n] : [])));
  const components = strongComponents(n, start, target);
  return Array.from({ length: components.count }, (_, c) => [
    ...components.order.subarray(components.start[c], components.start[c + 1]),
  ]).flatMap((members) => {
    const block = Float64Array.from(members.flatMap((i) => members.map((j) => gains[i * n + j] ?? 0)));
    const gain = spectralRadius(block, members.length);
    if (gain < SMALL_GAIN) return [];
    const names = members.map((i) => run.pack.accountIds[borrowers[i] ?? 0] ?? '');
    const nodes = members.flatMap((i) => {
      const pool = owed.find((debt) => debt.account === borrowers[i])?.node ?? '';
      return pathBetween(graph, pool, `account:${run.pack.accountIds[borrowers[i] ?? 0] ?? ''}`);
    });
    return [{ name: `vault loop of ${names.join(' and ')}`, members: [...new Set(nodes)], gain }];
  });
}

/** Claims that back each other without any account between. */
function claimLoops(run: EngineRun): FoundLoop[] {
  const { assets, initial } = run.pack.packed;
  const loops: FoundLoop[] = [];
  for (let c = 0; c + 1 < assets.componentStart.length; c += 1) {
    const members = [...assets.claimOrder.subarray(assets.componentStart[c], assets.componentStart[c + 1])];
    if (members.length < 2) continue;
    const block = new Float64Array(members.length ** 2);
    members.forEach((claim, i) => {
      for (let e = assets.backing.start[claim] ?? 0; e < (assets.backing.start[claim + 1] ?? 0); e += 1) {
        const j = members.indexOf(assets.backing.target[e] ?? -1);
        const share = ((assets.backing.weight[e] ?? 0) * (initial.priceUsd[members[j] ?? 0] ?? 0)) / (initial.priceUsd[claim] ?? 1);
        if (j >= 0) block[i * members.length + j] = (block[i * members.length + j] ?? 0) + share;
      }
    });
    const ids = members.map((claim) => run.pack.assetIds[claim] ?? '');
    loops.push({
      name: `claim loop of ${ids.join(' and ')}`,
      members: members.map((claim) => assetNodeId(run, claim)),
      gain: spectralRadius(block, members.length),
    });
  }
  return loops;
}

/** Shortest walk along backing and pledges from a node to an account, both included; just the two where there is none. */
export function pathBetween(graph: NetworkGraph, from: string, to: string): string[] {
  const before = new Map<string, string>([[from, '']]);
  const waiting = [from];
  for (let node = waiting.shift(); node !== undefined && !before.has(to); node = waiting.shift()) {
    for (const edge of graph.edges) {
      const isStep =
        edge.from === node && ['backs', 'lends', 'pledge'].includes(edge.kind) && (edge.to === to || edge.to.startsWith('asset:'));
      if (!isStep || before.has(edge.to)) continue;
      before.set(edge.to, node);
      waiting.push(edge.to);
    }
  }
  if (!before.has(to)) return [from, to];
  const path: string[] = [];
  for (let node = to; node !== ''; node = before.get(node) ?? '') path.unshift(node);
  return path;
}

import type { Cell } from '../../contract/cell.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { spectralRadius } from '../../engine/math/spectral-radius.ts';
import { strongComponents } from '../../engine/collateral/strong-components.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from './engine-run.ts';
import { collateralShares, type Shares } from '../network/collateral-shares.ts';
import { collateralValue } from '../network/collateral-value.ts';
import { pathBetween, stepsOf, type Steps } from '../network/network-paths.ts';
import { assetNodeId, type NetworkGraph } from './network-graph.ts';
import { listingOfFew } from './words.ts';

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
  const search = { run, debts, steps: stepsOf(graph), sharesOf: collateralShares(run) };
  const found = [...assetLoops(search), ...marketLoops(search), ...claimLoops(run)];
  return found
    .toSorted((left, right) => right.gain - left.gain)
    .map((loop, i) => ({ ...loop, id: i + 1, turns: turnsOf(loop.gain, loop.name) }));
}

/** Marks nodes and edges with the strongest loop they belong to. */
export function markLoops(graph: NetworkGraph, loops: readonly NetworkLoop[]): void {
  const between = new Map<string, number[]>();
  const looped = new Set(loops.flatMap(({ members }) => members));
  graph.edges.forEach(({ from, to, kind }, i) => {
    if (!looped.has(from) || !looped.has(to)) return;
    const key = `${from}\n${to}`;
    if (kind !== 'price' && kind !== 'holds' && between.get(key)?.push(i) === undefined) between.set(key, [i]);
  });
  for (const loop of loops.toReversed()) {
    loop.members.forEach((member, at) => {
      const node = graph.nodes.get(member);
      if (node !== undefined) graph.nodes.set(member, { ...node, loopId: loop.id });
      for (const i of between.get(`${member}\n${loop.members[(at + 1) % loop.members.length] ?? ''}`) ?? []) {
        const edge = graph.edges[i];
        if (edge !== undefined) graph.edges[i] = { ...edge, loopId: loop.id };
      }
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

type FoundLoop = Omit<NetworkLoop, 'id' | 'turns'>;

/** What every search for loops shares: the steps of the graph, the debts, and what collateral looks through to. */
type Search = {
  readonly run: EngineRun;
  readonly steps: Steps;
  readonly debts: readonly Debt[];
  readonly sharesOf: (account: number) => Shares;
};

/** An account whose collateral looks through to the asset it borrowed. */
function assetLoops({ run, steps, debts, sharesOf }: Search): FoundLoop[] {
  const sums = new Map<string, Debt>();
  for (const debt of debts) {
    if (!debt.node.startsWith('asset:')) continue;
    const key = `${debt.account} ${debt.node}`;
    sums.set(key, { ...debt, valueUsd: debt.valueUsd + (sums.get(key)?.valueUsd ?? 0) });
  }
  return [...sums.values()].flatMap(({ account, node, valueUsd }) => {
    const collateral = collateralValue(run, account);
    const gain = collateral > 0 ? (valueUsd / collateral) * (sharesOf(account).get(node) ?? 0) : 0;
    const accountId = run.pack.accountIds[account] ?? '';
    if (gain < SMALL_GAIN) return [];
    const members = pathBetween(steps, node, `account:${accountId}`);
    const isStaking = members.some((member) => member.toLowerCase().includes('steth'));
    return [{ name: `${isStaking ? 'staking' : 'borrowing'} loop of ${accountId}`, members, gain }];
  });
}

/**
 * Accounts that borrow from markets whose lenders' claims are among their own or each other's collateral. The matrix between accounts
 * goes through markets, so its radius is that of the much smaller one between markets: what of a loan from one stands behind another.
 */
function marketLoops({ run, steps, debts, sharesOf }: Search): FoundLoop[] {
  const lent = lentOut(run, debts);
  const pools = [...new Set(lent.map(({ pool }) => pool))];
  const borrowers = [...new Set(lent.map(({ account }) => account))];
  const place = new Map(pools.map((pool, m) => [pool, borrowers.length + m]));
  const held = borrowers.map((account) => [...sharesOf(account)].filter(([node, share]) => place.has(node) && share > 0));
  const owed = borrowers.map(() => new Map<string, number>());
  const seat = new Map(borrowers.map((account, i) => [account, i]));
  for (const { account, pool, part } of lent) {
    const row = owed[seat.get(account) ?? -1];
    row?.set(pool, (row.get(pool) ?? 0) + part);
  }
  const successors: number[][] = [...owed.map((row) => [...row.keys()].map((pool) => place.get(pool) ?? 0)), ...pools.map(() => [])];
  held.forEach((row, i) => {
    for (const [pool] of row) successors[place.get(pool) ?? 0]?.push(i);
  });
  return componentsOf(successors).flatMap((members) => {
    const accounts = members.filter((i) => i < borrowers.length);
    const markets = members.filter((i) => i >= borrowers.length);
    const row = new Map(markets.map((node, at) => [pools[node - borrowers.length] ?? '', at]));
    const block = new Float64Array(markets.length ** 2);
    for (const i of accounts) addThrough(block, row, { held: held[i] ?? [], owed: owed[i] ?? new Map<string, number>() });
    const gain = spectralRadius(block, markets.length);
    if (gain < SMALL_GAIN) return [];
    const ids = accounts.map((i) => run.pack.accountIds[borrowers[i] ?? 0] ?? '');
    const nodes = accounts.flatMap((i, at) => pathBetween(steps, owed[i]?.keys().next().value ?? '', `account:${ids[at] ?? ''}`));
    return [{ name: `vault loop of ${listingOfFew(ids)}`, members: [...new Set(nodes)], gain }];
  });
}

/** Each loan of a market: the share of the market that it is, times the debt over the borrower's collateral. */
function lentOut(run: EngineRun, debts: readonly Debt[]): { readonly account: number; readonly pool: string; readonly part: number }[] {
  const owed = debts.filter((debt) => debt.node.startsWith('pool:'));
  const inPool = new Map<string, number>();
  for (const { node, valueUsd } of owed) inPool.set(node, (inPool.get(node) ?? 0) + valueUsd);
  return owed.map(({ account, node, valueUsd }) => {
    const collateral = collateralValue(run, account);
    return { account, pool: node, part: collateral > 0 ? (valueUsd / collateral) * (valueUsd / (inPool.get(node) ?? valueUsd)) : 0 };
  });
}

type Between = { readonly held: readonly (readonly [pool: string, share: number])[]; readonly owed: ReadonlyMap<string, number> };

/** Adds what one account carries from each market it holds to each market it owes. */
function addThrough(block: Float64Array, row: ReadonlyMap<string, number>, { held, owed }: Between): void {
  for (const [pool, share] of held) {
    const from = row.get(pool);
    if (from === undefined) continue;
    for (const [lender, part] of owed) {
      const to = row.get(lender);
      if (to !== undefined) block[from * row.size + to] = (block[from * row.size + to] ?? 0) + share * part;
    }
  }
}

function componentsOf(successors: readonly (readonly number[])[]): number[][] {
  const start = new Int32Array(successors.length + 1);
  successors.forEach((row, i) => {
    start[i + 1] = (start[i] ?? 0) + row.length;
  });
  const { count, order, start: first } = strongComponents(successors.length, start, Int32Array.from(successors.flat()));
  return Array.from({ length: count }, (_, c) => [...order.subarray(first[c], first[c + 1])]);
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

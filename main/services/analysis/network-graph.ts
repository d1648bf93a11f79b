import type { AccountResult } from '../../contract/analysis.ts';
import type { AccountState } from '../../contract/cell.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { ASSET_KIND, FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { collateralValue } from '../network/collateral-value.ts';
import type { EngineRun } from './engine-run.ts';
import { figure, money, percent } from './words.ts';

export type NetworkNode = NetworkResult['nodes'][number];
export type NetworkEdge = NetworkResult['edges'][number];

/** The graph while it is built: nodes by id, edges in order, and where the edge between two nodes of one kind stands. */
export type NetworkGraph = {
  readonly nodes: Map<string, NetworkNode>;
  readonly edges: NetworkEdge[];
  readonly edgeAt: Map<string, number>;
};

/** Use of a lending market at which it counts as close to illiquid. */
const TIGHT_USE = 0.9;
const NOTABLE_DISCOUNT = 0.005;

/** Id of the node that stands for an asset: itself, the coin of a plain one-to-one wrapper that never strays from it, or the market that owes a debt claim. */
export function assetNodeId({ inputs, pack }: EngineRun, asset: number): string {
  const row = inputs.contents.assets[asset];
  const { backing } = pack.packed.assets;
  const from = backing.start[asset] ?? 0;
  if (row === undefined) return `asset:${asset}`;
  if (row.kind === 'debtClaim' && row.marketId !== null) return `pool:${row.marketId}`;
  const isTraded = (pack.packed.assets.pool[asset] ?? -1) >= 0 || (pack.packed.initial.discountFraction[asset] ?? 0) > 0;
  const isPlain =
    row.kind === 'wrapper' &&
    row.issuer === null &&
    !isTraded &&
    (backing.start[asset + 1] ?? 0) - from === 1 &&
    backing.weight[from] === 1;
  return isPlain ? `asset:${pack.assetIds[backing.target[from] ?? 0] ?? ''}` : `asset:${row.id}`;
}

/** Accounts, assets, claims, lending markets, venues and the crowd, with what ties them. */
export function buildGraph(run: EngineRun, accounts: readonly AccountResult[]): NetworkGraph {
  const graph: NetworkGraph = { nodes: new Map(), edges: [], edgeAt: new Map() };
  const heldUsd = new Float64Array(run.pack.assetIds.length);
  const accountsAt = new Map<string, number>();
  for (const { venueId } of run.inputs.contents.accounts) accountsAt.set(venueId, (accountsAt.get(venueId) ?? 0) + 1);
  accounts.forEach((account, a) => addAccount(run, graph, { account, a, heldUsd, accountsThere: accountsAt.get(account.venueId) ?? 0 }));
  addCrowd(run, graph);
  addBacking(run, graph, heldUsd);
  return graph;
}

type AccountPlace = { readonly account: AccountResult; readonly a: number; readonly heldUsd: Float64Array; readonly accountsThere: number };

function addAccount(run: EngineRun, graph: NetworkGraph, { account, a, heldUsd, accountsThere }: AccountPlace): void {
  const { pack } = run;
  const { positions, accounts, initial } = pack.packed;
  const id = `account:${account.accountId}`;
  const equity = typeof account.equityUsd === 'number' ? account.equityUsd : 0;
  graph.nodes.set(id, {
    id,
    kind: 'account',
    label: account.accountId,
    caption: accountCaption(account),
    valueUsd: equity,
    state: account.state,
    isMine: true,
    loopId: null,
  });
  addVenue(graph, account, accountsThere);
  const family = accounts.family[a] ?? 0;
  const isLending = family !== FAMILY.custody && family < FAMILY.tieredPerpetual;
  const collateralUsd = collateralValue(run, a);
  const exposure = new Map<number, number>();
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    const asset = positions.asset[p] ?? 0;
    const kind = positions.kind[p] ?? 0;
    const valueUsd = (positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0);
    if (kind === POSITION_KIND.holding && valueUsd > 0) {
      heldUsd[asset] = (heldUsd[asset] ?? 0) + valueUsd;
      const isPledged = isLending && (positions.collateralFraction[p] ?? 0) > 0;
      const word = isPledged ? 'pledge' : family === FAMILY.custody || isLending ? 'holds' : 'margin';
      addEdge(graph, {
        from: touchAsset(run, graph, asset),
        to: id,
        kind: isPledged ? 'pledge' : 'holds',
        label: `${word} ${money(valueUsd)}`,
        valueUsd,
        weight: isPledged && collateralUsd > 0 ? valueUsd / collateralUsd : 0,
      });
    } else if (kind === POSITION_KIND.debt && valueUsd < 0) {
      const pool = account.family === 'isolatedMarket' ? `pool:${account.venueId}/${account.marketId ?? ''}` : null;
      const to = pool === null ? touchAsset(run, graph, asset) : touchPool(run, graph, pool);
      const label = pool === null ? `borrow ${pack.assetIds[asset] ?? ''} ${money(-valueUsd)}` : `owes ${money(-valueUsd)}`;
      addEdge(graph, {
        from: id,
        to,
        kind: 'borrow',
        label,
        valueUsd: -valueUsd,
        weight: collateralUsd > 0 ? -valueUsd / collateralUsd : 0,
      });
    } else if (kind > POSITION_KIND.debt) {
      exposure.set(asset, (exposure.get(asset) ?? 0) + (run.values.positions.deltaCoin[p] ?? 0) * (initial.priceUsd[asset] ?? 0));
    }
  }
  for (const [asset, deltaUsd] of exposure) {
    const label = `delta ${money(deltaUsd)}`;
    addEdge(graph, { from: touchAsset(run, graph, asset), to: id, kind: 'price', label, valueUsd: Math.abs(deltaUsd), weight: 0 });
  }
}

function addVenue(graph: NetworkGraph, account: AccountResult, accountsThere: number): void {
  const accountNode = `account:${account.accountId}`;
  const id = `venue:${account.venueId}`;
  const pledged = account.maintenanceRequirementUsd === null ? 0 : Math.max(0, account.grossUsd);
  const known = graph.nodes.get(id);
  const equity = typeof account.equityUsd === 'number' ? account.equityUsd : 0;
  graph.nodes.set(id, {
    id,
    kind: 'venue',
    label: account.venueName,
    caption: `${accountsThere} of your accounts`,
    valueUsd: (known?.valueUsd ?? 0) + equity,
    state: worse(known?.state ?? 'none', account.state),
    isMine: true,
    loopId: null,
  });
  if (pledged > 0) addEdge(graph, { from: accountNode, to: id, kind: 'pledge', label: 'margined at', valueUsd: pledged, weight: 0 });
}

const ORDER: readonly AccountState[] = ['none', 'safe', 'watch', 'danger'];

function worse(left: AccountState, right: AccountState): AccountState {
  return ORDER.indexOf(left) > ORDER.indexOf(right) ? left : right;
}

function accountCaption(account: AccountResult): string {
  if (account.family === 'custody') return typeof account.equityUsd === 'number' ? money(account.equityUsd) : 'unpriced';
  if (typeof account.healthFactor === 'number')
    return Number.isFinite(account.healthFactor) ? `HF ${figure(account.healthFactor, 3)}` : 'no debt';
  return typeof account.useFraction === 'number' && Number.isFinite(account.useFraction)
    ? percent(account.useFraction, 1)
    : 'cannot be judged';
}

/** Makes sure an asset has its node; the value is filled in when backing is known. */
function touchAsset(run: EngineRun, graph: NetworkGraph, asset: number): string {
  const id = assetNodeId(run, asset);
  if (id.startsWith('pool:')) return touchPool(run, graph, id);
  if (graph.nodes.has(id)) return id;
  const { pack, inputs } = run;
  const shown = pack.assetIndex.get(id.slice('asset:'.length)) ?? asset;
  const row = inputs.contents.assets[shown];
  const isClaim = (pack.packed.assets.kind[shown] ?? 0) >= ASSET_KIND.wrapper;
  const discount = pack.packed.initial.discountFraction[shown] ?? 0;
  const covered = pack.assetCoverage[shown];
  const caption =
    discount > 0
      ? `discount ${percent(discount, 2)}`
      : figure(pack.packed.initial.priceUsd[shown] ?? 0, isClaim || (row?.kind ?? '') !== 'base' ? 4 : 2);
  const age = covered?.isStale === true ? `, ${figure(covered.ageMs / 3_600_000, 0)} h old` : '';
  const state: AccountState = !isClaim ? 'none' : covered?.isStale === true || discount >= NOTABLE_DISCOUNT ? 'watch' : 'safe';
  graph.nodes.set(id, {
    id,
    kind: isClaim ? 'claim' : 'asset',
    label: row?.name.includes('share') === true ? row.name : (row?.id ?? ''),
    caption: caption + age,
    valueUsd: 0,
    state,
    isMine: true,
    loopId: null,
  });
  return id;
}

function touchPool(run: EngineRun, graph: NetworkGraph, id: string): string {
  if (graph.nodes.has(id)) return id;
  const [venueId = '', marketId = ''] = id.slice('pool:'.length).split('/');
  const venue = run.inputs.contents.venues.find((each) => each.id === venueId);
  const market = venue?.parameters.family === 'isolatedMarket' ? venue.parameters.markets.find((each) => each.id === marketId) : undefined;
  const use = run.inputs.snapshot.reserves.find((each) => each.venueId === venueId && each.marketId === marketId)?.utilisationFraction;
  const label =
    market === undefined
      ? `${venue?.name ?? venueId} ${marketId}`
      : `${venue?.name ?? ''} ${market.collateralAssetId}/${market.loanAssetId}`;
  graph.nodes.set(id, {
    id,
    kind: 'pool',
    label,
    caption: use === undefined ? 'use unknown' : `use ${percent(use, 1)}`,
    valueUsd: 0,
    state: use === undefined || use >= TIGHT_USE ? 'watch' : 'safe',
    isMine: true,
    loopId: null,
  });
  return id;
}

/** The surrounding borrowers of each venue as one node. */
function addCrowd(run: EngineRun, graph: NetworkGraph): void {
  const { lending, initial } = run.pack.packed;
  const byVenue = new Map<number, { count: number; pledged: Map<number, number>; owed: Map<number, number> }>();
  for (let borrower = lending.ownCount; borrower < lending.count; borrower += 1) {
    const venue = lending.venue[borrower] ?? 0;
    const sums = byVenue.get(venue) ?? { count: 0, pledged: new Map<number, number>(), owed: new Map<number, number>() };
    byVenue.set(venue, sums);
    sums.count += 1;
    for (let row = lending.collateralStart[borrower] ?? 0; row < (lending.collateralStart[borrower + 1] ?? 0); row += 1) {
      const asset = lending.collateralAsset[row] ?? 0;
      sums.pledged.set(asset, (sums.pledged.get(asset) ?? 0) + (lending.collateralQuantity[row] ?? 0) * (initial.priceUsd[asset] ?? 0));
    }
    for (let row = lending.debtStart[borrower] ?? 0; row < (lending.debtStart[borrower + 1] ?? 0); row += 1) {
      const asset = lending.debtAsset[row] ?? 0;
      sums.owed.set(asset, (sums.owed.get(asset) ?? 0) + (lending.debtQuantity[row] ?? 0) * (initial.priceUsd[asset] ?? 0));
    }
  }
  for (const [venue, { count, pledged, owed }] of byVenue) {
    const name = run.inputs.contents.venues[venue];
    const id = `crowd:${name?.id ?? ''}`;
    const total = [...pledged.values()].reduce((sum, value) => sum + value, 0);
    graph.nodes.set(id, {
      id,
      kind: 'account',
      label: `${name?.name ?? ''} crowd`,
      caption: `${figure(count, 0)} borrowers`,
      valueUsd: total,
      state: 'none',
      isMine: false,
      loopId: null,
    });
    for (const [asset, valueUsd] of pledged) {
      addEdge(graph, {
        from: touchAsset(run, graph, asset),
        to: id,
        kind: 'pledge',
        label: `pledge ${money(valueUsd)}`,
        valueUsd,
        weight: total > 0 ? valueUsd / total : 0,
      });
    }
    for (const [asset, valueUsd] of owed) {
      addEdge(graph, {
        from: id,
        to: touchAsset(run, graph, asset),
        kind: 'borrow',
        label: `borrow ${run.pack.assetIds[asset] ?? ''} ${money(valueUsd)}`,
        valueUsd,
        weight: total > 0 ? valueUsd / total : 0,
      });
    }
  }
}

/** Edges from what backs each claim in the book to the claim, and the value the book has in every asset, directly or through claims. */
function addBacking(run: EngineRun, graph: NetworkGraph, heldUsd: Float64Array): void {
  const { assets, initial } = run.pack.packed;
  const value = Float64Array.from(heldUsd);
  for (const claim of [...assets.claimOrder].toReversed()) {
    const to = assetNodeId(run, claim);
    if (!graph.nodes.has(to)) continue;
    const from = assets.backing.start[claim] ?? 0;
    const end = assets.backing.start[claim + 1] ?? 0;
    let backingUsd = 0;
    for (let e = from; e < end; e += 1)
      backingUsd += (assets.backing.weight[e] ?? 0) * (initial.priceUsd[assets.backing.target[e] ?? 0] ?? 0);
    for (let e = from; e < end; e += 1) {
      const target = assets.backing.target[e] ?? 0;
      const share = backingUsd > 0 ? ((assets.backing.weight[e] ?? 0) * (initial.priceUsd[target] ?? 0)) / backingUsd : 0;
      value[target] = (value[target] ?? 0) + share * (value[claim] ?? 0);
      const source = touchAsset(run, graph, target);
      if (source === to || to.startsWith('pool:')) continue;
      const isLent = source.startsWith('pool:');
      const label = end - from > 1 ? `${percent(share, 0)} of ${run.pack.assetIds[claim] ?? ''}` : 'backs';
      addEdge(graph, { from: source, to, kind: isLent ? 'lends' : 'backs', label, valueUsd: share * (value[claim] ?? 0), weight: share });
    }
  }
  value.forEach((usd, asset) => {
    const id = assetNodeId(run, asset);
    const node = graph.nodes.get(id);
    if (node !== undefined) graph.nodes.set(id, { ...node, valueUsd: node.valueUsd + usd });
  });
}

/** Adds an edge, or its value and weight to an equal one. */
function addEdge(graph: NetworkGraph, edge: Omit<NetworkEdge, 'loopId'>): void {
  const key = `${edge.from}\n${edge.to}\n${edge.kind}`;
  const at = graph.edgeAt.get(key) ?? graph.edges.length;
  const known = graph.edges[at];
  if (known === undefined) {
    graph.edgeAt.set(key, at);
    graph.edges.push({ ...edge, loopId: null });
  } else graph.edges[at] = { ...known, valueUsd: known.valueUsd + edge.valueUsd, weight: known.weight + edge.weight };
}

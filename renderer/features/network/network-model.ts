import type { NetworkResult } from '../../../main/contract/network.ts';
import type { NetworkGraph } from './layout/network-layout.ts';
import { compareText } from './layout/rings.ts';

export type NetworkNode = NetworkResult['nodes'][number];
export type NetworkEdge = NetworkResult['edges'][number];

/** How far from the selection the graph is shown. */
export type Hops = '1' | '2' | 'all';

/** What part of the graph is asked for. */
export type NetworkFilter = {
  readonly isCrowdShown: boolean;
  /** Venues, issuers, oracles and chains stand beside everything, so they are shown only where asked or selected. */
  readonly isVenueShown: boolean;
  readonly hops: Hops;
  readonly selectedId: string | null;
};

/** Kinds that stand behind others. */
const aside: ReadonlySet<NetworkNode['kind']> = new Set(['venue', 'issuer', 'oracle', 'chain']);
/**
 * The shown part of the network: the book's own nodes (and the crowd's where asked), no further from the selection than asked
 * along edges in either direction. Assets, claims, pools and venues that nothing shown is tied to are left out.
 */
export function visibleGraph(network: NetworkResult, filter: NetworkFilter): NetworkGraph {
  const asked = new Set(
    network.nodes
      .filter(
        (node) => (filter.isCrowdShown || node.isMine) && (filter.isVenueShown || !aside.has(node.kind) || node.id === filter.selectedId),
      )
      .map((node) => node.id),
  );
  const edges = network.edges.filter((edge) => asked.has(edge.from) && asked.has(edge.to));
  const tied = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const kept = new Set(
    network.nodes
      .filter((node) => asked.has(node.id) && (node.kind === 'account' || node.id === filter.selectedId || tied.has(node.id)))
      .map((node) => node.id),
  );
  const isNear = filter.hops !== 'all' && filter.selectedId !== null && kept.has(filter.selectedId);
  const near = isNear ? within(filter.selectedId, edges, Number(filter.hops)) : kept;
  return {
    nodes: network.nodes.filter((node) => near.has(node.id)),
    edges: edges.filter((edge) => near.has(edge.from) && near.has(edge.to)),
    loops: network.loops.filter((loop) => loop.members.every((member) => near.has(member))),
  };
}

/** Whether a node stands behind others, so that it is shown only where asked for or selected. */
export function isAside(network: Pick<NetworkResult, 'nodes'>, nodeId: string | null): boolean {
  const node = network.nodes.find((entry) => entry.id === nodeId);
  return node !== undefined && aside.has(node.kind);
}

/** Ids at most `hops` edges away, both directions. */
function within(start: string, edges: readonly NetworkEdge[], hops: number): ReadonlySet<string> {
  const seen = new Set([start]);
  let border = new Set([start]);
  for (let hop = 0; hop < hops; hop += 1) {
    const next = new Set<string>();
    for (const edge of edges) {
      if (border.has(edge.from) && !seen.has(edge.to)) next.add(edge.to);
      if (border.has(edge.to) && !seen.has(edge.from)) next.add(edge.from);
    }
    next.forEach((id) => seen.add(id));
    border = next;
  }
  return seen;
}

/** Key of an edge, unique in a network. */
export function edgeKey(edge: Pick<NetworkEdge, 'from' | 'to' | 'kind'>): string {
  return `${edge.from}\t${edge.to}\t${edge.kind}`;
}

/**
 * Edges on the chain of a node: everything it rests on, backwards to the base assets, and what rests on it one step on. A debt
 * leads on only where a lending market waits for it: an asset is not worth less because somebody borrowed it.
 */
export function chainEdges(graph: NetworkGraph, nodeId: string | null): ReadonlySet<string> {
  const chain = new Set<string>();
  if (nodeId === null) return chain;
  const pools = new Set(graph.nodes.filter((node) => node.kind === 'pool').map((node) => node.id));
  const into = Map.groupBy(graph.edges, (edge) => edge.to);
  const seen = new Set([nodeId]);
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const edge of into.get(id) ?? []) {
      if (edge.kind === 'borrow' && !pools.has(edge.to)) continue;
      chain.add(edgeKey(edge));
      if (!seen.has(edge.from)) {
        seen.add(edge.from);
        open.push(edge.from);
      }
    }
  }
  for (const edge of graph.edges) if (edge.from === nodeId) chain.add(edgeKey(edge));
  return chain;
}

export type WalkKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
type Placed = { readonly id: string; readonly x: number; readonly y: number };

const directions: Readonly<Record<WalkKey, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The neighbour along an edge that lies best in the direction of an arrow key; the same node when there is none. */
export function walkEdges(graph: NetworkGraph, placed: readonly Placed[], step: { readonly from: string; readonly key: WalkKey }): string {
  const here = placed.find((node) => node.id === step.from);
  if (here === undefined) return placed[0]?.id ?? step.from;
  const [dx, dy] = directions[step.key];
  const linked = new Set(graph.edges.flatMap((edge) => (edge.from === step.from ? [edge.to] : edge.to === step.from ? [edge.from] : [])));
  const candidates = placed.flatMap((node) => {
    if (!linked.has(node.id)) return [];
    const length = Math.hypot(node.x - here.x, node.y - here.y);
    const cosine = length === 0 ? 0 : ((node.x - here.x) * dx + (node.y - here.y) * dy) / length;
    return cosine > 0.25 ? [{ id: node.id, cost: length / cosine }] : [];
  });
  return candidates.toSorted((a, b) => a.cost - b.cost || compareText(a.id, b.id))[0]?.id ?? step.from;
}

/** The first member of the loop after the one that holds the selection; loops in order of id. Null without loops. */
export function nextLoopMember(graph: NetworkGraph, selectedId: string | null): string | null {
  const loops = graph.loops.toSorted((a, b) => a.id - b.id);
  if (loops.length === 0) return null;
  const current = loops.findIndex((loop) => selectedId !== null && loop.members.includes(selectedId));
  return loops[(current + 1) % loops.length]?.members[0] ?? null;
}

/** The account behind a node of kind account: ids may carry their kind in front. Null for other nodes. */
export function accountOfNode(node: Pick<NetworkNode, 'id' | 'kind'>, accountIds: ReadonlySet<string>): string | null {
  if (node.kind !== 'account') return null;
  const bare = node.id.slice(node.id.indexOf(':') + 1);
  return accountIds.has(node.id) ? node.id : accountIds.has(bare) ? bare : null;
}

/** The node of an account; null when the network has none. */
export function nodeOfAccount(network: Pick<NetworkResult, 'nodes'>, accountId: string): string | null {
  const accountIds = new Set([accountId]);
  return network.nodes.find((node) => accountOfNode(node, accountIds) !== null)?.id ?? null;
}

/** Members of a loop in words: `ETH → stETH → wstETH → AAV-CORE → ETH`. */
export function loopInWords(loop: NetworkResult['loops'][number], nodes: readonly NetworkNode[]): string {
  const labels = loop.members.map((member) => nodes.find((node) => node.id === member)?.label ?? member);
  return [...labels, ...labels.slice(0, 1)].join(' → ');
}

/** The direct ties of a node in words, for a node without a recorded chain. */
export function tiesInWords(network: Pick<NetworkResult, 'nodes' | 'edges'>, nodeId: string): readonly string[] {
  const label = (id: string) => network.nodes.find((node) => node.id === id)?.label ?? id;
  return network.edges
    .filter((edge) => edge.from === nodeId || edge.to === nodeId)
    .map((edge) => `${label(edge.from)} → ${label(edge.to)}: ${edge.label === '' ? edge.kind : edge.label}.`);
}

/** What the window has selected, the account that was when the node was chosen, and the one that is shown when nothing is. */
export type Selected = {
  readonly nodeId: string | null;
  readonly accountId: string | null;
  readonly accountIdThen: string | null;
  readonly nearestAccountId: string | null;
};

/**
 * The node that is shown: the selected one, unless another account was selected elsewhere since; else that account's node; else
 * the node of the account that falls first.
 */
export function shownNode(network: Pick<NetworkResult, 'nodes'>, selected: Selected): NetworkNode | null {
  const byId = (id: string | null) => network.nodes.find((node) => node.id === id) ?? null;
  const ofAccount = (accountId: string | null) => (accountId === null ? null : byId(nodeOfAccount(network, accountId)));
  const node = byId(selected.nodeId);
  if (node !== null && selected.accountId === selected.accountIdThen) return node;
  return ofAccount(selected.accountId) ?? node ?? ofAccount(selected.nearestAccountId);
}

import { describe, expect, it } from 'vitest';
import { layoutNetwork } from '../../../../renderer/features/network/layout/network-layout.ts';
import {
  accountOfNode,
  chainEdges,
  edgeKey,
  loopInWords,
  nextLoopMember,
  nodeOfAccount,
  shownNode,
  visibleGraph,
  walkEdges,
} from '../../../../renderer/features/network/network-model.ts';
import { sampleNetwork } from '../../../support/sample-network.ts';

const all = { isCrowdShown: true, isVenueShown: true, hops: 'all', selectedId: null } as const;

describe('visibleGraph', () => {
  it('hides the crowd until it is asked for', () => {
    const withCrowd = {
      ...sampleNetwork,
      nodes: sampleNetwork.nodes.map((node) => (node.id === 'pool:KEEL/USDC' ? { ...node, isMine: false } : node)),
    };
    const mine = visibleGraph(withCrowd, { ...all, isCrowdShown: false });
    expect(mine.nodes).toHaveLength(sampleNetwork.nodes.length - 1);
    expect(mine.loops.map((loop) => loop.id)).toEqual([1]);
    expect(mine.edges.some((edge) => edge.to === 'pool:KEEL/USDC')).toBe(false);
  });

  it('keeps what is one hop from the selection in either direction', () => {
    const near = visibleGraph(sampleNetwork, { ...all, hops: '1', selectedId: 'account:MRP-1' });
    expect(near.nodes.map((node) => node.id).toSorted()).toEqual(['account:MRP-1', 'asset:wstETH', 'pool:wstETH/USDC']);
    expect(visibleGraph(sampleNetwork, { ...all, hops: '2', selectedId: 'account:MRP-1' }).nodes.length).toBeGreaterThan(near.nodes.length);
  });
});

describe('chainEdges', () => {
  it('goes back to the base asset and one step on', () => {
    const chain = chainEdges(sampleNetwork, 'account:MRP-1');
    const has = (from: string, to: string) =>
      sampleNetwork.edges.some((edge) => edge.from === from && edge.to === to && chain.has(edgeKey(edge)));
    expect(has('asset:ETH', 'asset:stETH')).toBe(true);
    expect(has('asset:stETH', 'asset:wstETH')).toBe(true);
    expect(has('account:MRP-1', 'pool:wstETH/USDC')).toBe(true);
    expect(has('asset:BTC', 'account:DRB-MAIN')).toBe(false);
  });

  it('ends on loops', () => {
    expect(chainEdges(sampleNetwork, 'asset:KEEL').size).toBeGreaterThan(3);
    expect(chainEdges(sampleNetwork, null).size).toBe(0);
  });
});

describe('walking by keys', () => {
  const { nodes } = layoutNetwork(sampleNetwork, { width: 930, height: 470 });

  it('follows an edge in the direction of the arrow', () => {
    const linked = sampleNetwork.edges.flatMap((edge) =>
      edge.from === 'asset:wstETH' ? [edge.to] : edge.to === 'asset:wstETH' ? [edge.from] : [],
    );
    const reached = (['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const).map((key) =>
      walkEdges(sampleNetwork, nodes, { from: 'asset:wstETH', key }),
    );
    for (const id of reached) expect(id === 'asset:wstETH' || linked.includes(id)).toBe(true);
    expect(reached.some((id) => id !== 'asset:wstETH')).toBe(true);
  });

  it('goes from loop to loop and round again', () => {
    const first = nextLoopMember(sampleNetwork, null);
    const second = nextLoopMember(sampleNetwork, first);
    expect([first, second, nextLoopMember(sampleNetwork, second)]).toEqual(['asset:ETH', 'asset:KEEL', 'asset:ETH']);
    expect(nextLoopMember({ ...sampleNetwork, loops: [] }, null)).toBeNull();
  });
});

describe('shownNode', () => {
  const shown = (nodeId: string | null, accountId: string | null, accountIdThen: string | null) =>
    shownNode(sampleNetwork, { nodeId, accountId, accountIdThen, nearestAccountId: 'MKR-A' })?.id;

  it('keeps the chosen node until another account is selected elsewhere', () => {
    expect(shown('asset:ETH', 'MRP-1', 'MRP-1')).toBe('asset:ETH');
    expect(shown('asset:ETH', 'CMP-1', 'MRP-1')).toBe('account:CMP-1');
  });

  it('shows the account that falls first when nothing is selected', () => {
    expect(shown(null, null, null)).toBe('account:MKR-A');
    expect(shown('gone', null, null)).toBe('account:MKR-A');
  });
});

describe('accounts and nodes', () => {
  it('finds the account of a node and the node of an account', () => {
    expect(accountOfNode({ id: 'account:MRP-1', kind: 'account' }, new Set(['MRP-1']))).toBe('MRP-1');
    expect(accountOfNode({ id: 'asset:ETH', kind: 'asset' }, new Set(['ETH']))).toBeNull();
    expect(nodeOfAccount(sampleNetwork, 'MRP-1')).toBe('account:MRP-1');
    expect(nodeOfAccount(sampleNetwork, 'none')).toBeNull();
  });

  it('says a loop in words that come back to the start', () => {
    const loop = sampleNetwork.loops[0];
    expect(loop === undefined ? '' : loopInWords(loop, sampleNetwork.nodes)).toBe('ETH → stETH → wstETH → AAV-CORE → ETH');
  });
});

describe('a network too large to be read at once', () => {
  const [one] = sampleNetwork.nodes;
  const many = Array.from({ length: 5_000 }, (_, n) => ({
    ...(one ?? { kind: 'asset' as const, label: '', caption: '', state: 'none' as const, isMine: true }),
    id: `account:${n}`,
    kind: 'account' as const,
    valueUsd: n,
    loopId: null,
  }));

  it('is shown whole', () => {
    const network = { ...sampleNetwork, nodes: [...sampleNetwork.nodes, ...many] };
    const graph = visibleGraph(network, { isCrowdShown: true, isVenueShown: true, hops: 'all', selectedId: 'account:3' });
    expect(graph.nodes).toHaveLength(network.nodes.length);
    expect(graph.loops).toHaveLength(sampleNetwork.loops.length);
  });
});

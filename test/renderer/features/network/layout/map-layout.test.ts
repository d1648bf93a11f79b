import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutMap } from '../../../../../renderer/features/network/layout/map-layout.ts';
import { isReadable, layoutNetwork } from '../../../../../renderer/features/network/layout/network-layout.ts';
import { largeNetwork } from '../../../../support/large-network.ts';
import { sampleNetwork } from '../../../../support/sample-network.ts';

const stage = { width: 1000, height: 500 };
const network = largeNetwork(600);
const layout = layoutMap(network, stage);
const placeOf = new Map(layout.nodes.map((node) => [node.id, node]));

describe('layoutMap', () => {
  it('places every node once, inside the stage, and no two on the same place', () => {
    expect(layout.nodes.map((node) => node.id).toSorted()).toEqual(network.nodes.map((node) => node.id).toSorted());
    for (const node of layout.nodes) expect(node.x > 0 && node.x < stage.width && node.y > 0 && node.y < stage.height, node.id).toBe(true);
    expect(new Set(layout.nodes.map((node) => `${node.x.toFixed(3)} ${node.y.toFixed(3)}`)).size).toBe(network.nodes.length);
  });

  it('does not depend on the order in which nodes, edges and loops are given, nor on where a loop begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(2), (seed, turn) => {
        const mixed = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item, index) => ({ item, key: (index * 7919 * seed) % 1009 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const loops = mixed(network.loops).map((loop) => ({
          ...loop,
          members: [...loop.members.slice(turn), ...loop.members.slice(0, turn)],
        }));
        expect(layoutMap({ nodes: mixed(network.nodes), edges: mixed(network.edges), loops }, stage)).toEqual(layout);
      }),
      { numRuns: 8 },
    );
  });

  it('puts the members of a ring on its ellipse in walking order, and bundled members inside it', () => {
    expect(layout.rings.length).toBeGreaterThan(3);
    expect(layout.rings.some((ring) => ring.inner.length > 0)).toBe(true);
    const away = (ring: (typeof layout.rings)[number], id: string): number =>
      Math.hypot(((placeOf.get(id)?.x ?? 0) - ring.centerX) / ring.radiusX, ((placeOf.get(id)?.y ?? 0) - ring.centerY) / ring.radiusY);
    for (const ring of layout.rings) {
      const loop = network.loops.find((entry) => entry.id === ring.id);
      const ids = ring.members.map((member) => member.id);
      const start = loop?.members.indexOf(ids[0] ?? '') ?? 0;
      expect([...(loop?.members.slice(start) ?? []), ...(loop?.members.slice(0, start) ?? [])]).toEqual(ids);
      for (const id of ids) expect(away(ring, id)).toBeCloseTo(1, 9);
      for (const { members } of ring.inner) for (const { id } of members) expect(away(ring, id)).toBeLessThan(0.9);
    }
  });

  it('gives rings parts of the stage that do not cover each other', () => {
    const overlaps = layout.rings.flatMap(({ region: a }, index) =>
      layout.rings
        .slice(index + 1)
        .filter(({ region: b }) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1e-6)
        .filter(({ region: b }) => Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1e-6),
    );
    expect(overlaps).toEqual([]);
  });

  it('stands assets left of accounts and accounts left of pools where none is in a ring', () => {
    const bare = layoutMap({ ...network, loops: [] }, stage);
    const kinds = new Map(network.nodes.map((node) => [node.id, node.kind]));
    const xs = (kind: string): number[] => bare.nodes.flatMap((node) => (kinds.get(node.id) === kind ? [node.x] : []));
    expect(Math.max(...xs('asset'))).toBeLessThan(Math.min(...xs('claim')));
    expect(Math.max(...xs('claim'))).toBeLessThan(Math.min(...xs('account')));
    expect(Math.max(...xs('account'))).toBeLessThan(Math.min(...xs('pool')));
  });

  it('makes edges shorter than placing by name does', () => {
    const length = (edges: typeof network.edges, nodes: typeof layout): number => {
      const at = new Map(nodes.nodes.map((node) => [node.id, node]));
      return edges.reduce((sum, { from, to }) => sum + Math.abs((at.get(from)?.y ?? 0) - (at.get(to)?.y ?? 0)), 0);
    };
    const tied = layoutMap({ ...network, loops: [] }, stage);
    const untied = layoutMap({ ...network, loops: [], edges: [] }, stage);
    expect(length(network.edges, tied)).toBeLessThan(0.8 * length(network.edges, untied));
  });
});

describe('isReadable', () => {
  it('keeps the chart for what can be read at once and gives a map for more', () => {
    expect(isReadable(sampleNetwork)).toBe(true);
    expect(isReadable(network)).toBe(false);
    expect(layoutNetwork(sampleNetwork, stage).isMap).toBe(false);
    expect(layout.isMap).toBe(true);
  });
});

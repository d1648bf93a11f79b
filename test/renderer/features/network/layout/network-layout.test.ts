import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doOverlap } from '../../../../../renderer/features/network/layout/geometry.ts';
import { labelRect } from '../../../../../renderer/features/network/layout/labels.ts';
import { layoutNetwork, type NetworkGraph } from '../../../../../renderer/features/network/layout/network-layout.ts';
import { sampleNetwork } from '../../../../support/sample-network.ts';

const small = { width: 930, height: 470 };
const large = { width: 1700, height: 900 };

/** A graph of `count` nodes with a loop through the first few and edges by a fixed rule. */
function madeUpGraph(count: number, loopLength: number): NetworkGraph {
  const kinds = ['asset', 'claim', 'account', 'pool'] as const;
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `n${String(index).padStart(2, '0')}`,
    kind: kinds[index % 4] ?? 'asset',
    label: `node ${index}`,
    caption: '',
    valueUsd: 1e6 * (index + 1),
    state: 'none' as const,
    isMine: true,
    loopId: index < loopLength ? 1 : null,
  }));
  const edges = nodes.slice(1).map((node, index) => ({
    from: nodes[(index * 7) % (index + 1)]?.id ?? 'n00',
    to: node.id,
    kind: 'holds' as const,
    label: '',
    valueUsd: 1e6,
    weight: 0.1,
    loopId: null,
  }));
  const loops =
    loopLength > 1 ? [{ id: 1, name: 'loop', members: nodes.slice(0, loopLength).map((node) => node.id), gain: 0.4, turns: 1 / 0.6 }] : [];
  return { nodes, edges, loops };
}

function nearest(points: readonly { x: number; y: number }[]): number {
  return Math.min(
    ...points.flatMap((point, index) => points.slice(index + 1).map((other) => Math.hypot(point.x - other.x, point.y - other.y))),
  );
}

describe('layoutNetwork', () => {
  it('places every node once, inside the stage', () => {
    for (const stage of [small, large]) {
      const layout = layoutNetwork(sampleNetwork, stage);
      expect(layout.nodes.map((node) => node.id).toSorted()).toEqual(sampleNetwork.nodes.map((node) => node.id).toSorted());
      for (const node of layout.nodes) {
        expect(node.x > node.size / 2 && node.x < stage.width - node.size / 2, node.id).toBe(true);
        expect(node.y > node.size / 2 && node.y < stage.height - node.size / 2, node.id).toBe(true);
      }
    }
  });

  it('keeps any two nodes of the sample at least 44 pixels apart', () => {
    expect(nearest(layoutNetwork(sampleNetwork, small).nodes)).toBeGreaterThan(44);
    expect(nearest(layoutNetwork(sampleNetwork, large).nodes)).toBeGreaterThan(60);
  });

  it('keeps sixty nodes at least 24 pixels apart', () => {
    expect(nearest(layoutNetwork(madeUpGraph(60, 5), small).nodes)).toBeGreaterThan(24);
  });

  it('puts the members of a loop on their ellipse in walking order', () => {
    const layout = layoutNetwork(sampleNetwork, small);
    expect(layout.rings).toHaveLength(2);
    for (const ring of layout.rings) {
      const angles = ring.members.map((member) => member.angle);
      expect(angles).toEqual(angles.toSorted((a, b) => a - b));
      for (const member of ring.members) {
        const node = layout.nodes.find((entry) => entry.id === member.id);
        const away = (((node?.x ?? 0) - ring.centerX) / ring.radiusX) ** 2 + (((node?.y ?? 0) - ring.centerY) / ring.radiusY) ** 2;
        expect(away).toBeCloseTo(1, 9);
      }
    }
    expect(layout.rings[0]?.members.map((member) => member.id)).toEqual(['asset:ETH', 'asset:stETH', 'asset:wstETH', 'account:AAV-CORE']);
  });

  it('does not depend on the order in which nodes, edges and loops are given, nor on where a loop begins', () => {
    const expected = layoutNetwork(sampleNetwork, small);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(sampleNetwork.nodes, { minLength: sampleNetwork.nodes.length }),
        fc.shuffledSubarray(sampleNetwork.edges, { minLength: sampleNetwork.edges.length }),
        fc.nat(3),
        (nodes, edges, turn) => {
          const loops = sampleNetwork.loops.toReversed().map((loop) => ({
            ...loop,
            members: [...loop.members.slice(turn % loop.members.length), ...loop.members.slice(0, turn % loop.members.length)],
          }));
          expect(layoutNetwork({ nodes, edges, loops }, small)).toEqual(expected);
        },
      ),
      { numRuns: 12, seed: 7 },
    );
  });

  it('draws a loop that shares a part of its walk inside the ring of the other', () => {
    const extra = {
      id: 'account:AAV-LOOP',
      kind: 'account' as const,
      label: 'AAV-LOOP',
      caption: '',
      valueUsd: 1e6,
      state: 'danger' as const,
      isMine: true,
      loopId: 3,
    };
    const loop = {
      id: 3,
      name: 'second',
      members: ['asset:wstETH', 'account:AAV-LOOP', 'asset:ETH', 'asset:stETH'],
      gain: 0.2,
      turns: 1.25,
    };
    const layout = layoutNetwork(
      { ...sampleNetwork, nodes: [...sampleNetwork.nodes, extra], loops: [...sampleNetwork.loops, loop] },
      small,
    );
    const ring = layout.rings[0];
    expect(ring?.inner.map((inner) => inner.id)).toEqual([3]);
    const node = layout.nodes.find((entry) => entry.id === extra.id);
    const away =
      (((node?.x ?? 0) - (ring?.centerX ?? 0)) / (ring?.radiusX ?? 1)) ** 2 +
      (((node?.y ?? 0) - (ring?.centerY ?? 0)) / (ring?.radiusY ?? 1)) ** 2;
    expect(away).toBeLessThan(0.6);
    expect(nearest(layout.nodes)).toBeGreaterThan(30);
  });

  it('stands assets left of pools where both are free', () => {
    const layout = layoutNetwork(madeUpGraph(12, 0), small);
    const meanX = (rest: number) => {
      const chosen = layout.nodes.filter((node) => Number(node.id.slice(1)) % 4 === rest);
      return chosen.reduce((sum, node) => sum + node.x, 0) / chosen.length;
    };
    expect(meanX(0)).toBeLessThan(meanX(3));
  });

  it('covers no node and no other label with a label', () => {
    for (const stage of [small, large]) {
      const layout = layoutNetwork(sampleNetwork, stage);
      const rects = layout.nodes.map((node) => {
        const { label, caption } = sampleNetwork.nodes.find((entry) => entry.id === node.id) ?? { label: '', caption: '' };
        return labelRect({ id: node.id, place: node, size: node.size, label, caption, likes: null }, node.side);
      });
      rects.forEach((rect, index) => {
        expect(rects.filter((other, place) => place !== index && doOverlap(rect, other))).toHaveLength(0);
        const covered = layout.nodes.filter(
          (node, place) =>
            place !== index &&
            doOverlap(rect, { x: node.x - node.size / 2, y: node.y - node.size / 2, width: node.size, height: node.size }),
        );
        expect(covered.map((node) => node.id)).toEqual([]);
      });
    }
  });

  it('gives an empty layout for an empty graph', () => {
    expect(layoutNetwork({ nodes: [], edges: [], loops: [] }, small)).toEqual({ stage: small, isMap: false, nodes: [], rings: [] });
  });
});

import { type NetworkGraph, type NetworkLayout, ringSteps } from '../layout/network-layout.ts';
import type { Ring } from '../layout/rings.ts';
import type { NetworkEdge, NetworkNode } from '../network-model.ts';

/** Colour of a node or an edge: by state, or part of a loop. */
export const TONE = { plain: 0, watch: 1, danger: 2 } as const;

/** A laid-out graph as arrays, so that a frame costs no look-ups. Places in pixels of the stage at scale 1. */
export type MapScene = {
  readonly nodes: readonly NetworkNode[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Size across where there is room for it. */
  readonly size: Float64Array;
  readonly tone: Uint8Array;
  /** Nodes by size, largest first: the order in which labels are given. */
  readonly bySize: Int32Array;
  /** Edges by value, largest first, apart from those that run along a ring. */
  readonly edges: readonly NetworkEdge[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly isLoop: Uint8Array;
  /** How many of them belong to loops. */
  readonly loopEdges: number;
  readonly rings: readonly (Ring & { readonly title: string })[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Share of its size that a node has at scale 1: symbols shrink until they stand apart. */
  readonly density: number;
  readonly stage: { readonly width: number; readonly height: number };
};

/** Room that a symbol of full size with its label wants, pixels across. */
const FULL_ROOM = 64;

/** Everything that is drawn, in the order in which it is drawn. */
export function makeScene(graph: NetworkGraph, layout: NetworkLayout): MapScene {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const placed = layout.nodes.filter((node) => byId.has(node.id));
  const nodes = placed.flatMap(({ id }) => byId.get(id) ?? []);
  const indexOf = new Map(placed.map(({ id }, index) => [id, index]));
  const along = ringSteps(layout.rings);
  const edges = graph.edges
    .filter((edge) => indexOf.has(edge.from) && indexOf.has(edge.to) && !along(edge))
    .toSorted((a, b) => b.valueUsd - a.valueUsd);
  const size = Float64Array.from(placed, (node) => node.size);
  const loopNames = new Map(graph.loops.map((loop) => [loop.id, loop.name]));
  const { width, height } = layout.stage;
  return {
    nodes,
    x: Float64Array.from(placed, (node) => node.x),
    y: Float64Array.from(placed, (node) => node.y),
    size,
    tone: Uint8Array.from(nodes, toneOf),
    bySize: Int32Array.from(placed.keys()).sort((a, b) => (size[b] ?? 0) - (size[a] ?? 0) || a - b),
    edges,
    from: Int32Array.from(edges, (edge) => indexOf.get(edge.from) ?? 0),
    to: Int32Array.from(edges, (edge) => indexOf.get(edge.to) ?? 0),
    isLoop: Uint8Array.from(edges, (edge) => (edge.loopId === null ? 0 : 1)),
    loopEdges: edges.filter((edge) => edge.loopId !== null).length,
    rings: layout.rings.map((ring) => ({ ...ring, title: ringTitle(loopNames.get(ring.id) ?? '', ring.inner.length) })),
    indexOf,
    density: Math.min(1, Math.sqrt((width * height) / Math.max(1, placed.length)) / FULL_ROOM),
    stage: layout.stage,
  };
}

function ringTitle(name: string, others: number): string {
  return others === 0 ? name : `${name} and ${others} more`;
}

function toneOf(node: NetworkNode): number {
  if (node.state === 'danger') return TONE.danger;
  return node.state === 'watch' || node.loopId !== null ? TONE.watch : TONE.plain;
}

import { placeColumns } from './columns.ts';
import { bundleLoops, bundleRings, ringedCount } from './map-rings.ts';
import { MARGIN, membersOf, nodeSizes, type NetworkGraph, type NetworkLayout, type Stage } from './network-layout.ts';
import { compareText } from './rings.ts';

/** Share of the height that rings get where there are other nodes as well. */
const LEAST_BAND = 0.3;
const MOST_BAND = 0.72;

/**
 * A layout for a graph that is too large to be read at once: a map to move about in. Rings above, each with room by the number of its
 * members; below them blocks by kind, assets left and pools right, in which nodes with the same ties stand together. The same graph
 * gives the same map in whatever order it is given; work grows with nodes and edges, not with their product.
 */
export function layoutMap(graph: NetworkGraph, stage: Stage, onPhase: (phase: string) => void = () => undefined): NetworkLayout {
  const nodes = graph.nodes.toSorted((a, b) => compareText(a.id, b.id));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const area = { x: MARGIN, y: MARGIN, width: Math.max(1, stage.width - 2 * MARGIN), height: Math.max(1, stage.height - 2 * MARGIN) };
  onPhase('loops');
  const bundles = bundleLoops(graph.loops, byId);
  const ringed = bundles.reduce((sum, bundle) => sum + ringedCount(bundle), 0);
  const share = ringed === 0 ? 0 : ringed === nodes.length ? 1 : Math.min(MOST_BAND, Math.max(LEAST_BAND, ringed / nodes.length));
  const rings = bundleRings(bundles, { ...area, height: area.height * share });
  onPhase('columns');
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]));
  const at = (id: string): number => indexOf.get(id) ?? -1;
  // In the order of their ends, so that sums over them are the same to the last bit.
  const links = graph.edges
    .map((edge) => [at(edge.from), at(edge.to)] as const)
    .filter(([from, to]) => from >= 0 && to >= 0 && from !== to)
    .toSorted(([a, b], [c, d]) => a - c || b - d);
  const x = new Float64Array(nodes.length).fill(NaN);
  const y = new Float64Array(nodes.length).fill(NaN);
  for (const { id, place } of rings.flatMap(membersOf)) {
    x[at(id)] = place.x;
    y[at(id)] = place.y;
  }
  placeColumns(
    { nodes, x, y, from: Int32Array.from(links, ([from]) => from), to: Int32Array.from(links, ([, to]) => to) },
    { ...area, y: area.y + area.height * share, height: area.height * (1 - share) },
  );
  const sizes = nodeSizes(nodes);
  return {
    stage,
    isMap: true,
    rings,
    nodes: nodes.map(({ id }, index) => ({ id, x: x[index] ?? 0, y: y[index] ?? 0, size: sizes.get(id) ?? 0, side: 'right' })),
  };
}

import type { NetworkResult } from '../../../main/contract/network.ts';
import { arcPoints, type Point, type Rect, type Segment } from './network-geometry.ts';
import { chooseSides, type LabelSide } from './network-labels.ts';
import { compareText, placeRings, type Ring } from './network-rings.ts';
import { freeSlots, placeFree } from './network-slots.ts';

/** The graph to be drawn: the shown nodes, edges and loops of the network. */
export type NetworkGraph = Pick<NetworkResult, 'nodes' | 'edges' | 'loops'>;
/** The area to draw on, pixels. */
export type Stage = { readonly width: number; readonly height: number };

/** A node with its place (centre), its size across and the side of its label. */
export type PlacedNode = Point & { readonly id: string; readonly size: number; readonly side: LabelSide };

/** Every node and ring with its place in pixels of the stage. */
export type NetworkLayout = { readonly stage: Stage; readonly nodes: readonly PlacedNode[]; readonly rings: readonly Ring[] };

const SMALLEST = 15;
const LARGEST = 32;
/** Kept free along the border of the stage, pixels. */
const MARGIN = 10;

/**
 * A layered layout that is the same for the same graph, in whatever order it is given: base assets left, then claims,
 * accounts and pools; every loop is one ellipse with its members in walking order. Two nodes never share a place.
 */
export function layoutNetwork(graph: NetworkGraph, stage: Stage): NetworkLayout {
  const nodes = graph.nodes.toSorted((a, b) => compareText(a.id, b.id));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links = graph.edges
    .filter((edge) => byId.has(edge.from) && byId.has(edge.to))
    .toSorted((a, b) => compareText(`${a.from}\t${a.to}\t${a.kind}`, `${b.from}\t${b.to}\t${b.kind}`));
  const inner = { width: Math.max(1, stage.width - 2 * MARGIN), height: Math.max(1, stage.height - 2 * MARGIN) };
  const rings = placeRings(graph.loops, byId, inner).map(shiftRing);
  const onRing = ringPlaces(rings);
  const free = nodes.filter((node) => !onRing.has(node.id));
  const slots = freeSlots(
    inner,
    rings.map((ring) => ring.region),
    free.length,
  ).map((slot) => ({ x: slot.x + MARGIN, y: slot.y + MARGIN }));
  const arcs = rings.flatMap(ringSegments);
  const places = placeFree(free, slots, {
    places: new Map(onRing),
    links: links.filter((link) => link.loopId === null || !(onRing.has(link.from) && onRing.has(link.to))),
    width: stage.width,
    fixed: arcs,
    keepOff: rings.map((ring) => ({ place: { x: ring.centerX, y: ring.centerY }, distance: ring.radiusY * 0.6 })),
  });
  const sizes = nodeSizes(nodes);
  const straight = links.flatMap((link): Segment[] => {
    const from = places.get(link.from);
    const to = places.get(link.to);
    return from === undefined || to === undefined || isAlongRing(link, rings) ? [] : [{ from, to }];
  });
  const angles = new Map(rings.flatMap((ring) => ring.members.map((member) => [member.id, member.angle] as const)));
  const labelled = nodes.flatMap((node) => {
    const place = places.get(node.id);
    return place === undefined
      ? []
      : [
          {
            id: node.id,
            place,
            size: sizes.get(node.id) ?? SMALLEST,
            label: node.label,
            caption: node.caption,
            likes: outward(angles.get(node.id)),
          },
        ];
  });
  const sides = chooseSides(labelled, { segments: [...straight, ...arcs], rects: rings.map(middleOf) }, stage);
  return {
    stage,
    rings,
    nodes: labelled.map(({ id, place, size }) => ({ id, x: place.x, y: place.y, size, side: sides.get(id) ?? 'right' })),
  };
}

/** Whether an edge follows the walk of a ring, so that it is drawn as an arc of the ellipse. */
export function isAlongRing(edge: { readonly from: string; readonly to: string }, rings: readonly Ring[]): boolean {
  return rings.some((ring) =>
    ring.members.some((member, index) => member.id === edge.from && ring.members[(index + 1) % ring.members.length]?.id === edge.to),
  );
}

function shiftRing(ring: Ring): Ring {
  const shifted = (members: Ring['members']): Ring['members'] =>
    members.map((member) => ({ ...member, place: { x: member.place.x + MARGIN, y: member.place.y + MARGIN } }));
  return {
    ...ring,
    centerX: ring.centerX + MARGIN,
    centerY: ring.centerY + MARGIN,
    members: shifted(ring.members),
    inner: ring.inner.map((inner) => ({ ...inner, members: shifted(inner.members) })),
  };
}

/** Every node that stands on or in a ring. */
function ringPlaces(rings: readonly Ring[]): ReadonlyMap<string, Point> {
  return new Map(
    rings.flatMap((ring) =>
      [...ring.members, ...ring.inner.flatMap((inner) => inner.members)].map((member) => [member.id, member.place] as const),
    ),
  );
}

/** Room for the words in the middle of a ring: two lines for one loop, a line for each of several, above what stands inside. */
export function middleOf(ring: Ring): Rect {
  const lines = ring.inner.length === 0 ? 2 : 1 + ring.inner.length;
  const height = lines * MIDDLE_LINE;
  const width = ring.inner.length === 0 ? 144 : 230;
  return { x: ring.centerX - width / 2, y: ring.centerY - (ring.inner.length === 0 ? height / 2 : height - 4), width, height };
}

/** Height of a line in the middle of a ring, pixels. */
export const MIDDLE_LINE = 17;

function ringSegments(ring: Ring): readonly Segment[] {
  const points = arcPoints(ring, 0, 0);
  return points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
}

/** Size across by the root of the value, so that the area tells the value. */
function nodeSizes(nodes: NetworkGraph['nodes']): ReadonlyMap<string, number> {
  const largest = Math.max(1, ...nodes.map((node) => Math.abs(node.valueUsd)));
  return new Map(nodes.map((node) => [node.id, SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.abs(node.valueUsd) / largest)]));
}

function outward(angle: number | undefined): LabelSide | null {
  if (angle === undefined) return null;
  if (Math.abs(Math.cos(angle)) > 0.8) return Math.cos(angle) > 0 ? 'right' : 'left';
  return Math.sin(angle) < 0 ? 'top' : 'bottom';
}

import type { NetworkResult } from '../../../../main/contract/network.ts';
import { arcPoints, type Point, type Rect, type Segment } from './geometry.ts';
import { chooseSides, type LabelSide } from './labels.ts';
import { compareText, placeRings, type Ring } from './rings.ts';
import { freeSlots, placeFree } from './slots.ts';

/** The graph to be drawn: the shown nodes, edges and loops of the network. */
export type NetworkGraph = Pick<NetworkResult, 'nodes' | 'edges' | 'loops'>;
/** The area to draw on, pixels. */
export type Stage = { readonly width: number; readonly height: number };

/** A node with its place (centre), its size across and the side of its label. */
export type PlacedNode = Point & { readonly id: string; readonly size: number; readonly side: LabelSide };

/** Every node and ring with its place in pixels of the stage. */
export type NetworkLayout = {
  readonly stage: Stage;
  readonly nodes: readonly PlacedNode[];
  readonly rings: readonly Ring[];
  /** Whether it is to be moved about in: too many nodes to be read at once, so no side of a label was chosen. */
  readonly isMap: boolean;
};

/** Most nodes that can be read at once, and most work that is spent on their places (nodes² × edges, about a second). */
const MOST_READ = 80;
const MOST_WORK = 1.6e6;

/** Whether a graph is small enough to be laid out by crossings and labels. */
export function isReadable({ nodes, edges }: NetworkGraph): boolean {
  return nodes.length <= MOST_READ && nodes.length ** 2 * edges.length <= MOST_WORK;
}

const SMALLEST = 15;
const LARGEST = 32;
/** Edges of loops are drawn bolder: a line of one under a text is as bad as two others. */
const LOOP_STRENGTH = 2;
/** Kept free along the border of the stage, pixels. */
export const MARGIN = 10;

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
  const isAlongRing = ringSteps(rings);
  const straight = links.flatMap((link) => {
    const from = places.get(link.from);
    const to = places.get(link.to);
    return from === undefined || to === undefined || isAlongRing(link)
      ? []
      : [{ from, to, strength: link.loopId === null ? 1 : LOOP_STRENGTH }];
  });
  const angles = new Map(rings.flatMap(membersOf).map((member) => [member.id, member.angle]));
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
  const strong = arcs.map((arc) => ({ ...arc, strength: LOOP_STRENGTH }));
  const sides = chooseSides(labelled, { segments: [...straight, ...strong], rects: rings.map(middleOf) }, stage);
  return {
    stage,
    isMap: false,
    rings,
    nodes: labelled.map(({ id, place, size }) => ({ id, x: place.x, y: place.y, size, side: sides.get(id) ?? 'right' })),
  };
}

/** Tells of an edge whether it follows the walk of a ring, so that it is drawn as an arc; no node is a member of two rings. */
export function ringSteps(rings: readonly Ring[]): (edge: { readonly from: string; readonly to: string }) => boolean {
  const next = new Map(
    rings.flatMap(({ members }) =>
      members.map((member, index) => [member.id, members[(index + 1) % members.length]?.id ?? member.id] as const),
    ),
  );
  return ({ from, to }) => next.get(from) === to;
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
  return new Map(rings.flatMap(membersOf).map((member) => [member.id, member.place]));
}

/** Everybody who stands on a ring or in it. */
export function membersOf(ring: Ring): Ring['members'] {
  return [...ring.members, ...ring.inner.flatMap((inner) => inner.members)];
}

/** Room for the words in the middle of a ring: two lines for one loop, a line for each of several, as high as the ring is wide enough. */
export function middleOf(ring: Ring): Rect {
  const isAlone = ring.inner.length === 0;
  const height = (isAlone ? 2 : 1 + ring.inner.length) * MIDDLE_LINE;
  const width = isAlone ? 144 : 230;
  const roomAbove = ring.radiusY * Math.sqrt(Math.max(0, 1 - (width / 2 / ring.radiusX) ** 2)) - WORDS_OFF_RIM;
  return {
    x: ring.centerX - width / 2,
    y: ring.centerY - (isAlone ? height / 2 : Math.max(height - 4, Math.min(height + WORDS_ABOVE_INNER, roomAbove))),
    width,
    height,
  };
}

/** Least distance of the words of a ring from its rim, and what they keep from the level of its middle, near which inner members stand, pixels. */
const WORDS_OFF_RIM = 8;
const WORDS_ABOVE_INNER = 22;

/** Height of a line in the middle of a ring, pixels. */
export const MIDDLE_LINE = 17;

function ringSegments(ring: Ring): readonly Segment[] {
  const points = arcPoints(ring, 0, 0);
  return points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
}

/** Size across by the root of the value, so that the area tells the value. */
export function nodeSizes(nodes: NetworkGraph['nodes']): ReadonlyMap<string, number> {
  const largest = nodes.reduce((most, node) => Math.max(most, Math.abs(node.valueUsd)), 1);
  return new Map(nodes.map((node) => [node.id, SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.abs(node.valueUsd) / largest)]));
}

function outward(angle: number | undefined): LabelSide | null {
  if (angle === undefined) return null;
  if (Math.abs(Math.cos(angle)) > 0.8) return Math.cos(angle) > 0 ? 'right' : 'left';
  return Math.sin(angle) < 0 ? 'top' : 'bottom';
}

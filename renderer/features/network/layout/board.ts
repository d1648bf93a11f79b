import type { NetworkResult } from '../../../../main/contract/network.ts';
import type { Point, Segment } from './geometry.ts';
import { kindRank } from './rings.ts';

type Node = NetworkResult['nodes'][number];

/** What stands already when nodes are put on their cells, and which ties they have. */
export type Fixtures = {
  readonly places: ReadonlyMap<string, Point>;
  readonly links: readonly { readonly from: string; readonly to: string }[];
  readonly width: number;
  readonly fixed: readonly Segment[];
  /** Middles of rings and the distance that edges keep from them. */
  readonly keepOff: readonly { readonly place: Point; readonly distance: number }[];
};

/**
 * Places and ties as arrays, because the cost of a place is asked for a million times. Nodes that may move come first, in the order
 * given, then those that stand; a node without a place has NaN. The links of a node are `links[linkStart[n] .. linkStart[n + 1]]`.
 */
export type Board = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly linkStart: Int32Array;
  readonly links: Int32Array;
  /** Segments that belong to no link: x and y of one end, x and y of the other. */
  readonly fixed: Float64Array;
  /** x, y and distance of what edges keep off. */
  readonly keepOff: Float64Array;
  /** Where the kind of a node likes to stand. */
  readonly column: Float64Array;
};

/** An edge nearer than this to a foreign node reads as if it ended there, pixels. */
const CLEARANCE = 22;
const CROSSING_COST = 90;
const TOUCHING_COST = 220;
/** An edge through the middle of a ring runs over its words. */
const RING_COST = 320;
const COLUMN_PULL = 0.4;
/** Share of the stage's width at which a kind likes to stand. */
const columnShare: readonly number[] = [0.06, 0.32, 0.6, 0.88, 0.94];

/** The board with its fixtures in place and every free node still off it. */
export function layBoard(free: readonly Node[], { places, links, width, fixed, keepOff }: Fixtures): Board {
  const standing = [...places];
  const indexOf = new Map([...free.map((node) => node.id), ...standing.map(([id]) => id)].map((id, index) => [id, index]));
  const known = links.filter((link) => link.from !== link.to && indexOf.has(link.from) && indexOf.has(link.to));
  const from = Int32Array.from(known, (link) => indexOf.get(link.from) ?? 0);
  const to = Int32Array.from(known, (link) => indexOf.get(link.to) ?? 0);
  const rows = Array.from({ length: indexOf.size }, (): number[] => []);
  known.forEach((_, link) => {
    rows[from[link] ?? 0]?.push(link);
    rows[to[link] ?? 0]?.push(link);
  });
  const linkStart = new Int32Array(rows.length + 1);
  rows.forEach((row, node) => {
    linkStart[node + 1] = (linkStart[node] ?? 0) + row.length;
  });
  const off = free.map(() => NaN);
  return {
    x: Float64Array.from([...off, ...standing.map(([, place]) => place.x)]),
    y: Float64Array.from([...off, ...standing.map(([, place]) => place.y)]),
    from,
    to,
    linkStart,
    links: Int32Array.from(rows.flat()),
    fixed: Float64Array.from(fixed.flatMap((segment) => [segment.from.x, segment.from.y, segment.to.x, segment.to.y])),
    keepOff: Float64Array.from(keepOff.flatMap(({ place, distance }) => [place.x, place.y, distance])),
    column: Float64Array.from(free, (node) => width * (columnShare[kindRank[node.kind]] ?? 0.5)),
  };
}

/** Puts a node on a place. */
export function moveTo({ x, y }: Board, node: number, place: Point): void {
  x[node] = place.x;
  y[node] = place.y;
}

/** A node tried on a place, and the cost above which it is of no interest. */
type Trial = { readonly node: number; readonly place: Point; readonly limit?: number };

/**
 * What it costs to have a node on a place with all others where they are: length of its edges, edges crossed, nodes and middles of rings
 * run over, and distance from the column of its kind. Pixels and their equivalents. Once it is above the limit it is not counted to
 * its end: whatever above the limit is returned.
 */
export function placeCost(board: Board, { node, place, limit = Infinity }: Trial): number {
  const { linkStart } = board;
  const start = at(linkStart, node);
  const end = at(linkStart, node + 1);
  let total = COLUMN_PULL * Math.abs(place.x - at(board.column, node));
  for (let k = start; k < end; k += 1) total += lengthOf(board, { node, place, link: at(board.links, k) });
  if (total > limit) return total;
  total += touchesOf(board, node, place);
  for (let k = start; k < end && total <= limit; k += 1) total += obstaclesOf(board, { node, place, link: at(board.links, k) });
  return total;
}

/** An edge of a node while the node is tried on a place. */
type Tried = { readonly node: number; readonly place: Point; readonly link: number };

function otherEnd({ from, to }: Board, { node, link }: Tried): number {
  return from[link] === node ? at(to, link) : at(from, link);
}

/** Length of an edge; nothing as long as its other end has no place. */
function lengthOf(board: Board, tried: Tried): number {
  const other = otherEnd(board, tried);
  const dx = tried.place.x - at(board.x, other);
  const dy = tried.place.y - at(board.y, other);
  return dx === dx ? Math.sqrt(dx * dx + dy * dy) : 0;
}

/** Foreign edges that would run over a node. */
function touchesOf({ x, y, from, to, fixed }: Board, node: number, place: Point): number {
  let total = 0;
  for (let link = 0; link < from.length; link += 1) {
    const a = at(from, link);
    const b = at(to, link);
    if (a !== node && b !== node && isNear(place.x, place.y, at(x, a), at(y, a), at(x, b), at(y, b))) total += TOUCHING_COST;
  }
  for (let k = 0; k < fixed.length; k += 4)
    if (isNear(place.x, place.y, at(fixed, k), at(fixed, k + 1), at(fixed, k + 2), at(fixed, k + 3))) total += TOUCHING_COST;
  return total;
}

/** What one edge of a node crosses, touches or runs over. */
function obstaclesOf(board: Board, tried: Tried): number {
  const { x, y, from, to, fixed, keepOff } = board;
  const { node, place } = tried;
  const other = otherEnd(board, tried);
  const ax = place.x;
  const ay = place.y;
  const bx = at(x, other);
  const by = at(y, other);
  if (bx !== bx) return 0;
  let total = 0;
  for (let k = 0; k < keepOff.length; k += 3)
    if (distance(at(keepOff, k), at(keepOff, k + 1), ax, ay, bx, by) < at(keepOff, k + 2)) total += RING_COST;
  for (let link = 0; link < from.length; link += 1) {
    const a = at(from, link);
    const b = at(to, link);
    if (a !== node && b !== node && cross(ax, ay, bx, by, at(x, a), at(y, a), at(x, b), at(y, b))) total += CROSSING_COST;
  }
  for (let k = 0; k < fixed.length; k += 4)
    if (cross(ax, ay, bx, by, at(fixed, k), at(fixed, k + 1), at(fixed, k + 2), at(fixed, k + 3))) total += CROSSING_COST;
  for (let stood = 0; stood < x.length; stood += 1)
    if (stood !== node && stood !== other && isNear(at(x, stood), at(y, stood), ax, ay, bx, by)) total += TOUCHING_COST;
  return total;
}

function at(values: Float64Array | Int32Array, index: number): number {
  return values[index] ?? NaN;
}

/** Whether a point is within the clearance of a segment; never for a missing place. The box is looked at first: most are far away. */
// eslint-disable-next-line @typescript-eslint/max-params -- scalars: asked a million times, an object each time would be most of the work
function isNear(px: number, py: number, ax: number, ay: number, bx: number, by: number): boolean {
  if (!(px > (ax < bx ? ax : bx) - CLEARANCE && px < (ax < bx ? bx : ax) + CLEARANCE)) return false;
  if (!(py > (ay < by ? ay : by) - CLEARANCE && py < (ay < by ? by : ay) + CLEARANCE)) return false;
  return distance(px, py, ax, ay, bx, by) < CLEARANCE;
}

// eslint-disable-next-line @typescript-eslint/max-params -- scalars: asked a million times, an object each time would be most of the work
function distance(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / squared;
  const cut = along < 0 ? 0 : along > 1 ? 1 : along;
  const ex = px - ax - cut * dx;
  const ey = py - ay - cut * dy;
  return Math.sqrt(ex * ex + ey * ey);
}

/** Whether two segments cross at an inner place; touching at an end does not count, nor does a missing place. */
// eslint-disable-next-line @typescript-eslint/max-params -- scalars: asked a million times, an object each time would be most of the work
function cross(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): boolean {
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
  if (!(c < 0 ? d > 0 : c > 0 && d < 0)) return false;
  const a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
  const b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
  return a < 0 ? b > 0 : a > 0 && b < 0;
}

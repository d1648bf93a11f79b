import type { NetworkResult } from '../../../main/contract/network.ts';
import { type Point, type Rect, type Segment, distanceBetween, distanceToSegment, doCross, doOverlap } from './network-geometry.ts';
import { compareText, kindRank } from './network-rings.ts';

type Node = NetworkResult['nodes'][number];
type Link = { readonly from: string; readonly to: string };

/** Largest and smallest cell of the grid on which nodes outside loops stand, pixels. */
const LARGEST = { width: 210, height: 104 };
const SHRINK = 0.93;
/** Free cells per node, so that there is a choice. */
const CHOICE = 1.5;
const PASSES = 6;
/** An edge nearer than this to a foreign node reads as if it ended there, pixels. */
const CLEARANCE = 22;
const CROSSING_COST = 90;
const TOUCHING_COST = 220;
/** An edge through the middle of a ring runs over its words. */
const RING_COST = 320;
const COLUMN_PULL = 0.4;

/**
 * Centres of the cells that no ring covers. The cells are as large as still gives every node a choice; so two nodes are never
 * nearer than one cell.
 */
export function freeSlots(stage: { width: number; height: number }, taken: readonly Rect[], count: number): readonly Point[] {
  let { width, height } = LARGEST;
  for (;;) {
    const slots = cells(stage, { width, height }, taken);
    if (slots.length >= count * CHOICE || width < 4) return slots;
    width *= SHRINK;
    height *= SHRINK;
  }
}

function cells(
  stage: { width: number; height: number },
  size: { width: number; height: number },
  taken: readonly Rect[],
): readonly Point[] {
  const columns = Math.max(1, Math.floor(stage.width / size.width));
  const rows = Math.max(1, Math.floor(stage.height / size.height));
  const width = stage.width / columns;
  const height = stage.height / rows;
  return Array.from({ length: columns * rows }, (_, index) => ({
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
    width,
    height,
  }))
    .filter((cell) => !taken.some((rect) => doOverlap(shrunk(cell), rect)))
    .map((cell) => ({ x: cell.x + width / 2, y: cell.y + height / 2 }));
}

/** A cell may lap over the margin of a ring by a little: that margin is only room for labels. */
function shrunk(cell: Rect): Rect {
  return { x: cell.x + cell.width * 0.15, y: cell.y + cell.height * 0.15, width: cell.width * 0.7, height: cell.height * 0.7 };
}

type Board = {
  readonly places: Map<string, Point>;
  readonly links: readonly Link[];
  readonly width: number;
  readonly fixed: readonly Segment[];
  /** Middles of rings and the distance that edges keep from them. */
  readonly keepOff: readonly { readonly place: Point; readonly distance: number }[];
};

/**
 * Puts every node that is in no ring on a free cell: first one by one, the best connected first, then by moving and swapping
 * as long as that makes edges shorter, less crossed, and kinds better in their columns (assets left, pools right).
 */
export function placeFree(free: readonly Node[], slots: readonly Point[], board: Board): ReadonlyMap<string, Point> {
  const degree = new Map(free.map((node) => [node.id, board.links.filter((link) => link.from === node.id || link.to === node.id).length]));
  const order = free.toSorted((a, b) => (degree.get(b.id) ?? 0) - (degree.get(a.id) ?? 0) || compareText(a.id, b.id));
  const open = new Set(slots);
  for (const node of order) {
    const best = cheapest([...open], (slot) => cost(node, slot, board));
    if (best === undefined) break;
    board.places.set(node.id, best);
    open.delete(best);
  }
  for (let pass = 0; pass < PASSES; pass += 1) if (!improve(order, open, board)) break;
  return board.places;
}

function improve(order: readonly Node[], open: Set<Point>, board: Board): boolean {
  let hasMoved = false;
  for (const node of order) {
    const now = board.places.get(node.id);
    if (now === undefined) continue;
    const best = cheapest([now, ...open], (slot) => cost(node, slot, board));
    if (best === undefined || best === now) continue;
    board.places.set(node.id, best);
    open.delete(best);
    open.add(now);
    hasMoved = true;
  }
  for (const [index, first] of order.entries())
    for (const second of order.slice(index + 1)) hasMoved = swapIfBetter(first, second, board) || hasMoved;
  return hasMoved;
}

function swapIfBetter(first: Node, second: Node, board: Board): boolean {
  const a = board.places.get(first.id);
  const b = board.places.get(second.id);
  if (a === undefined || b === undefined) return false;
  const before = cost(first, a, board) + cost(second, b, board);
  board.places.set(first.id, b);
  board.places.set(second.id, a);
  if (cost(first, b, board) + cost(second, a, board) < before - 1e-6) return true;
  board.places.set(first.id, a);
  board.places.set(second.id, b);
  return false;
}

function cheapest(slots: readonly Point[], costOf: (slot: Point) => number): Point | undefined {
  let best: Point | undefined;
  let lowest = Infinity;
  for (const slot of slots) {
    const value = costOf(slot);
    if (value < lowest - 1e-6) {
      lowest = value;
      best = slot;
    }
  }
  return best;
}

/** Share of the stage's width at which a kind likes to stand. */
const columnShare: readonly number[] = [0.06, 0.32, 0.6, 0.88, 0.94];

function cost(node: Node, slot: Point, board: Board): number {
  let total = COLUMN_PULL * Math.abs(slot.x - board.width * (columnShare[kindRank[node.kind]] ?? 0.5));
  const own: Segment[] = [];
  const others: Segment[] = [...board.fixed];
  for (const link of board.links) {
    const isFrom = link.from === node.id;
    const isTo = link.to === node.id;
    const from = isFrom ? slot : board.places.get(link.from);
    const to = isTo ? slot : board.places.get(link.to);
    if (from === undefined || to === undefined) continue;
    if (isFrom || isTo) own.push({ from, to });
    else others.push({ from, to });
  }
  for (const segment of own) {
    total += distanceBetween(segment.from, segment.to);
    for (const off of board.keepOff) if (distanceToSegment(off.place, segment) < off.distance) total += RING_COST;
    for (const other of others) if (doCross(segment, other)) total += CROSSING_COST;
    for (const [id, place] of board.places) {
      if (id !== node.id && place !== segment.from && place !== segment.to && distanceToSegment(place, segment) < CLEARANCE)
        total += TOUCHING_COST;
    }
  }
  for (const other of others) if (distanceToSegment(slot, other) < CLEARANCE) total += TOUCHING_COST;
  return total;
}

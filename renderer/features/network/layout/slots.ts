import type { NetworkResult } from '../../../../main/contract/network.ts';
import { type Fixtures, layBoard, moveTo, placeCost, type Board } from './board.ts';
import { type Point, type Rect, doOverlap } from './geometry.ts';
import { compareText } from './rings.ts';

type Node = NetworkResult['nodes'][number];

/** Largest cell of the grid on which nodes outside loops stand, pixels. */
const LARGEST = { width: 210, height: 104 };
const SHRINK = 0.93;
/** Free cells per node, so that there is a choice. */
const CHOICE = 1.5;
const PASSES = 6;

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

/**
 * Puts every node that is in no ring on a free cell: first one by one, the best connected first, then by moving and swapping
 * as long as that makes edges shorter, less crossed, and kinds better in their columns (assets left, pools right).
 */
export function placeFree(free: readonly Node[], slots: readonly Point[], fixtures: Fixtures): ReadonlyMap<string, Point> {
  const board = layBoard(free, fixtures);
  const degree = (node: number): number => (board.linkStart[node + 1] ?? 0) - (board.linkStart[node] ?? 0);
  const order = free.map((_, node) => node).toSorted((a, b) => degree(b) - degree(a) || compareText(free[a]?.id ?? '', free[b]?.id ?? ''));
  const places = new Map<number, Point>();
  const known = new Map<number, number>();
  const put = (node: number, place: Point): void => {
    places.set(node, place);
    moveTo(board, node, place);
    known.clear();
  };
  const costNow = (node: number, place: Point): number => {
    const cost = known.get(node) ?? placeCost(board, { node, place });
    known.set(node, cost);
    return cost;
  };
  const open = new Set(slots);
  for (const node of order) {
    const best = cheapest([...open], (slot, limit) => placeCost(board, { node, place: slot, limit }));
    if (best === undefined) break;
    put(node, best);
    open.delete(best);
  }
  const standing = { board, order, open, places, put, costNow };
  for (let pass = 0; pass < PASSES; pass += 1) if (!improve(standing)) break;
  return new Map([...fixtures.places, ...[...places].map(([node, place]) => [free[node]?.id ?? '', place] as const)]);
}

/** Who stands where, and which cells are open. */
type Standing = {
  readonly board: Board;
  readonly order: readonly number[];
  readonly open: Set<Point>;
  readonly places: ReadonlyMap<number, Point>;
  readonly put: (node: number, place: Point) => void;
  /** Cost of a node where it stands; counted once until somebody moves. */
  readonly costNow: (node: number, place: Point) => number;
};

function improve(standing: Standing): boolean {
  const { board, order, open, places, put } = standing;
  let hasMoved = false;
  for (const node of order) {
    const now = places.get(node);
    if (now === undefined) continue;
    const best = cheapest([now, ...open], (slot, limit) => placeCost(board, { node, place: slot, limit }));
    if (best === undefined || best === now) continue;
    put(node, best);
    open.delete(best);
    open.add(now);
    hasMoved = true;
  }
  for (const [index, first] of order.entries())
    for (const second of order.slice(index + 1)) hasMoved = swapIfBetter(first, second, standing) || hasMoved;
  return hasMoved;
}

function swapIfBetter(first: number, second: number, { board, places, put, costNow }: Standing): boolean {
  const a = places.get(first);
  const b = places.get(second);
  if (a === undefined || b === undefined) return false;
  const before = costNow(first, a) + costNow(second, b);
  moveTo(board, first, b);
  moveTo(board, second, a);
  const after = placeCost(board, { node: first, place: b, limit: before });
  if (after < before && after + placeCost(board, { node: second, place: a, limit: before - after }) < before - 1e-6) {
    put(first, b);
    put(second, a);
    return true;
  }
  moveTo(board, first, a);
  moveTo(board, second, b);
  return false;
}

function cheapest(slots: readonly Point[], costOf: (slot: Point, limit: number) => number): Point | undefined {
  let best: Point | undefined;
  let lowest = Infinity;
  for (const slot of slots) {
    const value = costOf(slot, lowest);
    if (value < lowest - 1e-6) {
      lowest = value;
      best = slot;
    }
  }
  return best;
}

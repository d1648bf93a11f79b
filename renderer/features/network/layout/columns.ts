import type { NetworkResult } from '../../../../main/contract/network.ts';
import type { Point, Rect } from './geometry.ts';
import { kindRank } from './rings.ts';

type Node = NetworkResult['nodes'][number];

/** Nodes as indices: which are to be placed, where the others stand, and who is tied to whom. */
export type Columns = {
  readonly nodes: readonly Node[];
  /** NaN for nodes that are to be placed; filled in. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
};

const KINDS = 5;
/** Least share of the width that a kind with any node gets: room for its symbols even beside thousands of others. */
const LEAST_SHARE = 0.08;
/** Cells are this much wider than high, as the text in them is. */
const CELL_ASPECT = 1.6;
const SWEEPS = 8;

/**
 * Puts the nodes that have no place yet on the cells of five blocks, one per kind, assets left and pools right. Inside its block a node
 * stands at the height of what it is tied to (barycentre, sweeping to and fro as in layered drawing), so nodes with the same ties stand
 * together. Work: edges × sweeps. The order of `nodes` settles ties, so the same graph gives the same places.
 *
 * Source: Sugiyama, Tagawa and Toda (1981), barycentre ordering of layers.
 */
export function placeColumns(columns: Columns, area: Rect): void {
  const { nodes, x } = columns;
  const free = nodes.flatMap((_, index) => (Number.isNaN(x[index]) ? [index] : []));
  const blocks = Array.from({ length: KINDS }, (_, rank) => free.filter((index) => kindRank[nodes[index]?.kind ?? 'venue'] === rank));
  const shares = blocks.map((block) => (block.length === 0 ? 0 : Math.max(LEAST_SHARE, block.length / free.length)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left = area.x;
  const shapes = blocks.map((block, rank) => {
    const width = total === 0 ? 0 : (area.width * (shares[rank] ?? 0)) / total;
    const shape = { block, ...cellsOf({ ...area, x: left, width }, block.length) };
    left += width;
    return shape;
  });
  const ties = tiesOf(columns);
  for (const shape of shapes) shape.block.forEach((node, at) => put(columns, node, cellAt(shape, at)));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1)
    for (const shape of sweep % 2 === 0 ? shapes : shapes.toReversed()) arrange(columns, ties, shape);
}

type Grid = { readonly area: Rect; readonly across: number; readonly cell: { readonly width: number; readonly height: number } };
type Shape = Grid & { readonly block: number[] };

/** Rows and columns of the cells of a block. */
function cellsOf(area: Rect, count: number): Grid {
  const across = Math.max(1, Math.min(count, Math.round(Math.sqrt((count * area.width) / (area.height * CELL_ASPECT)))));
  const rows = Math.max(1, Math.ceil(count / across));
  return { area, across, cell: { width: area.width / across, height: area.height / rows } };
}

function cellAt({ area, across, cell }: Grid, at: number): Point {
  return { x: area.x + ((at % across) + 0.5) * cell.width, y: area.y + (Math.floor(at / across) + 0.5) * cell.height };
}

function put({ x, y }: Columns, node: number, place: Point): void {
  x[node] = place.x;
  y[node] = place.y;
}

/** For every node the nodes it is tied to, one after the other. */
type Ties = { readonly start: Int32Array; readonly others: Int32Array };

function tiesOf({ nodes, from, to }: Columns): Ties {
  const start = new Int32Array(nodes.length + 1);
  for (const ends of [from, to]) for (const node of ends) start[node + 1] = (start[node + 1] ?? 0) + 1;
  for (let node = 0; node < nodes.length; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice();
  const others = new Int32Array(2 * from.length);
  const add = (node: number, other: number): void => {
    others[next[node] ?? 0] = other;
    next[node] = (next[node] ?? 0) + 1;
  };
  from.forEach((node, link) => {
    add(node, to[link] ?? 0);
    add(to[link] ?? 0, node);
  });
  return { start, others };
}

/** Orders a block by the mean height of what its nodes are tied to, and each of its rows by their mean place across. */
function arrange(columns: Columns, ties: Ties, shape: Shape): void {
  const { block, across } = shape;
  const height = meanOf(columns.y, block, ties);
  const along = meanOf(columns.x, block, ties);
  const byHeight = block.toSorted((a, b) => (height.get(a) ?? 0) - (height.get(b) ?? 0) || a - b);
  for (let row = 0; row < byHeight.length; row += across) {
    const inRow = byHeight.slice(row, row + across).toSorted((a, b) => (along.get(a) ?? 0) - (along.get(b) ?? 0) || a - b);
    inRow.forEach((node, at) => put(columns, node, cellAt(shape, row + at)));
  }
  shape.block.splice(0, block.length, ...byHeight);
}

/** Mean of a coordinate over what each node is tied to; its own where it is tied to nothing. */
function meanOf(values: Float64Array, block: readonly number[], { start, others }: Ties): ReadonlyMap<number, number> {
  return new Map(
    block.map((node) => {
      const [first, end] = [start[node] ?? 0, start[node + 1] ?? 0];
      let sum = 0;
      for (let k = first; k < end; k += 1) sum += values[others[k] ?? 0] ?? 0;
      return [node, end > first ? sum / (end - first) : (values[node] ?? 0)];
    }),
  );
}

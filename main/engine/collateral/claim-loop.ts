import { solveDense } from '../math/dense-solve.ts';
import { spectralRadius } from '../math/spectral-radius.ts';
import type { BackingGraph } from './look-through.ts';

/** The backing of some claims by each other, numbered from 0: entry e says that claim `row` is backed by claim `column`. */
export type LoopBlock = {
  readonly members: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly weight: Float64Array;
};

/** Up to this many members a loop is solved as a full matrix, exactly; a larger one by sweeps over its edges. */
const MOST_DENSE = 48;
/** Bounds of the gain this close, relatively, are one value. */
const GAIN_SETTLED = 1e-12;
const MOST_POWER_STEPS = 20_000;
const SWEEP_SETTLED = 1e-15;
const MOST_SWEEPS = 400_000;

/** The edges of positive weight among the members of a component; `place` is scratch of one entry per claim, −1 throughout before and after. */
export function loopBlock(graph: BackingGraph, members: Int32Array, place: Int32Array): LoopBlock {
  const row: number[] = [];
  const column: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < members.length; i += 1) place[members[i]!] = i;
  for (let i = 0; i < members.length; i += 1) {
    for (let e = graph.start[members[i]!]!; e < graph.start[members[i]! + 1]!; e += 1) {
      const target = graph.target[e]!;
      const j = target < graph.claims ? place[target]! : -1;
      if (j < 0 || !(graph.weight[e]! > 0)) continue;
      row.push(i);
      column.push(j);
      weight.push(graph.weight[e]!);
    }
  }
  for (const member of members) place[member] = -1;
  return { members, row: Int32Array.from(row), column: Int32Array.from(column), weight: Float64Array.from(weight) };
}

/**
 * Gain of a loop: the spectral radius of its backing. A large loop is bounded by (W v)ᵢ / vᵢ along powers of I + W, which makes every
 * loop aperiodic; where the bounds do not meet in 20,000 steps the upper one counts, against the holder.
 */
export function loopGain(block: LoopBlock): number {
  const n = block.members.length;
  if (n <= MOST_DENSE) return spectralRadius(denseBlock(block), n);
  let vector = new Float64Array(n).fill(1);
  let image = new Float64Array(n);
  let high = Infinity;
  for (let step = 0; step < MOST_POWER_STEPS; step += 1) {
    image.fill(0);
    for (let e = 0; e < block.row.length; e += 1) image[block.row[e]!]! += block.weight[e]! * vector[block.column[e]!]!;
    let low = Infinity;
    let largest = 0;
    high = 0;
    for (let i = 0; i < n; i += 1) {
      const ratio = image[i]! / vector[i]!;
      low = Math.min(low, ratio);
      high = Math.max(high, ratio);
      image[i]! += vector[i]!;
      largest = Math.max(largest, image[i]!);
    }
    if (high - low <= GAIN_SETTLED * high) break;
    for (let i = 0; i < n; i += 1) image[i]! /= largest;
    [vector, image] = [image, vector];
  }
  return high;
}

/**
 * Solves (I − W′) g = x on the members of a loop of gain below one, in place: what each claim is worth with all that comes round.
 *
 * @param value by claim of the whole graph; the members' entries are x before and g after
 * @returns false where the sweeps of a large loop did not come to rest
 */
export function solveLoop(block: LoopBlock, value: Float64Array): boolean {
  const { members, row, column, weight } = block;
  const n = members.length;
  const held = Float64Array.from(members, (member) => value[member]!);
  if (n <= MOST_DENSE) {
    const backing = denseBlock(block);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) matrix[i * n + j] = (i === j ? 1 : 0) - backing[j * n + i]!;
    solveDense(matrix, held, n);
    for (let i = 0; i < n; i += 1) value[members[i]!] = held[i]!;
    return true;
  }
  let sum = held.slice();
  let next = new Float64Array(n);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    next.set(held);
    for (let e = 0; e < row.length; e += 1) next[column[e]!]! += weight[e]! * sum[row[e]!]!;
    let change = 0;
    let largest = 0;
    for (let i = 0; i < n; i += 1) {
      change = Math.max(change, Math.abs(next[i]! - sum[i]!));
      largest = Math.max(largest, Math.abs(next[i]!));
    }
    [sum, next] = [next, sum];
    if (change > SWEEP_SETTLED * largest) continue;
    for (let i = 0; i < n; i += 1) value[members[i]!] = sum[i]!;
    return true;
  }
  return false;
}

/** Weights among the members, row-major; entries of the same place add up. */
function denseBlock({ members, row, column, weight }: LoopBlock): Float64Array {
  const n = members.length;
  const block = new Float64Array(n * n);
  for (let e = 0; e < row.length; e += 1) block[row[e]! * n + column[e]!]! += weight[e]!;
  return block;
}

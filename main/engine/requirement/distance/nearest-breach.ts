import { findRoot } from '../../math/roots.ts';

/** The nearest point at which an excess runs out, in the metric of the moves' covariance. */
export type NearestBreach = {
  /** √(s′ Σ⁻¹ s): the distance in daily standard deviations. */
  readonly sigmaDays: number;
  /** The move s itself, by factor. */
  readonly moves: Float64Array;
  /** Starts of the search that met the boundary at all. */
  readonly starts: number;
};

/** Excess in USD at a relative move of every factor; below zero (or NaN) is a breach. */
export type ExcessAt = (moves: Float64Array) => number;

/** Standard deviations searched along a direction, and steps of the first look: a breach and recovery between two is not seen. */
const FARTHEST = 60;
const LOOKS = 40;
const MOST_TURNS = 30;
/** A turn that shortens the way by less is the end. */
const LEAST_GAIN = 1e-7;
/** Bump of a gradient, in standard deviations. */
const STEP = 1e-3;

/**
 * Smallest s′ Σ⁻¹ s with excess(s) <= 0, for excesses that are not linear (options, tiers, products of prices): from 2K + 1 starts
 * (both ways along each of K independent directions, and the linear answer), each turned towards the boundary's own normal for as
 * long as that shortens the way. For a linear excess the first turn gives −X Σ a / (a′ Σ a), distance X / √(a′ Σ a).
 *
 * @param covariance of daily moves, row by row, positive semi-definite
 * @returns null where no start meets the boundary within the reach of the search
 * Source: the most probable point of first-order reliability, Hasofer and Lind (1974), found by descent on the direction.
 */
export function nearestBreach(excess: ExcessAt, covariance: Float64Array, factors: number): NearestBreach | null {
  const root = choleskyRoot(covariance, factors);
  const moves = new Float64Array(factors);
  const at = (direction: Float64Array, radius: number): number => excess(spread(root, direction, radius, moves));
  if (!(excess(new Float64Array(factors)) >= 0)) return { sigmaDays: 0, moves: new Float64Array(factors), starts: 1 };
  let best: { direction: Float64Array; radius: number } | null = null;
  let starts = 0;
  for (const start of startDirections(at, factors)) {
    const found = descend(at, start);
    if (found === null) continue;
    starts += 1;
    if (best === null || found.radius < best.radius) best = found;
  }
  if (best === null) return null;
  return { sigmaDays: best.radius, moves: Float64Array.from(spread(root, best.direction, best.radius, moves)), starts };
}

type Along = (direction: Float64Array, radius: number) => number;

/** moves = radius × root × direction. */
function spread(root: Float64Array, direction: Float64Array, radius: number, out: Float64Array): Float64Array {
  const n = direction.length;
  for (let i = 0; i < n; i += 1) {
    let sum = 0;
    for (let j = 0; j <= i; j += 1) sum += root[i * n + j]! * direction[j]!;
    out[i] = radius * sum;
  }
  return out;
}

/** Both ways along each independent direction, and against the slope of the excess at the start. */
function startDirections(at: Along, factors: number): readonly Float64Array[] {
  const axis = (i: number, sign: number): Float64Array => Float64Array.from({ length: factors }, (_, j) => (j === i ? sign : 0));
  const axes = Array.from({ length: factors }, (_, i) => [axis(i, -1), axis(i, 1)]).flat();
  const linear = normalTo(at, new Float64Array(factors), 0);
  return linear === null ? axes : [linear, ...axes];
}

/** Turns a direction until its way to the boundary gets no shorter; null where it never meets it. */
function descend(at: Along, start: Float64Array): { direction: Float64Array; radius: number } | null {
  let direction = start;
  let radius = firstCrossing(at, direction, FARTHEST, LOOKS);
  for (let turn = 0; turn < MOST_TURNS && radius !== null; turn += 1) {
    const normal = normalTo(at, direction, radius);
    if (normal === null) break;
    let isShorter = false;
    for (let share = 1; share > 1e-3 && !isShorter; share /= 2) {
      const turned = unitOf(direction.map((each, i) => each + share * (normal[i]! - each)));
      const limit: number = radius * (1 - LEAST_GAIN);
      if (turned === null || at(turned, limit) >= 0) continue;
      radius = firstCrossing(at, turned, limit, 12) ?? limit;
      direction = turned;
      isShorter = true;
    }
    if (!isShorter) break;
  }
  return radius === null ? null : { direction, radius };
}

/** First radius at which the excess crosses below zero; null = not within reach. */
function firstCrossing(at: Along, direction: Float64Array, reach: number, looks: number): number | null {
  let safe = 0;
  for (let look = 1; look <= looks; look += 1) {
    const radius = (reach * look) / looks;
    const value = at(direction, radius);
    if (Number.isNaN(value)) return safe;
    if (value < 0) {
      const found = findRoot((r) => at(direction, r), safe, radius, { relative: 1e-12 });
      return found.status === 'converged' ? found.root : radius;
    }
    safe = radius;
  }
  return null;
}

/** Direction in which the excess falls fastest there, of length one; null where it is flat. */
function normalTo(at: Along, direction: Float64Array, radius: number): Float64Array | null {
  const point = direction.map((each) => each * radius);
  const slope = new Float64Array(direction.length);
  for (let i = 0; i < slope.length; i += 1) {
    const here = point[i]!;
    point[i] = here + STEP;
    const up = at(point, 1);
    point[i] = here - STEP;
    slope[i] = at(point, 1) - up;
    point[i] = here;
  }
  return unitOf(slope);
}

function unitOf(vector: Float64Array): Float64Array | null {
  let square = 0;
  for (let i = 0; i < vector.length; i += 1) square += vector[i]! * vector[i]!;
  const length = Math.sqrt(square);
  return length > 0 && length < Infinity ? vector.map((each) => each / length) : null;
}

/** Lower triangular R with R R′ = covariance; a direction without variance of its own gets a column of zeros. */
export function choleskyRoot(covariance: Float64Array, n: number): Float64Array {
  const root = new Float64Array(n * n);
  for (let column = 0; column < n; column += 1) {
    let own = covariance[column * n + column]!;
    for (let k = 0; k < column; k += 1) own -= root[column * n + k]! ** 2;
    const pivot = own > 1e-14 * covariance[column * n + column]! ? Math.sqrt(own) : 0;
    root[column * n + column] = pivot;
    for (let row = column + 1; row < n; row += 1) {
      let sum = covariance[row * n + column]!;
      for (let k = 0; k < column; k += 1) sum -= root[row * n + k]! * root[column * n + k]!;
      root[row * n + column] = pivot === 0 ? 0 : sum / pivot;
    }
  }
  return root;
}

/** √(s′ Σ⁻¹ s) of a move, from the root of Σ; a part along a direction without variance adds nothing. */
export function metricLength(root: Float64Array, moves: Float64Array): number {
  const n = moves.length;
  const solved = new Float64Array(n);
  let square = 0;
  for (let i = 0; i < n; i += 1) {
    let rest = moves[i]!;
    for (let j = 0; j < i; j += 1) rest -= root[i * n + j]! * solved[j]!;
    const pivot = root[i * n + i]!;
    solved[i] = pivot === 0 ? 0 : rest / pivot;
    square += solved[i]! * solved[i]!;
  }
  return Math.sqrt(square);
}

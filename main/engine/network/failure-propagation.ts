/**
 * Who rests on whom. Row i lists what node i rests on: `share` is what i loses, per 1 of its own value, when the target is lost whole;
 * above 1 where the node has borrowed against it. `attachment` is the part of the target's value that may go before anything is lost
 * here (the margin of a loan): 0 for plain ownership, below 1.
 */
export type FailureGraph = {
  readonly count: number;
  readonly start: Int32Array;
  readonly target: Int32Array;
  readonly share: Float64Array;
  readonly attachment: Float64Array;
};

/** Buffers of one graph, filled by `propagateFailure` and used again for the next root. */
export type FailureWork = {
  /** Rows the other way round: who rests on node j, as edge numbers and their nodes. */
  readonly dependantStart: Int32Array;
  readonly dependantEdge: Int32Array;
  readonly dependant: Int32Array;
  /** Share of its value that each node has lost, 0 … 1. */
  readonly lost: Float64Array;
  /** The same before it is cut off at 1: what hits the node over its own value. */
  readonly hit: Float64Array;
  /** Round in which a node was first hit, 0 = the root, −1 = never. */
  readonly round: Int32Array;
  /** The neighbour from which the largest single hit came, −1 for the root and the untouched. */
  readonly via: Int32Array;
  /** Nodes hit, the root first; only the first `reached` entries count. */
  readonly touched: Int32Array;
  readonly largestHit: Float64Array;
  readonly change: Float64Array;
  readonly isQueued: Uint8Array;
  readonly queue: Int32Array;
  readonly nextQueue: Int32Array;
};

/** How a propagation ended. */
export type FailureOutcome = { readonly status: 'converged' | 'notConverged'; readonly rounds: number; readonly reached: number };

/** A change of a node's loss below this is not passed on. */
const SETTLED = 1e-12;
const MOST_ROUNDS = 20_000;

/** Buffers for any number of failures in one graph. */
export function prepareFailures(graph: FailureGraph): FailureWork {
  const { count, start, target } = graph;
  const edges = target.length;
  const dependantStart = new Int32Array(count + 1);
  for (let e = 0; e < edges; e += 1) dependantStart[target[e]! + 1]! += 1;
  for (let j = 0; j < count; j += 1) dependantStart[j + 1]! += dependantStart[j]!;
  const place = dependantStart.slice();
  const dependantEdge = new Int32Array(edges);
  const dependant = new Int32Array(edges);
  for (let i = 0; i < count; i += 1) {
    for (let e = start[i]!; e < start[i + 1]!; e += 1) {
      const at = place[target[e]!]!;
      dependantEdge[at] = e;
      dependant[at] = i;
      place[target[e]!] = at + 1;
    }
  }
  return {
    dependantStart,
    dependantEdge,
    dependant,
    lost: new Float64Array(count),
    hit: new Float64Array(count),
    round: new Int32Array(count).fill(-1),
    via: new Int32Array(count).fill(-1),
    touched: new Int32Array(count),
    largestHit: new Float64Array(count),
    change: new Float64Array(count),
    isQueued: new Uint8Array(count),
    queue: new Int32Array(count),
    nextQueue: new Int32Array(count),
  };
}

/**
 * Loses one node whole and follows the loss: h(t+1) = min(1, h(t) + Λ (p(h(t)) − p(h(t−1)))), with p(x) = max(0, x − attachment) /
 * (1 − attachment). Differential DebtRank where every attachment is 0. Losses only grow and end at 1, so it comes to rest; around a loop
 * of gain below one geometrically. Only nodes that are hit are visited.
 *
 * @returns rounds until no loss changed by more than 1e-12; `notConverged` after 20,000. The figures are in `work`.
 * Source: M. Bardoscia et al., "DebtRank: a microscopic foundation for shock propagation", PLoS ONE 10 (2015) e0130406.
 */
export function propagateFailure(graph: FailureGraph, root: number, work: FailureWork): FailureOutcome {
  clear(work);
  work.lost[root] = 1;
  work.hit[root] = 1;
  work.round[root] = 0;
  work.touched[0] = root;
  work.change[root] = 1;
  let queue = work.queue;
  let next = work.nextQueue;
  queue[0] = root;
  let length = 1;
  let reached = 1;
  let rounds = 0;
  while (length > 0 && rounds < MOST_ROUNDS) {
    rounds += 1;
    let waiting = 0;
    for (let q = 0; q < length; q += 1) {
      const j = queue[q]!;
      const now = work.lost[j]!;
      const before = now - work.change[j]!;
      for (let at = work.dependantStart[j]!; at < work.dependantStart[j + 1]!; at += 1) {
        const i = work.dependant[at]!;
        if (i === root) continue;
        const e = work.dependantEdge[at]!;
        const amount = graph.share[e]! * (passedOn(now, graph.attachment[e]!) - passedOn(before, graph.attachment[e]!));
        if (!(amount > 0)) continue;
        work.hit[i]! += amount;
        if (work.round[i] === -1) {
          work.round[i] = rounds;
          work.touched[reached] = i;
          reached += 1;
        }
        if (amount > work.largestHit[i]!) {
          work.largestHit[i] = amount;
          work.via[i] = j;
        }
        if (work.isQueued[i] === 1) continue;
        work.isQueued[i] = 1;
        next[waiting] = i;
        waiting += 1;
      }
    }
    for (let q = 0; q < length; q += 1) work.change[queue[q]!] = 0;
    length = settle(work, next, waiting);
    [queue, next] = [next, queue];
  }
  return { status: length === 0 ? 'converged' : 'notConverged', rounds, reached };
}

/** Share of a loss that goes through a margin. */
function passedOn(lost: number, attachment: number): number {
  return lost > attachment ? (lost - attachment) / (1 - attachment) : 0;
}

/** Takes over the hits of a round; keeps in the queue only nodes whose loss changed. */
function settle(work: FailureWork, queue: Int32Array, length: number): number {
  let kept = 0;
  for (let q = 0; q < length; q += 1) {
    const i = queue[q]!;
    work.isQueued[i] = 0;
    const now = Math.min(1, work.hit[i]!);
    const change = now - work.lost[i]!;
    if (change <= SETTLED) continue;
    work.lost[i] = now;
    work.change[i] = change;
    queue[kept] = i;
    kept += 1;
  }
  return kept;
}

function clear(work: FailureWork): void {
  work.lost.fill(0);
  work.hit.fill(0);
  work.round.fill(-1);
  work.via.fill(-1);
  work.largestHit.fill(0);
  work.change.fill(0);
  work.isQueued.fill(0);
}

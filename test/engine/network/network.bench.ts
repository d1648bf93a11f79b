import { analyseBacking, expectedDepth, lookThrough, type BackingGraph } from '../../../main/engine/collateral/look-through.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import { prepareFailures, propagateFailure, type FailureGraph } from '../../../main/engine/network/failure-propagation.ts';
import type { Benchmark } from '../../bench/benchmark.ts';

const NODES = 5_000;
const EDGES = 10_000;
const BASES = 500;
const CLAIMS = NODES - BASES;
/** Issuers, venues, chains, oracles and pools whose failure is asked for. */
const ROOTS = 200;

const graph = largeGraph();
const failures = asFailures(graph);

/** Claims that rest mostly on later ones, with one edge in ten pointing anywhere, so that there are loops, one of them of many members. */
function largeGraph(): BackingGraph {
  const start = new Int32Array(CLAIMS + 1);
  const target: number[] = [];
  const weight: number[] = [];
  for (let claim = 0; claim < CLAIMS; claim += 1) {
    const count = Math.floor(((claim + 1) * EDGES) / CLAIMS) - Math.floor((claim * EDGES) / CLAIMS);
    for (let k = 0; k < count; k += 1) {
      const drawn = randomUniform(5, claim, k);
      const isBack = randomUniform(5, claim, 100 + k) < 0.1;
      target.push(isBack ? Math.floor(drawn * CLAIMS) : claim + 1 + Math.floor(drawn * (NODES - claim - 1)));
      weight.push(0.98 / count);
    }
    start[claim + 1] = target.length;
  }
  return { claims: CLAIMS, bases: BASES, start, target: Int32Array.from(target), weight: Float64Array.from(weight) };
}

function asFailures({ start, target, weight }: BackingGraph): FailureGraph {
  const rows = new Int32Array(NODES + 1).fill(target.length);
  rows.set(start);
  return { count: NODES, start: rows, target, share: weight, attachment: new Float64Array(target.length) };
}

function measure(): number {
  const analysis = analyseBacking(graph);
  const held = new Float64Array(NODES).fill(1);
  const through = lookThrough(graph, analysis, held);
  if (through === null) throw new Error('the planted graph has no loop of gain one');
  const work = prepareFailures(failures);
  let lost = expectedDepth(through, held);
  for (let root = 0; root < ROOTS; root += 1) {
    propagateFailure(failures, CLAIMS - 1 - root * 20, work);
    for (const share of work.lost) lost += share;
  }
  return lost;
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'metrics of a network of 5,000 nodes and 10,000 edges: components, loops, look-through, depth and 200 failures',
    run: measure,
    limitCpuMs: 200,
  },
];

import { expect, test } from 'vitest';
import { analyseBacking, lookThrough, type BackingGraph } from '../../../main/engine/collateral/look-through.ts';
import { spectralRadius } from '../../../main/engine/math/spectral-radius.ts';
import { strongComponents } from '../../../main/engine/collateral/strong-components.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';

const CLAIMS = 7;
const BASES = 3;

/** A random graph whose claims are fully backed, with loops. */
function randomGraph(number: number): BackingGraph {
  const start = new Int32Array(CLAIMS + 1);
  const target: number[] = [];
  const weight: number[] = [];
  for (let claim = 0; claim < CLAIMS; claim += 1) {
    const drawn = [0, 1, 2].map((k) => Math.floor(randomUniform(9, number, claim * 10 + k) * (CLAIMS + BASES)));
    const base = CLAIMS + Math.floor(randomUniform(9, number, claim * 10 + 5) * BASES);
    const shares = [...drawn.map((_, k) => 0.1 + 0.2 * randomUniform(9, number, claim * 10 + 6 + k))];
    target.push(...drawn, base);
    weight.push(...shares, 1 - shares.reduce((sum, share) => sum + share, 0));
    start[claim + 1] = target.length;
  }
  return { claims: CLAIMS, bases: BASES, start, target: Int32Array.from(target), weight: Float64Array.from(weight) };
}

test('what is fully backed loses no value on the way to the bases', () => {
  for (let number = 0; number < 200; number += 1) {
    const graph = randomGraph(number);
    const holdings = Float64Array.from({ length: CLAIMS + BASES }, (_, i) => 1000 * (randomUniform(2, number, i) - 0.3));
    const result = lookThrough(graph, analyseBacking(graph), holdings);
    const held = holdings.reduce((sum, value) => sum + value, 0);
    expect(result?.baseExposure.reduce((sum, value) => sum + value, 0)).toBeCloseTo(held, 7);
  }
});

test('walking the chains step by step ends where the solver does', () => {
  for (let number = 0; number < 100; number += 1) {
    const graph = randomGraph(number);
    let carried = Float64Array.from({ length: CLAIMS + BASES }, (_, i) => (i < CLAIMS ? i + 1 : 0));
    const solved = lookThrough(graph, analyseBacking(graph), carried);
    const bases = new Float64Array(BASES);
    for (let step = 0; step < 4000; step += 1) {
      const next = new Float64Array(CLAIMS + BASES);
      for (let claim = 0; claim < CLAIMS; claim += 1) {
        for (let e = graph.start[claim] ?? 0; e < (graph.start[claim + 1] ?? 0); e += 1) {
          const to = graph.target[e] ?? 0;
          next[to] = (next[to] ?? 0) + (graph.weight[e] ?? 0) * (carried[claim] ?? 0);
        }
      }
      for (let base = 0; base < BASES; base += 1) bases[base] = (bases[base] ?? 0) + (next[CLAIMS + base] ?? 0);
      carried = next.map((value, i) => (i < CLAIMS ? value : 0));
    }
    solved?.baseExposure.forEach((value, base) => expect(value).toBeCloseTo(bases[base] ?? NaN, 7));
  }
});

test('a loop of 0.6 and 0.65 has the gain of their geometric mean', () => {
  expect(spectralRadius(Float64Array.of(0, 0.6, 0.65, 0), 2)).toBeCloseTo(Math.sqrt(0.39), 13);
});

test('the spectral radius of nothing is nothing, of one entry that entry, of an infinite one infinite', () => {
  expect(spectralRadius(new Float64Array(0), 0)).toBe(0);
  expect(spectralRadius(Float64Array.of(0.4), 1)).toBe(0.4);
  expect(spectralRadius(new Float64Array(9), 3)).toBe(0);
  expect(spectralRadius(Float64Array.of(0, Infinity, 1, 0), 2)).toBe(Infinity);
});

test('a loop with a gain of one or more has no value, held or not', () => {
  const graph: BackingGraph = {
    claims: 2,
    bases: 1,
    start: Int32Array.of(0, 1, 2),
    target: Int32Array.of(1, 0),
    weight: Float64Array.of(1, 1),
  };
  const analysis = analyseBacking(graph);
  expect(analysis.circular).toEqual([0, 1]);
  expect(lookThrough(graph, analysis, Float64Array.of(0, 0, 5))).toBeNull();
});

test('components stand after everything they point to', () => {
  const found = strongComponents(4, Int32Array.of(0, 1, 3, 4, 4), Int32Array.of(1, 0, 2, 3));
  expect(found.count).toBe(3);
  expect([...found.order]).toEqual([3, 2, 0, 1]);
  expect(strongComponents(0, Int32Array.of(0), new Int32Array(0)).count).toBe(0);
});

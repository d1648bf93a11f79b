import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  analyseBacking,
  expectedDepth,
  lookThrough,
  type BackingGraph,
  type LookThrough,
} from '../../../main/engine/collateral/look-through.ts';

type Backing = { readonly claim: number; readonly target: number; readonly weight: number };

function graphOf(claims: number, bases: number, rows: readonly Backing[]): BackingGraph {
  const sorted = rows.toSorted((left, right) => left.claim - right.claim);
  const start = Int32Array.from({ length: claims + 1 }, (_, claim) => sorted.filter((row) => row.claim < claim).length);
  return {
    claims,
    bases,
    start,
    target: Int32Array.from(sorted, (row) => row.target),
    weight: Float64Array.from(sorted, (row) => row.weight),
  };
}

function through(graph: BackingGraph, holdings: Float64Array): LookThrough {
  const result = lookThrough(graph, analyseBacking(graph), holdings);
  if (result === null) throw new Error('circular');
  return result;
}

const CLAIMS = 6;
const BASES = 2;
const NODES = CLAIMS + BASES;

/** Backing that never comes round with a gain of one: every claim keeps at least a tenth of its value in bases or nowhere. */
const rows = fc
  .array(fc.record({ claim: fc.nat(CLAIMS - 1), target: fc.nat(NODES - 1), weight: fc.double({ min: 0.01, max: 1, noNaN: true }) }), {
    maxLength: 18,
  })
  .map((all) => {
    const sums = Array.from({ length: CLAIMS }, (_, claim) =>
      all.filter((row) => row.claim === claim).reduce((sum, row) => sum + row.weight, 0),
    );
    return all.map((row) => ({ ...row, weight: (0.9 * row.weight) / Math.max(1, sums[row.claim] ?? 1) }));
  });
const holdings = fc
  .array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: NODES, maxLength: NODES })
  .map((all) => Float64Array.from(all));

describe('look-through', () => {
  test('conserves value: what arrives is what is held less every hole on the way', () => {
    fc.assert(
      fc.property(rows, holdings, (all, held) => {
        const graph = graphOf(CLAIMS, BASES, all);
        const { backingRatio } = analyseBacking(graph);
        const { grossByClaim, baseExposure } = through(graph, held);
        const holes = grossByClaim.reduce((sum, gross, claim) => sum + gross * (1 - (backingRatio[claim] ?? 0)), 0);
        const total = held.reduce((sum, value) => sum + value, 0);
        const arrived = baseExposure.reduce((sum, value) => sum + value, 0);
        expect(Math.abs(arrived + holes - total)).toBeLessThanOrEqual(1e-9 * Math.max(1, total));
      }),
    );
  });

  test('is idempotent: bases look through to themselves', () => {
    fc.assert(
      fc.property(rows, holdings, (all, held) => {
        const graph = graphOf(CLAIMS, BASES, all);
        const { baseExposure } = through(graph, held);
        const again = new Float64Array(NODES);
        again.set(baseExposure, CLAIMS);
        expect([...through(graph, again).baseExposure]).toEqual([...baseExposure]);
      }),
    );
  });

  test('does not depend on the numbering of claims', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: CLAIMS, maxLength: CLAIMS });
    fc.assert(
      fc.property(rows, holdings, order, (all, held, place) => {
        const renamed = (node: number): number => (node < CLAIMS ? (place[node] ?? 0) : node);
        const moved = held.slice();
        place.forEach((to, claim) => {
          moved[to] = held[claim] ?? 0;
        });
        const plain = graphOf(CLAIMS, BASES, all);
        const permuted = graphOf(
          CLAIMS,
          BASES,
          all.map((row) => ({ ...row, claim: renamed(row.claim), target: renamed(row.target) })),
        );
        const expected = through(plain, held);
        const actual = through(permuted, moved);
        expected.baseExposure.forEach((value, base) => expect(actual.baseExposure[base]).toBeCloseTo(value, 5));
        expect(expectedDepth(actual, moved) || 0).toBeCloseTo(expectedDepth(expected, held) || 0, 9);
        const gains = (graph: BackingGraph) =>
          analyseBacking(graph)
            .loops.map((loop) => loop.gain)
            .toSorted((a, b) => a - b);
        const [first, second] = [gains(plain), gains(permuted)];
        expect(second.length).toBe(first.length);
        first.forEach((gain, i) => expect(second[i]).toBeCloseTo(gain, 9));
      }),
    );
  });

  test('of a loop of 0.6 and 0.65 has gain 0.6245 and the value of the geometric series', () => {
    const loop = graphOf(2, 1, [
      { claim: 0, target: 1, weight: 0.6 },
      { claim: 0, target: 2, weight: 0.4 },
      { claim: 1, target: 0, weight: 0.65 },
      { claim: 1, target: 2, weight: 0.35 },
    ]);
    expect(analyseBacking(loop).loops[0]?.gain).toBeCloseTo(Math.sqrt(0.39), 14);
    expect(analyseBacking(loop).depth).toEqual(Int32Array.of(-1, -1));
    const { grossByClaim, baseExposure } = through(loop, Float64Array.of(100, 0, 0));
    expect(grossByClaim[0]).toBeCloseTo(100 / (1 - 0.39), 10);
    expect(baseExposure[0]).toBeCloseTo(100, 10);
  });

  test('of a loop with one edge taken out ends after finitely many steps, as a chain', () => {
    const opened = graphOf(2, 1, [
      { claim: 0, target: 1, weight: 0.6 },
      { claim: 0, target: 2, weight: 0.4 },
      { claim: 1, target: 2, weight: 0.35 },
    ]);
    expect(analyseBacking(opened).loops).toEqual([]);
    expect(analyseBacking(opened).depth).toEqual(Int32Array.of(2, 1));
    const { grossByClaim, baseExposure } = through(opened, Float64Array.of(100, 0, 0));
    expect([...grossByClaim]).toEqual([100, 60]);
    expect(baseExposure[0]).toBeCloseTo(100 * (0.4 + 0.6 * 0.35), 12);
    expect(expectedDepth({ grossByClaim, baseExposure }, Float64Array.of(100, 0, 0))).toBeCloseTo(1.6, 12);
  });

  test.each([10, 49, 400])('solves a ring of %i claims like its series, whichever way it is solved', (size) => {
    const ring = Array.from({ length: size }, (_, claim) => [
      { claim, target: (claim + 1) % size, weight: 0.99 },
      { claim, target: size, weight: 0.01 },
    ]).flat();
    const graph = graphOf(size, 1, ring);
    const held = new Float64Array(size + 1);
    held[0] = 1;
    const { grossByClaim, baseExposure } = through(graph, held);
    expect(analyseBacking(graph).loops[0]?.gain).toBeCloseTo(0.99, 9);
    expect(grossByClaim[0]).toBeCloseTo(1 / (1 - 0.99 ** size), 8);
    expect(baseExposure[0]).toBeCloseTo(1, 9);
  });

  test('of a large ring of gain one is refused', () => {
    const ring = Array.from({ length: 100 }, (_, claim) => ({ claim, target: (claim + 1) % 100, weight: 1 }));
    const graph = graphOf(100, 1, ring);
    expect(analyseBacking(graph).circular).toHaveLength(100);
    expect(lookThrough(graph, analyseBacking(graph), new Float64Array(101))).toBeNull();
  });
});

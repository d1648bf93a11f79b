import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueInterbankSystem } from '../../../main/engine/contagion/interbank-valuation.ts';
import { prepareFailures, propagateFailure, type FailureGraph } from '../../../main/engine/network/failure-propagation.ts';

type Tie = { readonly from: number; readonly to: number; readonly share: number; readonly attachment?: number };

/** `from` rests on `to`. */
function graphOf(count: number, ties: readonly Tie[]): FailureGraph {
  const start = new Int32Array(count + 1);
  const rows = Array.from({ length: count }, (_, node) => ties.filter((tie) => tie.from === node));
  rows.forEach((row, node) => {
    start[node + 1] = (start[node] ?? 0) + row.length;
  });
  const sorted = rows.flat();
  return {
    count,
    start,
    target: Int32Array.from(sorted, (tie) => tie.to),
    share: Float64Array.from(sorted, (tie) => tie.share),
    attachment: Float64Array.from(sorted, (tie) => tie.attachment ?? 0),
  };
}

function lossesOf(graph: FailureGraph, root: number): { readonly lost: Float64Array; readonly via: Int32Array; readonly rounds: number } {
  const work = prepareFailures(graph);
  const { status, rounds } = propagateFailure(graph, root, work);
  expect(status).toBe('converged');
  return { lost: work.lost, via: work.via, rounds };
}

const COUNT = 8;
const tie = fc.record({
  from: fc.nat(COUNT - 1),
  to: fc.nat(COUNT - 1),
  share: fc.double({ min: 0, max: 1.5, noNaN: true }),
  attachment: fc.constantFrom(0, 0, 0.2, 0.5),
});
const ties = fc.array(tie, { maxLength: 20 }).map((all) => all.filter(({ from, to }) => from !== to));

describe('the failure of one node', () => {
  test('takes an account that borrowed 3 of 4 with a fall of a quarter of what it holds', () => {
    const account = graphOf(3, [
      { from: 1, to: 0, share: 0.25 },
      { from: 2, to: 1, share: 4 },
    ]);
    expect([...lossesOf(account, 0).lost]).toEqual([1, 0.25, 1]);
  });

  test('reaches a lender only beyond the margin of the loan', () => {
    const loan = (fall: number): number =>
      lossesOf(
        graphOf(3, [
          { from: 1, to: 0, share: fall },
          { from: 2, to: 1, share: 0.8, attachment: 0.25 },
        ]),
        0,
      ).lost[2] ?? NaN;
    expect(loan(0.25)).toBe(0);
    expect(loan(0.5)).toBeCloseTo(0.8 / 3, 14);
    expect(loan(1)).toBeCloseTo(0.8, 14);
  });

  test('goes round a loop as often as the geometric series says', () => {
    const loop = graphOf(3, [
      { from: 1, to: 0, share: 0.1 },
      { from: 1, to: 2, share: 0.6 },
      { from: 2, to: 1, share: 0.65 },
    ]);
    const { lost, via } = lossesOf(loop, 0);
    expect(lost[1]).toBeCloseTo(0.1 / (1 - 0.39), 11);
    expect(lost[2]).toBeCloseTo(0.065 / (1 - 0.39), 11);
    expect([...via]).toEqual([-1, 0, 1]);
  });

  test('ends at total loss around a loop of gain one or more', () => {
    const loop = graphOf(3, [
      { from: 1, to: 0, share: 1e-6 },
      { from: 1, to: 2, share: 1.2 },
      { from: 2, to: 1, share: 1 },
    ]);
    expect([...lossesOf(loop, 0).lost]).toEqual([1, 1, 1]);
  });

  test('reaches nobody who does not rest on it', () => {
    expect([...lossesOf(graphOf(3, [{ from: 0, to: 1, share: 1 }]), 0).lost]).toEqual([1, 0, 0]);
  });

  test('is the least loss that fits: nothing moves any more when everybody is asked again', () => {
    fc.assert(
      fc.property(ties, (all) => {
        const graph = graphOf(COUNT, all);
        const { lost } = lossesOf(graph, 0);
        for (let node = 1; node < COUNT; node += 1) {
          const hit = all
            .filter(({ from }) => from === node)
            .reduce((sum, { to, share, attachment }) => sum + (share * Math.max(0, (lost[to] ?? 0) - attachment)) / (1 - attachment), 0);
          expect(lost[node]).toBeCloseTo(Math.min(1, hit), 8);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('does not depend on the numbering of nodes', () => {
    fc.assert(
      fc.property(ties, fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7], { minLength: 7, maxLength: 7 }), (all, order) => {
        const place = [0, ...order];
        const plain = lossesOf(graphOf(COUNT, all), 0).lost;
        const renamed = all.map((each) => ({ ...each, from: place[each.from] ?? 0, to: place[each.to] ?? 0 }));
        const permuted = lossesOf(graphOf(COUNT, renamed), 0).lost;
        place.forEach((to, node) => expect(permuted[to]).toBeCloseTo(plain[node] ?? NaN, 9));
      }),
    );
  });

  test('never hurts less for one tie more', () => {
    fc.assert(
      fc.property(ties, tie, (all, more) => {
        fc.pre(more.from !== more.to);
        const before = lossesOf(graphOf(COUNT, all), 0).lost;
        const after = lossesOf(graphOf(COUNT, [...all, more]), 0).lost;
        before.forEach((lost, node) => expect(after[node]).toBeGreaterThanOrEqual(lost - 1e-9));
      }),
    );
  });

  test('is differential DebtRank between banks that owe each other', () => {
    const claims = Float64Array.of(0, 4, 2, 3, 0, 1, 1, 5, 0);
    const externalAssets = Float64Array.of(20, 20, 20);
    const externalLiabilities = Float64Array.of(10, 8, 12);
    const before = valueInterbankSystem({ claims, externalAssets, externalLiabilities, shock: new Float64Array(3) }, { kind: 'linear' });
    const shock = Float64Array.of(before.equityBefore[0] ?? 0, 0, 0);
    const bank = valueInterbankSystem({ claims, externalAssets, externalLiabilities, shock }, { kind: 'linear' });
    const own = [0, 1, 2].flatMap((from) =>
      [0, 1, 2].map((to) => ({ from, to, share: (claims[from * 3 + to] ?? 0) / (before.equityBefore[from] ?? 1) })),
    );
    const { lost } = lossesOf(
      graphOf(
        3,
        own.filter(({ from, to }) => from !== to),
      ),
      0,
    );
    for (const node of [1, 2]) expect(lost[node]).toBeCloseTo(bank.relativeLoss[node] ?? NaN, 11);
  });
});

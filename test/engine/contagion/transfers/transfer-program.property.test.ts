import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  readPlan,
  transferProgram,
  type TransferPlan,
  type TransferProblem,
} from '../../../../main/engine/contagion/transfers/transfer-program.ts';
import { loadSolver, type LinearSolver } from '../../../../main/pool/highs.ts';
import { expectClose } from '../../../support/expect-close.ts';

let solver: LinearSolver;
beforeAll(async () => {
  solver = await loadSolver();
});

function solve(problem: TransferProblem): TransferPlan {
  return readPlan(problem, solver.solve(transferProgram(problem), { timeLimitSeconds: 10 }));
}

const amount = (max: number): fc.Arbitrary<number> => fc.double({ min: 0, max, noNaN: true });

/** Two accounts with spare collateral, two that lack some, and every way between them. */
const problems: fc.Arbitrary<TransferProblem> = fc
  .record({
    available: fc.tuple(amount(100), amount(100)),
    limits: fc.tuple(amount(80), amount(80)),
    owed: fc.tuple(amount(60), amount(60)),
    excess: fc.tuple(amount(120), amount(120), fc.double({ min: -60, max: 4, noNaN: true }), fc.double({ min: -60, max: 4, noNaN: true })),
    takes: amount(1),
    brings: fc.double({ min: 0.3, max: 1.1, noNaN: true }),
    losses: fc.tuple(amount(0.02), amount(0.02), amount(0.02), amount(0.02)),
  })
  .map(({ available, limits, owed, excess, takes, brings, losses }) => ({
    routes: [0, 1].flatMap((source) =>
      [2, 3].map((to) => ({
        ...{ source, from: source, limit: source, to, sink: to - 2, takesNow: takes, reluctanceFraction: 0 },
        takesAtShock: takes,
        arrivesFraction: 1 - (losses[source * 2 + to - 2] ?? 0),
        bringsAtShock: brings,
      })),
    ),
    availableUsd: Float64Array.from(available),
    limitUsd: Float64Array.from(limits),
    sinkUsd: Float64Array.from(owed),
    excessUsd: Float64Array.from(excess),
    bufferUsd: Float64Array.of(0, 0, 5, 5),
    openingExcessUsd: Float64Array.from(excess, (value) => 0.9 * value),
  }));

const ROUNDING = 1e-6;

describe('the least-cost transfers of collateral', () => {
  test('give no more than there is, than may leave, than is owed, and never bring a sender below its buffer', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const plan = solve(problem);
        expect(plan.status).toBe('optimal');
        const total = (holds: (route: TransferProblem['routes'][number]) => number): number =>
          problem.routes.reduce((sum, route, r) => sum + holds(route) * (plan.movedUsd[r] ?? NaN), 0);
        for (const at of [0, 1]) {
          expect(total((route) => (route.source === at ? 1 : 0))).toBeLessThanOrEqual((problem.availableUsd[at] ?? NaN) + ROUNDING);
          expect(total((route) => (route.limit === at ? 1 : 0))).toBeLessThanOrEqual((problem.limitUsd[at] ?? NaN) + ROUNDING);
          expect(total((route) => (route.sink === at ? route.arrivesFraction : 0))).toBeLessThanOrEqual(
            (problem.sinkUsd[at] ?? NaN) + ROUNDING,
          );
          const left = (problem.excessUsd[at] ?? NaN) - total((route) => (route.from === at ? route.takesAtShock : 0));
          expect(left).toBeGreaterThanOrEqual((problem.bufferUsd[at] ?? NaN) - ROUNDING);
        }
        for (const at of [2, 3]) {
          const reached = (problem.excessUsd[at] ?? NaN) + total((route) => (route.to === at ? route.bringsAtShock : 0));
          expect(reached + (plan.shortUsd[at] ?? NaN)).toBeGreaterThanOrEqual((problem.bufferUsd[at] ?? NaN) - ROUNDING);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('cost no more where limits are wider, and no less where a way is closed', () => {
    fc.assert(
      fc.property(problems, amount(40), (problem, more) => {
        const plan = solve(problem);
        const wider = solve({ ...problem, limitUsd: problem.limitUsd.map((limit) => limit + more) });
        expect(wider.objectiveUsd).toBeLessThanOrEqual(plan.objectiveUsd + ROUNDING);
        const closed = solve({ ...problem, routes: problem.routes.slice(1) });
        expect(closed.objectiveUsd).toBeGreaterThanOrEqual(plan.objectiveUsd - ROUNDING);
      }),
      { numRuns: 60 },
    );
  });

  test('without a way nothing moves, and all that is lacking stays lacking', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const plan = solve({ ...problem, routes: [] });
        const lacking = problem.excessUsd.map((excess, a) => Math.max(0, (problem.bufferUsd[a] ?? NaN) - excess));
        plan.shortUsd.forEach((short, a) => expectClose({ actual: short, expected: lacking[a] ?? NaN, rel: 1e-9, abs: ROUNDING }));
        expect(plan.costUsd).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('by hand: 100 are lacking; 60 come free up to the limit, 40 by the way that costs a hundredth', () => {
    const route = { to: 2, sink: -1, takesAtShock: 0, takesNow: 0, reluctanceFraction: 0 };
    const plan = solve({
      routes: [
        { ...route, source: 0, from: 0, limit: 0, arrivesFraction: 1, bringsAtShock: 1 },
        { ...route, source: 1, from: 1, limit: 1, arrivesFraction: 0.99, bringsAtShock: 0.99 },
      ],
      availableUsd: Float64Array.of(500, 500),
      limitUsd: Float64Array.of(60, 500),
      sinkUsd: new Float64Array(0),
      excessUsd: Float64Array.of(Infinity, Infinity, -100),
      bufferUsd: new Float64Array(3),
      openingExcessUsd: new Float64Array(3).fill(Infinity),
    });
    expect(plan.movedUsd[0]).toBeCloseTo(60, 6);
    expect(plan.movedUsd[1]).toBeCloseTo(40 / 0.99, 6);
    expect(plan.costUsd).toBeCloseTo((0.01 * 40) / 0.99, 6);
    // One dollar more of need comes by the dear way; one dollar more of the free way's limit saves as much.
    expect(plan.needPrice[2]).toBeCloseTo(0.01 / 0.99, 9);
    expect(plan.limitPrice[0]).toBeCloseTo(0.01 / 0.99, 9);
  });
});

import { describe, expect, test } from 'vitest';
import { appraise, lowerBoundUsd } from '../../../main/engine/hedge/program/appraise.ts';
import { packCvarProgram } from '../../../main/engine/hedge/program/cvar-program.ts';
import type { CvarProgram, CvarVariable } from '../../../main/engine/hedge/program/cvar-program.ts';
import { assembleProblem, hardLimits } from '../../../main/engine/hedge/hedge-problem.ts';
import type { HedgeProblem } from '../../../main/engine/hedge/hedge-problem.ts';
import { solveCvarProgram } from '../../../main/engine/hedge/program/solve-program.ts';
import { tailRisk } from '../../../main/engine/risk/expected-shortfall.ts';
import { loadSolver, solveOnThisThread } from '../../../main/pool/highs.ts';
import { primalForm } from './primal-form.ts';
import { randomProblem, seededNumbers } from './random-problem.ts';

const infinite = Number.POSITIVE_INFINITY;

function variable(parts: Partial<CvarVariable>): CvarVariable {
  return { costUsd: 0, lower: 0, upper: 1, upperPenaltyUsd: infinite, reductionUsd: null, ...parts };
}

function program(parts: {
  losses: number[];
  variables: CvarVariable[];
  confidence?: number;
  rows?: Parameters<typeof packCvarProgram>[0]['rows'];
  penalties?: number[];
}): CvarProgram {
  return packCvarProgram({
    confidence: parts.confidence ?? 0.75,
    weights: new Float64Array(parts.losses.length).fill(1 / parts.losses.length),
    lossesUsd: Float64Array.from(parts.losses),
    variables: parts.variables,
    rows: parts.rows ?? [],
    groupPenaltyUsd: parts.penalties ?? [],
  });
}

describe('the dual form', () => {
  test.each([1, 2, 3, 4, 5, 6])('reaches the optimum of the textbook primal on a made-up desk (seed %i)', async (seed) => {
    const assembled = assembleProblem(randomProblem({ scenarios: 120, hedges: 8, accounts: 3, retained: 30 }, seed), hardLimits).program;
    const dual = await solveCvarProgram(assembled, solveOnThisThread);
    const primal = (await loadSolver()).solve(primalForm(assembled), { timeLimitSeconds: 60 });
    expect(primal.status).toBe(dual.status === 'infeasible' ? 'infeasible' : 'optimal');
    if (primal.status !== 'optimal') return;
    expect(dual.status).toBe('optimal');
    expect(Math.abs(dual.appraisal.objectiveUsd - primal.objective)).toBeLessThan(1e-6 * Math.abs(primal.objective) + 1e-3);
    expect(dual.appraisal.violationUsd).toBeLessThan(1e-3);
  });

  test('decisions with a lower bound above zero are shifted and come back', async () => {
    const solved = await solveCvarProgram(
      program({ losses: [10, 2, -3, -9], variables: [variable({ costUsd: 1, lower: 2, upper: 5, reductionUsd: [0, 0, 0, 0] })] }),
      solveOnThisThread,
    );
    expect([...solved.values]).toEqual([2]);
    expect(solved.appraisal.objectiveUsd).toBeCloseTo(12, 9);
  });

  test('limits that exclude each other are infeasible', async () => {
    const rows = [
      { variables: [0], values: [1], boundUsd: 3, group: 0 },
      { variables: [0], values: [-1], boundUsd: -2, group: 1 },
    ];
    const solved = await solveCvarProgram(
      program({ losses: [1, 2], variables: [variable({ upper: 9 })], rows, penalties: [infinite, infinite] }),
      solveOnThisThread,
    );
    expect(solved.status).toBe('infeasible');
  });

  test('a priced limit gives way by as little as possible, and its shortfall is shared by its rows', async () => {
    const rows = [
      { variables: [0], values: [1], boundUsd: 3, group: 0 },
      { variables: [0], values: [1], boundUsd: 5, group: 0 },
    ];
    const solved = await solveCvarProgram(
      program({ losses: [1, 2], variables: [variable({ costUsd: 1, upper: 4 })], rows, penalties: [100] }),
      solveOnThisThread,
    );
    expect(solved.values[0]).toBeCloseTo(4, 9);
    expect(solved.appraisal.groupShortfallUsd[0]).toBeCloseTo(1, 9);
    expect(solved.groupPricesUsd[0]).toBeCloseTo(100, 6);
  });

  test('a priced upper bound is exceeded only where that pays', async () => {
    const hedge = (penalty: number) =>
      program({ losses: [10, 0, 0, 0], variables: [variable({ upper: 2, upperPenaltyUsd: penalty, reductionUsd: [1, 0, 0, 0] })] });
    expect((await solveCvarProgram(hedge(0.5), solveOnThisThread)).values[0]).toBeCloseTo(10, 9);
    expect((await solveCvarProgram(hedge(2), solveOnThisThread)).values[0]).toBeCloseTo(2, 9);
  });
});

describe('the certificate', () => {
  test('no prices, however wrong, put the bound above what some decisions reach', async () => {
    const next = seededNumbers(5);
    for (let seed = 1; seed <= 8; seed++) {
      const assembled = assembleProblem(randomProblem({ scenarios: 60, hedges: 5, accounts: 2, retained: 10 }, seed), {
        ...hardLimits,
        account: () => 50,
      }).program;
      const solved = await solveCvarProgram(assembled, solveOnThisThread);
      const tailWeights = Float64Array.from({ length: 60 }, () => next() * 0.4);
      const rowPrices = Float64Array.from({ length: assembled.rowBoundUsd.length }, () => next() * 3 - 1);
      expect(lowerBoundUsd(assembled, { tailWeights, rowPrices })).toBeLessThanOrEqual(solved.appraisal.objectiveUsd + 1e-3);
      expect(solved.boundUsd).toBeGreaterThan(solved.appraisal.objectiveUsd - 1e-5 * Math.abs(solved.appraisal.objectiveUsd) - 1);
    }
  });

  test('a solver that stops early or lies is not called optimal', async () => {
    const assembled = assembleProblem(randomProblem({ scenarios: 60, hedges: 5, accounts: 2, retained: 10 }, 3), {
      ...hardLimits,
      account: () => 50,
    }).program;
    const liar = await solveCvarProgram(assembled, async (dual) => {
      const honest = await solveOnThisThread(dual);
      const { reading } = honest;
      return { ...honest, reading: reading && { ...reading, values: reading.values.map((value) => value * 0.5) } };
    });
    expect(liar.status).toBe('feasible');
    expect(liar.gapFraction).toBeGreaterThan(1e-4);
    const late = await solveCvarProgram(assembled, async (dual) => ({
      ...(await solveOnThisThread(dual)),
      status: 'timeLimit' as const,
    }));
    expect(late.status).toBe('timeLimit');
  });

  test('the objective is the direct tail average, with the atom at the edge split', () => {
    const one = program({ losses: [10, 8, 2, 1, 0], variables: [variable({ costUsd: 3 })], confidence: 0.7 });
    // Worst 30 %: all of the first fifth, half of the second.
    expect(appraise(one, Float64Array.of(0)).expectedShortfallUsd).toBeCloseTo((0.2 * 10 + 0.1 * 8) / 0.3, 12);
    expect(appraise(one, Float64Array.of(0.5)).objectiveUsd).toBeCloseTo((0.2 * 10 + 0.1 * 8) / 0.3 + 1.5, 12);
    expect(tailRisk(one.lossesUsd, one.weights, 0.7).expectedShortfall).toBeCloseTo(
      appraise(one, Float64Array.of(0)).expectedShortfallUsd,
      12,
    );
  });
});

describe('rows that are left out', () => {
  const decision = (effect: number[], upper: number) => ({
    costUsd: 1,
    spendUsd: 1,
    lower: 0,
    upper,
    reductionUsd: null,
    excess: [{ account: 0, effectUsd: Float64Array.from(effect) }],
    cash: [],
  });
  const problem = (excess: number[], decisions: HedgeProblem['decisions']): HedgeProblem => ({
    confidence: 0.5,
    weights: Float64Array.of(0.5, 0.5),
    lossesUsd: Float64Array.of(1, 0),
    decisions,
    accounts: [{ bufferUsd: 0, excessUsd: Float64Array.from(excess) }],
    purses: [],
    budgetUsd: null,
  });

  test('cash counts alike everywhere, so only the worst scenario is kept', () => {
    const assembled = assembleProblem(problem([-5, -7, -7, 3], [decision([1, 1, 1, 1], 100)]), hardLimits);
    expect([...assembled.rowScenario]).toEqual([1]);
  });

  test('a row that a trade could break is kept although it holds now', () => {
    const assembled = assembleProblem(problem([-5, 4, 50], [decision([1, -1, -1], 10)]), hardLimits);
    expect([...assembled.rowScenario]).toEqual([0, 1]);
  });

  test.each([1, 2, 3])('leaving them out does not change the optimum (seed %i)', async (seed) => {
    const made = randomProblem({ scenarios: 80, hedges: 6, accounts: 2, retained: 40 }, seed);
    const priced = { ...hardLimits, account: () => 20 };
    const { program: short } = assembleProblem(made, priced);
    const solved = await solveCvarProgram(short, solveOnThisThread);
    // Every row of every account, judged by hand at the same decisions.
    made.accounts.forEach((account, index) => {
      let shortfall = 0;
      account.excessUsd.forEach((excess, scenario) => {
        let after = excess;
        made.decisions.forEach((each, j) =>
          each.excess.forEach(
            (effect) =>
              (after += effect.account === index ? (effect.effectUsd[scenario] ?? Number.NaN) * (solved.values[j] ?? Number.NaN) : 0),
          ),
        );
        shortfall = Math.max(shortfall, account.bufferUsd - after);
      });
      expect(solved.appraisal.groupShortfallUsd[index]).toBeCloseTo(Math.max(0, shortfall), 3);
    });
  });
});

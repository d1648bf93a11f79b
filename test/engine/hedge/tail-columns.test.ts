import { describe, expect, test } from 'vitest';
import type { CvarProgram } from '../../../main/engine/hedge/program/cvar-program.ts';
import { assembleProblem, hardLimits, type LimitPenalties } from '../../../main/engine/hedge/hedge-problem.ts';
import { solveCvarProgram, type CvarSolution } from '../../../main/engine/hedge/program/solve-program.ts';
import { solveTail, type TailStart } from '../../../main/engine/hedge/program/tail-columns.ts';
import { loadSolver, solveOnThisThread } from '../../../main/pool/highs.ts';
import { leastObjective } from '../../oracle/dense-simplex.ts';
import { primalForm } from './primal-form.ts';
import { randomProblem, seededNumbers } from './random-problem.ts';

const solver = await loadSolver();
const priced = { ...hardLimits, account: () => 50 };

function draw(size: { scenarios: number; hedges: number }, seed: number, penalties: LimitPenalties = priced): CvarProgram {
  return assembleProblem(randomProblem({ ...size, accounts: 2, retained: Math.min(size.scenarios, 20) }, seed), penalties).program;
}

function solveFrom(
  program: CvarProgram,
  start: TailStart | null,
): Promise<{ solved: CvarSolution; start: TailStart | null; rounds: number }> {
  const dual = solver.withGrowing({ timeLimitSeconds: 60 }, (open) => solveTail(program, open, start));
  return solveCvarProgram(program, () => Promise.resolve(dual)).then((solved) => ({ solved, start: dual.start, rounds: dual.rounds }));
}

/** Largest violation of the conditions of an optimum, relative to the sizes of their terms. */
function residuals(program: CvarProgram, { values, appraisal, tailWeights, rowPrices, boundUsd }: CvarSolution): number {
  const scale = Math.max(1, Math.abs(appraisal.objectiveUsd));
  const feasible = appraisal.violationUsd / scale;
  const gap = Math.abs(appraisal.objectiveUsd - boundUsd) / scale;
  const weights = tailWeights.map((weight, s) => Math.max(-weight, weight - (program.weights[s] ?? NaN) / (1 - program.confidence)));
  const sum = Math.abs(tailWeights.reduce((total, weight) => total + weight, 0) - 1);
  const signs = Math.max(0, ...rowPrices.map((price) => -price));
  const bounds = Math.max(...values.map((value, j) => ((program.lower[j] ?? NaN) - value) / Math.max(1, Math.abs(value))));
  return Math.max(feasible, gap, sum, signs, bounds, ...weights);
}

describe('columns that are added as they come into the tail', () => {
  test('the optimum is that of a dense tableau on 500 random programs, and the conditions of an optimum hold to 1e-7', async () => {
    let infeasible = 0;
    for (let seed = 1; seed <= 500; seed++) {
      const drawn = draw({ scenarios: 6 + (seed % 9), hedges: 1 + (seed % 3) }, seed, seed % 2 === 0 ? priced : hardLimits);
      // In one of ten the accounts are to keep more than anybody has.
      const program = seed % 10 === 1 ? { ...drawn, rowBoundUsd: drawn.rowBoundUsd.map((bound) => bound + 1e8) } : drawn;
      const least = leastObjective(program);
      const solved = await solveCvarProgram(program, solveOnThisThread);
      expect(solved.status, `seed ${seed}`).toBe(least === null ? 'infeasible' : 'optimal');
      if (least === null) {
        infeasible += 1;
        continue;
      }
      expect(Math.abs(solved.appraisal.objectiveUsd - least), `seed ${seed}`).toBeLessThan(1e-7 * Math.max(1, Math.abs(least)));
      expect(residuals(program, solved), `seed ${seed}`).toBeLessThan(1e-7);
    }
    expect(infeasible).toBeGreaterThan(10);
    expect(infeasible).toBeLessThan(250);
  });

  test('of many scenarios it takes up few, in more than one round, and finds what all of them find', async () => {
    let rounds = 0;
    for (let seed = 1; seed <= 5; seed++) {
      const drawn = draw({ scenarios: 1500, hedges: 12 }, seed);
      // Trades that can turn the book round, so that the worst scenarios after them are not those before.
      const program = { ...drawn, upper: drawn.upper.map((upper) => upper * 20), costUsd: drawn.costUsd.map((cost) => cost / 20) };
      const found = await solveFrom(program, null);
      const all = solver.solve(primalForm(program), { timeLimitSeconds: 60 });
      expect(found.solved.status).toBe('optimal');
      expect(Math.abs(found.solved.appraisal.objectiveUsd - all.objective)).toBeLessThan(1e-7 * Math.abs(all.objective));
      expect(residuals(program, found.solved)).toBeLessThan(1e-7);
      expect(found.start?.scenarios.length).toBeLessThan(700);
      rounds = Math.max(rounds, found.rounds);
    }
    expect(rounds).toBeGreaterThan(1);
  });

  test('a start from the last answer, whatever has become of losses, payoffs and limits, leads to the answer from nothing', async () => {
    const next = seededNumbers(4);
    let program = draw({ scenarios: 400, hedges: 6 }, 9);
    let { start } = await solveFrom(program, null);
    for (let tick = 1; tick <= 12; tick++) {
      const size = tick % 4 === 0 ? 0.5 : 0.01;
      const moved = (value: number): number => value * (1 + size * (next() - 0.5));
      program = { ...program, lossesUsd: program.lossesUsd.map(moved), reductionUsd: program.reductionUsd.map(moved) };
      if (tick === 7) program = draw({ scenarios: 300, hedges: 5 }, 10);
      const warm = await solveFrom(program, start);
      const cold = await solveFrom(program, null);
      expect(warm.solved.status).toBe('optimal');
      const { objectiveUsd } = cold.solved.appraisal;
      expect(Math.abs(warm.solved.appraisal.objectiveUsd - objectiveUsd)).toBeLessThan(1e-7 * Math.abs(objectiveUsd));
      start = warm.start;
    }
  });
});

describe('laws of the program', () => {
  test('no range changes nothing; a wider range and a looser limit never raise the optimum', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const program = draw({ scenarios: 40, hedges: 4 }, seed);
      const value = async (changed: Partial<CvarProgram>): Promise<number> =>
        (await solveCvarProgram({ ...program, ...changed }, solveOnThisThread)).appraisal.objectiveUsd;
      const tolerance = 1e-7 * Math.abs(await value({}));
      const nothing = await solveCvarProgram({ ...program, upper: program.lower }, solveOnThisThread);
      expect(nothing.values).toEqual(program.lower);
      expect(await value({ upper: program.upper.map((upper) => 2 * upper) })).toBeLessThanOrEqual((await value({})) + tolerance);
      expect(await value({ rowBoundUsd: program.rowBoundUsd.map((bound) => bound - 1000) })).toBeLessThanOrEqual(
        (await value({})) + tolerance,
      );
    }
  });

  test('in thousands of dollars the optimum is a thousandth, and the order of decisions does not matter', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const problem = randomProblem({ scenarios: 40, hedges: 4, accounts: 2, retained: 10 }, seed);
      const solve = async (program: CvarProgram): Promise<number> =>
        (await solveCvarProgram(program, solveOnThisThread)).appraisal.objectiveUsd;
      const { program } = assembleProblem(problem, priced);
      const objectiveUsd = await solve(program);
      const turned = assembleProblem({ ...problem, decisions: problem.decisions.toReversed() }, priced).program;
      expect(Math.abs((await solve(turned)) - objectiveUsd)).toBeLessThan(1e-7 * Math.abs(objectiveUsd));
      const thousandth = (values: Float64Array): Float64Array => values.map((value) => value / 1000);
      const inThousands = {
        ...program,
        lossesUsd: thousandth(program.lossesUsd),
        costUsd: thousandth(program.costUsd),
        reductionUsd: thousandth(program.reductionUsd),
        rowValues: thousandth(program.rowValues),
        rowBoundUsd: thousandth(program.rowBoundUsd),
      };
      expect(Math.abs(1000 * (await solve(inThousands)) - objectiveUsd)).toBeLessThan(1e-7 * Math.abs(objectiveUsd));
    }
  });
});

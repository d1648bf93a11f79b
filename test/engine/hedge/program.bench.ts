import type { CvarProgram } from '../../../main/engine/hedge/program/cvar-program.ts';
import { assembleProblem, hardLimits } from '../../../main/engine/hedge/hedge-problem.ts';
import { solveCvarProgram } from '../../../main/engine/hedge/program/solve-program.ts';
import { solveTail, type DualSolution, type TailStart } from '../../../main/engine/hedge/program/tail-columns.ts';
import { loadSolver, solveOnThisThread, type LinearSolver } from '../../../main/pool/highs.ts';
import type { Benchmark } from '../../bench/benchmark.ts';
import { primalForm } from './primal-form.ts';
import { randomProblem, seededNumbers } from './random-problem.ts';

const LIMIT = { timeLimitSeconds: 60 };
const TICKS = 12;
/** Solves after which the compiler has come to rest: a workstation that gets ticks has been running for longer. */
const WARM_UPS = 60;
let solver: LinearSolver | null = null;

/** Trades both ways, a requirement of eight accounts in a hundred scenarios each, cash in nine places. */
function draw(scenarios: number, hedges: number): CvarProgram {
  return assembleProblem(randomProblem({ scenarios, hedges, accounts: 8, retained: 100 }, 11), { ...hardLimits, account: () => 50 })
    .program;
}

function solve(program: CvarProgram, start: TailStart | null): DualSolution | null {
  return solver && solver.withGrowing(LIMIT, (open) => solveTail(program, open, start));
}

/** From no knowledge of the answer, against the textbook's primal by the same solver in the same run. */
function cold(scenarios: number, hedges: number, leastRatio: number): Benchmark {
  let program: CvarProgram | null = null;
  return {
    name: `hedging program, ${scenarios.toLocaleString('en')} scenarios × ${hedges} trades both ways, from nothing, with its certificate`,
    setUp: async () => {
      solver = await loadSolver();
      program = draw(scenarios, hedges);
    },
    run: () => program && solveCvarProgram(program, solveOnThisThread),
    twin: () => program && solver?.solve(primalForm(program), LIMIT),
    leastRatio,
    repeats: 3,
  };
}

/** After a tick that moves every loss and every payoff by up to 0.3 %, from the last answer. */
function warm(scenarios: number, hedges: number, limitCpuMs: number): Benchmark {
  const ticks: CvarProgram[] = [];
  let start: TailStart | null = null;
  let turn = 0;
  return {
    name: `hedging program, ${scenarios.toLocaleString('en')} scenarios × ${hedges} trades both ways, after a tick`,
    setUp: async () => {
      solver = await loadSolver();
      const program = draw(scenarios, hedges);
      const next = seededNumbers(3);
      const moved = (value: number): number => value * (1 + 0.006 * (next() - 0.5));
      for (let tick = 0; tick < TICKS; tick += 1)
        ticks.push({ ...program, lossesUsd: program.lossesUsd.map(moved), reductionUsd: program.reductionUsd.map(moved) });
      // The first solves of a process compile the solver, on threads beside this one whose time would count.
      for (let solved = 0; solved < WARM_UPS; solved += 1) start = solve(ticks[solved % TICKS] ?? program, start)?.start ?? null;
    },
    run: () => {
      const program = ticks[turn % TICKS];
      turn += 1;
      const solved = program === undefined ? null : solve(program, start);
      if (solved?.status !== 'optimal') throw new Error('a tick was not solved');
      start = solved.start;
      return solved;
    },
    limitCpuMs,
    repeats: TICKS,
  };
}

/** The hedging program by its dual form with the scenarios that matter. */
export const benchmarks: readonly Benchmark[] = [
  cold(2000, 50, 4),
  cold(10_000, 50, 10),
  warm(1000, 50, 15),
  warm(10_000, 50, 60),
  warm(10_000, 200, 500),
];

import { assembleProblem, hardLimits } from '../../../main/engine/hedge/hedge-problem.ts';
import { solveCvarProgram } from '../../../main/engine/hedge/solve-program.ts';
import { loadSolver } from '../../../main/pool/highs.ts';
import type { LinearSolver } from '../../../main/pool/highs.ts';
import type { Benchmark } from '../../bench/benchmark.ts';
import { primalForm } from './primal-form.ts';
import { randomProblem } from './random-problem.ts';

const { program } = assembleProblem(randomProblem({ scenarios: 2000, hedges: 50, accounts: 8, retained: 100 }, 11), hardLimits);
let solver: LinearSolver | null = null;

/** The hedging program at the size of the demo book, dual form against the textbook's primal, same solver, same run. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'hedging program of 2,000 scenarios and 50 candidates both ways, with its certificate',
    setUp: async () => {
      solver = await loadSolver();
    },
    run: () => {
      const ready = solver;
      return ready && solveCvarProgram(program, (linear) => Promise.resolve(ready.solve(linear, { timeLimitSeconds: 60 })));
    },
    twin: () => solver?.solve(primalForm(program), { timeLimitSeconds: 60 }),
    limitCpuMs: 1500,
    leastRatio: 1.2,
  },
];

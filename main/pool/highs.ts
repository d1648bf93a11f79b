import loadHighs from 'highs';
import type { Highs, ModelStatusCode } from 'highs';
import type { LinearProgram, LinearSolution, LinearStatus } from '../engine/hedge/linear-program.ts';

/** Options of one solve. */
export type SolveOptions = {
  /** Seconds of solver time after which the best point so far is returned. */
  readonly timeLimitSeconds: number;
};

/** A loaded HiGHS; every call is synchronous and keeps nothing from the one before. */
export type LinearSolver = {
  /** 'HiGHS 1.15.1'. */
  readonly name: string;
  readonly solve: (program: LinearProgram, options: SolveOptions) => LinearSolution;
};

const none = new Float64Array(0);
let loading: Promise<LinearSolver> | null = null;

/**
 * Loads HiGHS (WebAssembly, npm package `highs`, MIT) once per thread. The package finds its own .wasm beside its loader,
 * so it has to stay an external dependency of the build.
 */
export function loadSolver(): Promise<LinearSolver> {
  loading ??= loadHighs().then(solverOf);
  return loading;
}

/** Solves a program on the calling thread: for a handful of columns only, e.g. the cases of outside numbers. */
export async function solveOnThisThread(program: LinearProgram): Promise<LinearSolution> {
  const solver = await loadSolver();
  return solver.solve(program, { timeLimitSeconds: 60 });
}

function solverOf(highs: Highs): LinearSolver {
  return {
    name: `HiGHS ${highs.version.string}`,
    solve: (program, options) => solveWith(highs, program, options),
  };
}

function solveWith(highs: Highs, program: LinearProgram, options: SolveOptions): LinearSolution {
  return highs.withModel(
    {
      numCols: program.columns,
      numRows: program.rows,
      colCost: program.costs,
      colLower: program.columnLower,
      colUpper: program.columnUpper,
      rowLower: program.rowLower,
      rowUpper: program.rowUpper,
      matrix: {
        format: 'csc',
        numRows: program.rows,
        numCols: program.columns,
        starts: program.starts,
        indices: program.indices,
        values: program.values,
      },
    },
    (model) => {
      // Dual simplex on one thread: repeatable to the bit, and its iterates on the dual form are feasible suggestions.
      model.options.set({
        output_flag: false,
        solver: 'simplex',
        simplex_strategy: 1,
        time_limit: options.timeLimitSeconds,
        random_seed: 0,
      });
      model.run();
      const status = statusOf(model.getModelStatus());
      const iterations = Number(model.info.get('simplex_iteration_count'));
      if (status !== 'optimal' && status !== 'timeLimit') {
        return { status, objective: Number.NaN, columnValues: none, columnDuals: none, rowDuals: none, iterations };
      }
      const solution = model.getSolution();
      return {
        status,
        objective: model.getObjectiveValue(),
        columnValues: solution.colValue,
        columnDuals: solution.colDual,
        rowDuals: solution.rowDual,
        iterations,
      };
    },
  );
}

function statusOf(code: ModelStatusCode): LinearStatus {
  switch (code) {
    case 7:
      return 'optimal';
    case 8:
      return 'infeasible';
    case 9:
    case 10:
      return 'unbounded';
    case 13:
    case 14:
      return 'timeLimit';
    default:
      return 'failed';
  }
}

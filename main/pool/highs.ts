import loadHighs from 'highs';
import type { Highs, Model, ModelData, ModelStatusCode } from 'highs';
import type { CvarProgram } from '../engine/hedge/program/cvar-program.ts';
import type { GrowingProgram, LinearProgram, LinearSolution, LinearStatus, OpenProgram } from '../engine/hedge/program/linear-program.ts';
import { solveTail, type DualSolution } from '../engine/hedge/program/tail-columns.ts';

/** Codes of the solver's `simplex_strategy`. */
const DUAL_SIMPLEX = 1;
const PRIMAL_SIMPLEX = 4;

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
  /** Gives a function the means to open one program that grows; what it opened ends with it. The time limit is that of all solves together. */
  readonly withGrowing: <Found>(options: SolveOptions, use: (open: OpenProgram) => Found) => Found;
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

/** Solves a hedging program on the calling thread: for a handful of columns only, e.g. the cases of outside numbers. */
export async function solveOnThisThread(program: CvarProgram): Promise<DualSolution> {
  const solver = await loadSolver();
  return solver.withGrowing({ timeLimitSeconds: 60 }, (open) => solveTail(program, open, null));
}

function solverOf(highs: Highs): LinearSolver {
  return {
    name: `HiGHS ${highs.version.string}`,
    solve: (program, options) =>
      highs.withModel(modelData(program), (model) => {
        setOptions(model, options);
        return run(model);
      }),
    withGrowing: (options, use) => highs.withModel((model) => use((program) => growing(model, program, options))),
  };
}

function growing(model: Model, program: LinearProgram, options: SolveOptions): GrowingProgram {
  model.passModel(modelData(program));
  setOptions(model, options);
  let isBegun = false;
  return {
    add: ({ columns, rows, costs, columnLower, columnUpper, starts, indices, values }) => {
      const matrix = { format: 'csc', numRows: rows, numCols: columns, starts, indices, values } as const;
      model.addCols({ cost: costs, lower: columnLower, upper: columnUpper, matrix });
      // What was optimal stays feasible when columns come in at zero, which the primal simplex goes on from.
      if (isBegun) model.options.set({ simplex_strategy: PRIMAL_SIMPLEX });
    },
    startFrom: ({ columns, rows }) => void model.setBasis({ colStatus: columns, rowStatus: rows }),
    solve: () => {
      isBegun = true;
      return run(model);
    },
    basis: () => {
      const { colStatus, rowStatus } = model.getBasis();
      return { columns: colStatus, rows: rowStatus };
    },
  };
}

function modelData(program: LinearProgram): ModelData {
  const { columns, rows, starts, indices, values } = program;
  return {
    numCols: columns,
    numRows: rows,
    colCost: program.costs,
    colLower: program.columnLower,
    colUpper: program.columnUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: { format: 'csc', numRows: rows, numCols: columns, starts, indices, values },
  };
}

/** One thread and no random choice: repeatable to the bit; the iterates of the dual simplex on a dual form are feasible suggestions. */
function setOptions(model: Model, { timeLimitSeconds }: SolveOptions): void {
  model.options.set({
    output_flag: false,
    solver: 'simplex',
    simplex_strategy: DUAL_SIMPLEX,
    time_limit: timeLimitSeconds,
    random_seed: 0,
  });
}

function run(model: Model): LinearSolution {
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

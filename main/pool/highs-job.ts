import type { CvarProgram } from '../engine/hedge/program/cvar-program.ts';
import { solveTail, type DualSolution, type TailStart } from '../engine/hedge/program/tail-columns.ts';
import type { LinearProgram, LinearSolution } from '../engine/hedge/program/linear-program.ts';
import { loadSolver } from './highs.ts';

/** A linear program and the time its solver may take. */
export type SolveProgramInput = { readonly program: LinearProgram; readonly timeLimitSeconds: number };

/** A solution and the solver's name and version. */
export type SolveProgramOutput = LinearSolution & { readonly solver: string };

/** Solves one linear program with HiGHS on the worker's thread; an empty program makes the solver load ahead of its first use. */
export async function solveProgram(input: SolveProgramInput): Promise<SolveProgramOutput> {
  const solver = await loadSolver();
  return { ...solver.solve(input.program, { timeLimitSeconds: input.timeLimitSeconds }), solver: solver.name };
}

/** A hedging program, the time its solver may take, and where the solve of one like it ended. */
export type SolveHedgeInput = { readonly program: CvarProgram; readonly timeLimitSeconds: number; readonly start: TailStart | null };

/** The dual form solved, and the solver's name and version. */
export type SolveHedgeOutput = DualSolution & { readonly solver: string };

/** Solves a hedging program with HiGHS on the worker's thread. */
export async function solveHedge({ program, timeLimitSeconds, start }: SolveHedgeInput): Promise<SolveHedgeOutput> {
  const solver = await loadSolver();
  return { ...solver.withGrowing({ timeLimitSeconds }, (open) => solveTail(program, open, start)), solver: solver.name };
}

import type { LinearProgram, LinearSolution } from '../engine/hedge/linear-program.ts';
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

import { assembleProblem, hardLimits } from '../../engine/hedge/hedge-problem.ts';
import type { AssembledProblem, HedgeProblem, LimitPenalties } from '../../engine/hedge/hedge-problem.ts';
import { solveCvarProgram } from '../../engine/hedge/program/solve-program.ts';
import type { CvarSolution } from '../../engine/hedge/program/solve-program.ts';
import { succeed } from '../../domain/failure.ts';
import type { TailStart } from '../../engine/hedge/program/tail-columns.ts';
import type { Failure, Result } from '../../domain/failure.ts';
import type { Pool } from '../../pool/pool-types.ts';

/** A solved problem with the program it was solved as. */
export type SolvedProblem = { readonly assembled: AssembledProblem; readonly solution: CvarSolution };

/** Solves hedging problems in the pool, within one time limit for all of them together. */
export type ProgramSolver = {
  readonly solve: (problem: HedgeProblem, penalties?: LimitPenalties) => Promise<Result<SolvedProblem>>;
  /** Whether the time for solving is over: what is there by then has to do. */
  readonly isLate: () => boolean;
  /** Name and version of the solver, once it has answered. */
  readonly name: () => string;
  /** Where the next program of this book may begin; null before the first answer. */
  readonly start: () => TailStart | null;
  /** Time spent in programs so far, ms: how long the answers took to come. */
  readonly spentMs: () => number;
};

/** What a program is given even when the time is over, so that there is something to show: small ones take a few milliseconds. */
const LEAST_SECONDS = 0.5;

type SolverTerms = { readonly remainingMs: () => number; readonly from?: TailStart | null };

/**
 * @param remainingMs time left for solving, asked before each program
 * @param from where the programs of a former suggestion ended, to begin warm
 */
export function programSolver(pool: Pool, signal: AbortSignal, { remainingMs, from }: SolverTerms): ProgramSolver {
  let name = 'HiGHS';
  // The scenarios that mattered to one program mostly matter to the next.
  let start = from ?? null;
  let spentMs = 0;
  return {
    name: () => name,
    start: () => start,
    spentMs: () => spentMs,
    isLate: () => remainingMs() <= 0,
    solve: async (problem, penalties = hardLimits) => {
      const assembled = assembleProblem(problem, penalties);
      const failures: Failure[] = [];
      const begunMs = performance.now();
      const solution = await solveCvarProgram(assembled.program, async (program) => {
        const timeLimitSeconds = Math.max(LEAST_SECONDS, remainingMs() / 1000);
        const answer = await pool.run({ name: 'solveHedge', inputs: [{ program, timeLimitSeconds, start }] }, signal);
        const first = answer.ok ? answer.value[0] : undefined;
        if (first === undefined) {
          failures.push(answer.ok ? { reason: 'internal', message: 'the solver gave no answer' } : answer.failure);
          return { status: 'failed', reading: null, start: null, rounds: 0 };
        }
        name = first.solver;
        start = first.start ?? start;
        return first;
      });
      spentMs += performance.now() - begunMs;
      const failure = failures[0];
      return failure === undefined ? succeed({ assembled, solution }) : { ok: false, failure };
    },
  };
}

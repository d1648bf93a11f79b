import type { CvarProgram } from './cvar-program.ts';
import { solveCvarProgram } from './solve-program.ts';
import type { CvarSolution, SolveDual } from './solve-program.ts';

/** Share of a decision's largest effect by which its cost is moved to and fro: far below any real price difference. */
const nudgeFraction = 1e-6;
/** Decisions closer than this, relative to their size, are the same. */
const sameFraction = 1e-5;

/**
 * Whether the best decisions are the only best ones. A linear program with one optimum keeps it under a small enough change
 * of costs, and one with several moves along them; so each decision (each net trade, given as signed sums of variables) is
 * made slightly cheaper and slightly dearer in turn.
 *
 * @param nets for each decision the user sees: variables that add to it (+1) or take from it (−1)
 */
export async function hasUniqueDecisions(
  program: CvarProgram,
  solution: CvarSolution,
  search: {
    readonly nets: readonly (readonly { readonly variable: number; readonly sign: number }[])[];
    readonly solveDual: SolveDual;
  },
): Promise<boolean> {
  for (const net of search.nets) {
    const before = netOf(solution.values, net);
    for (const direction of [1, -1]) {
      const costUsd = program.costUsd.slice();
      for (const { variable, sign } of net) {
        costUsd[variable] = costUsd[variable]! + direction * sign * nudgeFraction * largestEffect(program, variable);
      }
      const nudged = await solveCvarProgram({ ...program, costUsd }, search.solveDual);
      const after = netOf(nudged.values, net);
      if (Math.abs(after - before) > sameFraction * Math.max(1, Math.abs(before))) return false;
    }
  }
  return true;
}

function netOf(values: Float64Array, net: readonly { readonly variable: number; readonly sign: number }[]): number {
  return net.reduce((sum, { variable, sign }) => sum + sign * values[variable]!, 0);
}

function largestEffect(program: CvarProgram, variable: number): number {
  const scenarios = program.lossesUsd.length;
  let largest = Math.abs(program.costUsd[variable]!);
  for (let s = 0; s < scenarios; s++) largest = Math.max(largest, Math.abs(program.reductionUsd[variable * scenarios + s]!));
  return largest;
}

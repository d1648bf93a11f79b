import { shortfallsOf } from './program/appraise.ts';
import type { CvarProgram } from './program/cvar-program.ts';
import type { PackedCandidate } from './packed-candidate.ts';

/** A candidate with its whole step and its most units. */
export type SteppedCandidate = PackedCandidate & { readonly step: number; readonly upper: number };

/** A solved program of the chosen candidates alone: one variable each. `accounts` limits come first. */
export type FractionalPlan = {
  readonly program: CvarProgram;
  readonly values: Float64Array;
  readonly allowedUsd: Float64Array;
  readonly accounts: number;
  /** What rounding may take from a limit of an account beyond what the solution misses. USD. */
  readonly toleranceUsd: (account: number) => number;
};

/** Cash is rounded to whole steps; where those do not fit into a purse or a requirement, to tenths and hundredths of them. */
const finenesses = [1, 0.1, 0.01, 0.001] as const;
/** Cash and what is beyond accounts count as missed by more than the solution itself misses them from here on: a tenth of a cent. */
const otherToleranceUsd = 1e-3;
const mostTurns = 300;

/**
 * Amounts in whole steps: cash actions up, trades to the nearest, never past a bound; then, limit by limit, one step more of
 * what helps an account that is short, and one step less of what overdraws a purse. The coarsest steps that keep every
 * limit are taken.
 */
export function wholeSteps(plan: FractionalPlan, candidates: readonly SteppedCandidate[]): Float64Array {
  let amounts: Float64Array = new Float64Array(candidates.length);
  for (const fineness of finenesses) {
    const steps = Float64Array.from(candidates, (candidate) => (candidate.isTrade ? candidate.step : candidate.step * fineness));
    amounts = rounded(candidates, plan.values, steps);
    if (mendAll(plan, { amounts, steps, candidates })) return amounts;
  }
  return amounts;
}

function rounded(candidates: readonly SteppedCandidate[], values: Float64Array, steps: Float64Array): Float64Array {
  return Float64Array.from(candidates, (candidate, index) => {
    const wanted = values[index]! / steps[index]!;
    const count = candidate.isTrade ? Math.round(wanted) : Math.ceil(wanted - 1e-6);
    return Math.min(count, Math.floor(candidate.upper / steps[index]! + 1e-9)) * steps[index]!;
  });
}

type Rounding = { readonly amounts: Float64Array; readonly steps: Float64Array; readonly candidates: readonly SteppedCandidate[] };

/** Whether every limit holds in the end as well as it does in the solution, within its tolerance. */
function mendAll(plan: FractionalPlan, rounding: Rounding): boolean {
  const { program, allowedUsd: allowed } = plan;
  for (let turn = 0; turn < mostTurns; turn++) {
    const { usd, row } = shortfallsOf(program, rounding.amounts);
    const group = usd.findIndex(
      (shortfall, at) => shortfall > allowed[at]! + (at < plan.accounts ? plan.toleranceUsd(at) : otherToleranceUsd),
    );
    if (group < 0) return true;
    if (!mendRow(program, { row: row[group]!, isAccount: group < plan.accounts }, rounding)) return false;
  }
  return false;
}

/** Moves one decision by one step so that a row gains; the one that helps most for its size. False = nothing helps. */
function mendRow(program: CvarProgram, short: { readonly row: number; readonly isAccount: boolean }, rounding: Rounding): boolean {
  let best = -1;
  let bestChange = 0;
  let bestGain = 0;
  for (let k = program.rowStarts[short.row]!; k < program.rowStarts[short.row + 1]!; k++) {
    const index = program.rowVariables[k]!;
    const candidate = rounding.candidates[index]!;
    const change = program.rowValues[k]! > 0 ? rounding.steps[index]! : -rounding.steps[index]!;
    const next = rounding.amounts[index]! + change;
    if (next < -1e-9 || next > candidate.upper + 1e-9) continue;
    // An overdrawn purse is mended by trading less before paying less.
    const preference = candidate.isTrade && !short.isAccount ? 10 : 1;
    const gain = (preference * program.rowValues[k]! * change) / (candidate.notionalUsd * rounding.steps[index]!);
    if (gain <= bestGain) continue;
    best = index;
    bestChange = change;
    bestGain = gain;
  }
  if (best < 0) return false;
  rounding.amounts[best] = Math.max(0, Math.round((rounding.amounts[best]! + bestChange) / rounding.steps[best]!) * rounding.steps[best]!);
  return true;
}

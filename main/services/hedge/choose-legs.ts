import { appraise } from '../../engine/hedge/appraise.ts';
import type { HedgeProblem, LimitPenalties } from '../../engine/hedge/hedge-problem.ts';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { hedgeAssumptions } from './assumptions.ts';
import type { Candidate } from './candidates.ts';
import type { ProgramSolver, SolvedProblem } from './program-solver.ts';

/** A choice of few legs, in units of each candidate, and what it gives up against all candidates. */
export type Choice = {
  /** Indexes of the chosen candidates. */
  readonly chosen: readonly number[];
  /** The problem of the chosen candidates alone, solved. */
  readonly solved: SolvedProblem;
  /** Amount of each chosen candidate, in whole steps. */
  readonly amounts: Float64Array;
  /** No suggestion of these candidates can do better; from the problem of all of them. USD. */
  readonly boundUsd: number;
  /** Status of the problem of all candidates. */
  readonly status: 'optimal' | 'feasible' | 'timeLimit' | 'failed';
  readonly objectiveUsd: number;
  /** Shortfall that no candidate could mend, by limit. USD. */
  readonly shortfallUsd: Float64Array;
};

/** A dollar by which an account stays short costs this many dollars, so that money never buys its fall. */
export const shortAccountPenalty = 1000;

/** Accounts may stay short at a price, so that there is always a best suggestion; everything else is hard. */
const elasticAccounts: LimitPenalties = { account: shortAccountPenalty, cash: Number.POSITIVE_INFINITY, budget: Number.POSITIVE_INFINITY, rangePerUnit: () => Number.POSITIVE_INFINITY };

/** Share of the unhedged expected shortfall that may be given up for one leg less. */
const worthOfALeg = 0.004;
const mostAttempts = 40;

/**
 * Solves with every candidate, then drops legs one after the other, smallest first, as long as the objective hardly rises and
 * no account falls for it; at last rounds to whole steps.
 */
export async function chooseLegs(problem: HedgeProblem, candidates: readonly Candidate[], solver: ProgramSolver): Promise<Result<Choice>> {
  const all = await solver.solve(problem, elasticAccounts);
  if (!all.ok) return all;
  const full = all.value.solution;
  const shortBefore = sum(accountShortfalls(all.value, problem));
  let chosen = candidates.map((_, index) => index).filter((index) => full.values[index]! * candidates[index]!.notionalUsd > 1);
  const first = await solver.solve(subset(problem, chosen), elasticAccounts);
  if (!first.ok) return first;
  let solved = first.value;
  const givenUp = worthOfALeg * Math.abs(full.appraisal.expectedShortfallUsd === 0 ? 1 : lossOfNothing(all.value));
  for (const index of bySize(chosen, candidates, solved).slice(0, mostAttempts)) {
    const fewer = chosen.filter((kept) => kept !== index);
    const attempt = await solver.solve(subset(problem, fewer), elasticAccounts);
    if (!attempt.ok) return attempt;
    const isTiny = amountUsd(chosen, candidates, solved, index) < hedgeAssumptions.leastLegUsd;
    const rise = attempt.value.solution.appraisal.objectiveUsd - solved.solution.appraisal.objectiveUsd;
    const isShort = sum(accountShortfalls(attempt.value, problem)) > shortBefore + 1;
    if (isShort || rise > givenUp * (isTiny ? 5 : 1)) continue;
    chosen = fewer;
    solved = attempt.value;
  }
  const used = chosen.filter((_, at) => solved.solution.values[at]! > 0);
  const last = used.length === chosen.length ? succeed(solved) : await solver.solve(subset(problem, used), elasticAccounts);
  if (!last.ok) return last;
  const amounts = wholeSteps(subset(problem, used), used.map((index) => candidates[index]!), last.value);
  const rounded = appraise(last.value.assembled.program, amounts);
  return succeed({
    chosen: used,
    solved: last.value,
    amounts,
    boundUsd: full.boundUsd,
    status: full.status === 'infeasible' ? 'failed' : full.status,
    objectiveUsd: rounded.objectiveUsd,
    shortfallUsd: rounded.groupShortfallUsd.slice(0, problem.accounts.length),
  });
}

/** The same problem with some of its decisions. */
export function subset(problem: HedgeProblem, kept: readonly number[]): HedgeProblem {
  return { ...problem, decisions: kept.map((index) => problem.decisions[index]!) };
}

function accountShortfalls(solved: SolvedProblem, problem: HedgeProblem): Float64Array {
  return solved.solution.appraisal.groupShortfallUsd.slice(0, problem.accounts.length);
}

function lossOfNothing(solved: SolvedProblem): number {
  return appraise(solved.assembled.program, new Float64Array(solved.assembled.program.costUsd.length)).expectedShortfallUsd;
}

function amountUsd(chosen: readonly number[], candidates: readonly Candidate[], solved: SolvedProblem, index: number): number {
  return (solved.solution.values[chosen.indexOf(index)] ?? 0) * candidates[index]!.notionalUsd;
}

function bySize(chosen: readonly number[], candidates: readonly Candidate[], solved: SolvedProblem): readonly number[] {
  return [...chosen].sort((a, b) => amountUsd(chosen, candidates, solved, a) - amountUsd(chosen, candidates, solved, b) || a - b);
}

/**
 * Whole steps: cash actions up, trades to the nearest, never past a bound; then, account by account, one step more of what
 * helps it while it is short, and one step less of what overdraws a purse.
 */
function wholeSteps(problem: HedgeProblem, candidates: readonly Candidate[], solved: SolvedProblem): Float64Array {
  const { program } = solved.assembled;
  const amounts = Float64Array.from(candidates, (candidate, index) => {
    const wanted = solved.solution.values[index]! / candidate.step;
    const steps = candidate.kind === 'trade' ? Math.round(wanted) : Math.ceil(wanted - 1e-6);
    return Math.min(steps, Math.floor(candidate.upper / candidate.step + 1e-9)) * candidate.step;
  });
  const accounts = problem.accounts.length;
  const allowed = solved.solution.appraisal.groupShortfallUsd;
  for (let turn = 0; turn < 400; turn++) {
    const { groupShortfallUsd, groupRow } = appraise(program, amounts);
    const group = groupShortfallUsd.findIndex((shortfall, at) => shortfall > allowed[at]! + (at < accounts ? 1 : 1e-6));
    if (group < 0) break;
    if (!mend(program, { row: groupRow[group]!, isAccount: group < accounts }, { amounts, candidates })) break;
  }
  return amounts;
}

/** Moves one decision by one step so that a row gains; of those that help, the one that helps most per dollar of size. */
function mend(
  program: SolvedProblem['assembled']['program'],
  short: { readonly row: number; readonly isAccount: boolean },
  plan: { readonly amounts: Float64Array; readonly candidates: readonly Candidate[] },
): boolean {
  let best = -1;
  let bestGain = 0;
  for (let k = program.rowStarts[short.row]!; k < program.rowStarts[short.row + 1]!; k++) {
    const index = program.rowVariables[k]!;
    const candidate = plan.candidates[index]!;
    const change = program.rowValues[k]! > 0 ? candidate.step : -candidate.step;
    const next = plan.amounts[index]! + change;
    if (next < -1e-9 || next > candidate.upper + 1e-9) continue;
    // An overdrawn purse is mended by taking less, preferably of a trade.
    const gain = (program.rowValues[k]! * change) / (candidate.notionalUsd * candidate.step) + (candidate.kind === 'trade' && !short.isAccount ? 1 : 0);
    if (gain <= bestGain) continue;
    best = index;
    bestGain = gain;
  }
  if (best < 0) return false;
  const k = program.rowVariables.subarray(program.rowStarts[short.row]!, program.rowStarts[short.row + 1]!).indexOf(best) + program.rowStarts[short.row]!;
  plan.amounts[best] = Math.max(0, plan.amounts[best]! + (program.rowValues[k]! > 0 ? 1 : -1) * plan.candidates[best]!.step);
  return true;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

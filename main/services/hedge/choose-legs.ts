import { appraise } from '../../engine/hedge/program/appraise.ts';
import { leastIndex } from '../../engine/hedge/binding-scenario.ts';
import { subset } from '../../engine/hedge/build-problem.ts';
import type { BuiltProblem } from '../../engine/hedge/build-problem.ts';
import { tailRisk } from '../../engine/risk/expected-shortfall.ts';
import { wholeSteps } from '../../engine/hedge/whole-steps.ts';
import { hardLimits } from '../../engine/hedge/hedge-problem.ts';
import type { HedgeProblem, LimitPenalties } from '../../engine/hedge/hedge-problem.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { CvarSolution } from '../../engine/hedge/program/solve-program.ts';
import { hedgeAssumptions } from './assumptions.ts';
import type { Candidate } from './proposals/candidates.ts';
import type { Setting } from './setting.ts';
import type { ProgramSolver, SolvedProblem } from './program-solver.ts';

/** A choice of few legs, in units of each candidate, and what it gives up against all candidates. USD. */
export type Choice = {
  /** Indexes of the chosen candidates. */
  readonly chosen: readonly number[];
  /** The problem of the chosen candidates alone, solved. */
  readonly solved: SolvedProblem;
  /** Amount of each chosen candidate, in whole steps. */
  readonly amounts: Float64Array;
  /** No suggestion of these candidates can have an objective below this; from the problem of all of them. */
  readonly boundUsd: number;
  /** Status of the problem of all candidates. */
  readonly status: CvarSolution['status'];
  /** Objective of the whole steps: expected shortfall, weighted cost, missing comfort. */
  readonly objectiveUsd: number;
  /** Expected shortfall of the whole steps as the program sees it, costs not included: over the days alone, which a cascade can check. */
  readonly expectedShortfallUsd: number;
  /** The same over all scenarios, those included in which hedges are lost. */
  readonly countedShortfallUsd: number;
  /** What each account stays short of being alive, whatever is done, by limit; zero for other kinds of limit. */
  readonly shortfallUsd: Float64Array;
  /** What each mandate is missed by, whatever is done. USD. */
  readonly missedUsd: Float64Array;
};

/** A dollar by which an account stays short costs this many dollars, so that money never buys its fall. */
export const shortAccountPenalty = 1000;

/** An account that is short by less in a state in which hedges are lost is not said to fall. USD. */
export const leastStateFallUsd = 1000;

/** A dollar by which a mandate is missed that the book misses as it is: dearer than any cost, cheaper than an account that falls. */
export const unmetMandatePrice = 10;

/** What whole steps may take from a limit, by its kind: from comfort anything, from holding in a state what is not worth telling. USD. */
const roundingUsd = { alive: 1, opening: 1, comfort: Number.POSITIVE_INFINITY, inState: leastStateFallUsd } as const;

/** Share of the unhedged expected shortfall that may be given up for one leg less. */
const worthOfALeg = 0.01;
/** Legs below the least size are dropped for up to this many times as much. */
const tinyLegFactor = 2;
const mostAttempts = 40;

/**
 * Solves with every candidate, then drops legs one after the other, smallest first, as long as the objective hardly rises and
 * no account falls for it; at last rounds to whole steps.
 */
export async function chooseLegs(
  built: BuiltProblem,
  { candidates, leastTradeUsd }: Pick<Setting, 'candidates' | 'leastTradeUsd'>,
  solver: ProgramSolver,
): Promise<Result<Choice>> {
  const { problem } = built;
  const penalties = elasticLimits(built);
  const all = await solver.solve(problem, penalties);
  if (!all.ok) return all;
  if (all.value.solution.status === 'failed') {
    return fail('notConverged', `the solver found no answer for ${candidates.length} candidates`, {
      remedy: 'Allow it more time, or a smaller budget.',
    });
  }
  const dropping = { built, candidates, solver, all: all.value };
  const dropped = await dropLegs(dropping);
  if (!dropped.ok) return dropped;
  const paid = await payGas(dropping, dropped.value);
  if (!paid.ok) return paid;
  const few = await dropOddLots(dropping, paid.value, leastTradeUsd);
  if (!few.ok) return few;
  const { chosen, solved } = few.value;
  // Within a budget not even all candidates together say what can be done: gas is no part of their program.
  const able = problem.budgetUsd === null ? all.value : solved;
  const plan = {
    program: solved.assembled.program,
    values: solved.solution.values,
    allowedUsd: allowedUsd(problem, solved),
    accounts: problem.accounts.length,
    toleranceUsd: (limit: number) => roundingUsd[built.limits[limit]?.kind ?? 'alive'],
  };
  const amounts = wholeSteps(
    plan,
    chosen.flatMap((index) => candidates.slice(index, index + 1)),
  );
  const rounded = appraise(solved.assembled.program, amounts);
  const full = all.value.solution;
  return succeed({
    chosen,
    solved,
    amounts,
    boundUsd: full.boundUsd,
    status: full.status,
    objectiveUsd: rounded.objectiveUsd,
    expectedShortfallUsd: tailRisk(rounded.lossesUsd.subarray(0, built.days), null, problem.confidence).expectedShortfall,
    countedShortfallUsd: rounded.expectedShortfallUsd,
    shortfallUsd: aliveShortfalls(built, able),
    missedUsd: missedMandates(built, able),
  });
}

/**
 * An account that is short before anything is done may stay short at a price, and so may a mandate that the book misses, so that there is
 * always a best suggestion. An account that holds must go on holding, whatever that would do for another; everything else is hard too. Holding in
 * a state in which hedges are lost is worth what staying alive is, as often as the state comes on a bad day: more than comfort, and never bought
 * by a fall that is certain.
 */
function elasticLimits({ problem, limits }: BuiltProblem): LimitPenalties {
  const isMet = problem.accounts.map((account) => (account.excessUsd[leastIndex(account.excessUsd)] ?? 0) >= account.bufferUsd);
  return {
    ...hardLimits,
    mandate: (mandate) => ((problem.mandates?.[mandate]?.leastUsd ?? 0) > 0 ? unmetMandatePrice : Number.POSITIVE_INFINITY),
    account: (limit) => {
      const { kind, state } = limits[limit] ?? {};
      if (kind === 'comfort') return hedgeAssumptions.comfortPrice;
      if (kind === 'inState') return shortAccountPenalty * (state?.fraction ?? 0);
      return isMet[limit] === true ? Number.POSITIVE_INFINITY : shortAccountPenalty;
    },
  };
}

type Few = { readonly chosen: readonly number[]; readonly solved: SolvedProblem };
type Dropping = {
  readonly built: BuiltProblem;
  readonly candidates: readonly Candidate[];
  readonly solver: ProgramSolver;
  readonly all: SolvedProblem;
};

async function dropLegs({ built, candidates, solver, all }: Dropping): Promise<Result<Few>> {
  const solveFew = (kept: readonly number[]) => solver.solve(subset(built.problem, kept), elasticLimits(built));
  const notionalUsd = (index: number) => candidates[index]?.notionalUsd ?? 0;
  let chosen: readonly number[] = candidates
    .map((_, index) => index)
    .filter((index) => (all.solution.values[index] ?? 0) * notionalUsd(index) > 1);
  const first = await solveFew(chosen);
  if (!first.ok) return first;
  let solved = first.value;
  const sizeUsd = (index: number) => (solved.solution.values[chosen.indexOf(index)] ?? 0) * notionalUsd(index);
  const givenUpUsd = worthOfALeg * Math.max(1, Math.abs(unhedgedUsd(all)));
  const shortUsd = total(aliveShortfalls(built, all)) + 1;
  const order = [...chosen].sort((a, b) => sizeUsd(a) - sizeUsd(b) || a - b);
  for (const index of order.slice(0, mostAttempts)) {
    if (solver.isLate()) break;
    const fewer = chosen.filter((kept) => kept !== index);
    const attempt = await solveFew(fewer);
    if (!attempt.ok) return attempt;
    const rise = attempt.value.solution.appraisal.objectiveUsd - solved.solution.appraisal.objectiveUsd;
    const allowed = givenUpUsd * (sizeUsd(index) < hedgeAssumptions.leastLegUsd ? tinyLegFactor : 1);
    if (rise > allowed || total(aliveShortfalls(built, attempt.value)) > shortUsd) continue;
    chosen = fewer;
    solved = attempt.value;
  }
  const used = chosen.filter((index) => sizeUsd(index) > 0);
  if (used.length === chosen.length) return succeed({ chosen, solved });
  const last = await solveFew(used);
  return last.ok ? succeed({ chosen: used, solved: last.value }) : last;
}

/**
 * Gas is paid once for each leg, which no linear program can say: what the chosen legs take is set aside from the budget, and where even
 * that is too much the leg that is missed least goes, one after the other.
 */
async function payGas(dropping: Dropping, few: Few): Promise<Result<Few>> {
  const { built, candidates, solver } = dropping;
  const { budgetUsd } = built.problem;
  if (budgetUsd === null) return succeed(few);
  let chosen = few.chosen;
  while (gasOf(candidates, chosen) > budgetUsd) {
    let best: readonly number[] = [];
    let leastUsd = Number.POSITIVE_INFINITY;
    for (const index of chosen) {
      if ((candidates[index]?.gasUsd ?? 0) === 0) continue;
      const fewer = chosen.filter((kept) => kept !== index);
      const attempt = await solver.solve({ ...subset(built.problem, fewer), budgetUsd: null }, elasticLimits(built));
      if (!attempt.ok) return attempt;
      const { objectiveUsd } = attempt.value.solution.appraisal;
      if (objectiveUsd >= leastUsd) continue;
      leastUsd = objectiveUsd;
      best = fewer;
    }
    chosen = best;
  }
  return solveKept(dropping, chosen);
}

function gasOf(candidates: readonly Candidate[], chosen: readonly number[]): number {
  return chosen.reduce((sum, index) => sum + (candidates[index]?.gasUsd ?? 0), 0);
}

/** Some candidates alone, with the gas of all of them set aside from the budget. */
async function solveKept({ built, candidates, solver }: Dropping, chosen: readonly number[]): Promise<Result<Few>> {
  const { budgetUsd } = built.problem;
  const leftUsd = budgetUsd === null ? null : budgetUsd - gasOf(candidates, chosen);
  const solved = await solver.solve({ ...subset(built.problem, chosen), budgetUsd: leftUsd }, elasticLimits(built));
  return solved.ok ? succeed({ chosen, solved: solved.value }) : solved;
}

/** Trades below the least notional go, smallest first: venues do not take them. Every time the others are solved for again. */
async function dropOddLots(dropping: Dropping, few: Few, leastTradeUsd: number): Promise<Result<Few>> {
  const { candidates } = dropping;
  let kept = few;
  for (;;) {
    const { values } = kept.solved.solution;
    const sizes = kept.chosen.map((index, at) => ({ index, usd: (values[at] ?? 0) * (candidates[index]?.notionalUsd ?? 0) }));
    const [odd] = sizes
      .filter(({ index, usd }) => candidates[index]?.isTrade === true && usd > 0 && usd < leastTradeUsd)
      .sort((left, right) => left.usd - right.usd);
    if (odd === undefined) return succeed(kept);
    const again = await solveKept(
      dropping,
      kept.chosen.filter((index) => index !== odd.index),
    );
    if (!again.ok) return again;
    kept = again.value;
  }
}

/** Comfort, and holding in a state in which hedges are lost: priced, so that missing them makes no suggestion infeasible. */
export function isWished({ limits }: BuiltProblem, limit: number): boolean {
  const kind = limits[limit]?.kind;
  return kind === 'comfort' || kind === 'inState';
}

function aliveShortfalls(built: BuiltProblem, solved: SolvedProblem): Float64Array {
  return Float64Array.from(built.limits, (_, index) =>
    isWished(built, index) ? 0 : (solved.solution.appraisal.groupShortfallUsd[index] ?? 0),
  );
}

/** What whole steps may miss each limit by: as much as the solution does, and a mandate that is only a cost by anything. */
function allowedUsd({ mandates = [] }: HedgeProblem, { assembled, solution }: SolvedProblem): Float64Array {
  const allowed = solution.appraisal.groupShortfallUsd.slice();
  mandates.forEach(({ price }, index) => {
    if (price !== undefined) allowed[assembled.mandateGroup(index)] = Number.POSITIVE_INFINITY;
  });
  return allowed;
}

function missedMandates({ problem }: BuiltProblem, { assembled, solution }: SolvedProblem): Float64Array {
  return Float64Array.from(problem.mandates ?? [], ({ price }, index) =>
    price === undefined ? (solution.appraisal.groupShortfallUsd[assembled.mandateGroup(index)] ?? 0) : 0,
  );
}

function unhedgedUsd(solved: SolvedProblem): number {
  const { program } = solved.assembled;
  return appraise(program, new Float64Array(program.costUsd.length)).expectedShortfallUsd;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

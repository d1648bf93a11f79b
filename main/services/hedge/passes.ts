import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { buildProblem } from '../../engine/hedge/build-problem.ts';
import type { BuiltProblem } from '../../engine/hedge/build-problem.ts';
import { lossesWithout } from '../../engine/hedge/packed-candidate.ts';
import { intactEquityUsd, mixUnitValues, worstFallUsd } from '../../engine/hedge/table-figures.ts';
import type { ScenarioTable } from '../scenarios.ts';
import { chooseLegs } from './choose-legs.ts';
import type { Choice } from './choose-legs.ts';
import { hedgeAssumptions } from './assumptions.ts';
import type { Candidate } from './proposals/candidates.ts';
import { isWithin } from './shocks/hedge-shocks.ts';
import { runRetained } from './latency/run-retained.ts';
import { measurePlan, planCosts } from './measures.ts';
import type { Outcome, Plan } from './measures.ts';
import type { ProgramSolver } from './program-solver.ts';
import type { StartingPoint } from './starting-point.ts';
import type { Setting } from './setting.ts';

/** One suggestion: legs in whole lots, the program they came from, and what the full cascade says of them. */
export type Pass = {
  readonly plan: Plan;
  readonly built: BuiltProblem;
  readonly choice: Choice;
  readonly outcome: Outcome;
  /** Expected shortfall and costs as the program saw them. */
  readonly programUsd: number;
  /** Accounts that fall in some retained scenario although the program says they hold; and all that fall there. */
  readonly surprises: readonly number[];
  readonly fallsRetained: readonly number[];
};

/** A suggestion and how many passes of program and cascade it took. */
export type Passes = { readonly best: Pass; readonly passes: number; readonly isLate: boolean };

const mostPasses = 4;
/** Program and cascade agree when their expected shortfalls differ by less than this. */
const agreedFraction = 0.02;

/**
 * Program and full cascade in turn: the program works with losses and prices of a cascade without its own suggestion; the
 * cascade of the suggestion then corrects the losses, and whoever still falls gets a larger buffer, until the two agree.
 */
export async function runPasses(
  setting: Setting,
  { start, budgetUsd, solver }: { start: StartingPoint; budgetUsd: number | null; solver: ProgramSolver },
): Promise<Result<Passes>> {
  const extraBufferUsd = new Float64Array(setting.pack.accountIds.length);
  let losses = lossesWithoutFalls(setting, start);
  let best: Pass | null = null;
  let passes = 0;
  while (passes < mostPasses && !(best !== null && solver.isLate())) {
    passes += 1;
    setting.context.progress('Choosing legs', passes, mostPasses);
    const built = buildProblem({
      packed: setting.pack.packed,
      candidates: setting.candidates,
      weights: hedgeAssumptions,
      retained: start.market.retained,
      earliestMinutes: setting.shocks.earliestMinutes,
      days: losses.days,
      lossesUsd: losses.lossesUsd,
      confidence: setting.confidence,
      budgetUsd,
      extraBufferUsd,
      survival: setting.survival,
      mandates: setting.mandates.map(({ leastUsd, perUnitUsd, scale = 1 }) => ({
        leastUsd: scale * leastUsd,
        perUnitUsd: Float64Array.from(setting.candidates, (candidate) => scale * perUnitUsd(candidate)),
      })),
    });
    const choice = await chooseLegs(built, setting, solver);
    if (!choice.ok) return choice;
    const pass = await tryChoice(setting, built, choice.value);
    if (!pass.ok) return pass;
    if (best === null || isBetter(pass.value, best)) best = pass.value;
    const gap =
      Math.abs(pass.value.outcome.measures.expectedShortfallUsd - pass.value.programUsd) /
      Math.max(1, pass.value.outcome.measures.expectedShortfallUsd);
    if (pass.value.surprises.length === 0 && gap <= agreedFraction) break;
    tightenBuffers(pass.value, extraBufferUsd);
    losses = lossesAround(pass.value);
  }
  // The loop runs at least once.
  return succeed({ best: best as Pass, passes, isLate: solver.isLate() });
}

type DayLosses = { readonly days: ScenarioTable; readonly lossesUsd: Float64Array };

/** Days within the reference are valued as if no own account fell, since the limits see to that; the others as they are. */
function lossesWithoutFalls(setting: Setting, { before, market }: StartingPoint): DayLosses {
  const aloneUsd = intactEquityUsd(setting.pack.packed, market.days);
  const isInside = setting.shocks.days.map((shock) => isWithin(shock, setting.book.set.reference));
  const lossesUsd = before.lossesUsd.map((loss, day) => (isInside[day] === true ? setting.equityBeforeUsd - (aloneUsd[day] ?? 0) : loss));
  return { days: mixUnitValues(before.days, market.days, (day) => isInside[day] === true), lossesUsd };
}

/** Losses of the days as the suggestion's own cascade has them, with its legs taken off again at that cascade's prices. */
function lossesAround({ outcome, plan }: Pass): DayLosses {
  return { days: outcome.days, lossesUsd: lossesWithout(outcome.days, outcome.lossesUsd, plan) };
}

async function tryChoice(setting: Setting, built: BuiltProblem, choice: Choice): Promise<Result<Pass>> {
  const plan = planOf(setting, choice);
  const [outcome, retained] = await Promise.all([measurePlan(setting, plan, { withUnitValues: true }), runRetained(setting, plan)]);
  if (!outcome.ok) return outcome;
  if (!retained.ok) return retained;
  const worstUsd = worstFallUsd(retained.value);
  const falls = [...worstUsd.keys()].filter((account) => Number.isFinite(worstUsd[account]));
  const isShort = (account: number) =>
    built.limits.some((limit, index) => limit.account === account && limit.kind === 'alive' && (choice.shortfallUsd[index] ?? 0) > 1);
  return succeed({
    plan,
    built,
    choice,
    outcome: { ...outcome.value, retainedWorstUsd: worstUsd },
    programUsd: choice.expectedShortfallUsd + planCosts(plan).costUsd,
    surprises: falls.filter((account) => !isShort(account)),
    fallsRetained: falls,
  });
}

/** Chosen candidates with their amounts, without those rounded to nothing. */
export function planOf(setting: Setting, choice: Choice): Plan {
  const kept = choice.chosen.flatMap((index, at) => {
    const candidate: Candidate | undefined = setting.candidates[index];
    const amount = choice.amounts[at] ?? 0;
    return candidate === undefined || amount <= 0 ? [] : [{ candidate, amount }];
  });
  return { candidates: kept.map((leg) => leg.candidate), amounts: kept.map((leg) => leg.amount) };
}

/** Whoever fell by surprise must keep what it lacked, and a fifth more. */
function tightenBuffers(pass: Pass, extraBufferUsd: Float64Array): void {
  for (const account of pass.surprises) {
    const lackedUsd = Math.max(1000, -(pass.outcome.retainedWorstUsd?.[account] ?? 0));
    extraBufferUsd[account] = (extraBufferUsd[account] ?? 0) + 1.2 * lackedUsd;
  }
}

/** Fewer falls first, then the smaller expected shortfall. */
function isBetter(a: Pass, b: Pass): boolean {
  if (a.fallsRetained.length !== b.fallsRetained.length) return a.fallsRetained.length < b.fallsRetained.length;
  return a.outcome.measures.expectedShortfallUsd < b.outcome.measures.expectedShortfallUsd;
}

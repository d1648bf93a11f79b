import type { HedgeResult } from '../../contract/hedge.ts';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { TailStart } from '../../engine/hedge/program/tail-columns.ts';
import { dualsInWords } from './words/duals.ts';
import { jointMoves } from './joint-moves.ts';
import { describeLegs } from './legs.ts';
import { accountEffects } from './measures.ts';
import type { Stands } from './measures.ts';
import { runPasses } from './passes.ts';
import type { Pass } from './passes.ts';
import { programSolver } from './program-solver.ts';
import { findRelaxations } from './words/relaxations.ts';
import { whatCouldGoWrong } from './words/risks.ts';
import type { Setting } from './setting.ts';
import { startingPoint } from './starting-point.ts';
import { statedAssumptions } from './words/stated-assumptions.ts';
import { suggestionSurvivalOf } from './survival/survival-words.ts';
import { hedgeStatement, savedAccounts } from './words/statement.ts';

/** What a suggestion is asked with besides its setting. */
export type SuggestOptions = {
  readonly budgetUsd: number | null;
  readonly timeLimitMs: number;
  /** Milliseconds that have passed since the call began. */
  readonly elapsedMs: () => number;
};

/** A suggestion and what `hedge.evaluate` needs to price parts of it. */
export type Suggestion = {
  readonly result: Omit<HedgeResult, 'runId' | 'engineVersion' | 'seed' | 'inputsDigest'>;
  readonly pass: Pass;
  readonly before: Stands;
  /** Where the next program of this book may begin. */
  readonly start: TailStart | null;
};

/** A gap up to this share counts as none: what whole lots of the smallest size cannot avoid. */
const optimalGapFraction = 1e-4;

/** Finds a suggestion: program, full cascade, correction, and everything that is said about it. */
export async function suggest(setting: Setting, options: SuggestOptions): Promise<Result<Suggestion>> {
  const { context } = setting;
  context.progress('Running the book as it is', 0, 1);
  const start = await startingPoint(setting);
  if (!start.ok) return start;
  const { before } = start.value;
  const solver = programSolver(setting.pool, context.signal, { remainingMs: () => options.timeLimitMs - options.elapsedMs() });
  const passes = await runPasses(setting, { start: start.value, budgetUsd: options.budgetUsd, solver });
  if (!passes.ok) return passes;
  const { best } = passes.value;
  context.progress('Leaving out each leg in turn', 0, 1);
  const [legs, movesBefore, movesAfter] = await Promise.all([
    describeLegs(setting, best, before),
    jointMoves(setting, before.quantities),
    jointMoves(setting, best.outcome.quantities),
  ]);
  if (!legs.ok) return legs;
  if (!movesBefore.ok) return movesBefore;
  if (!movesAfter.ok) return movesAfter;
  const stoodBefore = { outcome: before, jointMoves: movesBefore.value };
  context.progress('Breaking the assumptions', 0, 1);
  const risks = await whatCouldGoWrong(setting, best.plan, best.outcome);
  if (!risks.ok) return risks;
  const isShort = [...best.choice.shortfallUsd, ...best.choice.missedUsd].some((shortfallUsd) => shortfallUsd > 1);
  const relaxations = isShort ? await findRelaxations(setting, best.built, solver) : succeed([]);
  if (!relaxations.ok) return relaxations;
  const cascadeUsd = best.outcome.measures.expectedShortfallUsd;
  const gapFraction = gapOf(best);
  return succeed({
    pass: best,
    before: stoodBefore,
    start: solver.start(),
    result: {
      status: statusOf(best, { isShort, gapFraction, isLate: passes.value.isLate }),
      solver: solver.name(),
      gapFraction,
      scenarios: setting.shocks.days.length + setting.shocks.retained.length + best.built.lost.length,
      candidates: setting.candidates.length,
      confidence: setting.confidence,
      budgetUsd: options.budgetUsd,
      statement: hedgeStatement(setting, before, best),
      before: before.measures,
      after: best.outcome.measures,
      legs: legs.value,
      accounts: accountEffects(setting, stoodBefore, { outcome: best.outcome, jointMoves: movesAfter.value }),
      savedAccountIds: savedAccounts(setting, before, best.outcome),
      recheck: {
        programUsd: best.programUsd,
        cascadeUsd,
        gapFraction: cascadeUsd === 0 ? 0 : (cascadeUsd - best.programUsd) / Math.abs(cascadeUsd),
        passes: passes.value.passes,
      },
      relaxations: relaxations.value,
      duals: dualsInWords(setting, best.built, {
        solved: best.choice.solved,
        candidates: best.choice.chosen.flatMap((index) => setting.candidates.slice(index, index + 1)),
      }),
      whatCouldGoWrong: risks.value,
      survival: suggestionSurvivalOf(setting, best),
      notConsidered: [...setting.notConsidered],
      assumptions: statedAssumptions(setting),
    },
  });
}

/** From the proven bound over all candidates to the value of the few whole legs that were chosen. */
function gapOf(pass: Pass): number {
  const { objectiveUsd, boundUsd } = pass.choice;
  if (!Number.isFinite(boundUsd)) return 1;
  return Math.max(0, objectiveUsd - boundUsd) / Math.max(1, Math.abs(objectiveUsd));
}

function statusOf(pass: Pass, found: { isShort: boolean; gapFraction: number; isLate: boolean }): HedgeResult['status'] {
  if (pass.choice.status === 'timeLimit' || found.isLate) return 'timeLimit';
  if (found.isShort) return 'infeasible';
  if (pass.plan.candidates.length === 0) return 'nothingToDo';
  return pass.choice.status === 'optimal' && found.gapFraction <= optimalGapFraction ? 'optimal' : 'feasible';
}

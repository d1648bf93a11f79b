import { succeed, type Result } from '../../domain/failure.ts';
import { deltaGammaVegaPlan, deltaPlan, type GreekPlan } from '../hedge/alternatives/greek-plans.ts';
import { nothing, planCosts, type Plan } from '../hedge/measures.ts';
import { runPasses } from '../hedge/passes.ts';
import { programSolver } from '../hedge/program-solver.ts';
import type { Setting } from '../hedge/setting.ts';
import { startingPoint } from '../hedge/starting-point.ts';

/** What is done at one time, and what could not be. */
export type Decision = { readonly plan: Plan; readonly notes: readonly string[] };

/** A rule that decides what to do from what is known at a time; `spentUsd` is what it has paid before. */
export type Strategy = {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly decide: (setting: Setting, spentUsd: number) => Promise<Result<Decision>>;
};

/** Time for one decision's programs. Far more than they take, so that the speed of the machine decides nothing. */
const DECISION_MS = 120_000;

const HOLD: Decision = { plan: nothing, notes: [] };

/** The book left as it is. */
export const doNothing: Strategy = {
  id: 'nothing',
  name: 'Do nothing',
  meaning: 'the book as it is',
  decide: async () => succeed(HOLD),
};

/** What the program is held against besides doing nothing. */
export const baselines: readonly Strategy[] = [
  greekStrategy({ id: 'delta', name: 'Delta hedge', meaning: 'look-through delta to zero at every decision' }, deltaPlan),
  greekStrategy(
    { id: 'deltaGammaVega', name: 'Delta-gamma-vega neutral', meaning: 'gamma and vega by two options, then delta' },
    deltaGammaVegaPlan,
  ),
  {
    id: 'deleverage',
    name: 'Deleverage',
    meaning: 'repay, top up, sell and close only',
    decide: (setting) => {
      const candidates = setting.candidates.filter((candidate) => candidate.isReducing);
      return decideByProgram({ ...setting, candidates }, null);
    },
  },
];

/** The program without a budget. */
export const program: Strategy = {
  id: 'program',
  name: 'Program',
  meaning: 'trades and collateral together, no budget',
  decide: (setting) => decideByProgram(setting, null),
};

/** Share of what the program pays at its first decision that the smaller budget allows for the whole window. */
export const BUDGET_SHARE = 0.35;

/** The program within a budget for the whole window. */
export function budgetedProgram(budgetUsd: number): Strategy {
  return {
    id: 'programBudget',
    name: 'Program, small budget',
    meaning: `the same within ${Math.round(100 * BUDGET_SHARE)} % of what it pays at its first decision, for the whole window`,
    decide: (setting, spentUsd) => decideByProgram(setting, budgetUsd - spentUsd),
  };
}

function greekStrategy(names: Pick<Strategy, 'id' | 'name' | 'meaning'>, planOf: (setting: Setting) => GreekPlan): Strategy {
  return { ...names, decide: async (setting) => succeed(planOf(setting)) };
}

async function decideByProgram(setting: Setting, budgetUsd: number | null): Promise<Result<Decision>> {
  if (budgetUsd !== null && !(budgetUsd > 0)) return succeed({ ...HOLD, notes: ['nothing is left of the budget'] });
  const start = await startingPoint(setting);
  if (!start.ok) return start;
  const started = performance.now();
  const solver = programSolver(setting.pool, setting.context.signal, { remainingMs: () => DECISION_MS - (performance.now() - started) });
  const found = await runPasses(setting, { start: start.value, budgetUsd, solver });
  if (!found.ok) {
    if (found.failure.reason !== 'notConverged') return found;
    return succeed({ ...HOLD, notes: [`nothing was done: ${found.failure.message}`] });
  }
  const { plan } = found.value.best;
  if (budgetUsd !== null && planCosts(plan).costUsd > budgetUsd)
    return succeed({ ...HOLD, notes: ['what is left of the budget is less than the gas'] });
  return succeed({ plan, notes: found.value.isLate ? ['the time for solving was over'] : [] });
}

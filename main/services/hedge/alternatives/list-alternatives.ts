import type { HedgeAlternative, HedgeAlternatives } from '../../../contract/hedge-alternatives.ts';
import { roundToLot } from '../../../domain/decimal.ts';
import { succeed } from '../../../domain/failure.ts';
import type { Result } from '../../../domain/failure.ts';
import { worstFallUsd } from '../../../engine/hedge/table-figures.ts';
import { runRetained } from '../latency/run-retained.ts';
import { legCosts, measurePlan, nothing, type Outcome, type Plan } from '../measures.ts';
import { runPasses, type Pass } from '../passes.ts';
import { programSolver, type ProgramSolver } from '../program-solver.ts';
import type { Setting } from '../setting.ts';
import { startingPoint, type StartingPoint } from '../starting-point.ts';
import { legTitle } from '../words/words.ts';
import { whyNotDelta } from './alternatives-statement.ts';
import { deltaGammaVegaPlan, deltaPlan, type GreekPlan } from './greek-plans.ts';

/** Shares of what the unlimited program costs at which the frontier is drawn. */
const FRONTIER_SHARES = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75] as const;
/** Those that stand in the comparison as well. */
const COMPARED_SHARES: ReadonlySet<number> = new Set([0.1, 0.35]);

/** What every alternative is asked with alike, as the caller gave it. */
export type SharedWish = Omit<NonNullable<HedgeAlternative['wish']>, 'budgetUsd'>;

/** That part of what a suggestion or comparison was asked with. */
export function sharedWish({ limits, survival }: SharedWish): SharedWish {
  return { ...(limits === undefined ? {} : { limits }), ...(survival === undefined ? {} : { survival }) };
}

/** What an alternative is made from. */
type Draft = Pick<HedgeAlternative, 'id' | 'name' | 'meaning' | 'budgetUsd' | 'status' | 'notes' | 'wish'> & { readonly plan: Plan };

/**
 * The book left as it is, hedged by its Greeks alone, deleveraged alone, and hedged by the program within several budgets: all measured by
 * the same full cascades. The frontier is the program's cost against what is left of the expected shortfall.
 */
export async function listAlternatives(
  setting: Setting,
  { limitMs, elapsedMs, asked = {} }: { readonly limitMs: number; readonly elapsedMs: () => number; readonly asked?: SharedWish },
): Promise<Result<Omit<HedgeAlternatives, 'runId' | 'inputsDigest'>>> {
  const steps = FRONTIER_SHARES.length + 5;
  let step = 0;
  const tell = (phase: string): void => setting.context.progress(phase, step++, steps);
  tell('Running the book as it is');
  const start = await startingPoint(setting);
  if (!start.ok) return start;
  const solver = programSolver(setting.pool, setting.context.signal, { remainingMs: () => limitMs - elapsedMs() });
  const quiet: Setting = { ...setting, context: { ...setting.context, progress: () => undefined } };
  const drafts: Draft[] = [{ ...NOTHING, plan: nothing, notes: [] }];
  tell('Hedging the Greeks');
  drafts.push(...greekDrafts(setting));
  tell('Deleveraging');
  const reducing = { ...quiet, candidates: setting.candidates.filter((candidate) => candidate.isReducing) };
  const deleveraged = await runPasses(reducing, { start: start.value, budgetUsd: null, solver });
  if (!deleveraged.ok) return deleveraged;
  drafts.push({
    ...DELEVERAGE,
    wish: { ...asked, limits: { ...asked.limits, onlyReducing: true } },
    ...programDraft(deleveraged.value.best),
  });
  tell('Solving without a budget');
  const whole = await runPasses(quiet, { start: start.value, budgetUsd: null, solver });
  if (!whole.ok) return whole;
  const points = [{ share: 1, budgetUsd: null as number | null, pass: whole.value.best }];
  const costUsd = whole.value.best.outcome.measures.costUsd;
  for (const share of FRONTIER_SHARES) {
    tell(`Solving within ${Math.round(100 * share)} % of that cost`);
    if (costUsd <= 0) continue;
    const found = await solveWithin(quiet, { start: start.value, budgetUsd: Math.ceil(share * costUsd), solver });
    if (!found.ok) return found;
    // Gas is paid per action and is no part of the program: a budget smaller than that buys nothing.
    if (found.value.outcome.measures.costUsd > Math.ceil(share * costUsd)) continue;
    points.push({ share, budgetUsd: Math.ceil(share * costUsd), pass: found.value });
  }
  points.sort((a, b) => a.share - b.share);
  for (const { share, budgetUsd, pass } of points) {
    if (share === 1 || COMPARED_SHARES.has(share)) {
      const wish = { ...(budgetUsd === null ? {} : { budgetUsd }), ...asked };
      drafts.push({ ...programNames(share), budgetUsd, wish, ...programDraft(pass) });
    }
  }
  tell('Running the cascades of each');
  const alternatives: HedgeAlternative[] = [];
  for (const draft of drafts) {
    const alternative = await measured(quiet, draft);
    if (!alternative.ok) return alternative;
    alternatives.push(alternative.value);
  }
  return succeed({
    confidence: setting.confidence,
    statement: whyNotDelta(alternatives),
    scenarios: setting.shocks.days.length,
    retained: setting.shocks.retained.length,
    alternatives,
    frontier: [
      { budgetUsd: 0, costUsd: 0, ...leftOf(start.value.before), alternativeId: NOTHING.id },
      ...points.map(({ share, budgetUsd, pass }) => ({
        budgetUsd,
        costUsd: pass.outcome.measures.costUsd,
        ...leftOf(pass.outcome),
        alternativeId: share === 1 || COMPARED_SHARES.has(share) ? programNames(share).id : null,
      })),
    ],
  });
}

const NOTHING = { id: 'nothing', name: 'Do nothing', meaning: 'the book as it is', budgetUsd: null, status: null, wish: null } as const;
const DELTA = {
  id: 'delta',
  name: 'Delta hedge',
  meaning: 'look-through delta of each driver to zero, requirements not looked at',
} as const;
const DELTA_GAMMA_VEGA = {
  id: 'deltaGammaVega',
  name: 'Delta-gamma-vega neutral',
  meaning: 'gamma and vega by two options, then delta; requirements not looked at',
} as const;
const DELEVERAGE = {
  id: 'deleverage',
  name: 'Deleverage',
  meaning: 'repay, top up, sell and close only: nothing new is opened',
  budgetUsd: null,
} as const;

function programNames(share: number): Pick<HedgeAlternative, 'id' | 'name' | 'meaning'> {
  if (share === 1) return { id: 'program', name: 'Program', meaning: 'trades and collateral together, no budget' };
  const percent = Math.round(100 * share);
  return { id: `program:${percent}`, name: `Program, ${percent} % of the cost`, meaning: 'trades and collateral together within a budget' };
}

/** Greeks look at no mandate: where the trader has set some, it is said. */
function greekDrafts(setting: Setting): Draft[] {
  const unlooked = setting.mandates.flatMap(({ name, isOfMarket }) => (isOfMarket === true ? [] : [`the ${name} is not looked at`]));
  const draft = (names: Pick<HedgeAlternative, 'id' | 'name' | 'meaning'>, { plan, notes }: GreekPlan): Draft => {
    return { ...names, plan, notes: [...notes, ...unlooked], budgetUsd: null, status: null, wish: null };
  };
  return [draft(DELTA, deltaPlan(setting)), draft(DELTA_GAMMA_VEGA, deltaGammaVegaPlan(setting))];
}

function programDraft(pass: Pass): Pick<Draft, 'plan' | 'status' | 'notes'> {
  const { status } = pass.choice;
  return { plan: pass.plan, status: status === 'optimal' || status === 'timeLimit' ? status : 'feasible', notes: [] };
}

async function solveWithin(
  setting: Setting,
  input: { readonly start: StartingPoint; readonly budgetUsd: number; readonly solver: ProgramSolver },
): Promise<Result<Pass>> {
  const found = await runPasses(setting, input);
  return found.ok ? succeed(found.value.best) : found;
}

async function measured(setting: Setting, draft: Draft): Promise<Result<HedgeAlternative>> {
  const { plan, ...names } = draft;
  const outcome = await measurePlan(setting, plan);
  if (!outcome.ok) return outcome;
  const retained = await runRetained(setting, plan);
  if (!retained.ok) return retained;
  const worstUsd = worstFallUsd(retained.value);
  return succeed({
    ...names,
    measures: outcome.value.measures,
    fallsRetained: setting.pack.accountIds.filter((_, account) => Number.isFinite(worstUsd[account])),
    actions: actionsOf(setting, plan),
  });
}

function actionsOf(setting: Setting, plan: Plan): HedgeAlternative['actions'] {
  const costs = legCosts(plan);
  return plan.candidates.flatMap((candidate, index) => {
    const amount = plan.amounts[index] ?? 0;
    if (amount <= 0) return [];
    const quantity = roundToLot(amount * (1 + 1e-12), candidate.lotText);
    const title = legTitle(setting.book, candidate, quantity);
    return [{ title, notionalUsd: amount * candidate.notionalUsd, costUsd: costs[index]?.costUsd ?? Number.NaN }];
  });
}

function leftOf({ measures }: Outcome): { expectedShortfallUsd: number; anyLiquidationFraction: number } {
  return { expectedShortfallUsd: measures.expectedShortfallUsd, anyLiquidationFraction: measures.anyLiquidationFraction };
}

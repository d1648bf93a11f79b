import type { Sensitivity } from '../../contract/report-record.ts';
import type { LatencyRule } from '../../domain/cascade-axes.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import type { Shock } from '../../domain/scenario.ts';
import { quantitiesAfter } from '../../engine/hedge/packed-candidate.ts';
import { liquidatedFraction, lossesAgainst } from '../../engine/hedge/table-figures.ts';
import { tailRisk } from '../../engine/risk/expected-shortfall.ts';
import { isFallen, runReference, type Outcome, type Plan } from '../hedge/measures.ts';
import { runCascades, type CascadeRun, type Setting } from '../hedge/setting.ts';
import { discountStep, withWiderDiscounts } from '../hedge/words/risks.ts';
import { largerMoves, movesAsOne } from './moved-shocks.ts';

/** The suggestion that is tried: its legs, and what the full cascade says of them as assumed. */
export type Tried = { readonly plan: Plan; readonly outcome: Outcome };

/** How far each assumption is moved. Stated choices: what a bad day has been seen to do, not a forecast. */
export const SENSITIVITY_STEPS = {
  /** Of the depth that is assumed to be left. On 2025-10-10 perpetual depth fell to 4 % of its calm level; a half is milder. */
  depthFactor: 0.5,
  /** Of every daily move, of the reference shock, and of what they add to implied volatility. */
  volatilityFactor: 1.25,
  /** Rounds by which every liquidation comes later than assumed. */
  latencyRounds: 3,
} as const;

type Moved = Pick<Sensitivity, 'id' | 'assumption' | 'moved'> & {
  readonly plan: Plan;
  readonly run: Omit<CascadeRun, 'shocks' | 'quantities'>;
  readonly days?: readonly Shock[];
  readonly reference?: Shock;
};

/**
 * The hedged book through the whole cascade again, on every day and at the reference shock, once for each assumption that is moved and
 * everything else kept. Sorted by what it adds to the expected shortfall, then by how many accounts it fells.
 */
export async function sensitivities(setting: Setting, tried: Tried): Promise<Result<Sensitivity[]>> {
  const cases = movedAssumptions(setting, tried);
  const found: Sensitivity[] = [];
  for (const [i, each] of cases.entries()) {
    setting.context.progress('Moving the assumptions', i, cases.length);
    const told = await runMoved(setting, tried, each);
    if (!told.ok) return told;
    found.push(told.value);
  }
  return succeed(found.toSorted((a, b) => b.changeUsd - a.changeUsd || b.falls.length - a.falls.length || (a.id < b.id ? -1 : 1)));
}

function movedAssumptions(setting: Setting, { plan }: Tried): readonly Moved[] {
  const { set } = setting.book;
  const gone = set.cascade.depthThinningFraction;
  const moreGone = 1 - (1 - gone) * SENSITIVITY_STEPS.depthFactor;
  const { volatilityFactor, latencyRounds } = SENSITIVITY_STEPS;
  const percent = (fraction: number): string => `${Math.round(fraction * 1000) / 10} %`;
  return [
    {
      id: 'depth',
      assumption: 'Depth is half of what is assumed',
      moved: `share of the recorded depth that has gone ${percent(gone)} → ${percent(moreGone)}`,
      plan,
      run: { assumptions: { depthThinningFraction: moreGone } },
    },
    {
      id: 'volatility',
      assumption: 'Moves are a quarter larger',
      moved: `every day and the reference shock × ${volatilityFactor}, implied volatility with them`,
      plan,
      run: {},
      days: setting.shocks.days.map((shock) => largerMoves(shock, volatilityFactor)),
      reference: largerMoves(set.reference, volatilityFactor),
    },
    {
      id: 'correlation',
      assumption: 'All drivers have their worst days together',
      moved: 'days of each driver re-ordered to rank correlation 1; each keeps its own moves',
      plan,
      run: {},
      days: movesAsOne(setting.shocks.days, set),
    },
    {
      id: 'latency',
      assumption: `Liquidations come ${latencyRounds} rounds late`,
      moved: 'rounds between falling below the requirement and being liquidated, everybody',
      plan,
      run: { assumptions: { latency: later(set.cascade.latency, latencyRounds) } },
    },
    ...partsOfPlan(plan),
    {
      id: 'discount',
      assumption: `Staked ether trades ${percent(discountStep)} further under ether`,
      moved: 'every wrapper with a market of its own, before the shock',
      plan,
      run: { packed: withWiderDiscounts(setting.pack.packed) },
    },
  ];
}

/** The rule with so many rounds more: at its middle, where it is drawn. */
function later(rule: LatencyRule | undefined, rounds: number): LatencyRule {
  if (rule === undefined) return { distribution: 'fixed', rounds };
  if (rule.distribution === 'fixed') return { ...rule, rounds: rule.rounds + rounds };
  if (rule.distribution === 'geometric') return { ...rule, meanRounds: rule.meanRounds + rounds };
  return { ...rule, medianRounds: rule.medianRounds + rounds };
}

/** Half of the suggestion missing when it is needed: the trades frozen, or the cash late. */
function partsOfPlan(plan: Plan): readonly Moved[] {
  const without = (isLost: (kind: string) => boolean): Plan => ({
    candidates: plan.candidates,
    amounts: Float64Array.from(plan.candidates, (candidate, i) => (isLost(candidate.kind) ? 0 : (plan.amounts[i] ?? 0))),
  });
  const hasTrades = plan.candidates.some(({ kind }) => kind === 'trade');
  const hasCash = plan.candidates.some(({ kind }) => kind !== 'trade');
  const frozen: Moved = {
    id: 'frozen',
    assumption: 'The trades are frozen when the fall begins',
    moved: 'every trade of the suggestion without effect: venue halted, closed out or never filled',
    plan: without((kind) => kind === 'trade'),
    run: {},
  };
  const late: Moved = {
    id: 'late',
    assumption: 'Repayments and transfers arrive after the fall',
    moved: 'every cash action of the suggestion without effect',
    plan: without((kind) => kind !== 'trade'),
    run: {},
  };
  return [...(hasTrades ? [frozen] : []), ...(hasCash ? [late] : [])];
}

async function runMoved(setting: Setting, { outcome }: Tried, moved: Moved): Promise<Result<Sensitivity>> {
  const { plan, run } = moved;
  const reference = await runReference(setting, plan, { ...run, shock: moved.reference ?? setting.book.set.reference });
  if (!reference.ok) return reference;
  const quantities = quantitiesAfter(setting.pack.packed, plan.candidates, plan.amounts);
  const days = await runCascades(setting, { ...run, quantities, shocks: moved.days ?? setting.shocks.days });
  if (!days.ok) return days;
  const losses = lossesAgainst(setting.equityBeforeUsd, days.value);
  const expectedShortfallUsd = tailRisk(losses, null, setting.confidence).expectedShortfall;
  const falls = setting.pack.accountIds.flatMap((accountId, account) =>
    isFallen(reference.value, account) && !isFallen(outcome.reference, account)
      ? [{ accountId, round: reference.value.fallenRound[account] ?? 0 }]
      : [],
  );
  const { id, assumption, moved: how } = moved;
  return succeed({
    id,
    assumption,
    moved: how,
    expectedShortfallUsd,
    changeUsd: expectedShortfallUsd - outcome.measures.expectedShortfallUsd,
    anyLiquidationFraction: liquidatedFraction(days.value),
    falls: falls.toSorted((a, b) => a.round - b.round || (a.accountId < b.accountId ? -1 : 1)),
  });
}

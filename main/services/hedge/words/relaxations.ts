import type { HedgeResult } from '../../../contract/hedge.ts';
import { succeed } from '../../../domain/failure.ts';
import type { Result } from '../../../domain/failure.ts';
import type { LimitPenalties } from '../../../engine/hedge/hedge-problem.ts';
import type { BuiltProblem } from '../../../engine/hedge/build-problem.ts';
import { mostImpactUsd } from '../../../engine/hedge/market-impact.ts';
import { isWished } from '../choose-legs.ts';
import type { ProgramSolver } from '../program-solver.ts';
import type { Setting } from '../setting.ts';
import { isDebtRow, rowOfPack } from './rows.ts';
import { groupedText, moneyText } from './words.ts';

export type Relaxation = HedgeResult['relaxations'][number];

/** A limit counts as broken from this amount on. USD. */
const leastUsd = 100;

/**
 * Prices of breaking each kind of limit, in the order in which a desk would give: its own mandate first, then a dollar more of cash or budget, more
 * depth at twice that, an account left short last. High enough that no hedge ever pays for a broken limit by itself.
 */
const prices = { cash: 1_000, budget: 1_000, mandate: 500, depth: 2_000, account: 1_000_000 } as const;

/** The smallest set of limits to relax so that every account holds, in words with the amounts. */
export async function findRelaxations(setting: Setting, built: BuiltProblem, solver: ProgramSolver): Promise<Result<Relaxation[]>> {
  const { candidates } = setting;
  const penalties: LimitPenalties = {
    account: (limit) => (isWished(built, limit) ? 0 : prices.account),
    // Nobody can repay a debt twice, whatever it is worth.
    cash: (purse) => (isDebtRow(setting, built.purseRows[purse] ?? -1) ? Number.POSITIVE_INFINITY : prices.cash),
    budget: prices.budget,
    mandate: () => prices.mandate,
    // Only depth may be exceeded: nobody can repay more than is owed or sell more than is held.
    rangePerUnit: (index) =>
      isDepthBound(candidates[index]) ? prices.depth * (candidates[index]?.notionalUsd ?? 0) : Number.POSITIVE_INFINITY,
  };
  const { budgetUsd } = built.problem;
  // From no budget at all, so that what is spent is the least that keeps the accounts.
  const solved = await solver.solve(budgetUsd === null ? built.problem : { ...built.problem, budgetUsd: 0 }, penalties);
  if (!solved.ok) return solved;
  const { assembled, solution } = solved.value;
  const found: Relaxation[] = [];
  built.purseRows.forEach((row, purse) =>
    found.push(...cashRelaxation(setting, row, solution.appraisal.groupShortfallUsd[assembled.purseGroup(purse)] ?? 0)),
  );
  if (budgetUsd !== null) found.push(...budgetRelaxation(costOf(setting, solution.values) - budgetUsd));
  setting.mandates.forEach((mandate, index) => {
    const amountUsd = (solution.appraisal.groupShortfallUsd[assembled.mandateGroup(index)] ?? 0) / (mandate.scale ?? 1);
    // What a purse lacks in all need not be told again as what it lacks now.
    if (amountUsd < leastUsd || found.some(({ constraint }) => mandate.name === `${constraint.slice('cash: '.length)} now`)) return;
    found.push({
      constraint: mandate.name,
      amount: amountUsd,
      unit: 'USD',
      text: `The ${mandate.name} needs ${moneyText(amountUsd)} USD more.`,
    });
  });
  candidates.forEach((candidate, index) => {
    const overUnits = (solution.values[index] ?? 0) - candidate.upper;
    if (overUnits * candidate.notionalUsd < leastUsd || candidate.depth === null) return;
    const name = setting.book.instrument(candidate.target.instrumentId)?.name ?? candidate.target.instrumentId;
    const text = `${name} needs depth for ${groupedText(overUnits.toFixed(1))} more than ${candidate.depth.text} allows.`;
    found.push({ constraint: `depth of ${name}`, amount: overUnits, unit: 'units', text });
  });
  built.limits.forEach((limit, index) =>
    found.push(...accountRelaxation(setting, limit, solution.appraisal.groupShortfallUsd[assembled.accountGroup(index)] ?? 0)),
  );
  return succeed(found.sort((a, b) => b.amount - a.amount));
}

function isDepthBound(candidate: Setting['candidates'][number] | undefined): boolean {
  return candidate?.depth !== null && candidate?.depth !== undefined && candidate.upper === candidate.depth.units;
}

function cashRelaxation(setting: Setting, row: number, amountUsd: number): readonly Relaxation[] {
  if (amountUsd < leastUsd) return [];
  const { accountId, assetId } = rowOfPack(setting, row);
  return [
    {
      constraint: `cash: ${assetId} in ${accountId}`,
      amount: amountUsd,
      unit: 'USD',
      text: `${accountId} needs ${moneyText(amountUsd)} USD more in ${assetId}.`,
    },
  ];
}

/** What decisions are charged, impact at its dearest, with the gas of each that is made: a budget of that much surely does. USD. */
function costOf({ candidates }: Setting, values: Float64Array): number {
  return candidates.reduce((sum, candidate, index) => {
    const { costUsd, gasUsd, notionalUsd } = candidate;
    const value = values[index] ?? 0;
    return value * notionalUsd < leastUsd ? sum : sum + value * (costUsd + mostImpactUsd(candidate)) + gasUsd;
  }, 0);
}

function budgetRelaxation(amountUsd: number): readonly Relaxation[] {
  if (amountUsd < 1) return [];
  return [{ constraint: 'budget', amount: amountUsd, unit: 'USD', text: `The budget needs ${moneyText(amountUsd)} USD more.` }];
}

function accountRelaxation(setting: Setting, limit: BuiltProblem['limits'][number], amountUsd: number): readonly Relaxation[] {
  if (amountUsd < leastUsd || limit.kind === 'comfort' || limit.kind === 'inState') return [];
  const accountId = setting.pack.accountIds[limit.account] ?? '';
  const what = limit.kind === 'opening' ? 'initial margin now' : 'requirement';
  const text =
    limit.kind === 'opening'
      ? `${accountId} lacks ${moneyText(amountUsd)} USD of initial margin for the trades it is given.`
      : `${accountId} stays ${moneyText(amountUsd)} USD short of what it requires, and nothing that can be done reaches it.`;
  return [{ constraint: `${what} of ${accountId}`, amount: amountUsd, unit: 'USD', text }];
}

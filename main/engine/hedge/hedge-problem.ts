import { packCvarProgram } from './program/cvar-program.ts';
import type { CvarProgram, CvarRow } from './program/cvar-program.ts';

/** What one unit of a decision does to the excess of one account, by retained scenario. USD per unit. */
export type ExcessEffect = { readonly account: number; readonly effectUsd: Float64Array };

/** Cash of one purse that one unit takes; negative releases cash. USD per unit. */
export type CashUse = { readonly purse: number; readonly usePerUnit: number };

/** What one unit adds to the sum that a mandate bounds. USD per unit. */
export type MandateUse = { readonly mandate: number; readonly perUnitUsd: number };

/** Something that can be done in any amount between two bounds, `lower` >= 0: a trade in one direction, a repayment, a top-up. */
export type Decision = {
  /** What the objective counts per unit, >= 0. */
  readonly costUsd: number;
  /** What the budget is charged per unit. */
  readonly spendUsd: number;
  readonly lower: number;
  readonly upper: number;
  /** Fall of the loss per unit in each scenario of the distribution; null = none. */
  readonly reductionUsd: ArrayLike<number> | null;
  readonly excess: readonly ExcessEffect[];
  readonly cash: readonly CashUse[];
  readonly mandates?: readonly MandateUse[];
};

/**
 * Excess of an account before any action in every retained scenario, and the least it must keep. `needed` names the scenarios that can bind,
 * whatever is left out of the decisions; all where left out.
 */
export type AccountLimit = { readonly bufferUsd: number; readonly excessUsd: Float64Array; readonly needed?: readonly number[] };

/** A hedging problem: losses to be reduced, accounts to be kept alive, cash to do it with. Money in USD. */
export type HedgeProblem = {
  readonly confidence: number;
  readonly weights: Float64Array;
  readonly lossesUsd: Float64Array;
  readonly decisions: readonly Decision[];
  readonly accounts: readonly AccountLimit[];
  readonly purses: readonly { readonly availableUsd: number }[];
  /** Most that may be spent; null = no such limit. */
  readonly budgetUsd: number | null;
  /**
   * Bounds on sums over decisions: the sum of each mandate's uses is at least this. One with a price is no limit but a convex cost: it may
   * always be missed, at this many dollars a dollar. None where left out.
   */
  readonly mandates?: readonly { readonly leastUsd: number; readonly price?: number }[];
};

/** Prices at which limits may be broken, but for mandates with a price of their own; Infinity = never. USD per USD, or per unit for the range of a decision. */
export type LimitPenalties = {
  readonly account: (account: number) => number;
  readonly cash: (purse: number) => number;
  readonly budget: number;
  readonly mandate: (mandate: number) => number;
  readonly rangePerUnit: (decision: number) => number;
};

/** Every limit is hard. */
export const hardLimits: LimitPenalties = {
  account: () => Number.POSITIVE_INFINITY,
  cash: () => Number.POSITIVE_INFINITY,
  budget: Number.POSITIVE_INFINITY,
  mandate: () => Number.POSITIVE_INFINITY,
  rangePerUnit: () => Number.POSITIVE_INFINITY,
};

/** A program with the way back from its groups and rows: accounts first, then purses, mandates, and the budget. */
export type AssembledProblem = {
  readonly program: CvarProgram;
  readonly accountGroup: (account: number) => number;
  readonly purseGroup: (purse: number) => number;
  readonly mandateGroup: (mandate: number) => number;
  /** Group of the budget, or null without one. */
  readonly budgetGroup: number | null;
  /** Retained scenario of each row of an account; −1 for rows of cash, mandates and budget. */
  readonly rowScenario: Int32Array;
};

/**
 * Writes the problem as a program. Rows that hold whatever is decided, and rows that another row of the same account
 * implies, are left out: the answer is the same and most of them never matter.
 */
export function assembleProblem(problem: HedgeProblem, penalties: LimitPenalties): AssembledProblem {
  const accounts = problem.accounts.length;
  const purses = problem.purses.length;
  const rows: CvarRow[] = [];
  const rowScenario: number[] = [];
  for (let account = 0; account < accounts; account++) {
    for (const row of accountRows(problem, account)) {
      rows.push(row.row);
      rowScenario.push(row.scenario);
    }
  }
  for (let purse = 0; purse < purses; purse++) {
    rows.push(cashRow(problem, purse, accounts + purse));
    rowScenario.push(-1);
  }
  const mandates = problem.mandates ?? [];
  mandates.forEach(({ leastUsd, price }, mandate) => {
    const row = mandateRow(problem, mandate, { leastUsd, group: accounts + purses + mandate });
    if (price !== undefined && alwaysHolds(problem, row)) return;
    rows.push(row);
    rowScenario.push(-1);
  });
  const budgetGroup = accounts + purses + mandates.length;
  if (problem.budgetUsd !== null) {
    rows.push(budgetRow(problem, problem.budgetUsd, budgetGroup));
    rowScenario.push(-1);
  }
  const groupPenaltyUsd = [
    ...problem.accounts.map((_, account) => penalties.account(account)),
    ...problem.purses.map((_, purse) => penalties.cash(purse)),
    ...mandates.map(({ price }, mandate) => price ?? penalties.mandate(mandate)),
  ];
  if (problem.budgetUsd !== null) groupPenaltyUsd.push(penalties.budget);
  return {
    program: packCvarProgram({
      confidence: problem.confidence,
      weights: problem.weights,
      lossesUsd: problem.lossesUsd,
      variables: problem.decisions.map((decision, index) => ({ ...decision, upperPenaltyUsd: penalties.rangePerUnit(index) })),
      rows,
      groupPenaltyUsd,
    }),
    accountGroup: (account) => account,
    purseGroup: (purse) => accounts + purse,
    mandateGroup: (mandate) => accounts + purses + mandate,
    budgetGroup: problem.budgetUsd === null ? null : budgetGroup,
    rowScenario: Int32Array.from(rowScenario),
  };
}

/**
 * The same problem with the scenarios that can bind named once: a row that holds whatever is decided, or that another one implies, does so for
 * fewer decisions too.
 */
export function withNeeded(problem: HedgeProblem): HedgeProblem {
  const accounts = problem.accounts.map((limit, account) => ({
    ...limit,
    needed: accountRows(problem, account).map(({ scenario }) => scenario),
  }));
  return { ...problem, accounts };
}

type AccountRow = { readonly row: CvarRow; readonly scenario: number };

function accountRows(problem: HedgeProblem, account: number): readonly AccountRow[] {
  const { bufferUsd, excessUsd, needed = excessUsd.keys() } = problem.accounts[account]!;
  const variables: number[] = [];
  const effects: Float64Array[] = [];
  problem.decisions.forEach((decision, index) => {
    for (const effect of decision.excess) {
      if (effect.account !== account) continue;
      variables.push(index);
      effects.push(effect.effectUsd);
    }
  });
  const kept: AccountRow[] = [];
  for (const scenario of needed) {
    const values = effects.map((effect) => effect[scenario]!);
    const row = { variables, values, boundUsd: bufferUsd - excessUsd[scenario]!, group: account };
    if (!alwaysHolds(problem, row)) kept.push({ row, scenario });
  }
  return kept.filter((candidate, index) => !kept.some((other, at) => at !== index && implies(other.row, candidate.row, at < index)));
}

function alwaysHolds(problem: HedgeProblem, row: CvarRow): boolean {
  let least = 0;
  row.variables.forEach((variable, k) => {
    const decision = problem.decisions[variable]!;
    least += row.values[k]! >= 0 ? row.values[k]! * decision.lower : row.values[k]! * decision.upper;
  });
  return least >= row.boundUsd;
}

/** Whether `stronger` implies `weaker` for decisions >= 0; of two equal rows only the first one counts as stronger. */
function implies(stronger: CvarRow, weaker: CvarRow, isFirst: boolean): boolean {
  if (stronger.boundUsd < weaker.boundUsd) return false;
  let isEqual = stronger.boundUsd === weaker.boundUsd;
  for (let k = 0; k < stronger.values.length; k++) {
    if (stronger.values[k]! > weaker.values[k]!) return false;
    isEqual &&= stronger.values[k] === weaker.values[k];
  }
  return !isEqual || isFirst;
}

function cashRow(problem: HedgeProblem, purse: number, group: number): CvarRow {
  const variables: number[] = [];
  const values: number[] = [];
  problem.decisions.forEach((decision, index) => {
    const use = decision.cash.reduce((sum, entry) => (entry.purse === purse ? sum + entry.usePerUnit : sum), 0);
    if (use === 0) return;
    variables.push(index);
    values.push(-use);
  });
  return { variables, values, boundUsd: -problem.purses[purse]!.availableUsd, group };
}

function mandateRow(problem: HedgeProblem, mandate: number, bound: { readonly leastUsd: number; readonly group: number }): CvarRow {
  const variables: number[] = [];
  const values: number[] = [];
  problem.decisions.forEach((decision, index) => {
    for (const use of decision.mandates ?? []) {
      if (use.mandate !== mandate) continue;
      variables.push(index);
      values.push(use.perUnitUsd);
    }
  });
  return { variables, values, boundUsd: bound.leastUsd, group: bound.group };
}

function budgetRow(problem: HedgeProblem, budgetUsd: number, group: number): CvarRow {
  return {
    variables: problem.decisions.map((_, index) => index),
    values: problem.decisions.map((decision) => -decision.spendUsd),
    boundUsd: -budgetUsd,
    group,
  };
}

import { beforeAll, describe, expect, test } from 'vitest';
import { buildProblem, subset, type BuiltProblem, type ProblemParts } from '../../../main/engine/hedge/build-problem.ts';
import { assembleProblem, hardLimits, type HedgeProblem } from '../../../main/engine/hedge/hedge-problem.ts';
import { quantitiesAfter } from '../../../main/engine/hedge/packed-candidate.ts';
import { appraise } from '../../../main/engine/hedge/program/appraise.ts';
import { solveCvarProgram } from '../../../main/engine/hedge/program/solve-program.ts';
import { finalState } from '../../../main/engine/hedge/table-figures.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { withQuantities } from '../../../main/engine/packed/packed-book.ts';
import { solveOnThisThread } from '../../../main/pool/highs.ts';
import { hedgeAssumptions } from '../../../main/services/hedge/assumptions.ts';
import type { Setting } from '../../../main/services/hedge/setting.ts';
import { survivalStates } from '../../../main/services/hedge/survival/hedge-states.ts';
import { loanSetting, problemParts, type LoanDesk } from './loan-desk.ts';

const desk: LoanDesk = {
  loans: [{ id: 'TIGHT', eth: 1000, usdc: 1_340_000 }],
  poolLoans: [
    { id: 'EASY', eth: 3000, usdc: 500_000 },
    { id: 'CLOSE', eth: 1000, usdc: 1_420_000 },
  ],
  perpetual: { cash: 900_000, eth: 700 },
  cash: 60_000,
  reserveEth: 600_000,
};

let setting: Setting;
let parts: ProblemParts;
let built: BuiltProblem;

beforeAll(async () => {
  setting = loanSetting(desk);
  parts = await problemParts(setting);
  built = buildProblem(parts);
});

async function solved(problem: HedgeProblem) {
  const { program } = assembleProblem(problem, { ...hardLimits, account: () => 1000 });
  return solveCvarProgram(program, solveOnThisThread);
}

async function optimum(problem: HedgeProblem): Promise<number> {
  const solution = await solved(problem);
  expect(solution.status).toBe('optimal');
  return solution.appraisal.objectiveUsd;
}

const slack = (value: number): number => 1e-6 * Math.abs(value) + 1e-3;

describe('the program with loan actions and lost hedges', () => {
  test('has every kind of action, and is solved to a proven gap of 1e-7', async () => {
    const kinds = new Set(setting.candidates.map(({ kind }) => kind));
    for (const kind of ['trade', 'repay', 'topUp', 'deleverage', 'withdraw', 'switchCollateral', 'switchDebt', 'migrate'] as const)
      expect(kinds).toContain(kind);
    const solution = await solved(built.problem);
    expect(solution.gapFraction).toBeLessThanOrEqual(1e-7);
    expect(solution.appraisal.violationUsd).toBeLessThanOrEqual(1e-3);
  });

  test('more to choose from never raises the optimum, kind by kind', async () => {
    const all = await optimum(built.problem);
    for (const kind of new Set(setting.candidates.map((each) => each.kind))) {
      const kept = setting.candidates.flatMap((each, index) => (each.kind === kind ? [] : [index]));
      const fewer = await optimum(subset(built.problem, kept));
      expect(all).toBeLessThanOrEqual(fewer + slack(fewer));
    }
  });

  test('the order of what can be done changes nothing', async () => {
    const order = setting.candidates.map((_, index) => index).sort((a, b) => ((a * 37) % 61) - ((b * 37) % 61) || a - b);
    const all = await optimum(built.problem);
    expect(Math.abs((await optimum(subset(built.problem, order))) - all)).toBeLessThanOrEqual(slack(all));
  });

  test('a wider limit, whoever sets it, and a larger budget never raise the optimum', async () => {
    for (const share of [0, 0.2, 1]) {
      const narrow = {
        ...built.problem,
        mandates: (built.problem.mandates ?? []).map((each) => ({ ...each, leastUsd: share * each.leastUsd })),
      };
      const wide = {
        ...built.problem,
        mandates: (built.problem.mandates ?? []).map((each) => ({ ...each, leastUsd: (share + 0.3) * each.leastUsd })),
      };
      const value = await optimum(narrow);
      expect(await optimum(wide)).toBeLessThanOrEqual(value + slack(value));
    }
    const budgets = await Promise.all([0, 500, 5000, null].map((budgetUsd) => optimum({ ...built.problem, budgetUsd })));
    budgets.slice(1).forEach((value, index) => expect(value).toBeLessThanOrEqual((budgets[index] ?? 0) + slack(value)));
  });

  test('hedges that are likelier to be lost never lower the optimum, and without any such state it is that of the days alone', async () => {
    const at = async (fraction: number): Promise<number> => {
      const wish = { frozenFraction: fraction, deleveragedFraction: fraction, depeggedFraction: fraction };
      const survival = survivalStates(setting.book, setting.pack, fraction < 0 ? { isOff: true } : wish);
      if (!survival.ok) throw new Error(survival.failure.message);
      return optimum(buildProblem({ ...parts, survival: survival.value }).problem);
    };
    const values = [await at(-1), await at(0), await at(0.02), await at(0.1), await at(0.2)];
    expect(values[0]).toBeCloseTo(values[1] ?? 0, 3);
    values.slice(1).forEach((value, index) => expect(value).toBeGreaterThanOrEqual((values[index] ?? 0) - slack(value)));
  });

  test('where there is nothing but a short to hedge with, what may be lost of it is a loss, and less of it is sold once the loss is likely', async () => {
    const bare = loanSetting({
      ...desk,
      loans: [],
      poolLoans: [{ id: 'EASY', eth: 3000, usdc: 500_000 }],
      perpetual: { cash: 9_000_000, eth: 0 },
    });
    const own = await problemParts({ ...bare, candidates: bare.candidates.filter(({ kind }) => kind === 'trade'), mandates: [] });
    const at = async (fraction: number) => {
      const survival = survivalStates(bare.book, bare.pack, { frozenFraction: fraction, deleveragedFraction: 0, depeggedFraction: 0 });
      if (!survival.ok) throw new Error(survival.failure.message);
      return solved(buildProblem({ ...own, survival: survival.value }).problem);
    };
    const [sure, rare, likely] = [await at(0), await at(0.05), await at(0.2)];
    const sold = ({ values }: typeof sure): number => values[own.candidates.findIndex(({ sign }) => sign === -1)] ?? Number.NaN;
    expect(sold(sure)).toBeGreaterThan(0);
    expect(rare.appraisal.objectiveUsd).toBeGreaterThan(sure.appraisal.objectiveUsd + 1000);
    expect(likely.appraisal.objectiveUsd).toBeGreaterThan(rare.appraisal.objectiveUsd + 1000);
    expect(sold(likely)).toBeLessThanOrEqual(sold(sure) + 1e-6);
  });

  test('the scenarios that can bind are found once for all: leaving none out gives the same optimum, of all decisions and of some', async () => {
    const whole: HedgeProblem = {
      ...built.problem,
      accounts: built.problem.accounts.map(({ bufferUsd, excessUsd }) => ({ bufferUsd, excessUsd })),
    };
    const { decisions, accounts } = built.problem;
    const rows = accounts.reduce((sum, { needed = [] }) => sum + needed.length, 0);
    expect(rows).toBeLessThan(0.6 * accounts.reduce((sum, { excessUsd }) => sum + excessUsd.length, 0));
    for (const step of [1, 2, 3, 5]) {
      const kept = decisions.flatMap((_, index) => (index % step === 0 ? [index] : []));
      const value = await optimum(subset(whole, kept));
      expect(Math.abs((await optimum(subset(built.problem, kept))) - value)).toBeLessThanOrEqual(slack(value));
    }
  });

  test('dollars of another size change nothing but the size', async () => {
    const { problem } = built;
    const scaled: HedgeProblem = {
      ...problem,
      lossesUsd: problem.lossesUsd.map((loss) => 10 * loss),
      decisions: problem.decisions.map((decision) => ({ ...decision, upper: 10 * decision.upper, lower: 10 * decision.lower })),
      accounts: problem.accounts.map(({ bufferUsd, excessUsd }) => ({
        bufferUsd: 10 * bufferUsd,
        excessUsd: excessUsd.map((excess) => 10 * excess),
      })),
      purses: problem.purses.map(({ availableUsd }) => ({ availableUsd: 10 * availableUsd })),
      mandates: (problem.mandates ?? []).map((each) => ({ ...each, leastUsd: 10 * each.leastUsd })),
    };
    const value = await optimum(problem);
    expect(Math.abs((await optimum(scaled)) / 10 - value)).toBeLessThanOrEqual(slack(value));
  });
});

test('two ways of repaying one debt whole are more than the debt, and the program says by how much', () => {
  const ways = setting.candidates.flatMap((each, index) =>
    each.kind === 'deleverage' || each.kind === 'migrate' ? (each.target.accountId === 'TIGHT' ? [index] : []) : [],
  );
  expect(ways.length).toBeGreaterThanOrEqual(2);
  const { program, purseGroup } = assembleProblem(built.problem, hardLimits);
  const debt = built.purseRows.indexOf(setting.candidates[ways[0] ?? 0]?.targetRow ?? -1);
  const shortUsd = (used: readonly number[]): number => {
    const values = Float64Array.from(setting.candidates, (_, index) => (used.includes(index) ? 1_340_000 : 0));
    return appraise(program, values).groupShortfallUsd[purseGroup(debt)] ?? Number.NaN;
  };
  expect(shortUsd(ways.slice(0, 1))).toBeCloseTo(0, 3);
  expect(shortUsd(ways.slice(0, 2))).toBeCloseTo(1_340_000, 3);
});

test('what an action does to every account in every retained scenario is what the account comes to with it done', () => {
  const { packed, retained } = parts;
  const measures = makeAccountMeasures(packed.accounts.count);
  const amount = 1e-3;
  setting.candidates.forEach((candidate, index) => {
    if (candidate.isOption) return;
    const done = withQuantities(packed, quantitiesAfter(packed, [{ ...candidate, gasUsd: 0 }], [amount]));
    built.limits.forEach((limit, at) => {
      if (limit.kind !== 'alive') return;
      const effect = built.problem.decisions[index]?.excess.find(({ account }) => account === at)?.effectUsd;
      for (const s of [0, 1, retained.scenarios - 1]) {
        const state = finalState(retained, s);
        evaluateAccounts(packed, state, measures);
        const beforeUsd = measures.excessUsd[limit.account] ?? Number.NaN;
        evaluateAccounts(done, state, measures);
        const changeUsd = ((measures.excessUsd[limit.account] ?? Number.NaN) - beforeUsd) / amount;
        // A repaid debt also needs its share of what is kept beyond the requirement no longer.
        const freed = candidate.changes.reduce((sum, { row, units }) => {
          const isOwnDebt = packed.positions.kind[row] === 1 && packed.positions.account[row] === limit.account;
          return isOwnDebt
            ? sum + hedgeAssumptions.bufferShareOfRequirement * units * (packed.initial.priceUsd[packed.positions.asset[row] ?? 0] ?? 0)
            : sum;
        }, 0);
        expect(Math.abs((effect?.[s] ?? 0) - freed - changeUsd)).toBeLessThanOrEqual(1e-3 * candidate.notionalUsd);
      }
    });
  });
});

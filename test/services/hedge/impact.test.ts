import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildProblem, type BuiltProblem, type ProblemParts } from '../../../main/engine/hedge/build-problem.ts';
import { assembleProblem, hardLimits, type HedgeProblem } from '../../../main/engine/hedge/hedge-problem.ts';
import { impactsUsd, type MarketImpact } from '../../../main/engine/hedge/market-impact.ts';
import { quantitiesAfter } from '../../../main/engine/hedge/packed-candidate.ts';
import { appraise } from '../../../main/engine/hedge/program/appraise.ts';
import { solveCvarProgram } from '../../../main/engine/hedge/program/solve-program.ts';
import { solveOnThisThread } from '../../../main/pool/highs.ts';
import { hedgeAssumptions } from '../../../main/services/hedge/assumptions.ts';
import { withImpacts } from '../../../main/services/hedge/impact/market-impacts.ts';
import { legCosts, planCosts } from '../../../main/services/hedge/measures.ts';
import type { Candidate } from '../../../main/services/hedge/proposals/candidates.ts';
import type { Setting } from '../../../main/services/hedge/setting.ts';
import { suggest } from '../../../main/services/hedge/suggest.ts';
import { loanSetting, problemParts, type LoanDesk } from './loan-desk.ts';

const desk: LoanDesk = {
  loans: [{ id: 'TIGHT', eth: 1000, usdc: 1_340_000 }],
  poolLoans: [{ id: 'EASY', eth: 3000, usdc: 500_000 }],
  perpetual: { cash: 4_000_000, eth: 700 },
  cash: 60_000,
  reserveEth: 3_000_000,
};

const penalties = { ...hardLimits, account: () => 1000 };

let setting: Setting;
let parts: ProblemParts;
let built: BuiltProblem;

beforeAll(async () => {
  setting = loanSetting(desk);
  parts = await problemParts(setting);
  built = buildProblem(parts);
});

/** The parts with every impact so many times as large; 0 leaves it out. */
function scaled(times: number): ProblemParts {
  const candidates = parts.candidates.map(({ impact, ...candidate }) =>
    impact === undefined || times === 0 ? candidate : { ...candidate, impact: timesAs(impact, times) },
  );
  return { ...parts, candidates };
}

function timesAs(impact: MarketImpact, times: number): MarketImpact {
  return { ...impact, costPerUsd: impact.costPerUsd.map((slope) => times * slope) };
}

function solve(problem: HedgeProblem) {
  return solveCvarProgram(assembleProblem(problem, penalties).program, solveOnThisThread);
}

const optimum = async (times: number): Promise<number> => (await solve(buildProblem(scaled(times)).problem)).appraisal.objectiveUsd;

const slack = (value: number): number => 1e-6 * Math.abs(value) + 1e-3;

describe('the program with market impact', () => {
  test('every trade of a contract has one, dearer the more of it, and nothing else has', () => {
    const traded = setting.candidates.filter(({ depth }) => depth !== null);
    expect(traded.length).toBeGreaterThan(1);
    for (const { impact } of traded) {
      expect(impact?.costPerUsd[0]).toBeGreaterThan(0);
      expect(impact?.costPerUsd).toEqual(impact?.costPerUsd.toSorted((a, b) => a - b));
    }
    for (const { depth, impact } of setting.candidates) if (depth === null) expect(impact).toBeUndefined();
  });

  test('counts for any amounts what the legs will pay, weighed as every other cost', () => {
    const { program } = assembleProblem(built.problem, penalties);
    const bare = assembleProblem(buildProblem(scaled(0)).problem, penalties).program;
    const trades = parts.candidates.map(({ impact, upper }) => (impact === undefined ? 0 : upper));
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: trades.length, maxLength: trades.length }),
        (shares) => {
          const amounts = Float64Array.from(trades, (upper, index) => upper * (shares[index] ?? 0));
          const [whole, without] = [appraise(program, amounts), appraise(bare, amounts)];
          const priced = (built.problem.mandates ?? []).reduce((sum, { price }, index) => {
            const group = built.problem.accounts.length + built.problem.purses.length + index;
            return price === undefined ? sum : sum + price * (whole.groupShortfallUsd[group] ?? NaN);
          }, 0);
          const paidUsd = impactsUsd(parts.candidates, amounts).reduce((sum, usd) => sum + usd, 0);
          expect(whole.costUsd + priced - without.costUsd).toBeCloseTo(hedgeAssumptions.costWeight * paidUsd, 2);
          expect(whole.expectedShortfallUsd).toBe(without.expectedShortfallUsd);
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });

  test('a more liquid market never raises the optimum, and one without impact is the former program', async () => {
    const values = [await optimum(0), await optimum(1e-9), await optimum(0.5), await optimum(1), await optimum(4)];
    expect(Math.abs((values[0] ?? 0) - (values[1] ?? 0))).toBeLessThanOrEqual(1);
    values.slice(1).forEach((value, index) => expect(value).toBeGreaterThanOrEqual((values[index] ?? 0) - slack(value)));
    expect(values[3]).toBeGreaterThan((values[0] ?? 0) + 100);
    const none = withImpacts({ book: setting.book, pack: setting.pack, days: [], coefficient: 0 }, scaled(0).candidates as Candidate[]);
    const former = buildProblem({ ...parts, candidates: none }).problem;
    expect(former.mandates).toEqual(parts.mandates);
  });

  test('a trade offered to one account twice costs what it costs once', async () => {
    const twice = { ...parts, candidates: [...parts.candidates, ...parts.candidates.filter(({ impact }) => impact !== undefined)] };
    const mandates = parts.mandates.map(({ leastUsd, perUnitUsd }) => ({
      leastUsd,
      perUnitUsd: Float64Array.from([...perUnitUsd, ...twice.candidates.slice(perUnitUsd.length).map(() => 0)]),
    }));
    const both = buildProblem({ ...twice, mandates }).problem;
    const once = await optimum(1);
    const value = (await solve(both)).appraisal.objectiveUsd;
    // Twice as much may be traded, so that it can only be cheaper by what the bound was worth; splitting alone gains nothing.
    const half = {
      ...both,
      decisions: both.decisions.map((each, index) => (index < parts.candidates.length ? each : { ...each, upper: 0 })),
    };
    expect((await solve(half)).appraisal.objectiveUsd).toBeCloseTo(once, 0);
    expect(value).toBeLessThanOrEqual(once + slack(once));
  });

  test('what impact costs is paid: the book is worth less by all costs at the market now, whatever is traded', () => {
    const { packed } = setting.pack;
    const trades = setting.candidates.filter(({ impact }) => impact !== undefined);
    const amounts = trades.map(({ upper }) => 0.8 * upper);
    const bare = trades.map(({ impact: _, ...candidate }) => candidate);
    const [paid, unpaid] = [quantitiesAfter(packed, trades, amounts), quantitiesAfter(packed, bare, amounts)];
    const lessUsd = [...paid.keys()].reduce(
      (sum, row) => sum + ((unpaid[row] ?? NaN) - (paid[row] ?? NaN)) * (packed.initial.priceUsd[packed.positions.asset[row] ?? 0] ?? NaN),
      0,
    );
    const costs = legCosts({ candidates: trades, amounts });
    const impact = costs.reduce((sum, { impactUsd }) => sum + impactUsd, 0);
    expect(impact).toBeGreaterThan(100);
    expect(lessUsd / impact).toBeCloseTo(1, 6);
    expect(planCosts({ candidates: trades, amounts }).costUsd - planCosts({ candidates: bare, amounts }).costUsd).toBeCloseTo(impact, 4);
  });

  test('is never missed as a limit is: the suggestion is feasible, keeps its budget, and agrees with its cascade', async () => {
    for (const budgetUsd of [null, 6000, 1500]) {
      const found = await suggest(setting, { budgetUsd, timeLimitMs: 60_000, elapsedMs: () => 0 });
      if (!found.ok) throw new Error(found.failure.message);
      const { result, pass } = found.value;
      const traded = result.legs.filter(({ impactUsd = 0 }) => impactUsd > 0);
      if (budgetUsd === null) {
        expect(traded.length).toBeGreaterThan(0);
        for (const { why } of traded) expect(why).toContain('is market impact');
        expect(result.assumptions?.join(' ')).toContain('gives way to a trade');
      } else expect(result.after.costUsd).toBeLessThanOrEqual(budgetUsd + 1);
      expect(result.legs.reduce((sum, { costUsd }) => sum + costUsd, 0)).toBeCloseTo(result.after.costUsd, 4);
      expect([...pass.choice.missedUsd].every((usd) => usd <= 1)).toBe(true);
      expect(Math.abs(result.recheck.gapFraction)).toBeLessThan(0.02);
      for (const text of result.duals.map((dual) => dual.constraint)) expect(text).not.toContain('undefined');
    }
  });
});

test('a priced mandate is never made hard, whatever the limits of a program are', () => {
  const problem = { ...built.problem, mandates: [{ leastUsd: -1, price: 3 }, { leastUsd: -1 }] };
  const { program, mandateGroup } = assembleProblem(problem, hardLimits);
  expect(program.groupPenaltyUsd[mandateGroup(0)]).toBe(3);
  expect(program.groupPenaltyUsd[mandateGroup(1)]).toBe(Number.POSITIVE_INFINITY);
});

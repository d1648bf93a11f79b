import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assembleProblem, hardLimits, type HedgeProblem } from '../../../main/engine/hedge/hedge-problem.ts';
import { solveCvarProgram } from '../../../main/engine/hedge/program/solve-program.ts';
import { solveOnThisThread } from '../../../main/pool/highs.ts';
import { randomProblem } from './random-problem.ts';

const penalties = { ...hardLimits, account: () => 50 };

/** The problem with a limit on the sum of all amounts, and a band for the sum of signed ones. */
function limited(seed: number, bounds: { readonly turnover: number; readonly band: number }): HedgeProblem {
  const problem = randomProblem({ scenarios: 60, hedges: 5, accounts: 2, retained: 10 }, seed);
  const decisions = problem.decisions.map((decision, index) => {
    if (decision.reductionUsd === null) return decision;
    const sign = index % 2 === 0 ? 1 : -1;
    return {
      ...decision,
      mandates: [
        { mandate: 0, perUnitUsd: -1 },
        { mandate: 1, perUnitUsd: sign },
        { mandate: 2, perUnitUsd: -sign },
      ],
    };
  });
  return { ...problem, decisions, mandates: [{ leastUsd: -bounds.turnover }, { leastUsd: -bounds.band }, { leastUsd: -bounds.band }] };
}

async function solved(problem: HedgeProblem) {
  const assembled = assembleProblem(problem, penalties);
  return { assembled, solution: await solveCvarProgram(assembled.program, solveOnThisThread) };
}

describe('the mandates of a trader', () => {
  test('a looser one never raises the optimum, and what is chosen keeps within it', async () => {
    const amount = fc.double({ min: 0, max: 900, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), amount, amount, fc.boolean(), async (seed, tight, more, isTurnover) => {
        const bounds = (limit: number) => (isTurnover ? { turnover: limit, band: 1e9 } : { turnover: 1e9, band: limit });
        const strict = await solved(limited(seed, bounds(tight)));
        const loose = await solved(limited(seed, bounds(tight + more)));
        const slack = 1e-6 * Math.abs(strict.solution.appraisal.objectiveUsd) + 1;
        expect(loose.solution.appraisal.objectiveUsd).toBeLessThanOrEqual(strict.solution.appraisal.objectiveUsd + slack);
        const trades = [...strict.solution.values].slice(0, 10);
        const sum = trades.reduce((total, value, index) => total + (isTurnover ? value : index % 2 === 0 ? value : -value), 0);
        expect(Math.abs(sum)).toBeLessThanOrEqual(tight + 1e-4);
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  test('one that never binds leaves the answer as it was, and its price is zero', async () => {
    const free = await solved(randomProblem({ scenarios: 60, hedges: 5, accounts: 2, retained: 10 }, 4));
    const { assembled, solution } = await solved(limited(4, { turnover: 1e9, band: 1e9 }));
    expect(solution.appraisal.objectiveUsd).toBeCloseTo(free.solution.appraisal.objectiveUsd, 0);
    for (const mandate of [0, 1, 2]) expect(Math.abs(solution.groupPricesUsd[assembled.mandateGroup(mandate)] ?? 1)).toBeLessThan(1e-6);
  });

  test('the price of one that binds is what a dollar more of it is worth', async () => {
    const at = (turnover: number) => solved(limited(6, { turnover, band: 1e9 }));
    const [here, further] = [await at(100), await at(101)];
    const price = here.solution.groupPricesUsd[here.assembled.mandateGroup(0)] ?? 0;
    const gain = here.solution.appraisal.objectiveUsd - further.solution.appraisal.objectiveUsd;
    expect(price).toBeGreaterThan(0);
    expect(Math.abs(gain - price)).toBeLessThanOrEqual(0.05 * price);
  });
});

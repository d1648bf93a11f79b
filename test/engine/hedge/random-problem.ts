import type { Decision, HedgeProblem } from '../../../main/engine/hedge/hedge-problem.ts';

/** Repeatable numbers in [0, 1): a linear congruential generator, enough for made-up books. */
export function seededNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/**
 * A made-up hedging problem: a few common factors move losses, payoffs and excesses, so that decisions matter and limits
 * bind. Losses in millions of dollars, like the book's.
 */
export function randomProblem(size: { scenarios: number; hedges: number; accounts: number; retained: number }, seed: number): HedgeProblem {
  const next = seededNumbers(seed);
  const normal = () => next() + next() + next() + next() + next() + next() - 3;
  const factors = Array.from({ length: size.scenarios }, () => [normal(), normal(), normal()]);
  const exposure = [4e6, 2e6, 1e6];
  const along = (loadings: readonly number[], factor: readonly number[]) =>
    loadings.reduce((sum, loading, k) => sum + loading * (factor[k] ?? Number.NaN), 0);
  const decisions: Decision[] = [];
  for (let h = 0; h < size.hedges; h++) {
    const loadings = [normal() * 400, normal() * 400, normal() * 400];
    const account = h % size.accounts;
    const payoff = factors.map((factor) => along(loadings, factor) + 60 * normal());
    for (const sign of [1, -1]) {
      const effectUsd = Float64Array.from({ length: size.retained }, (_, s) => sign * (payoff[s % size.scenarios] ?? Number.NaN) - 150);
      const costUsd = 20 + 20 * next();
      decisions.push({
        costUsd,
        spendUsd: costUsd,
        lower: 0,
        upper: 400,
        reductionUsd: payoff.map((value) => sign * value),
        excess: [{ account, effectUsd }],
        cash: [{ purse: account, usePerUnit: 10 }],
      });
    }
  }
  for (let account = 0; account < size.accounts; account++) {
    decisions.push({
      costUsd: 0.001,
      spendUsd: 0.001,
      lower: 0,
      upper: 1e6,
      reductionUsd: null,
      excess: [{ account, effectUsd: new Float64Array(size.retained).fill(1) }],
      cash: [{ purse: size.accounts, usePerUnit: 1 }],
    });
  }
  return {
    confidence: 0.95,
    weights: new Float64Array(size.scenarios).fill(1 / size.scenarios),
    lossesUsd: Float64Array.from(factors, (factor) => along(exposure, factor)),
    decisions,
    accounts: Array.from({ length: size.accounts }, (_, a) => ({
      bufferUsd: 1000,
      excessUsd: Float64Array.from(
        { length: size.retained },
        (_, s) => 150_000 - along([1e5, a * 3e4, 2e4], factors[s % size.scenarios] ?? []),
      ),
    })),
    purses: [...Array.from({ length: size.accounts }, () => ({ availableUsd: 50_000 })), { availableUsd: 2e6 }],
    budgetUsd: null,
  };
}

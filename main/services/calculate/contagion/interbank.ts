import { z } from 'zod';
import { valueInterbankSystem, type ClaimValuation } from '../../../engine/contagion/interbank-valuation.ts';
import type { CaseOutput } from '../case-values.ts';
import { amounts, squareMatrix, vector } from './matrix.ts';

const input = z
  .object({
    method: z.enum(['linear_dr', 'furfine', 'roukny']),
    interbankAssets: squareMatrix.refine(({ values }) => values.every((value) => value >= 0), 'nobody lends less than nothing'),
    externalAssets: vector,
    externalLiabilities: amounts,
    externalAssetShock: vector,
    rho: z.number().min(0).max(1).optional(),
  })
  .refine(
    ({ interbankAssets: { rows }, externalAssets, externalLiabilities, externalAssetShock }) =>
      [externalAssets, externalLiabilities, externalAssetShock].every(({ length }) => length === rows),
    'every list must have one figure per bank',
  )
  .refine(({ method, rho }) => method !== 'roukny' || rho !== undefined, 'roukny needs rho');

/** Claims on each other revaluated until nothing moves, by DebtRank, Furfine's rule or the same with a recovery. */
export function calculateInterbankValuation(raw: unknown): CaseOutput {
  const { method, interbankAssets, externalAssets, externalLiabilities, externalAssetShock, rho } = input.parse(raw);
  const result = valueInterbankSystem(
    { claims: interbankAssets.values, externalAssets, externalLiabilities, shock: externalAssetShock },
    valuationOf(method, rho ?? 0),
  );
  if (result.status === 'notConverged')
    throw new RangeError(`revaluation still moves by ${result.lastChange} after ${result.rounds} rounds`);
  return {
    equity_initial: [...result.equityBefore],
    equity_after_shock: [...result.equityAfterShock],
    equity_final: [...result.equity],
    relative_loss_final: [...result.relativeLoss],
    debtrank_like_H: result.lostEquityFraction,
  };
}

function valuationOf(method: 'linear_dr' | 'furfine' | 'roukny', recoveryFraction: number): ClaimValuation {
  if (method === 'linear_dr') return { kind: 'linear' };
  return method === 'furfine' ? { kind: 'furfine' } : { kind: 'recovery', recoveryFraction };
}

import { z } from 'zod';
import { overlapIndex, overlapMatrix } from '../../../engine/contagion/overlap.ts';
import type { CaseOutput } from '../case-values.ts';
import { matrix, rowsOf } from './matrix.ts';

const input = z
  .object({ positionValueUsd: matrix, depthUsd: z.array(z.number().positive()).transform((values) => Float64Array.from(values)) })
  .refine(({ positionValueUsd, depthUsd }) => positionValueUsd.columns === depthUsd.length, 'every asset needs a depth');

/** How much holders of the same assets hit each other, and the direction in which most. */
export function calculateOverlapIndices(raw: unknown): CaseOutput {
  const { positionValueUsd, depthUsd } = input.parse(raw);
  const overlap = overlapMatrix({ positionValueUsd: positionValueUsd.values, depthUsd });
  const index = overlapIndex(overlap, positionValueUsd.rows);
  if (index.status === 'notConverged') throw new RangeError('the eigenvalues of the overlap do not converge');
  return {
    omega: rowsOf(overlap, positionValueUsd.rows),
    topEigenvalue: index.topEigenvalueUsd,
    eigenvectorUnique: index.principalVector !== null,
    principalEigenvector: index.principalVector === null ? null : [...index.principalVector],
  };
}

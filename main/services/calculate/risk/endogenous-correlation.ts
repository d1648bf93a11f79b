import { z } from 'zod';
import { correlationOf, covarianceAfterSales, feedbackGain, volatilityRatio } from '../../../engine/risk/endogenous-correlation.ts';
import type { CaseOutput } from '../case-values.ts';
import { listOf, rowsOf, squareMatrix, vector } from '../contagion/matrix.ts';

const input = z
  .object({
    covariance: squareMatrix,
    positionValueUsd: vector,
    quantityOverDepth: vector,
    saleSlope: z.number(),
    referenceValueUsd: z.number().positive(),
  })
  .refine(
    ({ covariance: { rows }, positionValueUsd, quantityOverDepth }) =>
      positionValueUsd.length === rows && quantityOverDepth.length === rows,
    'every list must have one figure per asset',
  );

/** Covariance and correlation that a fund's own selling leaves behind, after one pass and after all. */
export function calculateEndogenousCorrelation(raw: unknown): CaseOutput {
  const { covariance, ...rest } = input.parse(raw);
  const calm = covariance.values;
  const market = { covariance: calm, ...rest };
  const gain = feedbackGain(market);
  if (gain.status === 'unstable') return { unstable: true, kappa: gain.feedback };
  const k = covariance.rows;
  const onePass = covarianceAfterSales(market, 1);
  const consistent = covarianceAfterSales(market, gain.amplification);
  return {
    unstable: false,
    kappa: gain.feedback,
    amplification: gain.amplification,
    onePassCovariance: rowsOf(onePass, k),
    selfConsistentCovariance: rowsOf(consistent, k),
    calmCorrelation: rowsOf(correlationOf(calm, k), k),
    onePassCorrelation: rowsOf(correlationOf(onePass, k), k),
    selfConsistentCorrelation: rowsOf(correlationOf(consistent, k), k),
    volatilityRatio: listOf(volatilityRatio(consistent, calm, k)),
  };
}

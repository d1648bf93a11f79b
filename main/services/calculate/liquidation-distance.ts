import { z } from 'zod';
import { dailyCovariance, hitProbability } from '../../engine/requirement/distance/joint-distance.ts';
import { lendingDistance } from '../../engine/requirement/distance/lending-distance.ts';
import type { LiquidationMultipliers } from '../../engine/requirement/distance/liquidation-price.ts';
import type { CaseOutput } from './case-values.ts';

const input = z.object({
  assets: z.array(
    z.object({
      priceUsd: z.number(),
      collateralAmount: z.number(),
      liquidationThreshold: z.number(),
      debtAmount: z.number(),
      loadings: z.record(z.string(), z.number()),
    }),
  ),
  drivers: z.array(z.string()),
  annualVolatility: z.array(z.number()),
  correlation: z.array(z.array(z.number())),
});

/** The family's search runs from a millionth to a million times today's price. */
const SEARCH = { lowest: 1e-6, highest: 1e6, steps: 4000 };

/** Liquidation points by driver and jointly, and the linear joint distance, of a lending account. */
export function calculateLiquidationDistance(raw: unknown): CaseOutput {
  const { assets, drivers, annualVolatility, correlation } = input.parse(raw);
  const account = {
    thresholdValueUsd: Float64Array.from(assets, (asset) => asset.priceUsd * asset.collateralAmount * asset.liquidationThreshold),
    debtUsd: Float64Array.from(assets, (asset) => asset.priceUsd * asset.debtAmount),
    loadings: Float64Array.from(assets.flatMap((asset) => drivers.map((driver) => asset.loadings[driver] ?? 0))),
    drivers: drivers.length,
  };
  const covariance = dailyCovariance(Float64Array.from(annualVolatility), Float64Array.from(correlation.flat()));
  const distance = lendingDistance(account, covariance, SEARCH);
  const head = {
    healthFactor: Number.isFinite(distance.healthFactor) ? distance.healthFactor : null,
    bufferUsd: distance.excessUsd,
    liquidatable: distance.isLiquidatable,
  };
  if (distance.isLiquidatable) {
    return { ...head, singleDriver: null, jointMultiplier: null, sigmaDays: null, mostLikelyMove: null, hitProbability30d: null };
  }
  const { sigmaDays, mostLikelyMove } = distance.joint;
  const points = (found: LiquidationMultipliers | undefined): CaseOutput => ({ down: found?.down ?? null, up: found?.up ?? null });
  return {
    ...head,
    singleDriver: Object.fromEntries(drivers.map((driver, k) => [driver, points(distance.byDriver[k])])),
    jointMultiplier: points(distance.together),
    sigmaDays,
    mostLikelyMove: mostLikelyMove === null ? null : Object.fromEntries(drivers.map((driver, k) => [driver, mostLikelyMove[k]])),
    hitProbability30d: hitProbability(sigmaDays, 30),
  };
}

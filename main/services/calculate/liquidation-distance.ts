import { z } from 'zod';
import { dailyCovariance, hitProbability, jointDistance } from '../../engine/requirement/joint-distance.ts';
import { healthFactor } from '../../engine/requirement/lending-pool.ts';
import { liquidationMultipliers, powerExcess } from '../../engine/requirement/liquidation-price.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
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
  const collateral = Float64Array.from(assets, (asset) => asset.priceUsd * asset.collateralAmount * asset.liquidationThreshold);
  const debt = Float64Array.from(assets, (asset) => asset.priceUsd * asset.debtAmount);
  const net = collateral.map((value, k) => value - debt[k]!);
  const collateralUsd = sumAccurate(collateral);
  const debtUsd = sumAccurate(debt);
  const isLiquidatable = debtUsd > 0 && collateralUsd <= debtUsd;
  const head = { healthFactor: debtUsd === 0 ? null : healthFactor(collateralUsd, debtUsd), bufferUsd: sumAccurate(net), liquidatable: isLiquidatable };
  if (isLiquidatable) return { ...head, singleDriver: null, jointMultiplier: null, sigmaDays: null, mostLikelyMove: null, hitProbability30d: null };
  const loadingOf = (driver: string): Float64Array => Float64Array.from(assets, (asset) => asset.loadings[driver] ?? 0);
  const exposures = Float64Array.from(drivers, (driver) => sumAccurate(loadingOf(driver).map((loading, k) => loading * net[k]!)));
  const covariance = dailyCovariance(Float64Array.from(annualVolatility), Float64Array.from(correlation.flat()));
  const distance = jointDistance(head.bufferUsd, exposures, covariance);
  const points = (loadings: Float64Array): CaseOutput => {
    const { down, up } = liquidationMultipliers((multiplier) => powerExcess(net, loadings, multiplier), SEARCH);
    return { down, up };
  };
  const together = Float64Array.from(assets, (asset) => drivers.reduce((sum, driver) => sum + (asset.loadings[driver] ?? 0), 0));
  return {
    ...head,
    singleDriver: Object.fromEntries(drivers.map((driver) => [driver, points(loadingOf(driver))])),
    jointMultiplier: points(together),
    sigmaDays: distance.sigmaDays,
    mostLikelyMove: distance.mostLikelyMove === null ? null : Object.fromEntries(drivers.map((driver, k) => [driver, distance.mostLikelyMove?.[k]])),
    hitProbability30d: hitProbability(distance.sigmaDays, 30),
  };
}

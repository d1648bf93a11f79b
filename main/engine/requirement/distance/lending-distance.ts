import { sumAccurate } from '../../math/sum.ts';
import { jointDistance } from './joint-distance.ts';
import type { JointDistance } from './joint-distance.ts';
import { healthFactor } from '../lending/lending-pool.ts';
import { liquidationMultipliers, powerExcess } from './liquidation-price.ts';
import type { LiquidationMultipliers, LiquidationSearch } from './liquidation-price.ts';

/** A lending account by asset. Its assets move with the drivers: price → price × multiplier^loading. */
export type LendingAccount = {
  /** Collateral × liquidation threshold of each asset, USD. */
  readonly thresholdValueUsd: Float64Array;
  readonly debtUsd: Float64Array;
  /** Loading of asset k on driver d at [k × drivers + d]; 0 for a stable asset. */
  readonly loadings: Float64Array;
  readonly drivers: number;
};

/** Where a lending account is liquidated, driver by driver and jointly. */
export type LendingDistance = {
  readonly healthFactor: number;
  readonly excessUsd: number;
  /** Has debt, and its threshold value does not exceed it; nothing else is answered then. */
  readonly isLiquidatable: boolean;
  readonly byDriver: readonly LiquidationMultipliers[];
  /** All drivers multiplied by the same number: each asset's loading is the sum of its loadings. */
  readonly together: LiquidationMultipliers;
  readonly joint: JointDistance;
};

/**
 * Liquidation points by driver and together, and the linear joint distance.
 *
 * @param dailyCovariance of the drivers' log returns, row by row
 */
export function lendingDistance(account: LendingAccount, dailyCovariance: Float64Array, search: LiquidationSearch): LendingDistance {
  const { thresholdValueUsd, debtUsd, loadings, drivers } = account;
  const net = thresholdValueUsd.map((value, k) => value - debtUsd[k]!);
  const resources = sumAccurate(thresholdValueUsd);
  const debt = sumAccurate(debtUsd);
  const excessUsd = sumAccurate(net);
  const points = (own: Float64Array): LiquidationMultipliers =>
    liquidationMultipliers((multiplier) => powerExcess(net, own, multiplier), search);
  const byDriver: LiquidationMultipliers[] = [];
  const exposures = new Float64Array(drivers);
  const summed = new Float64Array(net.length);
  for (let driver = 0; driver < drivers; driver += 1) {
    const own = net.map((_, k) => loadings[k * drivers + driver]!);
    for (let k = 0; k < net.length; k += 1) summed[k] = summed[k]! + own[k]!;
    exposures[driver] = sumAccurate(own.map((loading, k) => loading * net[k]!));
    byDriver.push(points(own));
  }
  return {
    healthFactor: healthFactor(resources, debt),
    excessUsd,
    isLiquidatable: debt > 0 && resources <= debt,
    byDriver,
    together: points(summed),
    joint: jointDistance(excessUsd, exposures, dailyCovariance),
  };
}

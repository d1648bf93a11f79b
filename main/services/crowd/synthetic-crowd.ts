import type { CrowdAccount } from '../../domain/snapshot.ts';
import { normalQuantile } from '../../engine/math/normal.ts';
import { randomUniform } from '../../engine/math/random.ts';

/** Streams of the draws, apart from every other use of a seed. */
const STREAM = { template: 81, size: 82, health: 83 } as const;

/** A borrower as shares: of its collateral's value by asset with threshold, of its debt by asset. */
type Mix = {
  readonly account: CrowdAccount;
  readonly sizeUsd: number;
  readonly health: number;
};

/** Price of an asset in USD; NaN where there is none. */
export type PriceOf = (assetId: string) => number;

/** Median and spread of the sizes (USD of collateral) and of health − 1, as lognormal distributions; spreads are σ of the logarithm. */
export type FittedCrowd = {
  readonly medianUsd: number;
  readonly sizeSigma: number;
  readonly medianHealth: number;
  readonly healthSigma: number;
  readonly fittedTo: number;
};

/** The lognormal distributions that fit recorded borrowers by the moments of their logarithms; null where fewer than two are healthy and priced. */
export function fitCrowd(crowd: readonly CrowdAccount[], priceOf: PriceOf): FittedCrowd | null {
  const mixes = mixesOf(crowd, priceOf);
  if (mixes.length < 2) return null;
  const size = moments(mixes.map(({ sizeUsd }) => Math.log(sizeUsd)));
  const health = moments(mixes.map((mix) => Math.log(mix.health - 1)));
  return {
    medianUsd: Math.exp(size.mean),
    sizeSigma: size.sigma,
    medianHealth: 1 + Math.exp(health.mean),
    healthSigma: health.sigma,
    fittedTo: mixes.length,
  };
}

/**
 * Draws borrowers: each takes assets, thresholds, venue and bonus of a recorded one, its size and its health from the lognormal distributions, so that
 * debt = Σ collateral × threshold / health. The same seed gives the same crowd, and a larger one begins with the smaller.
 */
export function drawCrowd(
  crowd: readonly CrowdAccount[],
  shape: Omit<FittedCrowd, 'fittedTo'> & { readonly borrowers: number; readonly seed: number },
  priceOf: PriceOf,
): readonly CrowdAccount[] {
  const mixes = mixesOf(crowd, priceOf);
  return Array.from({ length: shape.borrowers }, (_, i) => {
    const mix = mixes[Math.floor(randomUniform(shape.seed, i, STREAM.template) * mixes.length)];
    if (mix === undefined) throw new Error('a crowd cannot be drawn from nobody');
    const sizeUsd = shape.medianUsd * Math.exp(shape.sizeSigma * normalQuantile(randomUniform(shape.seed, i, STREAM.size)));
    const health = 1 + (shape.medianHealth - 1) * Math.exp(shape.healthSigma * normalQuantile(randomUniform(shape.seed, i, STREAM.health)));
    const larger = sizeUsd / mix.sizeUsd;
    const owes = (larger * mix.health) / health;
    return {
      ...mix.account,
      id: `synthetic-${i + 1}`,
      collateral: mix.account.collateral.map((held) => ({ ...held, quantity: held.quantity * larger })),
      debt: mix.account.debt.map((owed) => ({ ...owed, quantity: owed.quantity * owes })),
    };
  });
}

/** The borrowers that a crowd can be fitted to and drawn from: priced, with collateral and debt, above their requirement. */
function mixesOf(crowd: readonly CrowdAccount[], priceOf: PriceOf): readonly Mix[] {
  return crowd.flatMap((account): Mix[] => {
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const sizeUsd = sum(account.collateral.map((held) => held.quantity * priceOf(held.assetId)));
    const weightedUsd = sum(account.collateral.map((held) => held.quantity * priceOf(held.assetId) * held.liquidationThresholdFraction));
    const health = weightedUsd / sum(account.debt.map((owed) => owed.quantity * priceOf(owed.assetId)));
    return sizeUsd > 0 && health > 1 && Number.isFinite(health) ? [{ account, sizeUsd, health }] : [];
  });
}

function moments(values: readonly number[]): { readonly mean: number; readonly sigma: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, sigma: Math.sqrt(variance) };
}

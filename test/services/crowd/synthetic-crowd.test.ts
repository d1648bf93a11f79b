import { expect, test } from 'vitest';
import type { CrowdAccount } from '../../../main/domain/snapshot.ts';
import { withCrowdSize } from '../../../main/services/crowd/place-crowd.ts';
import { drawCrowd, fitCrowd } from '../../../main/services/crowd/synthetic-crowd.ts';
import { sampleSnapshot } from '../../support/sample-system.ts';

const prices: Readonly<Record<string, number>> = { WETH: 2000, USDC: 1 };
const priceOf = (assetId: string): number => prices[assetId] ?? NaN;

function borrower(id: string, weth: number, health: number): CrowdAccount {
  return {
    id,
    venueId: 'aave',
    collateral: [{ assetId: 'WETH', quantity: weth, liquidationThresholdFraction: 0.8 }],
    debt: [{ assetId: 'USDC', quantity: (weth * 2000 * 0.8) / health }],
    liquidationBonusFraction: 0.05,
  };
}

const recorded = [borrower('a', 1, 1.2), borrower('b', 4, 1.5), borrower('c', 16, 2)];

function healthOf({ collateral, debt }: CrowdAccount): number {
  const weighted = collateral.reduce((sum, row) => sum + row.quantity * priceOf(row.assetId) * row.liquidationThresholdFraction, 0);
  return weighted / debt.reduce((sum, row) => sum + row.quantity * priceOf(row.assetId), 0);
}

test('the fit has the medians of borrowers whose logarithms are evenly spread', () => {
  const fitted = fitCrowd(recorded, priceOf);
  expect(fitted?.medianUsd).toBeCloseTo(8000, 6);
  expect(fitted?.sizeSigma).toBeCloseTo(Math.log(4), 12);
  expect(fitted?.medianHealth).toBeCloseTo(1 + Math.cbrt(0.2 * 0.5 * 1), 12);
  expect(fitted?.fittedTo).toBe(3);
});

test('whoever has no price, no debt or is below its requirement is not fitted to', () => {
  const others = [
    borrower('low', 1, 0.9),
    { ...borrower('bare', 1, 1.5), debt: [] },
    { ...borrower('odd', 1, 1.5), debt: [{ assetId: 'XYZ', quantity: 1 }] },
  ];
  expect(fitCrowd([...recorded, ...others], priceOf)).toEqual(fitCrowd(recorded, priceOf));
  expect(fitCrowd(recorded.slice(0, 1), priceOf)).toBeNull();
});

test('a drawn crowd has the distributions that were asked for, and a fit of it finds them again', () => {
  const shape = { borrowers: 20_000, seed: 3, medianUsd: 50_000, sizeSigma: 1.2, medianHealth: 1.6, healthSigma: 0.5 };
  const drawn = drawCrowd(recorded, shape, priceOf);
  const again = fitCrowd(drawn, priceOf);
  expect(drawn).toHaveLength(20_000);
  expect(Math.min(...drawn.map(healthOf))).toBeGreaterThan(1);
  expect(Math.log((again?.medianUsd ?? NaN) / 50_000)).toBeCloseTo(0, 1);
  expect(again?.sizeSigma).toBeCloseTo(1.2, 1);
  expect(again?.medianHealth).toBeCloseTo(1.6, 1);
  expect(again?.healthSigma).toBeCloseTo(0.5, 1);
});

test('the same seed draws the same crowd, another one another, and a larger crowd begins with the smaller', () => {
  const shape = { borrowers: 50, seed: 3, medianUsd: 1, sizeSigma: 1, medianHealth: 2, healthSigma: 0.5 };
  const crowd = drawCrowd(recorded, shape, priceOf);
  expect(drawCrowd(recorded, { ...shape, borrowers: 80 }, priceOf).slice(0, 50)).toEqual(crowd);
  expect(drawCrowd(recorded, { ...shape, seed: 4 }, priceOf)).not.toEqual(crowd);
});

test('a crowd twice as large holds and owes twice as much and is as healthy as before', () => {
  const snapshot = { ...sampleSnapshot(0), crowd: recorded };
  const larger = withCrowdSize(snapshot, 2).crowd;
  expect(larger.map(healthOf)).toEqual(recorded.map(healthOf));
  expect(larger.map(({ collateral }) => collateral[0]?.quantity)).toEqual([2, 8, 32]);
  expect(withCrowdSize(snapshot, 1)).toBe(snapshot);
});

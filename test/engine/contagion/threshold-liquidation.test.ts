import { expect, test } from 'vitest';
import { thresholdCascade, type ThresholdMarket } from '../../../main/engine/contagion/threshold-liquidation.ts';
import { fireSaleRound } from '../../../main/engine/contagion/vulnerable-banks.ts';

const market: ThresholdMarket = {
  startPrice: 100,
  shockFraction: 0.1,
  sizes: Float64Array.of(10, 20, 30),
  liquidationPrices: Float64Array.of(90, 85, 40),
  law: 'linear',
  impactPerUnit: 0.006,
};

test('a tie with the liquidation price is liquidated, and its sale may take the next', () => {
  const result = thresholdCascade(market);
  expect([...result.liquidated]).toEqual([1, 1, 0]);
  expect(result.finalPrice).toBeCloseTo(90 * (1 - 0.006 * 30), 12);
  expect(result.rounds).toBe(2);
  expect(result.status).toBe('converged');
});

test('without impact only those below the shocked price fall, in one round', () => {
  const result = thresholdCascade({ ...market, impactPerUnit: 0 });
  expect([...result.liquidated]).toEqual([1, 0, 0]);
  expect(result.finalPrice).toBe(90);
  expect(result.amplification).toBe(1);
});

test('a price never falls below nothing, and without a shock there is no amplification', () => {
  expect(thresholdCascade({ ...market, impactPerUnit: 1 }).finalPrice).toBe(0);
  expect(thresholdCascade({ ...market, shockFraction: 0 }).amplification).toBeNaN();
  expect(thresholdCascade({ ...market, sizes: new Float64Array(0), liquidationPrices: new Float64Array(0) }).rounds).toBe(0);
});

test('more impact never leaves a higher price', () => {
  for (const law of ['linear', 'exponential'] as const) {
    const prices = [0, 0.001, 0.004, 0.01].map((impactPerUnit) => thresholdCascade({ ...market, law, impactPerUnit }).finalPrice);
    expect(prices).toEqual(prices.toSorted((left, right) => right - left));
  }
});

test('systemicness adds up to the aggregate vulnerability, and nobody is hurt through assets nobody shares', () => {
  const holders = {
    assetsValue: Float64Array.of(100, 60, 80),
    debtToEquity: Float64Array.of(9, 14, 4),
    weights: Float64Array.of(0.6, 0.4, 0, 0.2, 0.8, 0, 0, 0, 1),
    priceImpact: Float64Array.of(0.001, 0.002, 0.003),
    shock: Float64Array.of(-0.1, 0, 0),
  };
  const round = fireSaleRound(holders);
  expect(round.systemicness.reduce((sum, value) => sum + value, 0)).toBeCloseTo(round.aggregateVulnerability, 12);
  expect(round.indirectVulnerability[2]).toBeCloseTo(0, 15);
});

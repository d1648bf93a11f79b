import { describe, expect, it } from 'vitest';
import { gaugeShare, gaugeWords } from '../../../renderer/parts/coupling-gauge.tsx';
import { referenceMove, shockWords } from '../../../renderer/parts/reference-move.ts';

describe('the coupling gauge', () => {
  it('has one scale: nothing at the left, a fall by half at the right', () => {
    expect(gaugeShare(0)).toBeCloseTo(0);
    expect(gaugeShare(-0.25)).toBe(0.5);
    expect(gaugeShare(-0.5)).toBe(1);
  });

  it('puts never, a rise and what lies beyond at the right end', () => {
    expect(gaugeShare(null)).toBe(1);
    expect(gaugeShare(0.3)).toBe(1);
    expect(gaugeShare(-0.8)).toBe(1);
  });

  it('says what it shows', () => {
    expect(gaugeWords({ name: 'MRP-1', jointMove: -0.18, aloneMove: -0.304 })).toBe('MRP-1, joint −18.0\u2009%, alone −30.4\u2009%');
    expect(gaugeWords({ name: 'MRP-2', jointMove: -0.171, aloneMove: null, afterMove: -0.268 })).toBe(
      'MRP-2, joint −17.1\u2009%, alone never, after the hedge −26.8\u2009%',
    );
  });
});

describe('the reference move', () => {
  const drivers = [
    { assetId: 'BTC', priceUsd: 63_718.97, beta: 0.78, dailyVolatility: 0.04 },
    { assetId: 'ETH', priceUsd: 1881.9, beta: 1, dailyVolatility: 0.05 },
  ];

  it('is the move of the driver with the largest beta, per unit of it', () => {
    expect(referenceMove({ drivers, reference: { moves: { ETH: -0.18, BTC: -0.14 }, volatilityShift: 0 } })).toBe(-0.18);
    expect(referenceMove({ drivers: [], reference: { moves: {}, volatilityShift: 0 } })).toBe(0);
  });

  it('is told in words', () => {
    expect(shockWords({ moves: { ETH: -0.18, BTC: -0.1404 }, volatilityShift: 0.35 })).toBe(
      'ETH −18\u2009%, BTC −14\u2009%, volatility +35\u2009pt',
    );
  });
});

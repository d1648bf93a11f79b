import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dailyCovariance, hitProbability, jointDistance } from '../../../main/engine/requirement/distance/joint-distance.ts';
import { lendingDistance } from '../../../main/engine/requirement/distance/lending-distance.ts';
import { liquidationMultipliers, powerExcess, USUAL_SEARCH } from '../../../main/engine/requirement/distance/liquidation-price.ts';
import { expectClose } from '../../support/expect-close.ts';

describe('liquidation point along one driver', () => {
  test('of linear collateral against a stable debt is debt over threshold value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 500, noNaN: true }), (health) => {
        const found = liquidationMultipliers((m) => health * m - 1);
        expectClose({ actual: found.down ?? NaN, expected: 1 / health, rel: 1e-13, inputs: health });
        expect(found.up).toBeNull();
      }),
    );
  });

  test('of a debt in the driver lies above, and both exist where the account is squeezed from both sides', () => {
    const short = liquidationMultipliers((m) => 1.6 - m);
    expect(short.down).toBeNull();
    expectClose({ actual: short.up ?? NaN, expected: 1.6, rel: 1e-13 });
    const strangle = liquidationMultipliers((m) => 0.2 - Math.abs(m - 1.1));
    expectClose({ actual: strangle.down ?? NaN, expected: 0.9, rel: 1e-12 });
    expectClose({ actual: strangle.up ?? NaN, expected: 1.3, rel: 1e-12 });
  });

  test('does not exist where the driver cancels out: it cannot be liquidated by that driver alone', () => {
    expect(liquidationMultipliers((m) => 5 + 0 * m)).toEqual({ isBreached: false, down: null, up: null });
    expect(liquidationMultipliers((m) => 0.9 * m - 0.8 * m)).toEqual({ isBreached: false, down: null, up: null });
  });

  test('is not asked for below the requirement; a NaN excess counts as a breach', () => {
    expect(liquidationMultipliers(() => -1)).toEqual({ isBreached: true, down: null, up: null });
    expect(liquidationMultipliers(() => NaN)).toEqual({ isBreached: true, down: null, up: null });
    expect(liquidationMultipliers((m) => (m < 0.5 ? NaN : 1)).down).toBeGreaterThan(0.49);
  });

  test('is the first crossing met, not a later one', () => {
    const wavy = (m: number): number => Math.cos(6 * Math.log(m)) + 0.5;
    const found = liquidationMultipliers(wavy);
    const first = Math.acos(-0.5) / 6;
    expectClose({ actual: Math.log(found.up ?? NaN), expected: first, rel: 1e-9 });
    expectClose({ actual: Math.log(found.down ?? NaN), expected: -first, rel: 1e-9 });
  });

  test('an account exactly at its requirement is liquidated by the smallest move', () => {
    expect(liquidationMultipliers((m) => m - 1).down).toBe(1);
    expect(USUAL_SEARCH.lowest).toBeLessThan(1);
  });

  test('loadings scale the driver: none, one for one, or a power of it', () => {
    expect(powerExcess(Float64Array.of(10, 20, 30), Float64Array.of(0, 1, 2), 0.5)).toBe(10 + 10 + 7.5);
    expect(powerExcess(new Float64Array(), new Float64Array(), 0.5)).toBe(0);
  });
});

describe('joint distance', () => {
  const exposures = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 2 });

  test('no move that uses up the buffer is more likely than the one it names', () => {
    const covariance = dailyCovariance(Float64Array.of(0.7, 0.5), Float64Array.of(1, 0.6, 0.6, 1));
    const [a = NaN, b = NaN, , d = NaN] = covariance;
    const determinant = a * d - b * b;
    const distance = (x: number, y: number): number => Math.sqrt((d * x * x - 2 * b * x * y + a * y * y) / determinant);
    fc.assert(
      fc.property(exposures, fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), ([first = 0, second = 0], angle) => {
        fc.pre(Math.abs(first) + Math.abs(second) > 1000);
        const joint = jointDistance(1e5, Float64Array.of(first, second), covariance);
        const along = first * Math.cos(angle) + second * Math.sin(angle);
        fc.pre(Math.abs(along) > 1);
        const reach = -1e5 / along;
        expect(distance(reach * Math.cos(angle), reach * Math.sin(angle))).toBeGreaterThanOrEqual((joint.sigmaDays ?? NaN) * (1 - 1e-9));
        const [x = NaN, y = NaN] = joint.mostLikelyMove ?? [];
        expectClose({ actual: distance(x, y), expected: joint.sigmaDays ?? NaN, rel: 1e-9 });
        expectClose({ actual: first * x + second * y, expected: -1e5, rel: 1e-9 });
      }),
    );
  });

  test('does not exist where nothing moves the buffer, and is then never hit', () => {
    expect(jointDistance(100, Float64Array.of(0, 0), Float64Array.of(1, 0, 0, 1))).toEqual({ sigmaDays: null, mostLikelyMove: null });
    expect(jointDistance(100, new Float64Array(), new Float64Array())).toEqual({ sigmaDays: null, mostLikelyMove: null });
    expect([hitProbability(null, 30), hitProbability(0, 30), hitProbability(-1, 30)]).toEqual([0, 1, 1]);
  });

  test('grows with the buffer and shrinks with time', () => {
    expect(hitProbability(5, 30)).toBeLessThan(hitProbability(4, 30));
    expect(hitProbability(5, 30)).toBeLessThan(hitProbability(5, 60));
  });

  test('a staked asset against a debt in its own coin cannot be liquidated by that coin, but by the other collateral', () => {
    const account = {
      thresholdValueUsd: Float64Array.of(9_500, 8_000),
      debtUsd: Float64Array.of(9_000, 0),
      loadings: Float64Array.of(1, 0, 0, 1),
      drivers: 2,
    };
    const distance = lendingDistance(account, dailyCovariance(Float64Array.of(0.7, 0.5), Float64Array.of(1, 0.8, 0.8, 1)), USUAL_SEARCH);
    expect(distance.byDriver).toEqual([
      { isBreached: false, down: null, up: null },
      { isBreached: false, down: null, up: null },
    ]);
    expect(distance.together.down).toBeNull();
    expect(distance.isLiquidatable).toBe(false);
  });
});

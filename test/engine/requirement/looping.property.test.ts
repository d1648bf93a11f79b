import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endlesslyLooped, leveragedCarry, leveragedPosition, loopedPosition } from '../../../main/engine/requirement/lending/looping.ts';
import { expectClose } from '../../support/expect-close.ts';

const loanToValue = fc.double({ min: 0, max: 0.97, noNaN: true });

describe('looping', () => {
  test('the equity stays the equity, and endless loops are where many loops end', () => {
    fc.assert(
      fc.property(loanToValue, fc.integer({ min: 0, max: 50 }), (ratio, loops) => {
        const { exposure, debt } = loopedPosition(ratio, loops);
        expectClose({ actual: exposure - debt, expected: 1, abs: 1e-12 });
        expectClose({ actual: exposure, expected: (1 - ratio ** (loops + 1)) / (1 - ratio), rel: 1e-12 });
        const many = loopedPosition(ratio, 5_000);
        expectClose({ actual: many.exposure, expected: endlesslyLooped(ratio).exposure, rel: 1e-11 });
        expectClose({ actual: many.debt, expected: endlesslyLooped(ratio).debt, rel: 1e-11, abs: 1e-300 });
      }),
    );
    expect([loopedPosition(0.5, 0), loopedPosition(1, 3)]).toEqual([
      { exposure: 1, debt: 0 },
      { exposure: 4, debt: 3 },
    ]);
    expect(endlesslyLooped(1)).toEqual({ exposure: Infinity, debt: Infinity });
  });

  test('at its fall to liquidation a leveraged position has a health factor of one', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.01, max: 30, noNaN: true }), fc.double({ min: 0.3, max: 1, noNaN: true }), (leverage, threshold) => {
        const position = leveragedPosition(leverage, threshold);
        const healthThere = (position.healthFactor * (1 - position.fallToLiquidation)) / 1;
        expectClose({ actual: healthThere, expected: 1, rel: 1e-12 });
        expect(position.fallToLiquidation < 0).toBe(position.healthFactor < 1);
      }),
    );
    expect(leveragedPosition(1, 0.8)).toEqual({ loanToValue: 0, healthFactor: Infinity, fallToLiquidation: 1 });
  });

  test('leverage pays only while the yield is above the rate', () => {
    expect(leveragedCarry(5, 0.03, 0.03)).toBeCloseTo(0.03, 15);
    expect(leveragedCarry(5, 0.03, 0.02)).toBeGreaterThan(leveragedCarry(2, 0.03, 0.02));
    expect(leveragedCarry(5, 0.03, 0.04)).toBeLessThan(leveragedCarry(2, 0.03, 0.04));
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyCollateralAction, healthFactor, sizeCollateralAction } from '../../../main/engine/hedge/collateral-action.ts';
import type { CollateralAction, LendingState } from '../../../main/engine/hedge/collateral-action.ts';

const state = fc.record({
  collateral: fc.tuple(
    fc.record({
      token: fc.constant('A'),
      valueUsd: fc.double({ min: 1, max: 1e7, noNaN: true }),
      thresholdFraction: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    }),
    fc.record({
      token: fc.constant('B'),
      valueUsd: fc.double({ min: 1, max: 1e7, noNaN: true }),
      thresholdFraction: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    }),
  ),
  debtUsd: fc.double({ min: 1, max: 1e7, noNaN: true }),
});
const action: fc.Arbitrary<CollateralAction> = fc.oneof(
  fc.record({ type: fc.constant('repay' as const), availableUsd: fc.double({ min: 0, max: 1e7, noNaN: true }) }),
  fc.record({
    type: fc.constant('topUp' as const),
    token: fc.constantFrom('A', 'B'),
    availableUsd: fc.double({ min: 0, max: 1e7, noNaN: true }),
  }),
  fc.record({
    type: fc.constant('deleverage' as const),
    token: fc.constantFrom('A', 'B'),
    slipFraction: fc.double({ min: 0, max: 0.05, noNaN: true }),
  }),
  fc.record({
    type: fc.constant('switch' as const),
    fromToken: fc.constant('A'),
    toToken: fc.constant('B'),
    slipFraction: fc.double({ min: 0, max: 0.05, noNaN: true }),
  }),
);
const target = fc.double({ min: 0.5, max: 3, noNaN: true });

describe('a sized collateral action', () => {
  test('reaches the target when applied, and a little less does not', () => {
    fc.assert(
      fc.property(state, action, target, (before: LendingState, what, wanted) => {
        const sized = sizeCollateralAction(before, what, wanted);
        if (sized.status !== 'sized' || !Number.isFinite(sized.healthFactor)) return;
        const scale = before.debtUsd + before.collateral.reduce((sum, line) => sum + line.valueUsd, 0);
        const rounding = (1e-9 * scale) / Math.max(1e-3, sized.after.debtUsd);
        expect(sized.healthFactor).toBeGreaterThan(wanted - rounding * (1 + wanted));
        if (sized.amountUsd < 1e-3 * scale) return;
        const less = applyCollateralAction(before, what, sized.amountUsd * 0.99);
        expect(healthFactor(less)).toBeLessThan(wanted + rounding * (1 + wanted));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test('asks for nothing where the target is met or there is no debt', () => {
    const rich: LendingState = { collateral: [{ token: 'A', valueUsd: 100, thresholdFraction: 0.8 }], debtUsd: 40 };
    expect(sizeCollateralAction(rich, { type: 'repay', availableUsd: 9 }, 2)).toMatchObject({ status: 'alreadyMet', amountUsd: 0 });
    expect(sizeCollateralAction({ ...rich, debtUsd: 0 }, { type: 'repay', availableUsd: 9 }, 2)).toMatchObject({
      status: 'alreadyMet',
      healthFactor: Number.POSITIVE_INFINITY,
    });
  });

  test('a NaN never becomes an amount', () => {
    const bad: LendingState = { collateral: [{ token: 'A', valueUsd: Number.NaN, thresholdFraction: 0.8 }], debtUsd: 40 };
    const sized = sizeCollateralAction(bad, { type: 'topUp', token: 'A', availableUsd: 9 }, 2);
    expect(sized.status === 'sized' && Number.isFinite(sized.amountUsd)).toBe(false);
  });
});

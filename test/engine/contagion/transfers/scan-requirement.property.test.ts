import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanRequirement } from '../../../../main/engine/contagion/transfers/scan-requirement.ts';
import { tieredMaintenance } from '../../../../main/engine/requirement/tiered-perpetual.ts';

describe('requirement by scanning', () => {
  test('one book for all never requires more than the accounts by themselves, nor less than nothing', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true });
    const tables = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 8 }))
      .chain(([accounts, scenarios]) =>
        fc.tuple(
          fc.array(value, { minLength: accounts, maxLength: accounts }),
          fc.array(value, { minLength: accounts * scenarios, maxLength: accounts * scenarios }),
        ),
      );
    fc.assert(
      fc.property(tables, ([now, then]) => {
        const all = new Uint8Array(now.length).fill(1);
        const { unifiedUsd, siloedUsd } = scanRequirement(Float64Array.from(now), Float64Array.from(then), all);
        expect(unifiedUsd).toBeGreaterThanOrEqual(0);
        expect(unifiedUsd).toBeLessThanOrEqual(siloedUsd + 1e-9);
      }),
    );
  });

  test('a long and a short of the same size need nothing together, and accounts that cannot net count nowhere', () => {
    const now = Float64Array.of(10, 10, 10);
    const then = Float64Array.of(4, 16, 0, 17, 3, 0);
    expect(scanRequirement(now, then, Uint8Array.of(1, 1, 0))).toEqual({
      aloneUsd: Float64Array.of(6, 7, 0),
      siloedUsd: 13,
      unifiedUsd: 0,
    });
  });

  test('tiers by notional are not coherent: two positions of one side need more as one', () => {
    // [cap, rate, deduction, initial rate]: 1 % to 100, 2 % beyond, continuous at 100.
    const tiers = Float64Array.of(100, 0.01, 0, 0.02, Infinity, 0.02, 1, 0.04);
    const one = tieredMaintenance(80, tiers, 0, 2);
    expect(tieredMaintenance(160, tiers, 0, 2)).toBeGreaterThan(2 * one);
  });
});

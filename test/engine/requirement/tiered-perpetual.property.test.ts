import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  maintenanceRateFromLeverage,
  packTiers,
  TIER_COLUMNS,
  tieredInitial,
  tieredLiquidationPrice,
  tieredMaintenance,
  tierOf,
} from '../../../main/engine/requirement/tiered-perpetual.ts';
import { liquidationByWalking, marginByTierParts } from '../../oracle/marginal-margin.ts';
import { expectClose } from '../../support/expect-close.ts';

const schedule = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 8 }),
    fc.uniqueArray(fc.integer({ min: 4, max: 500 }), { minLength: 8, maxLength: 8 }),
  )
  .map(([caps, rates]) => {
    const ascending = (values: number[]): number[] => values.toSorted((left, right) => left - right);
    const levels = ascending(rates);
    return ascending(caps).map((cap, row) => ({ capUsd: cap * 10_000, rate: (levels[row] ?? 0) / 1000 }));
  });

function pack(tiers: readonly { capUsd: number; rate: number }[]): Float64Array {
  const rates = Float64Array.from(tiers, (tier) => tier.rate);
  return packTiers(
    Float64Array.from(tiers, (tier, row) => (row === tiers.length - 1 ? Infinity : tier.capUsd)),
    rates,
    rates.map((rate) => Math.min(1, 2 * rate)),
  );
}

describe('tiered maintenance margin', () => {
  test('is the sum over tiers of the rate on the part inside each', () => {
    fc.assert(
      fc.property(schedule, fc.double({ min: 0, max: 1e8, noNaN: true }), (tiers, notional) => {
        expectClose({
          actual: tieredMaintenance(notional, pack(tiers), 0, tiers.length),
          expected: marginByTierParts(notional, tiers),
          rel: 1e-9,
          abs: 1e-6,
          inputs: { tiers, notional },
        });
      }),
    );
  });

  test('is continuous at tier boundaries', () => {
    fc.assert(
      fc.property(schedule, (tiers) => {
        const packed = pack(tiers);
        for (const tier of tiers) {
          const gap =
            tieredMaintenance(tier.capUsd * (1 + 1e-12), packed, 0, tiers.length) - tieredMaintenance(tier.capUsd, packed, 0, tiers.length);
          expect(Math.abs(gap)).toBeLessThan(1e-6 * tier.capUsd * 1e-3);
        }
      }),
    );
  });

  test('rises with the notional, at a rate that never falls (convex)', () => {
    fc.assert(
      fc.property(
        schedule,
        fc.double({ min: 0, max: 5e7, noNaN: true }),
        fc.double({ min: 1, max: 1e7, noNaN: true }),
        (tiers, notional, step) => {
          const margin = (at: number): number => tieredMaintenance(at, pack(tiers), 0, tiers.length);
          const [first, second] = [margin(notional + step) - margin(notional), margin(notional + 2 * step) - margin(notional + step)];
          expect(first).toBeGreaterThanOrEqual(0);
          expect(second).toBeGreaterThanOrEqual(first - 1e-6 * step);
        },
      ),
    );
  });

  test('reads only the rows it is told to, a cap belongs to the tier below it, and NaN stays NaN', () => {
    const packed = Float64Array.of(
      1,
      1,
      1,
      1,
      ...packTiers(Float64Array.of(100, Infinity), Float64Array.of(0.01, 0.05), Float64Array.of(0.02, 0.1)),
    );
    expect(tieredMaintenance(100, packed, 1, 2)).toBe(1);
    expectClose({ actual: tieredMaintenance(200, packed, 1, 2), expected: 6, rel: 1e-15 });
    expect([tieredInitial(100, packed, 1, 2), tieredInitial(200, packed, 1, 2)]).toEqual([2, 20]);
    expect([tieredMaintenance(0, packed, 1, 2), tieredMaintenance(NaN, packed, 1, 2), tieredMaintenance(Infinity, packed, 1, 2)]).toEqual([
      0,
      NaN,
      Infinity,
    ]);
    expect(packed[TIER_COLUMNS + 1]).toBe(0.01);
    expect([tierOf(100, packed, 1, 2), tierOf(100.01, packed, 1, 2), tierOf(NaN, packed, 1, 2)]).toEqual([0, 1, 1]);
    expect(maintenanceRateFromLeverage(50)).toBe(0.01);
  });
});

describe('liquidation price', () => {
  const position = fc.record({
    isLong: fc.boolean(),
    notionalUsd: fc.double({ min: 1000, max: 3e7, noNaN: true }),
    entryPrice: fc.double({ min: 10, max: 100_000, noNaN: true }),
    leverage: fc.double({ min: 1, max: 20, noNaN: true }),
  });

  test('is where walking away from the entry first meets the margin, in the tier that holds there', () => {
    fc.assert(
      fc.property(schedule, position, (tiers, { isLong, notionalUsd, entryPrice, leverage }) => {
        const quantityCoin = ((isLong ? 1 : -1) * notionalUsd) / entryPrice;
        const held = { quantityCoin, entryPrice, balanceUsd: notionalUsd / leverage };
        fc.pre(held.balanceUsd > marginByTierParts(notionalUsd, tiers) * 1.001);
        const found = tieredLiquidationPrice({ ...held, otherExcessUsd: 0 }, pack(tiers), 0, tiers.length);
        const walked = liquidationByWalking(held, tiers);
        if (walked === null) {
          expect(found === null || found.price < 1e-6).toBe(true);
        } else {
          expectClose({ actual: found?.price ?? NaN, expected: walked, rel: 1e-9, inputs: { tiers, held } });
          expect(found?.tier).toBe(tierOf(Math.abs(quantityCoin) * (found?.price ?? NaN), pack(tiers), 0, tiers.length));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('does not exist for a long with more margin than notional, nor without a position', () => {
    const tiers = packTiers(Float64Array.of(Infinity), Float64Array.of(0.005), Float64Array.of(0.01));
    expect(tieredLiquidationPrice({ quantityCoin: 1, entryPrice: 100, balanceUsd: 101, otherExcessUsd: 0 }, tiers, 0, 1)).toBeNull();
    expect(tieredLiquidationPrice({ quantityCoin: 0, entryPrice: 100, balanceUsd: 10, otherExcessUsd: 0 }, tiers, 0, 1)).toBeNull();
  });

  test('is the nearest one where a schedule with jumps has several', () => {
    // Without deductions the margin jumps at each cap, and a long meets its margin in both tiers.
    const jumping = Float64Array.of(9_000, 0.01, 0, 0.02, Infinity, 0.2, 0, 0.4);
    const long = { quantityCoin: 100, entryPrice: 100, balanceUsd: 2_500, otherExcessUsd: 0 };
    expect(tieredLiquidationPrice(long, jumping, 0, 2)).toEqual({ price: 93.75, tier: 1 });
    expectClose({ actual: tieredLiquidationPrice(long, jumping, 0, 1)?.price ?? NaN, expected: 7_500 / 99, rel: 1e-14 });
  });

  test('of a cross position moves with what the other positions leave over', () => {
    const tiers = packTiers(Float64Array.of(Infinity), Float64Array.of(0.005), Float64Array.of(0.01));
    const at = (otherExcessUsd: number): number =>
      tieredLiquidationPrice({ quantityCoin: 2, entryPrice: 100, balanceUsd: 50, otherExcessUsd }, tiers, 0, 1)?.price ?? NaN;
    expectClose({ actual: at(0) - at(20), expected: 20 / (2 * 0.995), rel: 1e-12 });
  });
});

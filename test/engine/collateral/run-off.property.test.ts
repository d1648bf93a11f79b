import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runOff, type RunOffLots } from '../../../main/engine/collateral/run-off.ts';
import { walkRunOff } from '../../oracle/run-off-clock.ts';

type Lot = { value: number; free: number; idle: number; delay: number; gate: number };

const fraction = fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10);
const someLots = fc.array(
  fc.record({
    value: fc.integer({ min: 1, max: 1_000 }),
    free: fraction,
    idle: fraction,
    delay: fc.oneof(fc.integer({ min: 0, max: 48 }), fc.constant(Infinity)),
    gate: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 9 },
);
const someRates = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 3, maxLength: 3 }).map((rates) => Float64Array.from(rates));
const someHours = fc.integer({ min: 0, max: 96 });

function packed(lots: readonly Lot[]): RunOffLots {
  return {
    valueUsd: Float64Array.from(lots, (lot) => lot.value),
    freeFraction: Float64Array.from(lots, (lot) => lot.free),
    idleFraction: Float64Array.from(lots, (lot) => lot.idle),
    delayHours: Float64Array.from(lots, (lot) => lot.delay),
    gate: Int32Array.from(lots, (lot) => lot.gate),
  };
}

describe('runOff', () => {
  it('is what a clock pays out that serves the lot with the least time first', () => {
    fc.assert(
      fc.property(someLots, someRates, someHours, (lots, rates, hours) => {
        expect(runOff(packed(lots), rates, hours)).toBeCloseTo(walkRunOff(packed(lots), rates, hours, Math.max(1, hours)), 9);
      }),
    );
  });

  it('never falls with time, nor with a faster gate, and never passes what is free and idle', () => {
    fc.assert(
      fc.property(someLots, someRates, someHours, (lots, rates, hours) => {
        const now = runOff(packed(lots), rates, hours);
        expect(runOff(packed(lots), rates, hours + 1)).toBeGreaterThanOrEqual(now);
        expect(
          runOff(
            packed(lots),
            rates.map((rate) => rate + 5),
            hours,
          ),
        ).toBeGreaterThanOrEqual(now - 1e-12);
        const total = lots.reduce((sum, lot) => sum + lot.value, 0);
        const most = lots.reduce((sum, lot) => sum + (lot.delay === Infinity ? 0 : lot.value * lot.free * lot.idle), 0) / total;
        expect(now).toBeLessThanOrEqual(most + 1e-12);
        expect(
          runOff(
            packed(lots),
            rates.map(() => 1e9),
            1_000,
          ),
        ).toBeCloseTo(most, 9);
      }),
    );
  });

  it('does not depend on the order of lots, on cutting one in two, or on the unit of money', () => {
    fc.assert(
      fc.property(someLots, someRates, someHours, (lots, rates, hours) => {
        const whole = runOff(packed(lots), rates, hours);
        expect(runOff(packed(lots.toReversed()), rates, hours)).toBeCloseTo(whole, 12);
        const cut = lots.flatMap((lot) => [
          { ...lot, value: lot.value * 0.3 },
          { ...lot, value: lot.value * 0.7 },
        ]);
        expect(runOff(packed(cut), rates, hours)).toBeCloseTo(whole, 12);
        const scaled = lots.map((lot) => ({ ...lot, value: 7 * lot.value }));
        expect(
          runOff(
            packed(scaled),
            rates.map((rate) => 7 * rate),
            hours,
          ),
        ).toBeCloseTo(whole, 12);
      }),
    );
  });

  it('lets a hand case leave: 100 free at once at 10 an hour, 50 after a queue of 4 h, of 200', () => {
    const lots = packed([
      { value: 100, free: 1, idle: 1, delay: 0, gate: 0 },
      { value: 100, free: 1, idle: 0.5, delay: 4, gate: 0 },
    ]);
    const rate = Float64Array.of(10);
    expect(runOff(lots, rate, 2)).toBeCloseTo(20 / 200, 12);
    expect(runOff(lots, rate, 6)).toBeCloseTo(60 / 200, 12);
    expect(runOff(lots, rate, 24)).toBeCloseTo(150 / 200, 12);
  });

  it('has no value without collateral, and a NaN of a fraction keeps the lot in', () => {
    expect(runOff(packed([]), Float64Array.of(1), 1)).toBeNaN();
    const unknown = packed([{ value: 10, free: NaN, idle: 1, delay: 0, gate: 0 }]);
    expect(runOff(unknown, Float64Array.of(100), 1)).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collateralVelocity, type PledgeLog } from '../../../main/engine/collateral/collateral-velocity.ts';

function logOf(...events: readonly (readonly [atMs: number, asset: number, quantity: number])[]): PledgeLog {
  return {
    atMs: Float64Array.from(events, ([at]) => at),
    asset: Int32Array.from(events, ([, asset]) => asset),
    quantity: Float64Array.from(events, ([, , quantity]) => quantity),
  };
}

const priceUsd = Float64Array.of(2, 1000);

describe('collateral velocity', () => {
  test('of a planted log: 100 pledged, 60 released and 50 of them pledged again is 1.5', () => {
    const log = logOf([10, 0, 100], [20, 0, -60], [30, 0, 50]);
    const result = collateralVelocity(log, { openingQuantity: new Float64Array(2), priceUsd }, 0, 40);
    expect(result).toEqual({ receivedUsd: 300, primaryUsd: 200, velocity: 1.5 });
  });

  test('of a lot that goes round three times is 3', () => {
    const log = logOf([1, 0, 10], [2, 0, -10], [3, 0, 10], [4, 0, -10], [5, 0, 10]);
    expect(collateralVelocity(log, { openingQuantity: new Float64Array(2), priceUsd }, 0, 9).velocity).toBe(3);
  });

  test('counts what was released before the window as coming from outside when it returns', () => {
    const log = logOf([10, 0, -60], [30, 0, 60]);
    const basis = { openingQuantity: Float64Array.of(100, 0), priceUsd };
    expect(collateralVelocity(log, basis, 20, 40).velocity).toBe(1);
    expect(collateralVelocity(log, basis, 5, 40).velocity).toBe(1.6);
  });

  test('does not take the release of one asset for the pledge of another', () => {
    const log = logOf([10, 0, -60], [20, 1, 5]);
    expect(collateralVelocity(log, { openingQuantity: Float64Array.of(100, 0), priceUsd }, 0, 40).velocity).toBe(1);
  });

  test('has no value where nothing is pledged', () => {
    expect(collateralVelocity(logOf(), { openingQuantity: new Float64Array(2), priceUsd }, 0, 1).velocity).toBeNaN();
  });

  test('is 1 for any book that only adds or only releases, and never below 1', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 12 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 5000 }), (pledged, opening) => {
        const log = logOf(...pledged.map((quantity, at) => [at + 1, 0, quantity] as const));
        const basis = { openingQuantity: Float64Array.of(opening, 0), priceUsd };
        expect(collateralVelocity(log, basis, 0, 100).velocity).toBe(1);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.integer({ min: -100, max: 100 })), { maxLength: 20 }), (moves) => {
        const log = logOf(...moves.map(([asset, quantity], at) => [at + 1, asset, quantity] as const));
        const basis = { openingQuantity: Float64Array.of(2000, 2000), priceUsd };
        expect(collateralVelocity(log, basis, 0, 100).velocity).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

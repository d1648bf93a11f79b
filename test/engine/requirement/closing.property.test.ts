import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeFactorFraction, shareLeavingEnough } from '../../../main/engine/requirement/lending/lending-pool.ts';
import { auctionShare } from '../../../main/engine/requirement/lending/vault.ts';
import { startVaultAuction } from '../../../main/engine/requirement/lending/vault-exact.ts';

const RULE_33 = { closeFactorFraction: 0.5, fullLiquidationHealthFactor: 0.95, smallPositionUsd: 2000 };
const LEFTOVER_USD = 1000;

describe('closing by the rule of revision 3.3', () => {
  test('leaves nothing or at least 1,000 USD on both sides', () => {
    const amount = fc.double({ min: 1, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(amount, amount, fc.double({ min: 0, max: 0.15, noNaN: true }), (collateral, debt, bonus) => {
        const wanted = closeFactorFraction(0.97, collateral, debt, RULE_33);
        const share = shareLeavingEnough(wanted, collateral, debt, bonus, LEFTOVER_USD);
        const debtLeft = debt * (1 - share);
        const collateralLeft = collateral - share * debt * (1 + bonus);
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(wanted);
        const isClosed = share === 1 || collateralLeft <= 1e-9;
        if (!isClosed) expect(Math.min(debtLeft, collateralLeft)).toBeGreaterThanOrEqual(LEFTOVER_USD - 1e-9);
      }),
    );
  });

  test('takes less than half where half would leave too little collateral', () => {
    expect(shareLeavingEnough(0.5, 2010, 2000, 0.05, LEFTOVER_USD)).toBeCloseTo(1010 / 2100, 12);
    expect(shareLeavingEnough(0.5, 2010, 2000, 0.05, 0)).toBe(0.5);
    expect(shareLeavingEnough(0.5, 40_000, 30_000, 0.05, LEFTOVER_USD)).toBe(0.5);
  });

  test('takes all where the position is small or the collateral does not suffice', () => {
    expect(shareLeavingEnough(closeFactorFraction(0.97, 1999, 2500, RULE_33), 1999, 2500, 0.05, LEFTOVER_USD)).toBe(1);
    expect(shareLeavingEnough(0.5, 1000, 2500, 0.05, LEFTOVER_USD)).toBe(0.5);
  });
});

describe('the auction of an unsafe vault', () => {
  test.each([
    ['without a limit takes all', 10_000, Infinity, 1],
    ['takes what the room allows, penalty included', 10_000, 5650, 0.5],
    ['takes all rather than leave less than dust', 10_000, 11_000, 1],
    ['waits where the room is below dust', 10_000, 900, 0],
    ['waits where its part would be below dust', 10_000, 1100, 0],
  ])('%s', (_what, debt, room, share) => {
    expect(auctionShare(debt, 0.13, room, 1000)).toBeCloseTo(share, 12);
  });

  test("agrees with the contract's own integers", () => {
    const wad = 10n ** 18n;
    const ray = 10n ** 27n;
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (debt, room) => {
        const exact = startVaultAuction({
          ink: 10n * wad,
          art: BigInt(debt) * wad,
          rate: ray,
          spot: ray,
          chop: (wad * 113n) / 100n,
          room: BigInt(room) * wad * ray,
          dust: 1000n * wad * ray,
        });
        const share = exact.status === 'ok' ? Number(exact.dart) / 1e18 / debt : 0;
        expect(auctionShare(debt, 0.13, room, 1000)).toBeCloseTo(share, 9);
      }),
    );
  });
});

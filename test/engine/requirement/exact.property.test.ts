import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RAY, WAD } from '../../../main/engine/math/fixed-point.ts';
import {
  binomialContractRay,
  binomialInterestRay,
  compoundedInterestRay,
  linearInterestRay,
  yearlyYieldRay,
} from '../../../main/engine/requirement/lending/interest-exact.ts';
import { closeFactorFraction, liquidationAmounts } from '../../../main/engine/requirement/lending/lending-pool.ts';
import { availableToBorrow, healthFactorWad, poolTotals } from '../../../main/engine/requirement/lending/lending-exact/pool-account.ts';
import { liquidateExactly } from '../../../main/engine/requirement/lending/lending-exact/pool-liquidation.ts';
import { BASE_UNIT, POOL_REVISIONS } from '../../../main/engine/requirement/lending/lending-exact/pool-revision.ts';
import { startVaultAuction } from '../../../main/engine/requirement/lending/vault-exact.ts';
import { expectClose } from '../../support/expect-close.ts';

describe("the pool's own integers", () => {
  test('agree with the floating-point liquidation of the cascade to the smallest unit of the debt', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3_000, max: 50_000_000 }),
        fc.double({ min: 0.3, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 1200 }),
        (collateralUsd, health, bonusBps) => {
          const debtUsd = Math.round((collateralUsd * 0.8) / health);
          const exact = liquidateExactly(
            {
              collateral: BigInt(collateralUsd) * 10n ** 15n,
              collateralDecimals: 18,
              collateralPriceBase: 1000n * BASE_UNIT,
              debt: BigInt(debtUsd) * 10n ** 6n,
              debtDecimals: 6,
              debtPriceBase: BASE_UNIT,
              bonusBps: 10_000n + BigInt(bonusBps),
              protocolFeeBps: 0n,
              healthFactorWad: BigInt(Math.round(health * 1e15)) * 1000n,
              accountDebtBase: BigInt(debtUsd) * BASE_UNIT,
              debtToCover: null,
            },
            POOL_REVISIONS['3.7'],
          );
          const factor = closeFactorFraction(health, collateralUsd, debtUsd, {
            closeFactorFraction: 0.5,
            fullLiquidationHealthFactor: 0.95,
            smallPositionUsd: 2000,
          });
          const floating = liquidationAmounts(collateralUsd, debtUsd, factor, bonusBps / 10_000);
          expectClose({ actual: Number(exact.debtRepaid) / 1e6, expected: floating.repaidUsd, rel: 1e-12, abs: 2e-6 });
          expectClose({ actual: Number(exact.collateralToLiquidator) / 1e15, expected: floating.seizedUsd, rel: 1e-12, abs: 2e-6 });
          const badDebt = exact.collateralLeft === 0n ? exact.debtLeft : 0n;
          expectClose({ actual: Number(badDebt) / 1e6, expected: floating.badDebtUsd, rel: 1e-12, abs: 2e-6 });
        },
      ),
    );
  });

  test('never pay out more than there is, nor repay more than is owed', () => {
    fc.assert(
      fc.property(
        fc.record({
          collateral: fc.bigInt(1n, 10n ** 22n),
          debt: fc.bigInt(1n, 10n ** 13n),
          bonusBps: fc.bigInt(10_000n, 11_500n),
          protocolFeeBps: fc.bigInt(0n, 5_000n),
        }),
        (drawn) => {
          const { collateral, debt } = drawn;
          const call = {
            ...drawn,
            collateralDecimals: 18,
            collateralPriceBase: 250_012_345_678n,
            debtDecimals: 6,
            debtPriceBase: 99_990_000n,
          };
          for (const revision of Object.values(POOL_REVISIONS)) {
            const outcome = liquidateExactly(
              { ...call, healthFactorWad: 9n * 10n ** 17n, accountDebtBase: 0n, debtToCover: null },
              revision,
            );
            expect(outcome.collateralToLiquidator + outcome.protocolFee + outcome.collateralLeft).toBe(collateral);
            expect(outcome.debtRepaid + outcome.debtLeft).toBe(debt);
            expect(outcome.collateralLeft >= 0n && outcome.debtLeft >= 0n && outcome.protocolFee >= 0n).toBe(true);
          }
        },
      ),
    );
  });

  test('totals leave a supply that is not collateral out of the collateral', () => {
    const line = { suppliedBase: 100n, borrowedBase: 0n, isCollateral: true, loanToValueBps: 8000n, thresholdBps: 8500n };
    const totals = poolTotals([line, { ...line, isCollateral: false }, { ...line, suppliedBase: 0n, borrowedBase: 30n }]);
    expect(totals).toEqual({
      suppliedBase: 200n,
      collateralBase: 100n,
      debtBase: 30n,
      borrowableBaseBps: 800_000n,
      thresholdBaseBps: 850_000n,
    });
    expect(poolTotals([])).toEqual({ suppliedBase: 0n, collateralBase: 0n, debtBase: 0n, borrowableBaseBps: 0n, thresholdBaseBps: 0n });
    expect([availableToBorrow(100n, 30n, 8000n), availableToBorrow(100n, 90n, 8000n)]).toEqual([50n, 0n]);
    expect([healthFactorWad(100n, 50n, 8000n), healthFactorWad(100n, 0n, 8000n)]).toEqual([(16n * WAD) / 10n, null]);
  });
});

describe('interest in ray', () => {
  test('compounds above simple interest and below the exponential', () => {
    for (const percent of [0n, 1n, 35n, 100n]) {
      const rate = (RAY * percent) / 100n;
      const [linear, compounded, binomial] = [
        linearInterestRay(rate, 31_536_000n, 'down'),
        compoundedInterestRay(rate, 31_536_000n),
        binomialInterestRay(rate, 31_536_000n),
      ];
      const exponential = Math.exp(Number(percent) / 100);
      expect(compounded >= linear && binomial >= linear).toBe(true);
      expect(Number(compounded) / 1e27).toBeLessThanOrEqual(exponential * (1 + 1e-15));
      expectClose({ actual: Number(yearlyYieldRay(rate)) / 1e27, expected: exponential - 1, rel: 1e-7, abs: 1e-9 });
    }
    expect([
      binomialInterestRay(RAY, 0n),
      binomialContractRay(RAY, 0n),
      linearInterestRay(RAY, 0n, 'down'),
      compoundedInterestRay(RAY, 0n),
    ]).toEqual([RAY, RAY, RAY, RAY]);
  });
});

describe('vault in integers', () => {
  test('a vault auction names why it does not start, and takes all when the rest would be dust', () => {
    const rad = 10n ** 45n;
    const vault = { ink: 40n * WAD, art: 100n * WAD, rate: RAY, spot: 2n * RAY, chop: WAD, room: 1000n * rad, dust: 20n * rad };
    expect(startVaultAuction({ ...vault, spot: 3n * RAY })).toEqual({ status: 'notUnsafe' });
    expect(startVaultAuction({ ...vault, spot: 0n })).toEqual({ status: 'notUnsafe' });
    expect(startVaultAuction({ ...vault, room: 10n * rad })).toEqual({ status: 'limitHit' });
    expect(startVaultAuction({ ...vault, room: 0n, dust: 0n })).toEqual({ status: 'limitHit' });
    expect(startVaultAuction({ ...vault, ink: 0n })).toEqual({ status: 'nullAuction' });
    expect(startVaultAuction({ ...vault, art: 35n * WAD, ink: 10n * WAD, room: 20n * rad, chop: (WAD * 11n) / 10n })).toMatchObject({
      status: 'ok',
      dart: 35n * WAD,
    });
    expect(startVaultAuction({ ...vault, room: 20n * rad, chop: (WAD * 11n) / 10n })).toEqual({ status: 'leavesDust' });
    expect(startVaultAuction({ ...vault, room: 85n * rad })).toMatchObject({ status: 'ok', dart: 100n * WAD });
  });
});

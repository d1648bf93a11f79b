import { describe, expect, test } from 'vitest';
import { RAY, WAD } from '../../../main/engine/math/fixed-point.ts';
import { linearInterestRay } from '../../../main/engine/requirement/lending/interest-exact.ts';
import {
  debtAmount,
  scaledBorrowed,
  scaledRepaid,
  scaledSupplied,
  scaledWithdrawn,
  supplyAmount,
} from '../../../main/engine/requirement/lending/lending-exact/pool-balance.ts';
import { liquidateExactly, type PoolLiquidation } from '../../../main/engine/requirement/lending/lending-exact/pool-liquidation.ts';
import { BASE_UNIT, POOL_REVISIONS, type PoolRevision } from '../../../main/engine/requirement/lending/lending-exact/pool-revision.ts';

/*
 * The lines at which the contracts' rules change, each to its last unit. Source of the figures: aave-dao/aave-v3-origin, LiquidationLogic
 * (MIN_BASE_MAX_CLOSE_FACTOR_THRESHOLD 2,000 USD, MIN_LEFTOVER_BASE half of it, CLOSE_FACTOR_HF_THRESHOLD 0.95).
 */

/** Dollars with six decimals at one dollar each, health between the two lines. */
function call(collateralUsd: bigint, debtUsd: bigint, more: Partial<PoolLiquidation> = {}): PoolLiquidation {
  const unit = 10n ** 6n;
  return {
    collateral: collateralUsd * unit,
    collateralDecimals: 6,
    collateralPriceBase: BASE_UNIT,
    debt: debtUsd * unit,
    debtDecimals: 6,
    debtPriceBase: BASE_UNIT,
    bonusBps: 10_500n,
    protocolFeeBps: 1_000n,
    healthFactorWad: (WAD * 97n) / 100n,
    accountDebtBase: debtUsd * BASE_UNIT,
    debtToCover: null,
    ...more,
  };
}

const newer: [string, PoolRevision][] = [
  ['3.6', POOL_REVISIONS['3.6']],
  ['3.7', POOL_REVISIONS['3.7']],
];

describe.each(newer)('the lines of revision %s', (_, revision) => {
  test('a debt of 2,000 USD is closed by half, one unit less is closed whole', () => {
    expect(liquidateExactly(call(2_400n, 2_000n), revision)).toMatchObject({ isWhole: false, maxLiquidatableDebt: 1_000_000_000n });
    const less = call(2_400n, 2_000n, { debt: 1_999_999_999n, accountDebtBase: 1_999_999_999n * 100n });
    expect(liquidateExactly(less, revision)).toMatchObject({ isWhole: true, maxLiquidatableDebt: 1_999_999_999n });
  });

  test('a collateral of 2,000 USD is closed by half, one unit less is closed whole', () => {
    const debts = { debt: 2_500_000_000n, accountDebtBase: 2_500n * BASE_UNIT };
    expect(liquidateExactly(call(2_000n, 2_500n, debts), revision).isWhole).toBe(false);
    expect(liquidateExactly(call(2_000n, 2_500n, { ...debts, collateral: 1_999_999_999n }), revision).isWhole).toBe(true);
  });

  test('a repayment that leaves 1,000 USD of debt is taken, one that leaves a unit less is refused', () => {
    const leave = (units: bigint): boolean =>
      liquidateExactly(call(4_000n, 3_000n, { healthFactorWad: (WAD * 90n) / 100n, debtToCover: 3_000_000_000n - units }), revision)
        .revertsMustNotLeaveDust;
    expect(leave(1_000_000_000n)).toBe(false);
    expect(leave(999_999_999n)).toBe(true);
    expect(leave(0n)).toBe(false);
  });

  test('a repayment that leaves 1,000 USD of collateral is taken, one that leaves a unit less is refused', () => {
    const leave = (collateralUnits: bigint): boolean => {
      const seized = 2_100_000_000n;
      return liquidateExactly(
        call(0n, 4_000n, { collateral: seized + collateralUnits, healthFactorWad: (WAD * 70n) / 100n, debtToCover: 2_000_000_000n }),
        revision,
      ).revertsMustNotLeaveDust;
    };
    expect(leave(1_000_000_000n)).toBe(false);
    expect(leave(999_999_999n)).toBe(true);
  });
});

describe.each(Object.entries(POOL_REVISIONS))('the full-liquidation line of revision %s', (_, revision) => {
  test('at a health factor of exactly 0.95 all may be repaid, one unit above it half', () => {
    const line = (WAD * 95n) / 100n;
    expect(liquidateExactly(call(6_000n, 5_000n, { healthFactorWad: line }), revision).isWhole).toBe(true);
    expect(liquidateExactly(call(6_000n, 5_000n, { healthFactorWad: line + 1n }), revision)).toMatchObject({
      isWhole: false,
      maxLiquidatableDebt: 2_500_000_000n,
    });
  });
});

test('half of the first revision is that of the reserve, of the later ones that of the account', () => {
  const two = { accountDebtBase: 9_000n * BASE_UNIT };
  expect(liquidateExactly(call(6_000n, 5_000n, two), POOL_REVISIONS['3.0']).maxLiquidatableDebt).toBe(2_500_000_000n);
  expect(liquidateExactly(call(6_000n, 5_000n, two), POOL_REVISIONS['3.6']).maxLiquidatableDebt).toBe(4_500_000_000n);
});

test('interest on supply is cut to the ray by the contracts and rounded to the nearest by the interface library', () => {
  const year = 31_536_000n;
  // One ray of yearly rate over three quarters of a year is three quarters of a ray.
  expect(linearInterestRay(1n, (year * 3n) / 4n, 'down')).toBe(RAY);
  expect(linearInterestRay(1n, (year * 3n) / 4n, 'nearest')).toBe(RAY + 1n);
});

test('debt that three units of collateral at half its price are worth, one and a half units, is cut before 3.7 and rounded up since', () => {
  const all = { collateral: 3n, debt: 1_000n, debtPriceBase: 2n * BASE_UNIT, bonusBps: 10_000n, healthFactorWad: WAD / 2n };
  const repaid = (revision: PoolRevision): bigint => liquidateExactly(call(0n, 0n, all), revision).debtRepaid;
  expect(Object.entries(POOL_REVISIONS).map(([name, revision]) => [name, repaid(revision)])).toEqual([
    ['3.0', 1n],
    ['3.6', 1n],
    ['3.7', 2n],
  ]);
});

test('each balance is rounded to the nearest by the first revision and against the account by the later ones', () => {
  const half = RAY + RAY / 2n;
  const balances = (revision: PoolRevision): readonly bigint[] => [
    // 1 and 3 scaled units at an index of 1.5 are 1.5 and 4.5; 2 and 4 units are 1.33 and 2.67 scaled ones.
    ...[supplyAmount(1n, half, revision), supplyAmount(3n, half, revision), debtAmount(1n, half, revision), debtAmount(3n, half, revision)],
    ...[
      scaledSupplied(4n, half, revision),
      scaledWithdrawn(2n, half, revision),
      scaledBorrowed(2n, half, revision),
      scaledRepaid(4n, half, revision),
    ],
  ];
  expect(balances(POOL_REVISIONS['3.0'])).toEqual([2n, 5n, 2n, 5n, 3n, 1n, 1n, 3n]);
  expect(balances(POOL_REVISIONS['3.6'])).toEqual([1n, 4n, 2n, 5n, 2n, 2n, 2n, 2n]);
  // At an index of 1.1 the nearest is the other way: 9.9 is owned as 9, 2.2 is owed as 3.
  const tenth = RAY + RAY / 10n;
  expect([supplyAmount(9n, tenth, POOL_REVISIONS['3.6']), debtAmount(2n, tenth, POOL_REVISIONS['3.6'])]).toEqual([9n, 3n]);
});

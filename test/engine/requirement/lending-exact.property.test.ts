import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RAY, WAD } from '../../../main/engine/math/fixed-point.ts';
import { accountState, termsInMode, type PoolLine } from '../../../main/engine/requirement/lending/lending-exact/pool-account.ts';
import {
  debtAmount,
  scaledBorrowed,
  scaledSupplied,
  supplyAmount,
} from '../../../main/engine/requirement/lending/lending-exact/pool-balance.ts';
import { liquidateAccount } from '../../../main/engine/requirement/lending/lending-exact/pool-liquidation.ts';
import { priceLimits } from '../../../main/engine/requirement/lending/lending-exact/pool-price-limits.ts';
import { BASE_UNIT, POOL_REVISIONS } from '../../../main/engine/requirement/lending/lending-exact/pool-revision.ts';
import { closeFactorFraction, healthFactor, thresholdValueInMode } from '../../../main/engine/requirement/lending/lending-pool.ts';
import { expectClose } from '../../support/expect-close.ts';

const revisions = Object.entries(POOL_REVISIONS);
const plain = {
  loanToValueBps: 7_500n,
  bonusBps: 10_500n,
  protocolFeeBps: 1_000n,
  supplyIndexRay: RAY,
  debtIndexRay: RAY,
  decimals: 6,
  scaledSupply: 0n,
  scaledDebt: 0n,
  isCollateral: true,
} as const;
/** Balances and prices so small that every cut shows. */
const smallLine = fc
  .record({
    scaledSupply: fc.bigInt(0n, 400n),
    scaledDebt: fc.bigInt(0n, 60n),
    thresholdBps: fc.bigInt(4_000n, 9_500n),
    priceBase: fc.bigInt(1n, 300n),
  })
  .map((drawn): PoolLine => ({ ...plain, decimals: 1, ...drawn }));

describe.each(revisions)('prices that liquidate, revision %s', (_, revision) => {
  test('are the nearest ones that a walk over every price finds', () => {
    fc.assert(
      fc.property(fc.array(smallLine, { minLength: 1, maxLength: 3 }), (lines) => {
        const farthest = 1_200n;
        const isBelow = (price: bigint): boolean => {
          const health = accountState([{ ...(lines[0] as PoolLine), priceBase: price }, ...lines.slice(1)], revision).healthFactorWad;
          return health !== null && health < WAD;
        };
        const today = lines[0]?.priceBase ?? 1n;
        const limits = priceLimits(lines, 0, { revision });
        fc.pre(limits.isComplete);
        expect(limits.isBreached).toBe(isBelow(today));
        if (limits.isBreached) return;
        let falling: bigint | null = null;
        for (let price = today - 1n; price >= 1n && falling === null; price -= 1n) if (isBelow(price)) falling = price;
        let rising: bigint | null = null;
        for (let price = today + 1n; price <= farthest && rising === null; price += 1n) if (isBelow(price)) rising = price;
        expect(limits.falling).toBe(falling);
        expect(limits.rising !== null && limits.rising <= farthest ? limits.rising : null).toBe(rising);
      }),
      { numRuns: 100 },
    );
  });

  test('are none without debt', () => {
    const line: PoolLine = { ...plain, thresholdBps: 8_000n, priceBase: BASE_UNIT, scaledSupply: 10n ** 9n };
    expect(priceLimits([line], 0, { revision })).toEqual({ isBreached: false, falling: null, rising: null, isComplete: true });
  });
});

describe.each(revisions)('exact pool account, revision %s', (name, revision) => {
  test('a deposit is never worth more than was put in, a loan never less than was taken, where rounding goes against the account', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 24n), fc.bigInt(RAY, 3n * RAY), (amount, indexRay) => {
        const supplied = supplyAmount(scaledSupplied(amount, indexRay, revision), indexRay, revision);
        const owed = debtAmount(scaledBorrowed(amount, indexRay, revision), indexRay, revision);
        const slack = revision.isAgainstAccount ? 0n : 2n;
        expect(supplied <= amount + slack && supplied >= amount - 4n).toBe(true);
        expect(owed >= amount - slack && owed <= amount + 4n).toBe(true);
      }),
    );
  });

  test('a health factor of exactly one is not liquidated, and one unit of debt more is', () => {
    const collateral: PoolLine = { ...plain, thresholdBps: 8_000n, priceBase: BASE_UNIT, scaledSupply: 10n ** 10n };
    const owing = (scaledDebt: bigint): PoolLine[] => [
      collateral,
      { ...plain, thresholdBps: 0n, isCollateral: false, priceBase: BASE_UNIT, scaledDebt },
    ];
    const order = { collateral: 0, debt: 1, debtToCover: null };
    expect(accountState(owing(8n * 10n ** 9n), revision).healthFactorWad).toBe(WAD);
    expect(liquidateAccount(owing(8n * 10n ** 9n), order, revision).status).toBe('healthy');
    expect(liquidateAccount(owing(8n * 10n ** 9n + 1n), order, revision).status).toBe('done');
  });

  test('half of the debt is repaid just above 0.95, all of it at 0.95', () => {
    const at = (thresholdBps: bigint): bigint => {
      const lines: PoolLine[] = [
        { ...plain, thresholdBps, priceBase: BASE_UNIT, scaledSupply: 2n * 10n ** 10n },
        { ...plain, thresholdBps: 0n, isCollateral: false, priceBase: BASE_UNIT, scaledDebt: 10n ** 10n },
      ];
      const answer = liquidateAccount(lines, { collateral: 0, debt: 1, debtToCover: null }, revision);
      return answer.status === 'done' ? answer.debtRepaid : 0n;
    };
    expect([at(4_751n), at(4_750n)]).toEqual([5n * 10n ** 9n, 10n ** 10n]);
  });

  test('an asset that lends nothing of its own lends in a mode only where the revision has it so', () => {
    const own = { loanToValueBps: 0n, thresholdBps: 6_000n, bonusBps: 10_700n };
    const mode = { loanToValueBps: 9_300n, thresholdBps: 9_500n, bonusBps: 10_100n };
    expect(termsInMode(own, null, revision)).toEqual(own);
    expect(termsInMode(own, mode, revision)).toEqual({ ...mode, loanToValueBps: name === '3.0' ? 0n : 9_300n });
  });

  // The first revision cuts the average threshold to a basis point, which the floating-point family does not.
  if (!revision.isHealthFromSum) return;
  test('agrees with the floating-point family of the packed engine to 1e-12', () => {
    const account = fc.array(
      fc.record({
        usd: fc.integer({ min: 1_000_000, max: 2_000_000_000 }),
        thresholdBps: fc.bigInt(1_000n, 9_500n),
        isInMode: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(account, fc.integer({ min: 1_000_000, max: 2_000_000_000 }), (supplies, debtUsd) => {
        const mode = { loanToValueBps: 9_300n, thresholdBps: 9_700n, bonusBps: 10_100n };
        const lines = supplies.map(({ usd, thresholdBps, isInMode }): PoolLine => {
          const terms = termsInMode({ ...plain, thresholdBps }, isInMode ? mode : null, revision);
          return { ...plain, ...terms, priceBase: BASE_UNIT, scaledSupply: BigInt(usd) * 10n ** 6n };
        });
        const debt: PoolLine = {
          ...plain,
          thresholdBps: 0n,
          isCollateral: false,
          priceBase: BASE_UNIT,
          scaledDebt: BigInt(debtUsd) * 10n ** 6n,
        };
        const exact = Number(accountState([...lines, debt], revision).healthFactorWad) / 1e18;
        const thresholdValueUsd = thresholdValueInMode(
          Float64Array.from(supplies, (each) => each.usd),
          Float64Array.from(supplies, (each) => Number(each.thresholdBps) / 1e4),
          Uint8Array.from(supplies, (each) => Number(each.isInMode)),
          Number(mode.thresholdBps) / 1e4,
        );
        const floating = healthFactor(thresholdValueUsd, debtUsd);
        expectClose({ actual: floating, expected: exact, rel: 1e-12 });
        const first = liquidateAccount([...lines, debt], { collateral: 0, debt: lines.length, debtToCover: 1n }, revision);
        const rules = { closeFactorFraction: 0.5, fullLiquidationHealthFactor: 0.95, smallPositionUsd: 2_000 };
        expect(closeFactorFraction(floating, supplies[0]?.usd ?? 0, debtUsd, rules) === 0).toBe(first.status === 'healthy');
      }),
    );
  });
});

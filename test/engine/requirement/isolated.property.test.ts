import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WAD } from '../../../main/engine/math/fixed-point.ts';
import { accrueMarket, taylorGrowthWad } from '../../../main/engine/requirement/lending/isolated/market-accrual.ts';
import {
  borrowableAssets,
  EMPTY_TOTALS,
  isHealthy,
  owedAssets,
  smallestHealthyPriceRaw,
  soleBorrower,
  toAssetsDown,
  toAssetsUp,
  toSharesDown,
  toSharesUp,
} from '../../../main/engine/requirement/lending/isolated/market-book.ts';
import type { MarketBook } from '../../../main/engine/requirement/lending/isolated/market-book.ts';
import { moveCollateral, moveInMarket } from '../../../main/engine/requirement/lending/isolated/market-flow.ts';
import {
  incentiveFactorWad,
  largestLiquidation,
  liquidateMarket,
} from '../../../main/engine/requirement/lending/isolated/market-liquidation.ts';
import { incentiveFactor, isolatedHealth } from '../../../main/engine/requirement/lending/isolated-market.ts';
import { expectClose } from '../../support/expect-close.ts';

const loanToValueWad = fc.constantFrom(385n, 625n, 770n, 860n, 915n, 945n, 965n, 980n).map((permille) => (WAD * permille) / 1000n);
const amount = fc.bigInt(1n, 10n ** 24n);
/** An account that shares its market with others, after interest: one share is worth more than a unit. */
const sharedBook: fc.Arbitrary<MarketBook> = fc
  .record({ mine: amount, others: fc.bigInt(0n, 10n ** 24n), grownWad: fc.bigInt(WAD, 2n * WAD), collateral: amount })
  .map(({ mine, others, grownWad, collateral }) => {
    const borrowAssets = ((mine + others) * grownWad) / WAD;
    const totals = {
      supplyAssets: 2n * borrowAssets,
      supplyShares: borrowAssets * 10n ** 6n,
      borrowAssets,
      borrowShares: (mine + others) * 10n ** 6n,
    };
    return { totals, position: { supplyShares: 0n, borrowShares: mine * 10n ** 6n, collateral } };
  });
const priceRaw = fc.bigInt(10n ** 33n, 10n ** 39n);

describe('shares of an isolated market', () => {
  test('rounding never gives anybody more than he brought', () => {
    fc.assert(
      fc.property(amount, fc.bigInt(0n, 10n ** 26n), fc.bigInt(0n, 10n ** 32n), (assets, totalAssets, totalShares) => {
        expect(toAssetsDown(toSharesDown(assets, totalAssets, totalShares), totalAssets, totalShares) <= assets).toBe(true);
        expect(toAssetsUp(toSharesUp(assets, totalAssets, totalShares), totalAssets, totalShares) >= assets).toBe(true);
        expect(toSharesUp(assets, totalAssets, totalShares) - toSharesDown(assets, totalAssets, totalShares) <= 1n).toBe(true);
      }),
    );
  });

  test('who supplies and withdraws at once, or borrows and repays, is never richer', () => {
    fc.assert(
      fc.property(sharedBook, amount, (book, assets) => {
        const terms = { priceRaw: 10n ** 60n, liquidationLoanToValueWad: WAD / 2n };
        const supplied = moveInMarket(book, 'supply', { unit: 'assets', amount: assets }, terms);
        if (supplied.status !== 'ok') throw new Error(supplied.status);
        if (supplied.shares > 0n) {
          const out = moveInMarket(supplied.book, 'withdraw', { unit: 'shares', amount: supplied.shares }, terms);
          expect(out.status === 'ok' && out.assets <= assets).toBe(true);
        }
        const borrowed = moveInMarket(supplied.book, 'borrow', { unit: 'assets', amount: assets }, terms);
        if (borrowed.status !== 'ok') return;
        const repaid = moveInMarket(borrowed.book, 'repay', { unit: 'shares', amount: borrowed.shares }, terms);
        expect(repaid.status === 'ok' && repaid.assets >= assets).toBe(true);
      }),
    );
  });

  test('a flow names why it is refused', () => {
    const terms = { priceRaw: 10n ** 36n, liquidationLoanToValueWad: WAD / 2n };
    const book = {
      totals: { ...EMPTY_TOTALS, supplyAssets: 100n, supplyShares: 10n ** 8n },
      position: { supplyShares: 10n ** 7n, borrowShares: 0n, collateral: 20n },
    };
    const refused = (...[flow, units, at = book]: [Parameters<typeof moveInMarket>[1], bigint, MarketBook?]): string =>
      moveInMarket(at, flow, { unit: 'assets', amount: units }, terms).status;
    expect([refused('supply', 0n), refused('withdraw', 11n), refused('repay', 1n), refused('borrow', 11n), refused('borrow', 10n)]).toEqual(
      ['zeroAmount', 'exceedsShares', 'exceedsShares', 'insufficientCollateral', 'ok'],
    );
    const drained = { ...book, totals: { ...book.totals, borrowAssets: 95n, borrowShares: 95n * 10n ** 6n } };
    expect([refused('borrow', 6n, drained), refused('withdraw', 6n, drained)]).toEqual(['insufficientLiquidity', 'insufficientLiquidity']);
  });
});

describe('collateral of an isolated market', () => {
  test('comes and goes whole, as far as the account stays healthy, and a refusal is named', () => {
    const terms = { priceRaw: 10n ** 36n, liquidationLoanToValueWad: WAD / 2n };
    const book = soleBorrower(20n, 10n);
    const status = (change: bigint): string => moveCollateral(book, change, terms).status;
    expect([status(0n), status(-21n), status(2n ** 128n), status(-1n), status(1n)]).toEqual([
      'zeroAmount',
      'exceedsCollateral',
      'tooLarge',
      'insufficientCollateral',
      'ok',
    ]);
    const outcome = moveCollateral({ ...book, position: { ...book.position, borrowShares: 0n } }, -20n, terms);
    expect(outcome.status === 'ok' && outcome.book.position.collateral === 0n).toBe(true);
  });
});

describe('the 128 bits of an isolated market', () => {
  const terms = { priceRaw: 10n ** 36n, liquidationLoanToValueWad: WAD / 2n };
  const book = soleBorrower(20n, 10n);

  test('hold collateral up to the last unit and refuse the next', () => {
    const room = 2n ** 128n - 1n - book.position.collateral;
    expect([moveCollateral(book, room, terms).status, moveCollateral(book, room + 1n, terms).status]).toEqual(['ok', 'tooLarge']);
  });

  test('hold each total up to the last unit and refuse the next', () => {
    const totals = { ...book.totals, supplyAssets: 2n ** 128n - 11n, supplyShares: 0n };
    const supply = (amount: bigint): string => moveInMarket({ ...book, totals }, 'supply', { unit: 'assets', amount }, terms).status;
    expect([supply(10n), supply(11n)]).toEqual(['ok', 'tooLarge']);
  });
});

describe('interest of an isolated market', () => {
  test('is below the exponential by less than its fourth term, and the fee is part of it', () => {
    fc.assert(
      fc.property(
        sharedBook,
        fc.bigInt(0n, 10n ** 11n),
        fc.bigInt(0n, 31_536_000n),
        fc.bigInt(0n, WAD / 4n),
        ({ totals }, rate, seconds, fee) => {
          const x = Number(rate * seconds) / 1e18;
          const growth = Number(taylorGrowthWad(rate, seconds)) / 1e18;
          expectClose({ actual: growth, expected: Math.expm1(x), abs: (x ** 4 / 24) * Math.exp(x) + 3e-18, rel: 1e-15 });
          const accrued = accrueMarket(totals, rate, seconds, fee);
          expect(accrued.totals.borrowAssets - totals.borrowAssets).toBe(accrued.interestAssets);
          expect(accrued.totals.supplyAssets - totals.supplyAssets).toBe(accrued.interestAssets);
          const feeAssets = toAssetsDown(accrued.feeShares, accrued.totals.supplyAssets, accrued.totals.supplyShares);
          expect(feeAssets <= (accrued.interestAssets * fee) / WAD).toBe(true);
        },
      ),
    );
    expect(accrueMarket(EMPTY_TOTALS, 10n ** 10n, 1_000n, 0n)).toEqual({ totals: EMPTY_TOTALS, interestAssets: 0n, feeShares: 0n });
  });
});

describe('health of an account in an isolated market', () => {
  test('the smallest healthy price is healthy and one unit lower is not', () => {
    fc.assert(
      fc.property(sharedBook, loanToValueWad, (book, liquidationLoanToValueWad) => {
        const price = smallestHealthyPriceRaw(book, liquidationLoanToValueWad) ?? -1n;
        expect(isHealthy(book, { priceRaw: price, liquidationLoanToValueWad })).toBe(true);
        expect(isHealthy(book, { priceRaw: price - 1n, liquidationLoanToValueWad })).toBe(false);
      }),
    );
    const bare = soleBorrower(0n, 5n);
    expect(smallestHealthyPriceRaw(bare, WAD / 2n)).toBeNull();
    expect(smallestHealthyPriceRaw({ ...bare, position: { ...bare.position, borrowShares: 0n } }, WAD / 2n)).toBe(0n);
  });

  test('is the floating-point health away from its last unit', () => {
    fc.assert(
      fc.property(sharedBook, priceRaw, loanToValueWad, (book, price, liquidationLoanToValueWad) => {
        const terms = { priceRaw: price, liquidationLoanToValueWad };
        const collateralUsd = (Number(book.position.collateral) * Number(price)) / 1e36;
        const owed = (Number(book.position.borrowShares) * Number(book.totals.borrowAssets)) / Number(book.totals.borrowShares);
        if (owed < 1e4 || collateralUsd < 1e4) return;
        const health = isolatedHealth(collateralUsd, Number(liquidationLoanToValueWad) / 1e18, owed);
        expectClose({
          actual: Number(borrowableAssets(book.position.collateral, terms)) / Number(owedAssets(book)),
          expected: health,
          rel: 1e-3,
        });
        if (Math.abs(health - 1) > 1e-3) expect(isHealthy(book, terms)).toBe(health >= 1);
      }),
    );
  });
});

describe('liquidation in an isolated market', () => {
  test('the incentive factor is the floating-point one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (permille) => {
        expectClose({
          actual: Number(incentiveFactorWad((WAD * BigInt(permille)) / 1000n)) / 1e18,
          expected: incentiveFactor(permille / 1000, 0.3, 1.15),
          rel: 1e-15,
        });
      }),
    );
  });

  test('the largest one is accepted, and leaves no debt or no collateral', () => {
    fc.assert(
      fc.property(sharedBook, loanToValueWad, fc.bigInt(0n, 999n), (book, liquidationLoanToValueWad, permille) => {
        const line = smallestHealthyPriceRaw(book, liquidationLoanToValueWad) ?? 0n;
        const terms = { priceRaw: ((line - 1n) * permille) / 1000n, liquidationLoanToValueWad };
        const outcome = liquidateMarket(book, terms, largestLiquidation(book, terms));
        if (outcome.status !== 'ok') throw new Error(outcome.status);
        const { position, totals } = outcome.book;
        expect(position.borrowShares).toBe(0n);
        expect(totals.supplyAssets).toBe(book.totals.supplyAssets - outcome.badDebtAssets);
        expect(outcome.badDebtShares === 0n || position.collateral === 0n).toBe(true);
      }),
    );
  });

  test('the liquidator never gains more than the incentive, by either way of asking', () => {
    fc.assert(
      fc.property(sharedBook, priceRaw, loanToValueWad, (book, price, liquidationLoanToValueWad) => {
        const terms = { priceRaw: price, liquidationLoanToValueWad };
        const calls = [
          { unit: 'seizedAssets', amount: book.position.collateral / 3n },
          { unit: 'repaidShares', amount: book.position.borrowShares / 3n },
        ] as const;
        for (const call of calls) {
          const outcome = liquidateMarket(book, terms, call);
          if (outcome.status !== 'ok') continue;
          const paid = outcome.repaidAssets * incentiveFactorWad(liquidationLoanToValueWad);
          expect((outcome.seizedAssets * price) / 10n ** 36n <= paid / WAD).toBe(true);
        }
      }),
    );
  });

  test('a healthy borrower is left alone, and more than there is cannot be seized', () => {
    const terms = { priceRaw: 2_000n * 10n ** 24n, liquidationLoanToValueWad: (WAD * 77n) / 100n };
    const status = (borrow: bigint, seized: bigint): string =>
      liquidateMarket(soleBorrower(10n ** 18n, borrow), terms, { unit: 'seizedAssets', amount: seized }).status;
    expect([status(1_000_000_000n, 1n), status(3_000_000_000n, 10n ** 18n + 1n), status(1_600_000_000n, 10n ** 18n)]).toEqual([
      'healthy',
      'seizesMoreThanCollateral',
      'seizesMoreThanDebt',
    ]);
    expect(status(1_000_000_000n, 0n)).toBe('zeroAmount');
    const worthless = liquidateMarket(soleBorrower(1n, 5n), { ...terms, priceRaw: 0n }, { unit: 'repaidShares', amount: 1n });
    expect(worthless.status).toBe('worthlessCollateral');
  });
});

import { expect, test } from 'vitest';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { buildLadder } from '../../../main/engine/cascade/ladder/build-ladder.ts';
import { ladderOf } from '../../../main/engine/cascade/ladder/shared-ladder.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import type { PackedBook } from '../../../main/engine/packed/packed-book.ts';
import { scanningCascade } from '../../oracle/scanning-cascade.ts';
import { crowdShock, largeCrowd } from '../../support/large-crowd.ts';

/** Four parts of 2,500 random systems. */
const SYSTEMS = 2500;
const rules = { depthThinningFraction: 0, maxRounds: 60, includeCrowd: true };

/** Largest relative gap between two columns, against a scale. */
function gap(left: Float64Array, right: Float64Array, least: number): number {
  return left.reduce((most, value, i) => Math.max(most, Math.abs(value - (right[i] ?? NaN)) / Math.max(Math.abs(value), least)), 0);
}

test.each([0, 1, 2, 3])(
  'looking only at whom the prices reach finds the same borrowers in the same rounds as judging everyone, part %i',
  (part) => {
    let several = 0;
    let limited = 0;
    for (let seed = part * SYSTEMS; seed < (part + 1) * SYSTEMS; seed += 1) {
      const draw = (index: number): number => randomUniform(7, seed, index);
      const book = largeCrowd({ borrowers: 5 + Math.floor(60 * draw(0)), depthFactor: 10 ** (2.5 * draw(1) - 1.2), seed });
      const work = makeCascadeWorkspace(book);
      // Twice over one workspace: the second cascade must not remember the first.
      for (const fall of [0.5 * draw(2), 0.25 * draw(3)]) {
        const shock = crowdShock(book, fall);
        const maxRounds = draw(4) < 0.1 ? 2 : rules.maxRounds;
        const found = runCascade(work, shock, { ...rules, maxRounds });
        const expected = scanningCascade(book, shock.moves, maxRounds);
        const where = `system ${seed}, fall ${fall}`;
        expect(found.rounds, where).toBe(expected.rounds);
        expect([...found.borrowerFallenRound], where).toEqual([...expected.firstRound]);
        expect(gap(found.finalState.priceUsd, expected.priceUsd, 0), where).toBeLessThan(1e-12);
        expect(gap(found.collateralQuantity, expected.collateral, 1e-6), where).toBeLessThan(1e-9);
        expect(Math.abs(found.badDebtUsd - expected.badDebtUsd), where).toBeLessThan(1e-9 * (1 + expected.badDebtUsd) + 1e-6);
        if (expected.rounds > 2) several += 1;
        if (found.status === 'reachedRoundLimit') limited += 1;
      }
    }
    expect(several).toBeGreaterThan(SYSTEMS / 4);
    expect(limited).toBeGreaterThan(SYSTEMS / 100);
  },
);

test('a ladder holds every borrower that can be liquidated once, each stretch by rising health', () => {
  const book = largeCrowd({ borrowers: 3000, depthFactor: 1 });
  const ladder = buildLadder(book);
  expect([...ladder.order].sort((left, right) => left - right)).toEqual([...Array(3000).keys()]);
  for (let stretch = 0; stretch + 1 < ladder.stretchStart.length; stretch += 1) {
    const health = ladder.logHealth.subarray(ladder.stretchStart[stretch], ladder.stretchStart[stretch + 1]);
    expect([...health]).toEqual([...health].sort((left, right) => left - right));
  }
});

test('a borrower without collateral leaves its debt as bad debt and is never looked at', () => {
  const book = largeCrowd({ borrowers: 20, depthFactor: 1, seed: 3 });
  const { lending } = book;
  const collateralQuantity = Float64Array.from(lending.collateralQuantity);
  collateralQuantity.fill(0, lending.collateralStart[4], lending.collateralStart[5]);
  const bare = { ...book, lending: { ...lending, collateralQuantity } };
  const result = runCascade(makeCascadeWorkspace(bare), crowdShock(bare, 0), rules);
  expect([...buildLadder(bare).withoutCollateral]).toEqual([4]);
  expect(result.rounds).toBe(0);
  expect(result.badDebtUsd).toBeCloseTo(scanningCascade(bare, crowdShock(bare, 0).moves, 60).badDebtUsd, 6);
  expect(result.badDebtUsd).toBeGreaterThan(0);
});

test('an asset that becomes worthless brings down everyone who relies on it, and the others are still found', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const book = largeCrowd({ borrowers: 60, depthFactor: 2, seed });
    const moves = Float64Array.from(book.drivers, (_, d) => (d === seed % 14 ? -1 : -0.2 * randomUniform(9, seed, d)));
    const found = runCascade(makeCascadeWorkspace(book), { moves, volatilityShift: 0 }, rules);
    const expected = scanningCascade(book, moves, rules.maxRounds);
    expect(found.rounds).toBe(expected.rounds);
    found.borrowerFallenRound.forEach((round, borrower) => {
      // Collateral that is worth nothing at all is taken by the kernel and passed over by the scan: either way nothing is sold.
      const rows = book.lending.collateralAsset.subarray(
        book.lending.collateralStart[borrower],
        book.lending.collateralStart[borrower + 1],
      );
      if (rows.every((asset) => asset === book.drivers[seed % 14])) return;
      expect(round, `seed ${seed}, borrower ${borrower}`).toBe(expected.firstRound[borrower]);
    });
  }
});

/** The crowd with rules that differ from borrower to borrower: limits on what is left, isolated markets, close factors, terms, auctions, two venues. */
function withMixedRules(book: PackedBook, seed: number): PackedBook {
  const { lending } = book;
  const draw = (i: number, index: number): number => randomUniform(23, 1000 * seed + i, index);
  const byBorrower = (rule: (i: number) => number): Float64Array => Float64Array.from({ length: lending.count }, (_, i) => rule(i));
  const byRow = (rule: (i: number) => number): Float64Array => lending.collateralQuantity.map((_, row) => rule(row));
  return {
    ...book,
    lending: {
      ...lending,
      venue: Int32Array.from(byBorrower((i) => Math.floor(2 * draw(i, 0)))),
      closeFactorFraction: byBorrower((i) => (draw(i, 1) < 0.5 ? 0.5 : 1)),
      smallestLeftoverUsd: byBorrower((i) => (draw(i, 2) < 0.4 ? 1000 : 0)),
      market: Int32Array.from(byBorrower((i) => (draw(i, 3) < 0.3 ? 0 : -1))),
      marketCount: 1,
      marketSupplyQuantity: Float64Array.of(1e9),
      marketLoanAsset: Int32Array.of(14),
      closesWhole: Uint8Array.from(byBorrower((i) => (draw(i, 4) < 0.1 ? 1 : 0))),
      auctionType: Int32Array.from(byBorrower((i) => (draw(i, 5) < 0.1 ? 0 : -1))),
      auctionVenue: Int32Array.from(byBorrower((i) => (draw(i, 5) < 0.1 ? 1 : -1))),
      auctionLimitUsd: Float64Array.of(Infinity, Infinity),
      collateralThreshold: byRow((row) => (draw(row, 6) < 0.2 ? 0.75 : 0.8)),
      collateralBonus: byRow((row) => (draw(row, 7) < 0.2 ? 0.1 : 0.06)),
    },
  };
}

test('under every rule of a venue the ladder gives what liquidating borrower by borrower gives', () => {
  let fallen = 0;
  for (let seed = 0; seed < 600; seed += 1) {
    const book = withMixedRules(largeCrowd({ borrowers: 80, depthFactor: 10 ** (2 * randomUniform(29, seed, 0) - 1), seed }), seed);
    // Own borrowers are judged in every round and closed one by one.
    const oneByOne = { ...book, lending: { ...book.lending, ownCount: book.lending.count } };
    const participants = seed % 3 === 0 ? { ownAccounts: new Uint8Array(book.accounts.count), crowdVenues: Uint8Array.of(1, 0) } : null;
    const work = makeCascadeWorkspace(book);
    for (const fall of [0.35 * randomUniform(29, seed, 1), 0.2 * randomUniform(29, seed, 2)]) {
      const shock = crowdShock(book, fall);
      const found = runCascade(work, shock, { ...rules, participants });
      const expected = runCascade(makeCascadeWorkspace(oneByOne), shock, { ...rules, participants });
      const where = `system ${seed}, fall ${fall}`;
      expect(found.rounds, where).toBe(expected.rounds);
      expect([...found.borrowerFallenRound], where).toEqual([...expected.borrowerFallenRound]);
      expect(gap(found.finalState.priceUsd, expected.finalState.priceUsd, 0), where).toBeLessThan(1e-12);
      expect(gap(found.collateralQuantity, expected.collateralQuantity, 1e-6), where).toBeLessThan(1e-9);
      expect(gap(found.debtQuantity, expected.debtQuantity, 1e-6), where).toBeLessThan(1e-9);
      expect(Math.abs(found.badDebtUsd - expected.badDebtUsd), where).toBeLessThan(1e-9 * (1 + expected.badDebtUsd) + 1e-6);
      fallen += found.borrowerFallenRound.filter((round) => round > 0).length;
    }
  }
  expect(fallen).toBeGreaterThan(1000);
});

/** The same crowd in the opposite order. */
function reversed(book: PackedBook): PackedBook {
  const { lending } = book;
  const last = lending.count - 1;
  const mirrored = <T extends Float64Array | Int32Array | Uint8Array>(column: T): T => column.toReversed() as T;
  const starts = (start: Int32Array): Int32Array => {
    const end = start[start.length - 1] ?? 0;
    return start.map((_, i) => end - (start[last + 1 - i] ?? 0));
  };
  return {
    ...book,
    lending: {
      ...lending,
      collateralStart: starts(lending.collateralStart),
      collateralAsset: mirrored(lending.collateralAsset),
      collateralQuantity: mirrored(lending.collateralQuantity),
      debtStart: starts(lending.debtStart),
      debtAsset: mirrored(lending.debtAsset),
      debtQuantity: mirrored(lending.debtQuantity),
      debtTarget: mirrored(lending.debtTarget),
    },
  };
}

test('the order of the crowd in the book does not change a bit of the prices', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const book = largeCrowd({ borrowers: 200, depthFactor: 1, seed });
    const shock = crowdShock(book, 0.15);
    const found = runCascade(makeCascadeWorkspace(book), shock, rules);
    const other = runCascade(makeCascadeWorkspace(reversed(book)), shock, rules);
    expect([...other.finalState.priceUsd], `system ${seed}`).toEqual([...found.finalState.priceUsd]);
    expect(other.badDebtUsd, `system ${seed}`).toBe(found.badDebtUsd);
    expect([...other.borrowerFallenRound.toReversed()], `system ${seed}`).toEqual([...found.borrowerFallenRound]);
  }
});

test('a result copied between two cascades keeps every balance of the one it was read after', () => {
  const book = largeCrowd({ borrowers: 300, depthFactor: 1, seed: 5 });
  const work = makeCascadeWorkspace(book);
  const copy = structuredClone(runCascade(work, crowdShock(book, 0.2), rules));
  runCascade(work, crowdShock(book, 0.05), rules);
  const again = runCascade(work, crowdShock(book, 0.2), rules);
  expect([...again.collateralQuantity]).toEqual([...copy.collateralQuantity]);
  expect([...again.debtQuantity]).toEqual([...copy.debtQuantity]);
  expect([...again.borrowerFallenRound]).toEqual([...copy.borrowerFallenRound]);
  expect(copy.borrowerFallenRound.some((round) => round > 0)).toBe(true);
});

test('a book whose own accounts changed keeps the ladder of its crowd, one whose crowd changed by a unit does not', () => {
  const book = largeCrowd({ borrowers: 300, depthFactor: 1, seed: 8 });
  const ladder = ladderOf(book);
  const changed = (lending: PackedBook['lending']): PackedBook => ({ ...book, lending });
  // The first hundred become own borrowers: the crowd is another, and again the same once it is repacked.
  const withOwn = changed({ ...book.lending, ownCount: 100 });
  expect(ladderOf(withOwn).records).not.toBe(ladder.records);
  expect(ladderOf(withOwn).order).toHaveLength(200);
  const withDebt = (change: (debt: Float64Array) => Float64Array): Float64Array => change(book.lending.debtQuantity.slice());
  const debtQuantity = withDebt((debt) => debt.fill(1, 0, 1));
  const ownPaid = changed({ ...book.lending, ownCount: 100, debtQuantity });
  expect(ladderOf(ownPaid).records).toBe(ladderOf(withOwn).records);
  const lastDebt = withDebt((debt) => debt.fill(1, debt.length - 1));
  const crowdBorrowed = changed({ ...book.lending, ownCount: 100, debtQuantity: lastDebt });
  expect(ladderOf(crowdBorrowed).records).not.toBe(ladderOf(ownPaid).records);
  const [kept, built] = [ladderOf(ownPaid), buildLadder(ownPaid)];
  expect([...kept.order]).toEqual([...built.order]);
  expect([...kept.records.ints]).toEqual([...built.records.ints]);
  expect([...kept.logHealth]).toEqual([...built.logHealth]);
});

import { expect, test } from 'vitest';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { buildLadder } from '../../../main/engine/cascade/ladder/ladder.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import { scanningCascade } from '../../oracle/scanning-cascade.ts';
import { crowdShock, largeCrowd } from '../../support/large-crowd.ts';

const SYSTEMS = 10_000;
const rules = { depthThinningFraction: 0, maxRounds: 60, includeCrowd: true };

/** Largest relative gap between two columns, against a scale. */
function gap(left: Float64Array, right: Float64Array, least: number): number {
  return left.reduce((most, value, i) => Math.max(most, Math.abs(value - (right[i] ?? NaN)) / Math.max(Math.abs(value), least)), 0);
}

test('looking only at whom the prices reach finds the same borrowers in the same rounds as judging everyone', () => {
  let several = 0;
  let limited = 0;
  for (let seed = 0; seed < SYSTEMS; seed += 1) {
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
});

test('a ladder holds every borrower that can be liquidated once, by rising health', () => {
  const book = largeCrowd({ borrowers: 3000, depthFactor: 1 });
  const ladder = buildLadder(book);
  expect([...ladder.order].sort((left, right) => left - right)).toEqual([...Array(3000).keys()]);
  for (let group = 0; group < ladder.groups; group += 1) {
    const health = ladder.logHealth.subarray(ladder.groupStart[group], ladder.groupStart[group + 1]);
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

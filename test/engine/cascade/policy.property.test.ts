import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deleverageInOrder,
  deleverageProRata,
  deleveragingQueue,
  remainingPositions,
} from '../../../main/engine/cascade/policy/auto-deleveraging.ts';
import { lossWaterfall } from '../../../main/engine/cascade/policy/loss-waterfall.ts';
import { borrowersEquityUsd, isToxicBorrower, pausedBorrowers } from '../../../main/engine/cascade/policy/pause.ts';
import { borrowerHealth } from '../../../main/engine/cascade/liquidate-borrower.ts';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { expectClose } from '../../support/expect-close.ts';
import { randomSystem } from '../../support/random-system.ts';

const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
const positions = fc.array(
  fc.record({
    isLong: fc.boolean(),
    profit: fc.double({ min: -1, max: 3, noNaN: true }),
    leverage: fc.constantFrom(1, 2, 5, 10),
    size: fc.oneof(fc.constant(0), amount),
  }),
  { maxLength: 12 },
);

describe('auto-deleveraging', () => {
  type Drawn = readonly { readonly isLong: boolean; readonly profit: number; readonly leverage: number; readonly size: number }[];
  const sizes = (drawn: Drawn): Float64Array => Float64Array.from(drawn, (each) => each.size);
  const queueOf = (drawn: Drawn): Int32Array =>
    deleveragingQueue(
      {
        isLong: Uint8Array.from(drawn, (each) => Number(each.isLong)),
        profitFraction: Float64Array.from(drawn, (each) => each.profit),
        leverage: Float64Array.from(drawn, (each) => each.leverage),
        size: sizes(drawn),
      },
      true,
    );

  test('fills and what nobody takes add up to the size to absorb, and no fill exceeds its position', () => {
    fc.assert(
      fc.property(positions, amount, (drawn, toAbsorb) => {
        const [queue, size] = [queueOf(drawn), sizes(drawn)];
        for (const { fills, unabsorbed } of [deleverageInOrder(queue, size, toAbsorb), deleverageProRata(queue, size, toAbsorb)]) {
          const filled = fills.reduce((total, fill) => total + fill, 0);
          expectClose({ actual: filled + unabsorbed, expected: toAbsorb, rel: 1e-12, abs: 1e-9 });
          expect(unabsorbed).toBeGreaterThanOrEqual(0);
          fills.forEach((fill, i) => expect(fill >= 0 && fill <= (size[i] ?? NaN)).toBe(true));
        }
      }),
    );
  });

  test('nobody without profit, on the bankrupt side or without size is touched', () => {
    fc.assert(
      fc.property(positions, (drawn) => {
        const queue = new Set(queueOf(drawn));
        drawn.forEach((each, i) => expect(queue.has(i)).toBe(!each.isLong && each.profit > 0 && each.size > 0));
      }),
    );
  });

  test('nobody is closed in part while somebody before it has anything left', () => {
    fc.assert(
      fc.property(positions, amount, (drawn, toAbsorb) => {
        const [queue, size] = [queueOf(drawn), sizes(drawn)];
        const left = new Set(remainingPositions(size, deleverageInOrder(queue, size, toAbsorb).fills));
        const { fills } = deleverageInOrder(queue, size, toAbsorb);
        const firstLeft = [...queue].findIndex((i) => left.has(i));
        if (firstLeft >= 0) for (const i of queue.slice(firstLeft + 1)) expect(fills[i]).toBe(0);
      }),
    );
  });

  test('equal ranks go by index, and a share of exactly one leaves nobody', () => {
    const equal = [2, 1, 3].map((size) => ({ isLong: false, profit: 0.5, leverage: 2, size }));
    expect([...queueOf(equal)]).toEqual([0, 1, 2]);
    const all = deleverageProRata(queueOf(equal), sizes(equal), 6);
    expect([all.share, remainingPositions(sizes(equal), all.fills)]).toEqual([1, []]);
    expect(deleverageProRata(queueOf([]), sizes([]), 5)).toMatchObject({ share: 0, unabsorbed: 5 });
  });
});

describe('the waterfall of bad debt', () => {
  const equities = fc.array(fc.double({ min: -1e5, max: 1e6, noNaN: true }), { maxLength: 8 });

  test('sums to the bad debt, each layer only after the one before is empty', () => {
    fc.assert(
      fc.property(amount, amount, amount, equities, (badDebt, insuranceFundUsd, deleveragingCapacityUsd, equity) => {
        const participantEquityUsd = Float64Array.from(equity);
        const result = lossWaterfall(badDebt, { insuranceFundUsd, deleveragingCapacityUsd, participantEquityUsd });
        const { insuranceUsedUsd, deleveragedUsd, socialisedUsd, uncoveredUsd, haircutFraction, participantLossUsd } = result;
        expectClose({ actual: insuranceUsedUsd + deleveragedUsd + socialisedUsd + uncoveredUsd, expected: badDebt, rel: 1e-12, abs: 1e-9 });
        expectClose({
          actual: participantLossUsd.reduce((total, loss) => total + loss, 0),
          expected: socialisedUsd,
          rel: 1e-12,
          abs: 1e-9,
        });
        expect(haircutFraction).toBeGreaterThanOrEqual(0);
        expect(haircutFraction).toBeLessThanOrEqual(1);
        participantEquityUsd.forEach((own, i) => expect(participantLossUsd[i]).toBeLessThanOrEqual(Math.max(0, own)));
        if (deleveragedUsd > 0) expect(result.insuranceRemainingUsd).toBe(0);
        if (socialisedUsd > 0) expect(deleveragedUsd).toBe(deleveragingCapacityUsd);
        if (uncoveredUsd > 1e-6) expectClose({ actual: haircutFraction, expected: equity.some((own) => own > 0) ? 1 : 0, abs: 1e-9 });
      }),
    );
  });

  test('nobody shares a loss without equity', () => {
    const layers = { insuranceFundUsd: 0, deleveragingCapacityUsd: 0, participantEquityUsd: Float64Array.of(-5, 0) };
    expect(lossWaterfall(10, layers)).toMatchObject({ haircutFraction: 0, participantLossUsd: Float64Array.of(0, 0), uncoveredUsd: 10 });
  });
});

describe('the pause of toxic liquidations', () => {
  const rules = { depthThinningFraction: 0, maxRounds: 60, includeCrowd: true, pausesToxic: true };

  test('never liquidates a borrower whose liquidation would take more than it repays', () => {
    let paused = 0;
    for (let number = 0; number < 200; number += 1) {
      const { naive, pack } = randomSystem(number);
      const shock = { moves: Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0), volatilityShift: 0 };
      // No round: judged at the shocked prices only, which are those of the first round.
      const before = makeCascadeWorkspace(pack.packed);
      runCascade(before, shock, { ...rules, maxRounds: 0 });
      const after = makeCascadeWorkspace(pack.packed);
      const result = runCascade(after, shock, { ...rules, maxRounds: 1 });
      for (let borrower = 0; borrower < pack.packed.lending.count; borrower += 1) {
        if (!(borrowerHealth(before, borrower) < 1)) continue;
        expect(result.borrowerFallenRound[borrower]).toBe(isToxicBorrower(before, borrower) ? 0 : 1);
      }
      paused += pausedBorrowers(before).length;
    }
    expect(paused).toBeGreaterThan(20);
  });

  test('ends when only paused borrowers are left, who are then below their requirement at the final prices', () => {
    for (let number = 0; number < 200; number += 1) {
      const { naive, pack } = randomSystem(number);
      const shock = { moves: Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0), volatilityShift: 0 };
      const work = makeCascadeWorkspace(pack.packed);
      if (runCascade(work, shock, rules).status !== 'converged') continue;
      const below = Array.from({ length: pack.packed.lending.count }, (_, borrower) => borrower).filter(
        (each) => borrowerHealth(work, each) < 1,
      );
      expect(pausedBorrowers(work)).toEqual(below);
      expect(Number.isFinite(borrowersEquityUsd(work))).toBe(true);
    }
  });

  test('is off unless a venue asks for it', () => {
    const { naive, pack } = randomSystem(3);
    const shock = { moves: Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0), volatilityShift: 0 };
    const { pausesToxic: _, ...silent } = rules;
    const plain = runCascade(makeCascadeWorkspace(pack.packed), shock, silent);
    const off = runCascade(makeCascadeWorkspace(pack.packed), shock, { ...rules, pausesToxic: false });
    expect([...plain.collateralQuantity]).toEqual([...off.collateralQuantity]);
  });
});

import { expect, test } from 'vitest';
import type { CascadeResultArrays, RoundTrace } from '../../../main/engine/cascade/cascade-types.ts';
import { movedKinds, startOf } from '../../../main/engine/cascade/attribute-falls.ts';
import { shareExcess } from '../../../main/engine/cascade/causes/share-excess.ts';
import { factorAt, saleReasons, shareMove, type TracedSales } from '../../../main/engine/cascade/causes/share-moves.ts';
import { traceFlows } from '../../../main/engine/cascade/causes/trace-flows.ts';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { evaluateAccount, makeAccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../main/engine/packed/market-state.ts';
import type { PackedBook } from '../../../main/engine/packed/packed-book.ts';
import { randomSystem } from '../../support/random-system.ts';
import { packSample } from '../../support/sample-system.ts';

const SYSTEMS = 120;

function traced(packed: PackedBook, moves: Float64Array, thinning: number): { sales: TracedSales; result: CascadeResultArrays } {
  const rounds: RoundTrace[] = [];
  const shock = { moves, volatilityShift: 0.2 };
  const rules = { depthThinningFraction: thinning, maxRounds: 50, includeCrowd: true };
  const result = runCascade(makeCascadeWorkspace(packed), shock, rules, rounds);
  const shocked = copyState(packed.initial);
  applyShock(packed, moves, shock.volatilityShift, shocked);
  return {
    result,
    sales: { packed, shocked, final: result.finalState, rounds, flows: rounds.map((round) => traceFlows(packed, round)) },
  };
}

/** Random crowds and, as the last, the sample book with accounts of its own. */
function* systems(): Generator<{ name: string; sales: TracedSales }> {
  for (let number = 0; number < SYSTEMS; number += 1) {
    const { naive, pack } = randomSystem(number);
    const moves = Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0);
    yield { name: `system ${number}`, sales: traced(pack.packed, moves, naive.thinning).sales };
  }
  const pack = packSample();
  for (const fall of [0.1, 0.2, 0.3, 0.45])
    yield {
      name: `sample book, fall of ${fall}`,
      sales: traced(
        pack.packed,
        Float64Array.from(pack.driverIds, () => -fall),
        0.6,
      ).sales,
    };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

test('what the causes put into a market adds up to its net sale in every round', () => {
  for (const { name, sales } of systems()) {
    const pools = sales.packed.depth.count;
    sales.rounds.forEach((round, k) => {
      for (let pool = 0; pool < pools; pool += 1) {
        const parts = Array.from({ length: round.sales.causes }, (_, cause) => sales.flows[k]?.netQuantity[cause * pools + pool] ?? NaN);
        const gross = sum(parts.map(Math.abs));
        expect(Math.abs(sum(parts) - (round.sales.poolNet[pool] ?? NaN)), `${name}, round ${round.round}`).toBeLessThanOrEqual(
          1e-9 * (gross + 1),
        );
      }
    });
  }
});

test('the shares of every move add up to the move, and sales alone make it', () => {
  let moves = 0;
  for (const { name, sales } of systems()) {
    for (let asset = 0; asset < sales.packed.assets.count; asset += 1) {
      for (const kind of movedKinds(sales.packed, asset, sales.shocked, sales.final)) {
        for (let before = 2; before <= sales.rounds.length + 1; before += 1) {
          const { move, byCause, other } = shareMove(sales, asset, kind, before);
          expect(move, name).toBe(factorAt(sales, asset, kind, before) / factorAt(sales, asset, kind, 1) - 1);
          expect(Math.abs(sum(byCause) + other - move), name).toBeLessThan(1e-12);
          expect(Math.abs(other), `${name}: ${kind} of asset ${asset} before round ${before}`).toBeLessThan(1e-9);
          moves += 1;
        }
      }
    }
  }
  expect(moves).toBeGreaterThan(500);
});

test('money that a round hands to the markets is repaid, spent on buying, or lost to impact and fees', () => {
  for (const { name, sales } of systems()) {
    sales.flows.forEach((flows, k) => {
      const inUsd = sum(flows.enteredUsd);
      const outUsd = sum(flows.repaidUsd) + sum(flows.boughtUsd) + sum(flows.lostUsd);
      expect(Math.abs(inUsd - outUsd), `${name}, round ${k + 1}`).toBeLessThan(1e-6 + 1e-9 * sum(flows.enteredUsd.map(Math.abs)));
    });
  }
});

test('reasons of the crowd that was pushed below add up to one, and none lies at or after the sale', () => {
  let asked = 0;
  for (const { sales } of systems()) {
    const { accounts } = sales.packed;
    for (let cause = accounts.count + 1; cause < (sales.rounds[0]?.sales.causes ?? 0); cause += 2) {
      const reasons = saleReasons(sales, cause, sales.rounds.length + 1);
      if (reasons.length === 0) continue;
      expect(Math.abs(sum(reasons.map(({ share }) => share)) - 1)).toBeLessThan(1e-12);
      expect(reasons.every(({ share }) => share > 0)).toBe(true);
      asked += 1;
    }
  }
  expect(asked).toBeGreaterThan(20);
});

test('parts of the change of an excess add up to it, whatever moved', () => {
  let falls = 0;
  for (const { name, sales } of systems()) {
    const measures = makeAccountMeasures(sales.packed.accounts.count);
    const excess = (account: number, state: TracedSales['shocked']): number => {
      evaluateAccount(sales.packed, account, state, measures);
      return measures.excessUsd[account] ?? NaN;
    };
    for (const round of sales.rounds) {
      for (const account of round.ownFallen) {
        const start = startOf(round, sales.shocked.volatilityShift);
        const { parts, restUsd } = shareExcess(sales.packed, account, sales.shocked, start);
        const change = excess(account, start) - excess(account, sales.shocked);
        expect(Math.abs(sum(parts.map((part) => part.excessUsd)) + restUsd - change), name).toBeLessThan(1e-6 + 1e-9 * Math.abs(change));
        if (round.round > 1) falls += 1;
      }
    }
  }
  expect(falls).toBeGreaterThan(0);
});

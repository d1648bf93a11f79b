import { describe, expect, test } from 'vitest';
import { driverLoadings, fillGreeks, makeAccountGreeks } from '../../../main/engine/packed/greeks/account-greeks.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../main/engine/packed/market-state.ts';
import type { MarketState } from '../../../main/engine/packed/packed-book.ts';
import { scenarioMatrices } from '../../../main/engine/packed/scenario-matrix.ts';
import { scenarioSwitches } from '../../../main/engine/scenario/scenario-switches.ts';
import { packBook } from '../../../main/services/pack.ts';
import { expectClose } from '../../support/expect-close.ts';
import { optionVenueContents } from '../../support/option-venue-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

const result = packBook(optionVenueContents(), sampleSnapshot(0), sampleScenarioSet());
if (!result.ok) throw new Error(result.failure.message);
const { packed, accountIds, driverIds } = result.value;
const drivers = packed.drivers.length;

function marketAt(driver: number, move: number): MarketState {
  const state = copyState(packed.initial);
  const moves = new Float64Array(drivers);
  moves[driver] = move;
  applyShock(packed, moves, 0, state);
  return state;
}

function excessAt(state: MarketState, account: number): number {
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, state, measures);
  return measures.excessUsd[account] ?? NaN;
}

function greeksAt(state: MarketState): ReturnType<typeof makeAccountGreeks> {
  const out = makeAccountGreeks(packed.accounts.count, drivers);
  fillGreeks(packed, state, driverLoadings(packed, state), out);
  return out;
}

/** Account × driver pairs in which the next scenario takes over within the range looked at. */
const switches = scenarioSwitches(packed);
const found = accountIds.flatMap((id, account) =>
  driverIds.flatMap((driver, d) => {
    const at = account * drivers + d;
    return [switches.upMove[at] ?? NaN, switches.downMove[at] ?? NaN].flatMap((move, side) =>
      Number.isNaN(move)
        ? []
        : [
            {
              name: `${id} ${driver} ${side === 0 ? 'up' : 'down'}`,
              account,
              d,
              move,
              scenario: (side === 0 ? switches.upScenario : switches.downScenario)[at] ?? -1,
            },
          ],
    );
  }),
);

describe('accounts whose margin is the worst of many cases', () => {
  test('have slopes that are the differences of the true excess, margin included', () => {
    const greeks = greeksAt(packed.initial);
    const h = 2e-5;
    for (const [account, id] of accountIds.entries()) {
      for (let d = 0; d < drivers; d += 1) {
        const at = account * drivers + d;
        if (greeks.excessJumpUsd[at] !== 0) continue;
        const slope = (excessAt(marketAt(d, Math.expm1(h)), account) - excessAt(marketAt(d, Math.expm1(-h)), account)) / (2 * h);
        expectClose({ actual: greeks.excessSlopeUsd[at] ?? NaN, expected: slope, rel: 1e-5, abs: 1, inputs: { id, d } });
      }
    }
    const margined = accountIds.findIndex((id) => id === 'PM-COIN') * drivers + driverIds.indexOf('ETH');
    expect(Math.abs((greeks.excessSlopeUsd[margined] ?? 0) - (greeks.equitySlopeUsd[margined] ?? 0))).toBeGreaterThan(1);
  });

  test('are told where the next scenario takes over, and it does there and not before', () => {
    expect(found.length).toBeGreaterThan(0);
    for (const { name, account, d, move, scenario } of found) {
      const worst = (at: number): number[] => scenarioMatrices(packed, account, marketAt(d, at)).map(({ binding }) => binding);
      expect(worst(move), name).toContain(scenario);
      expect(worst(move - Math.sign(move) * 1e-5), name).toEqual(worst(0));
    }
  });

  test('have an interval and no gamma where two scenarios tie', () => {
    for (const { name, account, d, move } of found) {
      const state = marketAt(d, move);
      const at = account * drivers + d;
      const { excessJumpUsd, excessBendUsd } = greeksAt(state);
      if (excessJumpUsd[at] === 0) continue;
      expect(excessBendUsd[at], name).toBe(0);
      // The worst of several losses is convex, so the excess bends down.
      expect(excessJumpUsd[at], name).toBeLessThan(0);
    }
  });
});

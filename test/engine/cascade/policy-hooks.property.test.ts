import { describe, expect, test } from 'vitest';
import { makeCounterparties, queueScore, closedShare, shareAhead } from '../../../main/engine/cascade/policy/counterparty-crowd.ts';
import { venueBadDebt, whoBears } from '../../../main/engine/cascade/policy/bearers.ts';
import type { PolicyRules } from '../../../main/engine/cascade/policy/policy-rules.ts';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import type { CascadeResultArrays } from '../../../main/engine/cascade/cascade-types.ts';
import { assumedCounterparties } from '../../../main/services/policy/assumed-counterparties.ts';
import { expectClose } from '../../support/expect-close.ts';
import { noPolicyRules as none } from '../../support/no-policy-rules.ts';
import { randomSystem, type RandomSystem } from '../../support/random-system.ts';

const base = { depthThinningFraction: 0.2, maxRounds: 300, includeCrowd: true };

function cascade({ naive, pack }: RandomSystem, policy?: PolicyRules): CascadeResultArrays {
  const shock = { moves: Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0), volatilityShift: 0 };
  return runCascade(makeCascadeWorkspace(pack.packed), shock, policy === undefined ? base : { ...base, policy });
}

/** The random system of a number with those of its borrowers who owe dollars only, hold what is asked for and are healthy before the shock. */
function oneSided(number: number, isHeld: (id: string) => boolean): RandomSystem {
  const { borrowers, priceUsd } = randomSystem(number).naive;
  const worth = (rows: readonly { assetId: string; quantity: number }[]): number =>
    rows.reduce((sum, row) => sum + row.quantity * (priceUsd[row.assetId] ?? 0), 0);
  const chosen = borrowers
    .map((each) => ({ ...each, debt: [{ assetId: 'USDC', quantity: worth(each.debt) }] }))
    .map((each) => (each.collateral.every((row) => isHeld(row.assetId)) ? each : { ...each, collateral: [weth(worth(each.collateral))] }))
    .filter((each) => each.collateral.reduce((sum, row) => sum + worth([row]) * row.liquidationThresholdFraction, 0) > worth(each.debt));
  return randomSystem(number, { borrowers: chosen });
}

function weth(usd: number): { assetId: string; quantity: number; liquidationThresholdFraction: number } {
  return { assetId: 'WETH', quantity: usd / 2000, liquidationThresholdFraction: 0.85 };
}

const systems = Array.from({ length: 150 }, (_, number) => number);

describe('policies inside the cascade', () => {
  test('rules that set no limit give today’s results; judging one by one adds the same sums in another order', () => {
    for (const number of systems) {
      const system = randomSystem(number);
      const [plain, ruled] = [cascade(system), cascade(system, none)];
      expect([ruled.status, ruled.rounds, ruled.fallenRound, ruled.borrowerFallenRound]).toEqual([
        plain.status,
        plain.rounds,
        plain.fallenRound,
        plain.borrowerFallenRound,
      ]);
      const sums = ['equityUsd', 'excessUsd', 'soldUsd', 'collateralQuantity', 'debtQuantity'] as const;
      for (const sum of sums)
        plain[sum].forEach((expected, i) =>
          expectClose({ actual: ruled[sum][i] ?? NaN, expected, rel: 1e-9, abs: 1e-6, inputs: { number, sum, i } }),
        );
    }
  });

  test('in one market a halt from which no depth comes back only takes time: the same balances in more rounds', () => {
    let waited = 0;
    for (const number of systems) {
      const system = oneSided(number, (id) => id === 'WETH');
      const plain = cascade(system, none);
      const halted = cascade(system, { ...none, bandFraction: 1e-12, haltRounds: 2 });
      expect(halted.status).toBe('converged');
      expect(halted.collateralQuantity).toEqual(plain.collateralQuantity);
      expect(halted.debtQuantity).toEqual(plain.debtQuantity);
      expect(halted.badDebtUsd).toBe(plain.badDebtUsd);
      if (plain.rounds > 0) expect(halted.rounds).toBeGreaterThan(plain.rounds);
      waited += Number(halted.rounds > plain.rounds);
    }
    expect(waited).toBeGreaterThan(20);
  });

  test('in the monotone case, where the move reverses before the halt ends and nobody was short, a halt never increases bad debt', () => {
    let helped = 0;
    for (const number of systems) {
      const system = oneSided(number, () => true);
      const reversing = { ...none, reversesAfterRound: 2 };
      const plain = cascade(system, reversing);
      const halted = cascade(system, { ...reversing, bandFraction: 1e-9, haltRounds: 2 });
      expect(halted.badDebtUsd).toBeLessThanOrEqual(plain.badDebtUsd);
      expect(halted.borrowerFallenRound.every((round) => round === 0)).toBe(true);
      helped += Number(halted.badDebtUsd < plain.badDebtUsd - 1);
    }
    expect(helped).toBeGreaterThan(3);
  });

  test('counter-example: a halt can increase bad debt when what is held back loses its worth elsewhere meanwhile', () => {
    const worse = systems.filter((number) => {
      const system = randomSystem(number);
      const plain = cascade(system);
      return cascade(system, { ...none, bandFraction: 0.05, haltRounds: 5 }).badDebtUsd > plain.badDebtUsd * 1.001 + 1;
    });
    expect(worse.length).toBeGreaterThan(0);
  });

  test('an outflow limit is kept but for the liquidation that passes it, and ends by converging', () => {
    let refused = 0;
    for (const number of systems) {
      const { naive, pack } = randomSystem(number);
      const shock = { moves: Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0), volatilityShift: 0 };
      const work = makeCascadeWorkspace(pack.packed);
      const limits = { outflowFraction: 0.02, outflowMinimumUsd: 0, outflowWindowRounds: 2 };
      const result = runCascade(work, shock, { ...base, policy: { ...none, ...limits } });
      expect(result.status).toBe('converged');
      refused += work.policy?.refusedRounds.reduce((sum, rounds) => sum + rounds, 0) ?? 0;
    }
    expect(refused).toBeGreaterThan(50);
  });

  test('what fund, counterparties and users bear adds up to the bad debt of all venues', () => {
    for (const number of systems) {
      const { naive, pack } = randomSystem(number);
      const shock = { moves: Float64Array.from(pack.driverIds, (id) => naive.moves[id] ?? 0), volatilityShift: 0 };
      const work = makeCascadeWorkspace(pack.packed);
      const rules = { ...base, policy: { ...none, fundUsd: new Float64Array(8).fill(10_000) } };
      const result = runCascade(work, shock, rules);
      const { badDebtUsd, fundUsd, counterpartiesUsd, usersUsd } = whoBears(work, rules);
      expectClose({ actual: fundUsd + counterpartiesUsd + usersUsd, expected: badDebtUsd, rel: 1e-12, abs: 1e-9 });
      expectClose({ actual: venueBadDebt(work, rules).reduce((a, b) => a + b, 0), expected: result.badDebtUsd, rel: 1e-9, abs: 1e-3 });
      expect(fundUsd).toBeLessThanOrEqual(10_000 * 8);
    }
  });
});

describe('the assumed counterparties', () => {
  test('those closed first at the event have the recorded median leverage of 0.20 and are all in profit (99.4 % recorded)', () => {
    const { leverage, gainBeforeFraction, closedShareAtEvent, eventMove } = assumedCounterparties;
    const ranked = [...leverage.keys()].toSorted((a, b) => score(b) - score(a));
    function score(i: number): number {
      return queueScore((gainBeforeFraction[i] ?? NaN) + eventMove, leverage[i] ?? NaN);
    }
    const closed = ranked.slice(0, Math.round(closedShareAtEvent * leverage.length)).map((i) => leverage[i] ?? NaN);
    const median = closed.toSorted((a, b) => a - b)[Math.floor(closed.length / 2)];
    expectClose({ actual: median ?? NaN, expected: 0.2, rel: 0.03 });
    expect(gainBeforeFraction.every((gain) => gain >= 0)).toBe(true);
  });

  test('nobody is closed in a quiet market, and never less in a larger move', () => {
    expect(closedShare(assumedCounterparties, 0.05)).toBe(0);
    for (let move = 0; move < 1; move += 0.01) {
      expect(closedShare(assumedCounterparties, move + 0.01)).toBeGreaterThanOrEqual(closedShare(assumedCounterparties, -move));
    }
  });

  test('a higher score never has more of the crowd ahead of it', () => {
    for (let score = 0.0001; score < 10; score *= 1.5) {
      expect(shareAhead(assumedCounterparties, -0.2, score * 1.5)).toBeLessThanOrEqual(shareAhead(assumedCounterparties, -0.2, score));
    }
    const nobody = { ...makeCounterparties({ medianLeverage: 1, leverageSpread: 1, meanGainBeforeFraction: 0.1 }, assumedCounterparties) };
    expect(shareAhead({ ...nobody, leverage: new Float64Array(0) }, 0.2, 1)).toBe(0);
  });
});

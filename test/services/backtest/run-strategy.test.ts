import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumAccurate } from '../../../main/engine/math/sum.ts';
import { baselines, doNothing, program, type Strategy } from '../../../main/services/backtest/strategies.ts';
import { runStrategy, type StrategyRun } from '../../../main/services/backtest/run-strategy.ts';
import { decisionBars } from '../../../main/services/backtest/schedule.ts';
import { settingAt } from '../../../main/services/backtest/setting-at.ts';
import { planCosts } from '../../../main/services/hedge/measures.ts';
import { runValues } from '../../../main/services/replay/run-path.ts';
import { succeed, type Result } from '../../../main/domain/failure.ts';
import { replayed } from '../../support/sample-replay.ts';
import { deskWork, etherWindow, history, workAlong } from './desk-window.ts';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function run(strategy: Strategy, close: readonly number[], { width = 0, every = 3 } = {}): Promise<StrategyRun> {
  const window = etherWindow(close, width);
  return valueOf(await runStrategy(await workAlong(window), strategy, decisionBars(window, every)));
}

/** Sells a number of ether at the first decision into a market that does not give way, and nothing after it. */
function sellOnce(eth: number): Strategy {
  let isDone = false;
  return {
    id: 'once',
    name: 'Once',
    meaning: 'for the test',
    decide: async (setting) => {
      const candidate = setting.candidates.find(({ id }) => id === 'open:sell:PRP:exchange:ETH');
      if (isDone || candidate === undefined) return succeed({ plan: { candidates: [], amounts: [] }, notes: [] });
      isDone = true;
      const { impact: _, ...firm } = candidate;
      return succeed({ plan: { candidates: [firm], amounts: [eth] }, notes: [] });
    },
  };
}

const GENTLE = [100, 99, 97, 98, 96, 95, 97, 99, 98, 97];

describe('doing nothing', () => {
  test('is the replay’s own equity path, to the bit', async () => {
    const { equityUsd, liquidations, decisions } = await run(doNothing, GENTLE);
    const work = deskWork();
    const { steps } = await replayed(etherWindow(GENTLE), work);
    expect([...equityUsd]).toEqual(steps.map((step) => step.equityUsd));
    expect(liquidations).toEqual([]);
    expect(decisions.every((each) => each.costUsd === 0 && each.turnoverUsd === 0)).toBe(true);
  });

  test('loses an account where the replay says that it falls, once, and what is left of it does not come back with the prices', async () => {
    // A owes 1.24 M against 1,000 ETH at a threshold of 0.8: it falls below 1,550, which is 77.5 of 100.
    const close = [100, 90, 78, 77, 74, 90, 100, 110];
    const { liquidations, equityUsd } = await run(doNothing, close);
    expect(liquidations.map(({ accountId, bar, side }) => [accountId, bar, side])).toEqual([['A', 3, 'close']]);
    const { accounts } = await replayed(etherWindow(close), deskWork());
    expect(accounts.find((each) => each.accountId === 'A')?.fellAt).toBe('2025-10-10T04:00:00Z');
    const [fallen] = liquidations;
    expect(fallen?.costUsd).toBeGreaterThan(0);
    expect((fallen?.leftUsd ?? NaN) + (fallen?.costUsd ?? NaN)).toBeCloseTo(1000 * 1540 - 1_240_000, 6);
    // At the end only B and the cash move: B 1,000 × 2,200 − 700,000, cash 1.8 M.
    expect(equityUsd.at(-1)).toBeCloseTo(1_500_000 + 1_800_000 + (fallen?.leftUsd ?? NaN), 6);
  });

  test('owes a venue no more than the account held: prices that jump through it leave nothing, and no debt', async () => {
    const { liquidations, equityUsd } = await run(doNothing, [100, 50, 100]);
    expect(liquidations).toMatchObject([{ accountId: 'A', leftUsd: 0, costUsd: 0, moves: { ETH: -0.5 } }]);
    expect(equityUsd[1]).toBeCloseTo(1000 * 1000 - 700_000 + 1_800_000, 6);
    expect(equityUsd[2]).toBeCloseTo(1000 * 2000 - 700_000 + 1_800_000, 6);
  });

  test('judges lows and highs as well as closes', async () => {
    const { liquidations } = await run(doNothing, [100, 79, 78.5, 79, 80], { width: 0.02 });
    expect(liquidations.map(({ accountId, bar, side }) => [accountId, bar, side])).toEqual([['A', 1, 'low']]);
  });
});

describe('a hedge', () => {
  test('pays exactly what the fall takes: 2,000 ether sold against two loans of 1,000, by hand', async () => {
    const close = [100, 96, 92, 90, 88, 91];
    const { equityUsd, decisions } = await run(sellOnce(2000), close);
    // Half a spread of 0.2 USD and a fee of 0.05 % of 2,000 USD per ether: (0.2 + 1) × 2,000.
    expect(decisions[0]?.costUsd).toBeCloseTo(2400, 9);
    const start = equityUsd[0] ?? NaN;
    for (const equity of equityUsd.subarray(1)) expect(equity).toBeCloseTo(start - 2400, 5);
  });

  test('entered after prices moved, holds from there', async () => {
    const close = [100, 90, 80, 85, 95];
    const window = etherWindow(close);
    const work = await workAlong(window);
    const { equityUsd } = valueOf(await runStrategy(work, sellOnce(2000), [2]));
    // From 1,600: a spread of 0.16 and a fee of 0.8 per ether.
    const [atThree, atFour] = [equityUsd[3] ?? NaN, equityUsd[4] ?? NaN];
    expect(atThree).toBeCloseTo(atFour, 5);
    const values = valueOf(await runValues(work, work.path.path.close));
    const accounts = work.pack.accountIds.length;
    expect(atThree).toBeCloseTo(sumAccurate(values.equityUsd.subarray(2 * accounts, 3 * accounts)) - 2000 * 0.96, 5);
  });

  test('costs are paid once, by whoever pays: at unchanged prices equity falls by them and by nothing else', async () => {
    for (const strategy of [...baselines, program]) {
      const { equityUsd, decisions } = await run(
        strategy,
        Array.from({ length: 8 }, () => 100),
      );
      decisions.forEach(({ bar, costUsd }) => {
        expect((equityUsd[bar] ?? NaN) - (equityUsd[bar + 1] ?? NaN)).toBeCloseTo(costUsd, 4);
      });
      const paid = decisions.reduce((sum, each) => sum + each.costUsd, 0);
      expect((equityUsd[0] ?? NaN) - (equityUsd.at(-1) ?? NaN)).toBeCloseTo(paid, 4);
      if (strategy.id === 'delta') expect(paid).toBeGreaterThan(0);
    }
  });

  test('keeps alive what falls without it: the program repays or tops up A before the fall', async () => {
    const close = [100, 98, 95, 90, 84, 80, 76, 80];
    const [bare, hedged] = [await run(doNothing, close), await run(program, close)];
    expect(bare.liquidations.map((each) => each.accountId)).toEqual(['A']);
    expect(hedged.liquidations).toEqual([]);
  });
});

describe('no decision looks ahead', () => {
  const strategies = [...baselines, program];

  test('bars after a time change no decision, no liquidation and no equity at or before it', async () => {
    const close = [100, 97, 94, 90, 85, 83, 86, 88, 80, 78];
    const whole = await Promise.all(strategies.map((strategy) => run(strategy, close, { width: 0.005 })));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 8 }), fc.double({ min: 0.5, max: 1.6, noNaN: true }), async (last, factor) => {
        const later = close.map((price, bar) => (bar > last ? price * factor : price));
        for (const [i, strategy] of strategies.entries()) {
          const other = await run(strategy, later, { width: 0.005 });
          const known = (told: StrategyRun | undefined): unknown => [
            told?.decisions.filter((each) => each.bar <= last),
            told?.liquidations.filter((each) => each.bar <= last),
            told?.equityUsd.subarray(0, last + 1),
          ];
          expect(known(other)).toEqual(known(whole[i]));
        }
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  test('closes of the same day and later are not seen', async () => {
    const window = etherWindow(GENTLE);
    const work = await workAlong(window);
    const future = [
      { day: '2025-10-10', closeUsd: { ETH: 1 } },
      { day: '2025-10-11', closeUsd: { ETH: 5000 } },
    ];
    const holdings = { contents: work.inputs.contents, leftUsd: new Map() };
    const known = valueOf(settingAt(work, holdings, 4));
    const told = valueOf(settingAt({ ...work, history: [...history, ...future] }, holdings, 4));
    expect(told.shocks).toEqual(known.shocks);
    expect(planCosts(valueOf(await program.decide(told, 0)).plan)).toEqual(planCosts(valueOf(await program.decide(known, 0)).plan));
  });
});

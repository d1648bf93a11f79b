import { beforeAll, describe, expect, test } from 'vitest';
import { buildProblem, type ProblemParts } from '../../../main/engine/hedge/build-problem.ts';
import { assembleProblem, hardLimits } from '../../../main/engine/hedge/hedge-problem.ts';
import { latencyOf, quantitiesBy } from '../../../main/engine/hedge/packed-candidate.ts';
import { solveCvarProgram } from '../../../main/engine/hedge/program/solve-program.ts';
import { solveOnThisThread } from '../../../main/pool/highs.ts';
import { earliestArrival } from '../../../main/services/hedge/latency/earliest-arrival.ts';
import { runRetained } from '../../../main/services/hedge/latency/run-retained.ts';
import { runCascades, type Setting } from '../../../main/services/hedge/setting.ts';
import { suggest } from '../../../main/services/hedge/suggest.ts';
import { deskTerms } from './latency-desk.ts';
import { loanSetting, problemParts, type LoanDesk } from './loan-desk.ts';

const desk: LoanDesk = {
  loans: [{ id: 'TIGHT', eth: 1000, usdc: 1_340_000 }],
  poolLoans: [
    { id: 'EASY', eth: 3000, usdc: 500_000 },
    { id: 'CLOSE', eth: 1000, usdc: 1_420_000 },
  ],
  perpetual: { cash: 900_000, eth: 700 },
  cash: 60_000,
  reserveEth: 600_000,
};

async function optimum(parts: ProblemParts): Promise<number> {
  const { program } = assembleProblem(buildProblem(parts).problem, { ...hardLimits, account: () => 1000 });
  const solution = await solveCvarProgram(program, solveOnThisThread);
  expect(solution.status).toBe('optimal');
  return solution.appraisal.objectiveUsd;
}

async function suggested(setting: Setting) {
  const found = await suggest(setting, { budgetUsd: null, timeLimitMs: 600_000, elapsedMs: () => 0 });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

const slack = (value: number): number => 1e-6 * Math.abs(value) + 1e-3;

describe('what a latency does to the program', () => {
  let parts: ProblemParts;
  beforeAll(async () => {
    parts = await problemParts(loanSetting(desk, { transferTerms: deskTerms() }));
  });

  test('a longer way never improves the optimum, and here it costs something', async () => {
    const values: number[] = [];
    for (const factor of [0, 0.3, 1, 2, 100]) {
      const setting = loanSetting(desk, { transferTerms: deskTerms(factor) });
      values.push(await optimum({ ...parts, ...(await problemParts(setting)) }));
    }
    values.slice(1).forEach((value, index) => expect(value).toBeGreaterThanOrEqual((values[index] ?? 0) - slack(value)));
    expect(values.at(-1)).toBeGreaterThan((values[0] ?? 0) + 1000);
  });

  test('a sooner shock never improves the optimum', async () => {
    const values: number[] = [];
    for (const minutes of [1e6, 200, 100, 30, 0])
      values.push(await optimum({ ...parts, earliestMinutes: parts.earliestMinutes.map(() => minutes) }));
    values.slice(1).forEach((value, index) => expect(value).toBeGreaterThanOrEqual((values[index] ?? 0) - slack(value)));
  });

  test('what is slower than every scenario never helps an account, in none of its limits, and no purse but custody', () => {
    const slow = parts.candidates.map((candidate) => ({ ...candidate, latencyMinutes: 1e9 }));
    const { problem, purseRows } = buildProblem({ ...parts, candidates: slow, earliestMinutes: parts.earliestMinutes.map(() => 1e6) });
    const custody = parts.packed.accounts.count;
    problem.decisions.forEach((decision, index) => {
      for (const { effectUsd } of decision.excess) expect(Math.max(...effectUsd)).toBeLessThanOrEqual(0);
      for (const { purse, usePerUnit } of decision.cash) {
        const account = parts.packed.positions.account[purseRows[purse] ?? -1] ?? custody;
        if (usePerUnit < 0) expect([index, parts.packed.accounts.family[account]]).toEqual([index, 0]);
      }
    });
  });

  test('what is there at once counts everywhere, and what is sent leaves its payer everywhere', () => {
    const late = buildProblem({ ...parts, survival: null }).problem;
    const prompt = buildProblem({ ...parts, survival: null, earliestMinutes: parts.earliestMinutes.map(() => 1e9) }).problem;
    parts.candidates.forEach((candidate, index) => {
      late.decisions[index]?.excess.forEach(({ account, effectUsd }, at) => {
        const whole = prompt.decisions[index]?.excess[at]?.effectUsd ?? new Float64Array(0);
        effectUsd.forEach((effect, s) => {
          const limit = late.accounts[account]?.excessUsd.length === 1 ? 'opening' : 'retained';
          const isThere = limit === 'opening' ? latencyOf(candidate) === 0 : latencyOf(candidate) <= (parts.earliestMinutes[s] ?? 0);
          expect(effect).toBe(isThere ? whole[s] : Math.min(0, whole[s] ?? Number.NaN));
        });
      });
    });
  });
});

describe('what is on its way', () => {
  const setting = loanSetting(desk, { transferTerms: deskTerms() });
  const { packed } = setting.pack;
  const changed = (id: string, minutes: number): Record<string, number> => {
    const candidate = setting.candidates.find((each) => each.id === id);
    if (candidate === undefined) throw new Error(`no ${id} among ${setting.candidates.map((each) => each.id).join(' ')}`);
    const quantities = quantitiesBy(packed, { candidates: [{ ...candidate, gasUsd: 0 }], amounts: [1000] }, minutes);
    const changes = [...quantities.keys()].map((row): [string, number] => [
      setting.pack.positionIds[row] ?? '',
      Math.sign(Math.round((quantities[row] ?? 0) - (packed.positions.quantity[row] ?? 0))),
    ]);
    return Object.fromEntries(changes.filter(([, sign]) => sign !== 0));
  };

  test('a repayment from custody has left it at once and is there after the way out and in', () => {
    expect(changed('repay:TIGHT:USDC:CST:USDC', 104)).toEqual({ 'CST/spot:USDC': -1 });
    expect(changed('repay:TIGHT:USDC:CST:USDC', 105)).toEqual({ 'CST/spot:USDC': -1, 'TIGHT/borrowed:USDC': 1 });
  });

  test('what happens in one transaction has not happened before it has', () => {
    expect(changed('deleverage:TIGHT:USDC:ETH', 4)).toEqual({});
    expect(changed('deleverage:TIGHT:USDC:ETH', 5)).toEqual({ 'TIGHT/supplied:ETH': -1, 'TIGHT/borrowed:USDC': 1 });
  });

  test('what custody pays with waits for what is withdrawn to it, unless it is there already', () => {
    const sent = setting.candidates.filter(
      ({ payerAccount, targetAccount, kind }) => kind !== 'withdraw' && payerAccount !== targetAccount,
    );
    const waiting = sent.filter(({ isAwaited }) => isAwaited === true);
    const prompt = (id: string) => sent.find((each) => each.id === id.replace(/:awaited$/, ''));
    expect(waiting.length).toBeGreaterThan(0);
    for (const each of waiting) {
      // Withdrawn from the exchange in an hour and into custody in ten minutes, before it goes the same way as what is there.
      const holds = (packed.positions.quantity[each.payerRow] ?? 0) > 0;
      if (holds) expect(latencyOf(each)).toBe(latencyOf(prompt(each.id) ?? each) + 70);
      expect(prompt(each.id)?.shared?.some(({ mostUsd, isCash }) => isCash === true && mostUsd <= desk.cash)).toBe(holds);
    }
  });
});

describe('a suggestion under latencies', () => {
  const bare = (result: Awaited<ReturnType<typeof suggested>>['result']) => ({
    ...result,
    legs: result.legs.map(({ latency: _, ...leg }) => leg),
    assumptions: [],
  });

  test('no minutes at all, or a notice longer than every way, is a suggestion without latencies', async () => {
    const without = bare((await suggested(loanSetting(desk))).result);
    expect(bare((await suggested(loanSetting(desk, { transferTerms: deskTerms(0) }))).result)).toEqual(without);
    expect(bare((await suggested(loanSetting(desk, { transferTerms: deskTerms(), noticeMinutes: 1e5 }))).result)).toEqual(without);
  });

  test('nobody who is kept alive by the program falls when what has not arrived by then is left out', async () => {
    for (const cash of [0, 60_000, 2_000_000]) {
      const setting = loanSetting({ ...desk, cash }, { transferTerms: deskTerms() });
      const { pass, result } = await suggested(setting);
      const retained = await runRetained(setting, pass.plan);
      if (!retained.ok) throw new Error(retained.failure.message);
      const fallen = setting.pack.accountIds.filter((_, account) =>
        setting.shocks.retained.some((__, s) => retained.value.fallenRound[s * retained.value.accounts + account] !== 0),
      );
      expect(pass.fallsRetained.map((account) => setting.pack.accountIds[account])).toEqual(fallen);
      if (result.status === 'optimal' || result.status === 'feasible') expect(fallen).toEqual([]);
    }
  });

  test('run in tiers, the retained scenarios come out as each by itself', async () => {
    const setting = loanSetting({ ...desk, cash: 2_000_000 }, { transferTerms: deskTerms() });
    const { pass } = await suggested(setting);
    expect(new Set(pass.plan.candidates.map((candidate) => latencyOf(candidate))).size).toBeGreaterThan(1);
    const together = await runRetained(setting, pass.plan);
    if (!together.ok) throw new Error(together.failure.message);
    for (const [s, shock] of setting.shocks.retained.entries()) {
      const quantities = quantitiesBy(setting.pack.packed, pass.plan, setting.shocks.earliestMinutes[s] ?? Number.NaN);
      const alone = await runCascades(setting, { shocks: [shock], quantities });
      if (!alone.ok) throw new Error(alone.failure.message);
      const { accounts, fallenRound, intactExcessUsd } = together.value;
      expect(fallenRound.subarray(s * accounts, (s + 1) * accounts)).toEqual(alone.value.fallenRound);
      expect(intactExcessUsd.subarray(s * accounts, (s + 1) * accounts)).toEqual(alone.value.intactExcessUsd);
    }
  });

  test('each leg says when it arrives and from which move on that is soon enough', async () => {
    const { result } = await suggested(loanSetting({ ...desk, cash: 2_000_000 }, { transferTerms: deskTerms() }));
    const repaid = result.legs.find((leg) => leg.kind === 'repay' && leg.accountId === 'TIGHT');
    expect(repaid?.latency).toMatchObject({ minutes: 105 });
    expect(repaid?.latency?.text).toMatch(/^Arrives within 105 min; counts from ETH −12 % on, in \d+ of \d+ scenarios\.$/);
    for (const leg of result.legs) if (leg.kind === 'trade') expect(leg.latency).toMatchObject({ minutes: 0, reductionPerHourUsd: null });
    expect((result.assumptions ?? []).join(' ')).toMatch(/which is 170 min for ETH −18 %|which is 2 h 50 min for ETH −18 %/);
  });

  test('what is paid at once out of custody lies there now, whatever is still to come', async () => {
    for (const cash of [0, 20_000, 60_000, 150_000]) {
      const setting = loanSetting({ ...desk, perpetual: { cash: 2_500_000, eth: 700 }, cash }, { transferTerms: deskTerms() });
      const { pass } = await suggested(setting);
      const atOnce = pass.plan.candidates.map((candidate, index) => {
        const isPrompt =
          candidate.payer.instrumentId === 'spot:USDC' && candidate.payer.accountId === 'CST' && candidate.isAwaited !== true;
        return isPrompt && candidate.kind !== 'trade' ? -candidate.payerUnits * (pass.plan.amounts[index] ?? 0) : 0;
      });
      expect(atOnce.reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(cash + 1e-3);
    }
  });

  test('a venue without terms counts as the slowest, and is named', async () => {
    const terms = deskTerms();
    const setting = loanSetting(desk, { transferTerms: { ...terms, venues: terms.venues.filter(({ venueId }) => venueId !== 'safe') } });
    const repay = setting.candidates.find(({ id }) => id === 'repay:TIGHT:USDC:CST:USDC');
    expect(repay === undefined ? 0 : latencyOf(repay)).toBe(1440 + 5);
    const { result } = await suggested(setting);
    expect(result.assumptions).toContain('Custody: no terms of transfers are known; the slowest are taken, 24 h out and 2 h in.');
  });

  test('a shock without notice is survived with what is there at once, or the account that cannot be reached is named', async () => {
    const { result } = await suggested(loanSetting({ ...desk, cash: 2_000_000 }, { transferTerms: deskTerms(), noticeMinutes: 0 }));
    for (const leg of result.legs) if ((leg.latency?.minutes ?? 0) > 0) expect(leg.latency?.text).toMatch(/keeps nobody alive/);
    expect(result.status).toBe('infeasible');
    expect(result.after.fallenAtReference).toContain('TIGHT');
  });
});

test('a shock comes as soon as its largest mover has been recorded to move so far, never sooner for moving farther', () => {
  const { moves } = deskTerms();
  const at = (move: number, noticeMinutes?: number): number =>
    earliestArrival({ moves: { BTC: move / 2, ETH: move }, volatilityShift: 0 }, { moves, noticeMinutes });
  expect([at(0), at(-0.009), at(-0.01), at(-0.18), at(-0.189), at(0.18)]).toEqual([0, 0, 0, 170, 170, 51]);
  // Beyond the record: no longer than the largest recorded.
  expect(at(-0.9)).toBe(290);
  expect(at(-0.18, 12)).toBe(12);
  expect(earliestArrival({ moves: { ETH: -0.18 }, volatilityShift: 0 }, {})).toBe(Number.POSITIVE_INFINITY);
  expect(earliestArrival({ moves: { DOGE: -0.18 }, volatilityShift: 0 }, { moves })).toBe(170);
  expect(earliestArrival({ moves: {}, volatilityShift: 0.3 }, { moves })).toBe(0);
});

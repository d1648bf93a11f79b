import { beforeAll, describe, expect, test } from 'vitest';
import { buildProblem, type BuiltProblem, type ProblemParts } from '../../../main/engine/hedge/build-problem.ts';
import { quantitiesAfter } from '../../../main/engine/hedge/packed-candidate.ts';
import { excessInState, stateContext } from '../../../main/engine/hedge/survival/state-limits.ts';
import { finalState } from '../../../main/engine/hedge/table-figures.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { withQuantities, type PackedBook } from '../../../main/engine/packed/packed-book.ts';
import { hedgeAssumptions } from '../../../main/services/hedge/assumptions.ts';
import { within } from '../../../main/services/hedge/limits/limits.ts';
import type { Setting } from '../../../main/services/hedge/setting.ts';
import { suggest } from '../../../main/services/hedge/suggest.ts';
import { loanSetting, problemParts, type LoanDesk } from './loan-desk.ts';

const desk: LoanDesk = {
  loans: [{ id: 'TIGHT', eth: 1000, usdc: 1_340_000 }],
  poolLoans: [
    { id: 'EASY', eth: 3000, usdc: 500_000 },
    { id: 'CLOSE', eth: 1000, usdc: 1_420_000 },
  ],
  perpetual: { cash: 900_000, eth: -700 },
  cash: 60_000,
  reserveEth: 600_000,
};

let setting: Setting;
let parts: ProblemParts;
let built: BuiltProblem;

beforeAll(async () => {
  setting = loanSetting(desk);
  parts = await problemParts(setting);
  built = buildProblem(parts);
});

/** Excess of every account in every retained scenario, account by account, by evaluating it. */
function excessOf(packed: PackedBook): Float64Array[] {
  const measures = makeAccountMeasures(packed.accounts.count);
  const excess = Array.from({ length: packed.accounts.count }, () => new Float64Array(parts.retained.scenarios));
  for (let s = 0; s < parts.retained.scenarios; s += 1) {
    evaluateAccounts(packed, finalState(parts.retained, s), measures);
    excess.forEach((own, account) => own.set([measures.excessUsd[account] ?? Number.NaN], s));
  }
  return excess;
}

const nameOf = ({ kind, subject }: { readonly kind: string; readonly subject: number }): string =>
  `${kind} ${kind === 'depegged' ? (setting.pack.assetIds[subject] ?? '') : (setting.pack.venueIds[subject] ?? '')}`;

describe('limits in states in which hedges are lost', () => {
  test('there is one where a state takes something or stops something, and none where it does not', () => {
    const found = built.limits.flatMap(({ account, state }) =>
      state === null ? [] : [`${setting.pack.accountIds[account] ?? ''} ${nameOf(state)}`],
    );
    // Dollars of the exchange may go to every loan, and back to itself by way of custody; its own account has the short and the dollars.
    expect(found.toSorted()).toEqual([
      'CLOSE depegged USDC',
      'CLOSE frozen exchange',
      'EASY frozen exchange',
      'PRP deleveraged exchange',
      'PRP depegged USDC',
      'PRP frozen exchange',
      'TIGHT frozen exchange',
    ]);
  });

  test('without states the problem is the one it was, and with them every other limit is', () => {
    const without = buildProblem({ ...parts, survival: null });
    const kept = built.limits.flatMap(({ kind }, index) => (kind === 'inState' ? [] : [index]));
    expect(without.limits).toEqual(kept.map((index) => built.limits[index]));
    expect(without.problem.accounts).toEqual(kept.map((index) => built.problem.accounts[index]));
    built.problem.decisions.forEach(({ excess }, decision) => {
      const others = excess.flatMap(({ account, effectUsd }) =>
        kept.includes(account) ? [{ account: kept.indexOf(account), effectUsd }] : [],
      );
      expect(without.problem.decisions[decision]?.excess).toEqual(others);
    });
  });

  test('a deleveraged short loses its gain beyond the quiet move, and a depegged coin its share of what is held and gained', () => {
    const { packed } = parts;
    const account = setting.pack.accountIds.indexOf('PRP');
    const alive = excessOf(packed)[account] ?? new Float64Array(0);
    const price = (s: number): number =>
      (parts.retained.priceUsd[s * parts.retained.assets + (packed.drivers[0] ?? 0)] ?? Number.NaN) / 2000 - 1;
    for (const { account: own, state, kind } of built.limits) {
      if (kind !== 'inState' || own !== account || state === null || state.kind === 'frozen') continue;
      const excess = built.problem.accounts[built.limits.findIndex((each) => each.account === own && each.state === state)]?.excessUsd;
      excess?.forEach((usd, s) => {
        const gainUsd = Math.max(0, -price(s) * 700 * 2000);
        const beyondQuiet = Math.max(0, 1 - (parts.survival?.quietMove ?? 0) / Math.abs(price(s) || 1));
        const lostUsd = state.kind === 'depegged' ? 0.1 * (900_000 + gainUsd) : gainUsd * beyondQuiet;
        if (Number.isFinite(usd)) expect(Math.abs(usd - ((alive[s] ?? 0) - lostUsd))).toBeLessThan(1);
        else expect(lostUsd).toBeLessThan(1e-6);
      });
    }
  });

  test('what an action does to an account in a state is what the account comes to in it with the action done', () => {
    const { packed } = parts;
    const amount = 1e-3;
    const before = excessOf(packed);
    const context = stateContext(packed, parts.retained, parts.survival);
    if (context === null) throw new Error('no states');
    let compared = 0;
    setting.candidates.forEach((candidate, index) => {
      const done = withQuantities(packed, quantitiesAfter(packed, [{ ...candidate, gasUsd: 0 }], [amount]));
      const after = excessOf(done);
      built.limits.forEach(({ account, state }, at) => {
        if (state === null || state.kind === 'frozen') return;
        const effect = built.problem.decisions[index]?.excess.find((each) => each.account === at)?.effectUsd;
        const was = excessInState(context, { account, state }, before[account] ?? new Float64Array(0));
        const is = excessInState({ ...context, packed: done }, { account, state }, after[account] ?? new Float64Array(0));
        for (const s of [0, 1, 2, parts.retained.scenarios - 1]) {
          const freed = candidate.changes.reduce((sum, { row, units }) => {
            const isOwnDebt = packed.positions.kind[row] === 1 && packed.positions.account[row] === account;
            return isOwnDebt
              ? sum + hedgeAssumptions.bufferShareOfRequirement * units * (packed.initial.priceUsd[packed.positions.asset[row] ?? 0] ?? 0)
              : sum;
          }, 0);
          const changeUsd = ((is[s] ?? Number.NaN) - (was[s] ?? Number.NaN)) / amount;
          expect(Math.abs((effect?.[s] ?? 0) - freed - changeUsd)).toBeLessThanOrEqual(1e-3 * candidate.notionalUsd);
          compared += 1;
        }
      });
    });
    expect(compared).toBeGreaterThan(100);
  });

  test('what comes from a venue that is halted never helps, and everything else does as ever', () => {
    built.limits.forEach(({ account, state }, at) => {
      if (state?.kind !== 'frozen') return;
      const alive = built.limits.findIndex((each) => each.account === account && each.kind === 'alive');
      setting.candidates.forEach((candidate, index) => {
        const effectOf = (limit: number) => built.problem.decisions[index]?.excess.find((each) => each.account === limit)?.effectUsd;
        const whole = effectOf(alive);
        if (whole === undefined) return;
        const isFrom = candidate.payer.accountId === 'PRP' || (candidate.waitsFor ?? []).includes(setting.pack.accountIds.indexOf('PRP'));
        const stops = isFrom && candidate.target.accountId !== candidate.payer.accountId;
        expect(effectOf(at)).toEqual(stops ? whole.map((usd) => Math.min(0, usd)) : whole);
      });
    });
  });
});

async function suggested(own: Setting) {
  const found = await suggest(own, { budgetUsd: null, timeLimitMs: 600_000, elapsedMs: () => 0 });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value.result;
}

describe('what is told of an account that a state would take', () => {
  /** Alive at the reference shock by some ten thousand dollars, not with a tenth of its cash gone. */
  const close: LoanDesk = { ...desk, loans: [], poolLoans: [], perpetual: { cash: 300_000, eth: 700 }, cash: 0 };

  test('an impossible state makes nothing infeasible, and says who falls in which state and by how much', async () => {
    const bare = within(loanSetting(close), { excludeKinds: ['trade'] });
    if (!bare.ok) throw new Error(bare.failure.message);
    const result = await suggested(bare.value);
    expect(result.status).toBe('nothingToDo');
    expect(result.after.fallenAtReference).toEqual([]);
    const [fall] = result.survival?.falls ?? [];
    expect(fall).toMatchObject({ accountId: 'PRP', kind: 'depegged', subject: 'USDC' });
    // 300,000 less 252,000 of loss and 23,000 of requirement, less a tenth of the cash.
    expect(fall?.shortUsd).toBeCloseTo(30_000 - (300_000 - 252_000 - 0.02 * 700 * 1640), -3);
    expect(fall?.text).toMatch(/^PRP holds unless USDC is worth 10 % less: then short by .* USD at /);
  });

  test('where something can be done about it, it is', async () => {
    const result = await suggested(loanSetting(close));
    expect(result.survival?.falls).toEqual([]);
    expect(result.legs.length).toBeGreaterThan(0);
  });

  test('money that a halt would stop is taken from elsewhere where there is any, and otherwise it is told whom it leaves short', async () => {
    const source: LoanDesk = {
      ...desk,
      loans: [{ id: 'LN1', eth: 1000, usdc: 1_400_000 }],
      poolLoans: [],
      perpetual: { cash: 3_000_000, eth: 0 },
      cash: 0,
    };
    const onlyCash = (cash: number): Setting => {
      const limited = within(loanSetting({ ...source, cash }), {
        excludeKinds: ['trade', 'deleverage', 'migrate', 'switchCollateral', 'switchDebt'],
      });
      if (!limited.ok) throw new Error(limited.failure.message);
      return limited.value;
    };
    const poor = await suggested(onlyCash(0));
    expect(poor.survival?.falls?.map(({ text }) => text).join()).toMatch(
      /^LN1 holds unless Exchange halts and what comes from there is stopped: then short by /,
    );
    const rich = await suggested(onlyCash(500_000));
    expect(rich.survival?.falls).toEqual([]);
    expect(rich.legs.find(({ accountId }) => accountId === 'LN1')?.fromAccountId).toBe('CST');
    const some = await suggested(onlyCash(50_000));
    const leg = some.legs.find(({ fromAccountId }) => fromAccountId === 'CST');
    expect(leg?.why).toMatch(/LN1 needs it too if Exchange halts and what comes from there is stopped\.$/);
  });

  test('with nothing taken to go wrong there is nothing to tell', async () => {
    const own = loanSetting(close);
    const result = await suggested({ ...own, survival: null });
    expect(result.survival).toBeNull();
  });
});

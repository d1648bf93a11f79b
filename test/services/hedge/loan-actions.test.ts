import { describe, expect, test } from 'vitest';
import type { HedgeLegKind } from '../../../main/contract/hedge-limits.ts';
import { hedgeLegKind } from '../../../main/contract/hedge-limits.ts';
import { worstFallUsd } from '../../../main/engine/hedge/table-figures.ts';
import { within } from '../../../main/services/hedge/limits/limits.ts';
import { runCascades } from '../../../main/services/hedge/setting.ts';
import { suggest } from '../../../main/services/hedge/suggest.ts';
import { loanSetting, type LoanDesk } from './loan-desk.ts';

/** Two loans: one that falls at −18 %, one that could lose half its collateral. No cash anywhere. */
const desk: LoanDesk = {
  loans: [{ id: 'TIGHT', eth: 1000, usdc: 1_340_000 }],
  poolLoans: [{ id: 'EASY', eth: 3000, usdc: 500_000 }],
  cash: 0,
  reserveEth: 2_000_000,
};

async function suggestedWith(kinds: readonly HedgeLegKind[], at: LoanDesk = desk) {
  const limits = { excludeKinds: hedgeLegKind.options.filter((kind) => !kinds.includes(kind)) };
  const setting = within(loanSetting(at), limits);
  if (!setting.ok) throw new Error(setting.failure.message);
  const found = await suggest(setting.value, { budgetUsd: null, timeLimitMs: 600_000, elapsedMs: () => 0 });
  if (!found.ok) throw new Error(found.failure.message);
  const { quantities } = found.value.pass.outcome;
  const retained = await runCascades(setting.value, { shocks: setting.value.shocks.retained, quantities });
  if (!retained.ok) throw new Error(retained.failure.message);
  const worst = worstFallUsd(retained.value);
  return {
    result: found.value.result,
    falls: setting.value.pack.accountIds.filter((_, account) => Number.isFinite(worst[account])),
    units: (accountId: string, instrumentId: string) => {
      const { accountIds, instruments, packed } = setting.value.pack;
      const row = instruments.findIndex(
        (each, p) => each.id === instrumentId && accountIds[packed.positions.account[p] ?? -1] === accountId,
      );
      return quantities[row] ?? Number.NaN;
    },
  };
}

describe('each action on a loan keeps the account alive by itself', () => {
  test('collateral is sold to repay', async () => {
    const { result, falls } = await suggestedWith(['deleverage']);
    expect(falls).toEqual([]);
    expect(result.legs[0]?.title).toMatch(/^Repay [\d,]+ USDC on TIGHT out of its ETH$/);
    expect(result.savedAccountIds).toEqual(['TIGHT']);
  });

  test('collateral that another account can spare is withdrawn into custody and added, and the giver holds in every retained scenario', async () => {
    const { result, falls } = await suggestedWith(['withdraw', 'topUp']);
    expect(falls).toEqual([]);
    expect(result.legs.map(({ title }) => title.replaceAll(/[\d.,]+/g, 'N'))).toEqual([
      'Withdraw N ETH from EASY to CST',
      'Add N ETH to TIGHT',
    ]);
    expect(result.legs[0]?.why).toMatch(/^EASY can spare it: with every leg done it still has .* USD above its requirement/);
  });

  test('a loan moves to where its collateral counts for more, with as much collateral as stands behind it', async () => {
    const { result, falls, units } = await suggestedWith(['migrate']);
    expect(falls).toEqual([]);
    const leg = result.legs.find(({ kind }) => kind === 'migrate');
    expect(leg?.title).toMatch(/^Move [\d,]+ USDC of debt and its collateral from TIGHT to EASY$/);
    const moved = 1_340_000 + units('TIGHT', 'borrowed:USDC');
    expect(Number(leg?.carries?.quantity)).toBeCloseTo((moved * 1000) / 1_340_000, 3);
    // The fee of the flash loan and the gas are drawn with the debt.
    expect(-units('EASY', 'borrowed:USDC') - 500_000).toBeCloseTo(moved * (1 + 0.0005) + 3 * 10, -1);
  });

  test('a pool loan that is tight holds dollars instead of ether, or owes ether instead of dollars', async () => {
    const tight: LoanDesk = { ...desk, loans: [], poolLoans: [{ id: 'TIGHT', eth: 1000, usdc: 1_420_000 }] };
    const held = await suggestedWith(['switchCollateral'], tight);
    expect(held.falls).toEqual([]);
    expect(held.result.legs.map(({ title }) => title)).toEqual([expect.stringMatching(/^Hold [\d,]+ USDC on TIGHT instead of ETH$/)]);
    const owed = await suggestedWith(['switchDebt'], tight);
    expect(owed.falls).toEqual([]);
    expect(owed.result.legs.map(({ title }) => title)).toEqual([expect.stringMatching(/^Owe ETH on TIGHT instead of [\d,]+ USDC$/)]);
    expect(owed.units('TIGHT', 'borrowed:ETH')).toBeLessThan(0);
  });
});

describe('what is not done', () => {
  test('nothing is withdrawn where no account needs anything, and it is told', () => {
    const easy: LoanDesk = { ...desk, loans: [] };
    const setting = loanSetting(easy);
    expect(setting.candidates.filter(({ kind }) => kind === 'withdraw')).toEqual([]);
    expect(setting.notConsidered.join('; ')).toMatch(/\d+ actions?: take collateral out though no account needs anything/);
  });

  test('a coin that nobody is known to have idle is not drawn', () => {
    const setting = loanSetting(desk);
    // The isolated market lends dollars only; ether at the pool is recorded.
    const drawn = setting.candidates.filter(({ kind }) => kind === 'switchDebt').map(({ payer }) => payer.instrumentId);
    for (const id of drawn) expect(id).toBe('borrowed:ETH');
  });
});

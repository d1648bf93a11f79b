import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TransferTerms } from '../../main/domain/system.ts';
import { worstFallUsd, type FallTable } from '../../main/engine/hedge/table-figures.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { hedgeBook } from '../../main/services/hedge/hedge-book.ts';
import { runRetained } from '../../main/services/hedge/latency/run-retained.ts';
import { prepareSetting } from '../../main/services/hedge/prepare.ts';
import { runCascades } from '../../main/services/hedge/setting.ts';
import { suggest } from '../../main/services/hedge/suggest.ts';
import { deskContents, deskSet, deskSnapshot } from './hedge-desk.ts';
import type { Desk } from './hedge-desk.ts';
import { deskTerms } from './hedge/latency-desk.ts';

const pool = createInlinePool();
const context = { signal: new AbortController().signal, progress: () => undefined };

/** Loans between comfortable and nearly liquidated, a perpetual account, some cash, a thin market, other borrowers. */
const desks: fc.Arbitrary<Desk> = fc.record({
  loans: fc
    .array(fc.record({ eth: fc.integer({ min: 100, max: 3000 }), use: fc.double({ min: 0.4, max: 0.95, noNaN: true }) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((loans) => loans.map(({ eth, use }, index) => ({ id: `LN${index + 1}`, eth, usdc: Math.round(eth * 2000 * 0.8 * use) }))),
  perpetual: fc.record({ cash: fc.integer({ min: 300_000, max: 3_000_000 }), eth: fc.integer({ min: -1500, max: 1500 }) }),
  cash: fc.integer({ min: 0, max: 1_500_000 }),
  reserveEth: fc.integer({ min: 20_000, max: 2_000_000 }),
  crowd: fc
    .array(fc.record({ eth: fc.integer({ min: 100, max: 5000 }), use: fc.double({ min: 0.7, max: 0.99, noNaN: true }) }), { maxLength: 6 })
    .map((crowd) => crowd.map(({ eth, use }) => ({ eth, usdc: Math.round(eth * 2000 * 0.8 * use) }))),
});

async function outcomeOf(desk: Desk, transferTerms?: TransferTerms) {
  const set = { ...deskSet };
  const prepared = prepareSetting(hedgeBook(deskContents(desk), deskSnapshot(desk), set), {
    confidence: set.confidence,
    pool,
    context,
    transferTerms,
  });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const setting = prepared.value;
  const found = await suggest(setting, { budgetUsd: null, timeLimitMs: 60_000, elapsedMs: () => 0 });
  if (!found.ok) throw new Error(found.failure.message);
  const shocks = setting.shocks.retained;
  const before = await runCascades(setting, { shocks });
  const after = await runRetained(setting, found.value.pass.plan);
  if (!before.ok || !after.ok) throw new Error('the cascades failed');
  const fallen = (table: FallTable) => setting.pack.accountIds.filter((_, account) => Number.isFinite(worstFallUsd(table)[account]));
  return {
    setting,
    result: found.value.result,
    quantities: found.value.pass.outcome.quantities,
    before: fallen(before.value),
    after: fallen(after.value),
  };
}

describe('no suggestion makes an account fall that held in every retained scenario, and a feasible one leaves none falling', () => {
  const neverFalls = (terms?: TransferTerms): Promise<void> =>
    fc.assert(
      fc.asyncProperty(desks, async (desk) => {
        const { result, before, after } = await outcomeOf(desk, terms);
        expect(after.filter((id) => !before.includes(id))).toEqual([]);
        if (result.status === 'optimal' || result.status === 'feasible') expect(after).toEqual([]);
      }),
      { seed: 5, numRuns: 40 },
    );

  test('where everything arrives before the shock', () => neverFalls());

  test('where each scenario is met with what has arrived by then', () => neverFalls(deskTerms()));
});

test('no suggestion spends cash that is not there, and every leg is a whole multiple of its lot', async () => {
  await fc.assert(
    fc.asyncProperty(desks, async (desk) => {
      const { setting, result, quantities } = await outcomeOf(desk);
      const cash = setting.pack.positionIndex.get('CST/spot:USDC') ?? -1;
      // Gas is paid on top; it is not worth a limit of its own.
      const gasUsd = result.legs.length * 2 * setting.book.set.gasUsd;
      expect(quantities[cash]).toBeGreaterThanOrEqual(-gasUsd - 1);
      for (const leg of result.legs) {
        if (leg.kind !== 'trade') continue;
        expect(Math.abs(Number(leg.quantity) * 100 - Math.round(Number(leg.quantity) * 100))).toBeLessThan(1e-9);
      }
    }),
    { seed: 9, numRuns: 20 },
  );
});

test('the program and the full cascade see the same loss when nobody falls any more', async () => {
  await fc.assert(
    fc.asyncProperty(desks, async (desk) => {
      const { result, after } = await outcomeOf(desk);
      if (after.length > 0 || result.after.anyLiquidationFraction > 0) return;
      expect(Math.abs(result.recheck.gapFraction)).toBeLessThan(0.02);
    }),
    { seed: 13, numRuns: 30, endOnFailure: true },
  );
});

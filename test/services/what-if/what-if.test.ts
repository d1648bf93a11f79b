import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBook } from '../../../main/book/book-file.ts';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { CallContext } from '../../../main/contract/contract.ts';
import type { WhatIf, WhatIfEdit, WhatIfQuick } from '../../../main/contract/what-if.ts';
import type { Result } from '../../../main/domain/failure.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { analyseOpenBook } from '../../../main/services/analysis.ts';
import { createHedgeServices } from '../../../main/services/hedge.ts';
import { createSession } from '../../../main/services/session.ts';
import { createWhatIfServices } from '../../../main/services/what-if.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';
import { deskContents, deskSet, deskSnapshot, type Desk } from '../hedge-desk.ts';

const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
const pool = createInlinePool();
const whatIf = createWhatIfServices(session, pool);
const context: CallContext = { signal: new AbortController().signal, progress: () => undefined, runId: 'test' };
const desk: Desk = {
  loans: [{ id: 'L', eth: 1000, usdc: 1_250_000 }],
  perpetual: { cash: 500_000, eth: -100 },
  cash: 600_000,
  reserveEth: 20_000,
  crowd: [{ eth: 3000, usdc: 4_000_000 }],
};
const otherPath = join(folder.path, 'other.interlock');

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
};
const reasonOf = (result: Result<unknown>): string => (result.ok ? 'no failure' : result.failure.reason);
const start = async (base: 'live' | 'blank' = 'live'): Promise<WhatIf> =>
  valueOf(await whatIf['whatIf.start']({ base, name: 'Trial' }, context));
const edit = (id: string, wish: WhatIfEdit) => whatIf['whatIf.edit']({ id, edit: wish }, context);
const quick = async (id: string): Promise<WhatIfQuick> => valueOf(await whatIf['whatIf.quick']({ id }, context));
const analyse = async (id: string): Promise<AnalysisResult> => valueOf(await whatIf['whatIf.analyse']({ id }, context));
const discard = async (id: string): Promise<unknown> => valueOf(await whatIf['whatIf.discard']({ id }, context));

/** A result without what tells two equal runs apart, and without the digest, which names the book file. */
const figures = ({ elapsedMs: _, inputsDigest: __, ...rest }: AnalysisResult): unknown => rest;

function seedOf(contents: ReturnType<typeof deskContents>): Parameters<typeof createBook>[1] {
  return { contents, snapshot: deskSnapshot(desk), scenarioSets: [deskSet], activeScenarioSetId: deskSet.id, notes: [] };
}

beforeAll(() => {
  valueOf(session.create(join(folder.path, 'desk.interlock'), seedOf(deskContents(desk)) as never));
  const other = deskContents({ ...desk, loans: [{ id: 'L', eth: 7, usdc: 900.5 }], perpetual: { cash: 11, eth: -3 }, cash: 5 });
  valueOf(createBook(otherPath, seedOf(other))).close();
});

afterAll(() => {
  session.close();
  folder.remove();
});

describe('a hypothetical book', () => {
  test('without edits gives the live analysis, figure by figure', async () => {
    const { id } = await start();
    const live = valueOf(await analyseOpenBook({ session, pool, input: {}, context }));
    expect(figures(await analyse(id))).toEqual(figures(live));
    expect(await quick(id)).toMatchObject({ equityUsd: live.totals.equityUsd, requirementUsd: live.totals.requirementUsd });
    await discard(id);
  });

  test('never touches the book file', async () => {
    const before = valueOf(session.book()).digest();
    const { id } = await start();
    valueOf(await edit(id, { kind: 'setPosition', accountId: 'CST', instrumentId: 'spot:USDC', quantity: '0' }));
    expect([valueOf(session.book()).digest(), valueOf(session.book()).info().canUndo]).toEqual([before, false]);
    await discard(id);
  });

  test('from blank has the accounts and no positions', async () => {
    const { id } = await start('blank');
    expect(await quick(id)).toMatchObject({ equityUsd: 0, requirementUsd: 0 });
    await discard(id);
  });

  test('re-prices at once, and the full analysis says the same of what both know', async () => {
    const { id } = await start();
    const answer = valueOf(await edit(id, { kind: 'trade', accountId: 'PRP', instrumentId: 'exchange:ETH', quantity: '40' }));
    const full = await analyse(id);
    expect(answer.quick.equityUsd).toBeCloseTo(full.totals.equityUsd, 6);
    for (const account of answer.quick.accounts) {
      const same = full.accounts.find((each) => each.accountId === account.accountId);
      expect(account.excessUsd ?? same?.excessUsd).toEqual(same?.excessUsd);
    }
    await discard(id);
  });

  test('with a book added and subtracted again is as it was, to the last bit', async () => {
    const { id } = await start();
    const before = [await quick(id), figures(await analyse(id))];
    valueOf(await edit(id, { kind: 'bookFile', path: otherPath, sign: 1 }));
    expect(await quick(id)).not.toEqual(before[0]);
    valueOf(await edit(id, { kind: 'bookFile', path: otherPath, sign: -1 }));
    expect([await quick(id), figures(await analyse(id))]).toEqual(before);
    await discard(id);
  });

  test('undoes edits one by one, back to where it was', async () => {
    const { id } = await start();
    const states = [await quick(id)];
    const wishes: WhatIfEdit[] = [
      { kind: 'trade', accountId: 'PRP', instrumentId: 'exchange:ETH', quantity: '-20' },
      { kind: 'movePrice', assetId: 'ETH', move: -0.1 },
      { kind: 'bookFile', path: otherPath, sign: 1 },
    ];
    for (const wish of wishes) states.push(valueOf(await edit(id, wish)).quick);
    for (const former of states.slice(0, -1).toReversed())
      expect(valueOf(await whatIf['whatIf.undo']({ id }, context)).quick).toEqual(former);
    expect(reasonOf(await whatIf['whatIf.undo']({ id }, context))).toBe('notFound');
    await discard(id);
  });

  test('does not depend on the order of edits that have nothing to do with each other', async () => {
    const wishes: WhatIfEdit[] = [
      { kind: 'setPosition', accountId: 'L', instrumentId: 'supplied:ETH', quantity: '900.25' },
      { kind: 'setPosition', accountId: 'CST', instrumentId: 'spot:USDC', quantity: '123.45' },
      { kind: 'trade', accountId: 'PRP', instrumentId: 'exchange:ETH', quantity: '12.34' },
      { kind: 'movePrice', assetId: 'ETH', move: -0.07 },
      { kind: 'movePrice', assetId: 'ETH', move: 0.031 },
    ];
    const valued = async (order: readonly WhatIfEdit[]): Promise<WhatIfQuick> => {
      const { id } = await start();
      for (const wish of order) valueOf(await edit(id, wish));
      const values = await quick(id);
      await discard(id);
      return values;
    };
    const expected = await valued(wishes);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(wishes, { minLength: wishes.length }), async (order) => {
        expect(await valued(order)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  test('moves a price as the market would: equity follows the net holding', async () => {
    const { id } = await start();
    const before = await quick(id);
    const after = valueOf(await edit(id, { kind: 'movePrice', assetId: 'ETH', move: -0.1 })).quick;
    // 1,000 ETH supplied less 100 short, 200 dollars each.
    expect(after.equityUsd - before.equityUsd).toBeCloseTo(-900 * 200, 4);
    await discard(id);
  });

  test('refuses what does not fit by name and stays as it was', async () => {
    const { id } = await start();
    const before = await quick(id);
    const tried = [
      await edit(id, { kind: 'setPosition', accountId: 'none', instrumentId: 'spot:USDC', quantity: '1' }),
      await edit(id, { kind: 'setPosition', accountId: 'L', instrumentId: 'borrowed:USDC', quantity: '1' }),
      await edit(id, { kind: 'trade', accountId: 'L', instrumentId: 'exchange:ETH', quantity: '1' }),
      await edit(id, { kind: 'trade', accountId: 'PRP', instrumentId: 'spot:USDC', quantity: '1' }),
      await edit(id, { kind: 'movePrice', assetId: 'SOL', move: -0.1 }),
      await edit(id, { kind: 'bookFile', path: join(folder.path, 'none.interlock'), sign: 1 }),
      await edit(id, { kind: 'legs', legIds: ['none'] }),
      await edit('none', { kind: 'movePrice', assetId: 'ETH', move: -0.1 }),
    ].map(reasonOf);
    expect(tried).toEqual(['notFound', 'invalidValue', 'conflict', 'unsupported', 'missingPrice', 'notFound', 'notFound', 'notFound']);
    expect(await quick(id)).toEqual(before);
    await discard(id);
  });

  test('carries out the legs of a suggestion and is compared with the live book', async () => {
    const hedge = valueOf(await createHedgeServices(session, pool)['hedge.suggest']({ timeLimitMs: 600_000 }, context));
    expect(hedge.legs.length).toBeGreaterThan(0);
    const { id } = await start();
    valueOf(await edit(id, { kind: 'legs', legIds: hedge.legs.map((leg) => leg.id) }));
    const [live, hedged] = valueOf(await whatIf['whatIf.compare']({ ids: ['live', id] }, context));
    expect(live).toMatchObject({ name: 'Live', costUsd: 0 });
    expect(hedged?.fallenAtReference).toEqual(hedge.after.fallenAtReference);
    expect(hedged?.expectedShortfallUsd).toBeLessThan(live?.expectedShortfallUsd ?? 0);
    expect(hedged?.costUsd).toBeGreaterThan(0);
    await discard(id);
  });
});

describe('what is known of a hypothetical book, for its explanations', () => {
  test('follows every edit at once, its cascades and its cost when they have been run', async () => {
    const { id } = await start();
    const known = () => session.whatIf.get(id);
    const { accountId } = (await quick(id)).accounts[0] ?? expect.fail('the desk has no account');
    expect(known()?.quick?.accounts[0]?.accountId).toBe(accountId);
    await analyse(id);
    expect(known()?.full?.edits).toBe('');
    valueOf(await edit(id, { kind: 'movePrice', assetId: 'ETH', move: -0.1 }));
    expect(known()?.told.edits.map(({ title }) => title)).toHaveLength(1);
    // The cascades are of the book before the edit until they have been run again.
    expect(known()?.full?.edits).toBe('');
    const [column] = valueOf(await whatIf['whatIf.compare']({ ids: [id] }, context));
    expect(known()?.full?.edits).toBe(
      known()
        ?.told.edits.map((each) => each.id)
        .join(' '),
    );
    expect(known()?.cost).toEqual({ costUsd: column?.costUsd, edits: known()?.full?.edits });
    expect(known()?.full?.analysis.distribution.expectedShortfallUsd).toBe(column?.expectedShortfallUsd);
  });
});

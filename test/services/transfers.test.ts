import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallContext } from '../../main/contract/contract.ts';
import { transfersResult, type TransfersResult } from '../../main/contract/transfers.ts';
import { findCircle } from '../../main/engine/contagion/transfers/find-circle.ts';
import { resourcesFolder } from '../../main/hosts/folders.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { createBookServices } from '../../main/services/book.ts';
import { createSession } from '../../main/services/session.ts';
import { createTransfersServices } from '../../main/services/transfers.ts';
import { expectClose } from '../support/expect-close.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
const services = createTransfersServices({ session, pool: createInlinePool(), resourcesFolder });

function context(signal = new AbortController().signal): CallContext {
  return { signal, progress: () => undefined, runId: 'transfers-test' };
}

async function plan(horizonHours: number): Promise<TransfersResult> {
  const answer = await services['transfers.plan']({ horizonHours, bufferFraction: 0.05, recoveryFraction: 0.5 }, context());
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
}

describe('transfers around the demo book', () => {
  let day: TransfersResult;
  let never: TransfersResult;
  beforeAll(async () => {
    const opened = await createBookServices({ session, resourcesFolder, defaultFolder: folder.path })['book.openDemo']({}, context());
    if (!opened.ok) throw new Error(opened.failure.message);
    [day, never] = [await plan(24), await plan(0)];
  }, 120_000);
  afterAll(() => {
    session.close();
    folder.remove();
  });

  test('the answer is what the contract says', () => {
    expect(transfersResult.safeParse(day).error).toBeUndefined();
  });

  test('within a day everything that lacks is covered from the book itself, and nobody falls to below its buffer by it', () => {
    expect(day.funding.siloedUsd).toBeGreaterThan(1e6);
    expect(day.funding.unifiedUsd).toBe(0);
    expect(day.funding.feasibleUsd).toBeLessThan(1);
    for (const row of day.accounts) expect(row.excessPlannedUsd).toBeGreaterThanOrEqual(row.bufferUsd - 1);
    for (const row of day.accounts) expect(row.excessAfterUsd, row.accountId).toBeGreaterThan(0);
    const nearer = day.accounts.filter((row) => Math.abs(row.jointMoveAfter ?? 9) < Math.abs(row.jointMoveBefore ?? 9) - 0.02);
    expect(nearer.map((row) => row.accountId)).toEqual([]);
  });

  test('without time nothing arrives, and what lacks stays lacking', () => {
    expect(never.transfers).toEqual([]);
    expect(never.costUsd).toBe(0);
    expectClose({ actual: never.funding.feasibleUsd, expected: never.funding.siloedUsd, rel: 1e-9, abs: 0.01 });
    for (const row of never.accounts) expect(row.excessAfterUsd).toBe(row.excessBeforeUsd);
  });

  test('a longer horizon never leaves more missing, and at none does anything go in a circle', async () => {
    let before = Infinity;
    for (const hours of [0, 0.5, 1, 3, 24]) {
      const { funding, transfers } = await plan(hours);
      const place = new Map(day.accounts.map(({ accountId }, i) => [accountId, i]));
      const ways = transfers.map((row) => ({ from: place.get(row.fromAccountId) ?? -1, to: place.get(row.toAccountId) ?? -1 }));
      expect(findCircle(ways), `${hours} h`).toEqual([]);
      expect(funding.feasibleUsd).toBeLessThanOrEqual(before + 1);
      before = funding.feasibleUsd;
    }
  }, 120_000);

  test('each token is conserved: what leaves arrives, or changes its form at the stated cost', () => {
    for (const row of day.transfers) {
      expect(row.fromAccountId).not.toBe(row.toAccountId);
      if (row.assetId === row.intoAssetId) expect(row.costUsd).toBeLessThan(100);
      else expectClose({ actual: row.costUsd, expected: 0.0005 * row.valueUsd + 50, rel: 0.2, abs: 20 });
    }
    const left = day.transfers.reduce((sum, row) => sum + row.valueUsd, 0);
    expect(day.limits.reduce((sum, row) => sum + row.usedUsd, 0)).toBeCloseTo(left, 2);
  });

  test('one clearing book asks for less, loans alike, and one default then reaches more', () => {
    expect(day.requirement.unifiedUsd).toBeLessThanOrEqual(day.requirement.siloedUsd);
    for (const row of day.requirement.rows) if (!row.canNet) expect(row.aloneUsd).toBe(row.ruleUsd);
    for (const row of day.unification.rows) expect(row.afterUsd).toBeGreaterThan(row.beforeUsd);
  });

  test('a cancelled plan says so', async () => {
    const answer = await services['transfers.plan'](
      { horizonHours: 7, bufferFraction: 0.05, recoveryFraction: 0.5 },
      context(AbortSignal.abort()),
    );
    expect(answer).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  });
});

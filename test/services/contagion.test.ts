import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureModel, failureResult, type FailureResult } from '../../main/contract/contagion.ts';
import type { CallContext } from '../../main/contract/contract.ts';
import { resourcesFolder } from '../../main/hosts/folders.ts';
import { readSystem, systemProblem } from '../../main/market/system-file.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { createBookServices } from '../../main/services/book.ts';
import { createContagionServices } from '../../main/services/contagion.ts';
import { createSession } from '../../main/services/session.ts';
import { expectClose } from '../support/expect-close.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
const services = createContagionServices({ session, pool: createInlinePool(), resourcesFolder });

function context(signal = new AbortController().signal): CallContext {
  return { signal, progress: () => undefined, runId: 'contagion-test' };
}

async function fail(nodeId: string, recoveryFraction = 0.5): Promise<FailureResult> {
  const answer = await services['contagion.failure']({ nodeId, recoveryFraction }, context());
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
}

function lossOf(result: FailureResult, id: string): number {
  const loss = result.models.find((model) => model.id === id)?.lossUsd.high;
  return typeof loss === 'number' ? loss : NaN;
}

describe('a failure around the demo book', () => {
  beforeAll(async () => {
    const opened = await createBookServices({ session, resourcesFolder, defaultFolder: folder.path })['book.openDemo']({}, context());
    if (!opened.ok) throw new Error(opened.failure.message);
  });
  afterAll(() => {
    session.close();
    folder.remove();
  });

  test('the answer is what the contract says, and every model is told of every account', async () => {
    const result = await fail('lido');
    expect(failureResult.safeParse(result).error).toBeUndefined();
    for (const row of result.accounts) expect(Object.keys(row.lossUsd)).toEqual(failureModel.options);
  });

  test('accounts add up to the book in every model', async () => {
    for (const node of ['lido', 'circle', 'binance']) {
      const result = await fail(node);
      for (const { id } of result.models) {
        const sum = result.accounts.reduce(
          (total, { lossUsd }) => total + (typeof lossUsd[id].high === 'number' ? lossUsd[id].high : NaN),
          0,
        );
        // Ends of an interval may belong to different accounts only where the milder end costs more, which these do not.
        expectClose({ actual: sum, expected: lossOf(result, id), rel: 1e-9, abs: 1, inputs: { node, id } });
      }
    }
  });

  test('an exchange takes what is not recovered of the equity there, and its contracts with it', async () => {
    const result = await fail('binance', 0.4);
    const account = result.accounts.find((row) => row.accountId === 'BIN-USDM');
    expectClose({ actual: lossOf(result, 'direct'), expected: 0.6 * (account?.equityUsd ?? NaN), rel: 1e-9, abs: 0 });
    const ether = result.exposures.find((row) => row.assetId === 'ETH');
    expect((ether?.afterUsd ?? NaN) - (ether?.beforeUsd ?? NaN)).toBeGreaterThan(4e6);
  });

  test('a borrower loses its collateral first: half of a pool’s collateral takes all equity of a loan above half its value', async () => {
    const loop = (await fail('aave')).accounts.find((row) => row.accountId === 'AAV-LOOP');
    expect(loop?.lossUsd.direct.high).toBe(loop?.equityUsd);
  });

  test('a staked token reaches what is backed by it once, and its borrowers reach their lender', async () => {
    const result = await fail('lido');
    const clearing = result.models.find((model) => model.id === 'eisenbergNoe');
    expect(clearing?.hurt.map(({ id }) => id)).toContain('aave');
    expect(lossOf(result, 'eisenbergNoe')).toBeGreaterThan(lossOf(result, 'direct'));
    const spare = result.accounts.find((row) => row.accountId === 'CST-1');
    // 400,000 shares of KEEL with 0.000156 wstETH each, of which half is gone.
    const expected = 400_000 * 0.000156 * 1.2238 * 1880.0181 * 0.5 * (1.03 / 1.0389);
    expectClose({ actual: typeof spare?.lossUsd.direct.high === 'number' ? spare.lossUsd.direct.high : NaN, expected, rel: 2e-3, abs: 0 });
  });

  test('more recovery never costs more, by any model', async () => {
    for (const node of ['lido', 'deribit', 'circle', 'maker']) {
      const [poor, rich] = [await fail(node, 0.2), await fail(node, 0.7)];
      for (const { id } of poor.models) expect(lossOf(rich, id)).toBeLessThanOrEqual(lossOf(poor, id) + 1);
    }
  });

  test('without a name the costliest fails, and an unknown name is refused with those that are known', async () => {
    const answer = await services['contagion.failure']({ recoveryFraction: 0.5 }, context());
    expect(answer.ok && answer.value.nodeId).toBe(answer.ok && answer.value.nodes[0]?.id);
    const unknown = await services['contagion.failure']({ nodeId: 'nobody', recoveryFraction: 0.5 }, context());
    expect(unknown).toMatchObject({ ok: false, failure: { reason: 'notFound' } });
    expect(!unknown.ok && unknown.failure.remedy).toContain('binance');
  });

  test('a cancelled failure says so', async () => {
    const answer = await services['contagion.failure']({ nodeId: 'maker', recoveryFraction: 0.123 }, context(AbortSignal.abort()));
    expect(answer).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  });
});

describe('the recorded system', () => {
  test('is consistent, and names what is assumed', () => {
    const system = readSystem(resourcesFolder);
    if (!system.ok) throw new Error(system.failure.message);
    for (const each of [...system.value.institutions, ...system.value.claims]) {
      if (each.isAssumed) expect(each.source).toMatch(/assumed/);
    }
    for (const { id, capitalUsd, obligationsUsd } of system.value.institutions) {
      const held = system.value.claims.filter((claim) => claim.creditorId === id).reduce((sum, { amountUsd }) => sum + amountUsd.high, 0);
      expect(held, id).toBeLessThanOrEqual(obligationsUsd.low + capitalUsd.low);
    }
    expect(
      systemProblem(
        { ...system.value, claims: [{ creditorId: 'x', debtorId: 'tether', amountUsd: { low: 0, high: 1 }, source: '', isAssumed: true }] },
        'f',
      ),
    ).toMatchObject({ ok: false });
  });
});

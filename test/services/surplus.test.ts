import { beforeAll, describe, expect, test } from 'vitest';
import { partitionResult as partitionSchema, type PartitionBy, type PartitionResult } from '../../main/contract/surplus.ts';
import type { Result } from '../../main/domain/failure.ts';
import type { Note } from '../../main/domain/note.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { runCascadeOnly, type AnalysisInputs } from '../../main/services/analysis/engine-run.ts';
import { packBook } from '../../main/services/pack.ts';
import { partitionBook, type PartitionWish } from '../../main/services/surplus/partition.ts';
import { partitionResult } from '../../main/services/surplus/partition-result.ts';
import { runCalm, runPartition } from '../../main/services/surplus/run-partition.ts';
import { expectClose } from '../support/expect-close.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const scenarioSet = sampleScenarioSet();
const inputs: AnalysisInputs = {
  contents: sampleContents(),
  snapshot: sampleSnapshot(),
  scenarioSet,
  shock: scenarioSet.reference,
  assumptions: scenarioSet.cascade,
};
const context = { signal: new AbortController().signal, progress: (): void => undefined };
const pool = createInlinePool();
const note = (subjectId: string, text: string): Note => ({
  id: subjectId,
  subjectKind: 'account',
  subjectId,
  text,
  writtenAt: '2026-01-01T00:00:00Z',
});

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function cut(wish: Partial<PartitionWish> & { by: PartitionBy }, given: AnalysisInputs = inputs): Promise<PartitionResult> {
  const pack = valueOf(packBook(given.contents, given.snapshot, given.scenarioSet));
  const full = { crowd: 'withBlocks' as const, ...wish };
  const blocks = valueOf(partitionBook({ contents: given.contents, notes: [], pack }, full));
  const work = { inputs: given, pack, blocks, seed: 7, pool, context };
  const engine = { run: valueOf(await runPartition(work)), calmLosses: valueOf(await runCalm(work)) };
  return partitionResult(work, engine, { runId: 'test', inputsDigest: '', by: full.by, crowd: full.crowd });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the sample system cut in every way', () => {
  const results = new Map<string, PartitionResult>();
  beforeAll(async () => {
    for (const by of ['venue', 'strategy', 'collateral', 'account'] as const) results.set(by, await cut({ by }));
    results.set('apart', await cut({ by: 'venue', crowd: 'apart' }));
    results.set('custom', await cut({ by: 'custom', groups: [{ name: 'One', accountIds: [inputs.contents.accounts[0]?.id ?? ''] }] }));
  }, 120_000);

  test('answers in the shape of the contract', () => {
    for (const result of results.values()) expect(partitionSchema.safeParse(result).error).toBeUndefined();
  });

  test('every account is in exactly one block, and the joint loss is the same however the book is cut', () => {
    const [first] = results.values();
    for (const result of results.values()) {
      expect(result.blocks.flatMap((block) => block.accountIds).toSorted()).toEqual(
        inputs.contents.accounts.map(({ id }) => id).toSorted(),
      );
      expectClose({ actual: result.jointUsd, expected: first?.jointUsd ?? NaN, rel: 1e-9 });
      expectClose({ actual: result.calm.expectedShortfallUsd, expected: first?.calm.expectedShortfallUsd ?? NaN, rel: 1e-9 });
    }
  });

  test('the joint loss is that of the plain cascade, and a venue alone loses what the analysis says', async () => {
    const plain = valueOf(await runCascadeOnly(inputs, pool, context));
    const { result } = plain.trace;
    const lost = result.shockedEquityUsd.reduce((total, usd, a) => total + usd - (result.equityUsd[a] ?? NaN), 0);
    expectClose({ actual: results.get('venue')?.jointUsd ?? NaN, expected: lost, rel: 1e-9 });
    for (const block of results.get('venue')?.blocks ?? []) {
      const table = plain.venuesAlone[plain.pack.venueIds.indexOf(block.id)];
      const own = block.accountIds.map((id) => plain.pack.accountIds.indexOf(id));
      const alone = sum(own.map((a) => (table?.shockedEquityUsd[a] ?? NaN) - (table?.equityUsd[a] ?? NaN)));
      expectClose({ actual: block.aloneUsd, expected: alone, rel: 1e-9, abs: 1e-6 });
    }
  });

  test('what blocks bear, what they answer for, and their calm shares each add up to the whole', () => {
    for (const { blocks, jointUsd, calm } of results.values()) {
      expectClose({ actual: sum(blocks.map((block) => block.borneUsd)), expected: jointUsd, rel: 1e-9 });
      expectClose({ actual: sum(blocks.map((block) => block.shapleyUsd)), expected: jointUsd, rel: 1e-9 });
      expectClose({ actual: sum(blocks.map((block) => block.eulerUsd)), expected: calm.expectedShortfallUsd, rel: 1e-9 });
    }
  });

  test('expected shortfall without forced selling never grows by putting blocks together', () => {
    for (const { calm } of results.values()) expect(calm.sumOfPartsUsd).toBeGreaterThanOrEqual(calm.expectedShortfallUsd * (1 - 1e-12));
  });

  test('a crowd that stands apart is a block without accounts that loses nothing alone', () => {
    const crowd = results.get('apart')?.blocks.find((block) => block.id === 'crowd');
    expect(crowd).toMatchObject({ accountIds: [], aloneUsd: 0, borneUsd: 0, crowdAccounts: 120 });
  });
});

test('a coupled book is told as coupled, and nobody forced to sell as calm', async () => {
  const deep = await cut({ by: 'venue' }, { ...inputs, shock: { moves: { ETH: -0.3, BTC: -0.2 }, volatilityShift: 0.3 } });
  expect(deep.surplusUsd).toBeGreaterThan(0);
  expect(deep.headline).toMatch(/coupled in drawdown$/);
  const still = await cut({ by: 'venue' }, { ...inputs, shock: { moves: {}, volatilityShift: 0 } });
  expect(still.verdict).toBe('calm');
  expect(still.ratio).toMatchObject({ reason: 'unsupported' });
});

test('with endless depth and no lending claims nothing couples: no surplus', async () => {
  const snapshot = { ...inputs.snapshot, depth: inputs.snapshot.depth.map((market) => ({ ...market, reserveQuantity: 1e18 })) };
  const result = await cut({ by: 'account' }, { ...inputs, snapshot });
  expect(Math.abs(result.surplusUsd)).toBeLessThan(1e-6 * Math.max(1, result.jointUsd));
});

test('more than twelve blocks are sampled: shares still sum to the joint loss and carry an error', async () => {
  const { accounts, positions } = inputs.contents;
  const twins = accounts.flatMap((account) => [0, 1, 2].map((i) => ({ ...account, id: `${account.id}-${i}`, parentId: null })));
  const theirs = positions.flatMap((position) =>
    [0, 1, 2].map((i) => ({ ...position, id: `${position.id}-${i}`, accountId: `${position.accountId}-${i}` })),
  );
  const result = await cut(
    { by: 'account' },
    { ...inputs, contents: { ...inputs.contents, accounts: twins, positions: theirs, pledges: [] } },
  );
  expect(result.shapley.method).toBe('sampled');
  expectClose({ actual: sum(result.blocks.map((block) => block.shapleyUsd)), expected: result.jointUsd, rel: 1e-9 });
  for (const block of result.blocks) {
    expect(block.standardErrorUsd).not.toBeNull();
    const twin = result.blocks.find((each) => each.id === `${block.id.slice(0, -1)}0`);
    const error = Math.hypot(block.standardErrorUsd ?? NaN, twin?.standardErrorUsd ?? NaN);
    expect(Math.abs(block.shapleyUsd - (twin?.shapleyUsd ?? NaN)), block.id).toBeLessThanOrEqual(4 * error + 1e-6);
  }
}, 120_000);

test('a note names a strategy, also for sub-accounts; a wrong group is a named failure', () => {
  const pack = valueOf(packBook(inputs.contents, inputs.snapshot, scenarioSet));
  const [first, second] = inputs.contents.accounts;
  const contents = {
    ...inputs.contents,
    accounts: inputs.contents.accounts.map((account) =>
      account.id === second?.id ? { ...account, parentId: first?.id ?? null } : account,
    ),
  };
  const notes = [note(first?.id ?? '', 'Watch it.\nStrategy: basis trade')];
  const blocks = valueOf(partitionBook({ contents, notes, pack }, { by: 'strategy', crowd: 'withBlocks' }));
  expect(blocks.find((block) => block.name === 'basis trade')?.accounts).toEqual([0, 1]);
  const custom = (groups: PartitionWish['groups']): unknown =>
    partitionBook({ contents, notes: [], pack }, { by: 'custom', crowd: 'withBlocks', groups });
  expect(custom([{ name: 'A', accountIds: ['nobody'] }])).toMatchObject({ ok: false, failure: { reason: 'notFound' } });
  expect(custom([])).toMatchObject({ ok: false, failure: { reason: 'usage' } });
  const id = first?.id ?? '';
  expect(
    custom([
      { name: 'A', accountIds: [id] },
      { name: 'B', accountIds: [id] },
    ]),
  ).toMatchObject({ ok: false, failure: { reason: 'usage' } });
});

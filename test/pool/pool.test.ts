import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { Result } from '../../main/domain/failure.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { createPool } from '../../main/pool/pool.ts';
import type { Pool } from '../../main/pool/pool-types.ts';
import { runScenarios, type ScenarioTable } from '../../main/services/scenarios.ts';
import { programFolder } from '../../main/hosts/folders.ts';
import { ensureBuilt } from '../support/built-program.ts';
import { sampleRequest } from '../support/sample-system.ts';

const workerUrl = new URL('../../main/pool/worker.ts', import.meta.url);
const quiet = { signal: new AbortController().signal, progress: (): void => undefined };
const pools: Pool[] = [];

function startPool(workers: number): Pool {
  const pool = createPool({ workerUrl, workers });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function messageOf(result: Result<unknown>): string {
  return result.ok ? 'no failure' : result.failure.message;
}

async function tableFrom(pool: Pool): Promise<ScenarioTable> {
  const result = await runScenarios({ ...sampleRequest(90), withUnitValues: true }, pool, quiet);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

test('the same bits come from 1, 2 and 8 workers and from no thread at all', async () => {
  const inline = await tableFrom(createInlinePool());
  for (const workers of [1, 2, 8]) expect(await tableFrom(startPool(workers))).toEqual(inline);
  expect(inline.fallenRound.some((round) => round > 0)).toBe(true);
});

test(
  'the built worker, whose options are revalued by the compiled kernel, gives the bits of the sources',
  { timeout: 240_000 },
  async () => {
    await ensureBuilt();
    const folder = join(programFolder, 'out/main');
    expect(existsSync(join(folder, 'option-kernel-strict.wasm')) && existsSync(join(folder, 'option-kernel-relaxed.wasm'))).toBe(true);
    const built = createPool({ workerUrl: pathToFileURL(join(folder, 'worker.js')), workers: 2 });
    pools.push(built);
    const table = await tableFrom(built);
    expect(table).toEqual(await tableFrom(createInlinePool()));
    expect(table.unitValueUsd.some((value) => value > 0)).toBe(true);
  },
);

test('a thread that is started ahead does the first work, and one that gets none is ended with the pool', async () => {
  const inline = await tableFrom(createInlinePool());
  const [used, unused] = [0, 1].map(() => createPool({ workerUrl, workers: 2, startsAhead: true }));
  if (used === undefined || unused === undefined) throw new Error('two pools were asked for');
  pools.push(used, unused);
  expect(await tableFrom(used)).toEqual(inline);
  await unused.close();
});

test('a worker that dies fails its job with a reason within a second, and the pool stays whole', { timeout: 5000 }, async () => {
  const pool = createPool({ workerUrl: new URL('./dying-worker.ts', import.meta.url), workers: 2 });
  pools.push(pool);
  await tableFrom(pool);
  const died = await pool.run({ name: 'scenarios', inputs: [{ exit: true } as never] }, quiet.signal);
  expect(messageOf(died)).toBe('a worker thread ended while running scenarios: exit code 3');
  expect(await tableFrom(pool)).toEqual(await tableFrom(createInlinePool()));
});

test('a thread that runs out of memory fails its job and is replaced', async () => {
  const pool = createPool({ workerUrl, workers: 1, resourceLimits: { maxOldGenerationSizeMb: 12 } });
  pools.push(pool);
  const huge = { packedId: 'none', quantities: null, values: Array.from({ length: 2_000_000 }, (_, i) => ({ i })) };
  const first = await pool.run({ name: 'value', inputs: [huge as never] }, quiet.signal);
  expect(first).toMatchObject({ ok: false, failure: { reason: 'internal' } });
  const second = await pool.run({ name: 'value', inputs: [{ packedId: 'unknown', quantities: null }] }, quiet.signal);
  expect(messageOf(second)).toContain('unknown was not shared');
});

test('cancelling stops before the next part and says how far it came', async () => {
  const pool = startPool(1);
  const cancel = new AbortController();
  const request = sampleRequest(2000);
  const result = await runScenarios(request, pool, { signal: cancel.signal, progress: (_, done) => done >= 2 && cancel.abort() });
  expect(result).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  expect(await tableFrom(pool)).toEqual(await tableFrom(createInlinePool()));
});

test('a run that was cancelled before it started starts nothing', async () => {
  const result = await runScenarios(sampleRequest(10), startPool(1), { signal: AbortSignal.abort(), progress: () => undefined });
  expect(result).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
});

test('closing settles what is under way and refuses what comes after', async () => {
  const pool = startPool(1);
  const running = runScenarios(sampleRequest(2000), pool, quiet);
  await pool.close();
  expect(await running).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  expect(await runScenarios(sampleRequest(10), pool, quiet)).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
});

test('a worker that cannot be started is named, once for each run that asked for it', async () => {
  const pool = createPool({ workerUrl: new URL('./no-such-worker.ts', import.meta.url), workers: 2 });
  pools.push(pool);
  for (let turn = 0; turn < 2; turn += 1) {
    const result = await pool.run({ name: 'value', inputs: [{ packedId: 'x', quantities: null }] }, quiet.signal);
    expect(messageOf(result)).toContain('no-such-worker');
  }
});

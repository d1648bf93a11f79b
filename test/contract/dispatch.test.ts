import { describe, expect, test } from 'vitest';
import type { CallContext, OutputOf, Services } from '../../main/contract/contract.ts';
import { dispatch, type DispatchContext } from '../../main/contract/dispatch.ts';
import type { AppEvent } from '../../main/contract/events.ts';
import { createRunTable } from '../../main/contract/run-table.ts';
import { fail, succeed, type Result } from '../../main/domain/failure.ts';

type Service = (input: unknown, context: CallContext) => Promise<Result<unknown>>;

/** A dispatch context around the given services, with what it announced and logged. */
function around(services: Record<string, Service>): DispatchContext & { events: AppEvent[]; faults: string[] } {
  const events: AppEvent[] = [];
  const faults: string[] = [];
  let made = 0;
  const runs = createRunTable((caller) => {
    const controller = new AbortController();
    return {
      signal: caller === undefined ? controller.signal : AbortSignal.any([controller.signal, caller]),
      abort: () => controller.abort(),
    };
  });
  return {
    services: services as unknown as Services,
    runs,
    announce: (event) => void events.push(event),
    log: (name, cause) => void faults.push(`${name}: ${String(cause)}`),
    newRunId: () => `made-${(made += 1)}`,
    events,
    faults,
  };
}

const info = { version: '1', engineVersion: '1', host: 'test', node: 'v24', workers: 1, bookPath: null };
const untilAborted: Service = (_input, { signal }) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(fail('cancelled', 'cancelled as asked'))));

test('an answer that keeps the promise of the contract is passed on', async () => {
  expect(await dispatch(around({ 'app.info': async () => succeed(info) }), 'app.info', {})).toStrictEqual(succeed(info));
});

test('a failure is passed on as it is', async () => {
  const failure = fail('notFound', 'no book is open', { remedy: 'Open one.' });
  expect(await dispatch(around({ 'app.info': async () => failure }), 'app.info', undefined)).toStrictEqual(failure);
});

test.each(['app.nothing', '', '__proto__', 'toString', 'constructor', 'x'.repeat(10_000)])(
  'an unknown name is a usage failure: %.20s',
  async (name) => {
    const answer = await dispatch(around({}), name, {});
    expect(answer).toMatchObject({ ok: false, failure: { reason: 'usage' } });
    expect(answer.ok ? '' : answer.failure.message.length).toBeLessThan(200);
  },
);

test('an input of another shape names the place in words and never reaches the service', async () => {
  let calls = 0;
  const context = around({
    'book.edit': async () => {
      calls += 1;
      return succeed(null);
    },
  });
  const answer = await dispatch(context, 'book.edit', { label: 'x', edits: [{ kind: 'rename', name: '' }] });
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'usage', where: { column: 'edits.0.name' } } });
  expect(answer.ok ? '' : answer.failure.message).toContain('book.edit: edits.0.name: ');
  expect(calls).toBe(0);
});

test('a bug becomes an internal failure and its cause is logged', async () => {
  const context = around({ 'app.info': async () => Promise.reject(new Error('boom')) });
  expect(await dispatch(context, 'app.info', {})).toMatchObject({ ok: false, failure: { reason: 'internal' } });
  expect(context.faults).toStrictEqual(['app.info: Error: boom']);
});

test('an answer that breaks its promise, such as a NaN, is an internal failure that names the place', async () => {
  const context = around({ 'app.info': async () => succeed({ ...info, workers: NaN }) });
  const answer = await dispatch(context, 'app.info', {});
  expect(answer.ok ? '' : answer.failure.message).toContain('workers');
  expect(context.faults).toHaveLength(1);
});

/** A preview whose page is one word. */
function pageOf(html: string): OutputOf<'report.preview'> {
  return { html, recordDigest: '', parts: [] };
}

describe('a job', () => {
  test('announces its progress and its end under the id that the caller gave', async () => {
    const context = around({
      'report.preview': async (_input, { progress, runId }) => {
        progress('Drawing', 1, 2);
        return succeed(pageOf(runId));
      },
    });
    expect(await dispatch(context, 'report.preview', { runId: 'mine' })).toStrictEqual(succeed(pageOf('mine')));
    expect(context.events).toStrictEqual([
      { type: 'run.progress', runId: 'mine', topic: 'report', phase: 'Drawing', done: 1, total: 2 },
      { type: 'run.finished', runId: 'mine', topic: 'report', status: 'finished', failure: null },
    ]);
  });

  test('gets an id when the caller gave none', async () => {
    const context = around({ 'report.preview': async (_input, { runId }) => succeed(pageOf(runId)) });
    expect(await dispatch(context, 'report.preview', {})).toStrictEqual(succeed(pageOf('made-1')));
  });

  test('is cancelled by its id, and only once', async () => {
    const context = around({ 'report.preview': untilAborted });
    const running = dispatch(context, 'report.preview', { runId: 'long' });
    await Promise.resolve();
    expect(context.runs.cancel('long')).toBe(true);
    expect(await running).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
    expect(context.events.at(-1)).toMatchObject({ type: 'run.finished', status: 'cancelled' });
    expect(context.runs.cancel('long')).toBe(false);
  });

  test('is cancelled when its caller goes away', async () => {
    const caller = new AbortController();
    const running = dispatch({ ...around({ 'report.preview': untilAborted }), signal: caller.signal }, 'report.preview', {});
    await Promise.resolve();
    caller.abort();
    expect(await running).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
  });

  test('cannot take the id of one that is under way', async () => {
    const context = around({ 'report.preview': untilAborted });
    const first = dispatch(context, 'report.preview', { runId: 'same' });
    await Promise.resolve();
    expect(await dispatch(context, 'report.preview', { runId: 'same' })).toMatchObject({ ok: false, failure: { reason: 'conflict' } });
    context.runs.cancelAll();
    await first;
  });

  test('that ends in a bug is announced as failed and frees its id', async () => {
    const context = around({ 'report.preview': async () => Promise.reject(new Error('boom')) });
    await dispatch(context, 'report.preview', { runId: 'again' });
    expect(context.events.at(-1)).toMatchObject({ type: 'run.finished', status: 'failed', failure: { reason: 'internal' } });
    expect(await dispatch(context, 'report.preview', { runId: 'again' })).toMatchObject({ failure: { reason: 'internal' } });
  });
});

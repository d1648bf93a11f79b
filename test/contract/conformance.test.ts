import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainJson } from '../../main/contract/codec.ts';
import { contract, type ProcedureName } from '../../main/contract/contract.ts';
import type { Result } from '../../main/domain/failure.ts';
import { openBrowserHost, openCommandLine, openDesktop, openDirect, type HostUnderTest } from '../support/contract-hosts.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const openers = [
  ['the services alone', openDirect],
  ['the browser host', openBrowserHost],
  ['the desktop', openDesktop],
  ['the command line', openCommandLine],
] as const;

/** Calls whose answers must be the same everywhere, in this order, on a fresh demo book; `strip` leaves out what may differ. */
const cases: readonly (readonly [name: string, input: unknown])[] = [
  ['book.contents', {}],
  ['book.scenarioSets', {}],
  ['market.snapshots', {}],
  ['market.smiles', {}],
  ['market.snapshot', {}],
  ['book.edit', { label: 'Rename', edits: [{ kind: 'rename', name: 'Infinity' }] }],
  ['book.contents', {}],
  ['book.undo', {}],
  ['analysis.run', { runId: 'conformance' }],
  ['analysis.fan', { runId: 'fan', draws: 5 }],
  ['analysis.bothEnds', { runId: 'ends' }],
  ['requirement.greeks', { runId: 'requirements' }],
  ['book.verify', {}],
  ['run.cancel', { runId: 'nobody' }],
  ['calculate.cases', { file: 'x', cases: [] }],
  [
    'calculate.verify',
    {
      file: 'options_inverse_payoff',
      compare: { payoff: { payoff_coin: { rel: 0, abs: 0 } } },
      cases: [{ id: 'one', group: 'payoff', in: { type: 'put', K: 2, settle: 1 }, out: { payoff_coin: 'Infinity' } }],
    },
  ],
  // What must be refused, in the same words.
  ['nothing.here', {}],
  ['__proto__', {}],
  ['book.edit', { label: 'x', edits: [] }],
  ['book.edit', { label: 'x', edits: [{ kind: 'delete', noun: 'account', id: 'no such account' }] }],
  ['book.contents', { unexpected: 1 }],
  ['run.list', { limit: 0 }],
  ['run.list', 'a string'],
  ['market.activate', { id: 'no such snapshot' }],
  ['hedge.evaluate', { legIds: ['no such leg'] }],
];

/** Times, ids and places of a single process are not part of an answer's meaning. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  const local = new Set(['path', 'elapsedMs', 'runId', 'startedAt', 'finishedAt', 'openedMs', 'at']);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !local.has(key))
      .map(([key, item]) => [key, strip(item)]),
  );
}

async function answersOf(host: HostUnderTest): Promise<Result<unknown>[]> {
  const answers: Result<unknown>[] = [];
  for (const [name, input] of cases) answers.push(await host.call(name, input));
  return answers;
}

let expected: Result<unknown>[] = [];

beforeAll(async () => {
  const direct = await openDirect(join(folder.path, 'expected'));
  expected = await answersOf(direct);
  await direct.close();
});
afterAll(folder.remove);

test('the cases that should be answered are answered, as the contract says', () => {
  const firstRefused = cases.findIndex(([name]) => name === 'nothing.here');
  for (const [at, [name]] of cases.entries()) {
    const answer = expected[at];
    expect(`${name} ${answer?.ok === false ? `fails: ${answer.failure.message}` : 'answers'}`).toContain(
      at < firstRefused ? 'answers' : 'fails',
    );
    if (answer?.ok === true) expect(contract[name as ProcedureName].output.safeParse(answer.value).success).toBe(true);
  }
});

describe.each(openers)('%s', (_name, open) => {
  let host: HostUnderTest;
  let answers: Result<unknown>[] = [];

  beforeAll(async () => {
    host = await open(folder.path);
    answers = await answersOf(host);
  });
  afterAll(async () => host.close());

  test.each(cases.map(([name], at) => [at, name] as const))('case %i, %s, is answered like everywhere', (at) => {
    const [actual, wanted] = [strip(answers[at]), strip(expected[at])];
    if (host.isExact) expect(actual).toStrictEqual(wanted);
    else expect(actual).toStrictEqual(JSON.parse(plainJson(wanted)));
  });

  test('what was analysed can be explained while the host lives', async () => {
    if (!host.isExact) return;
    const answer = await host.call('explain.number', { metric: 'account.equityUsd', subjectId: 'DRB-MAIN' });
    expect(answer).toMatchObject({ ok: true, value: { subject: expect.stringContaining('DRB-MAIN') as string } });
  });

  test('events of a run arrive under its id: progress, then its end', () => {
    if (host.heard === null) return;
    const run = host.heard.filter((event) => 'runId' in event && event.runId === 'conformance');
    expect(run[0]?.type).toBe('run.progress');
    expect(run.at(-1)).toMatchObject({ type: 'run.finished', topic: 'analysis', status: 'finished', failure: null });
    expect(host.heard.filter((event) => event.type === 'book.changed').length).toBeGreaterThanOrEqual(2);
  });
});

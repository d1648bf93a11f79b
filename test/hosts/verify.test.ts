import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../main/hosts/cli/program.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal = {
    write: (text: string) => void (out += text),
    warn: (text: string) => void (err += text),
    isInteractive: false,
    readInput: async () => '',
  };
  const code = await runCommandLine(['verify', ...words], terminal);
  return { code, out, err };
}

let made = 0;
/** A folder with these files; what is not text is written as JSON. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const path = join(folder.path, `vectors-${(made += 1)}`);
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

const compare = { payoff: { payoff_coin: { rel: 0, abs: 0.5 }, payoff_usd: { rel: 0, abs: 0 } } };
const one = { id: 'p-1', group: 'payoff', in: { type: 'put', K: 30_000, settle: 1000 } };
const file = { file: 'options_inverse_payoff', source: 'the definition', compare };
const agreeing = { ...file, cases: [{ ...one, out: { payoff_coin: 29.25, payoff_usd: 29_000 } }] };
const wrong = { ...file, cases: [{ ...one, out: { payoff_coin: 29, payoff_usd: 28_000 } }] };
const outless = { file: 'options_inverse_payoff', cases: [one] };

beforeAll(() => void (process.env['INTERLOCK_DATA'] = join(folder.path, 'data')));
afterAll(folder.remove);

test('without a folder the numbers that come with the sources are verified, and all agree', async () => {
  const { code, out } = await run();
  const families = readdirSync(new URL('../golden/', import.meta.url)).filter((name) => name.includes('_') && name.endsWith('.json'));
  for (const name of families) expect(out).toMatch(new RegExp(`^${name.slice(0, -5)} +(\\d+) +\\1 `, 'm'));
  expect(out).toContain(`${families.length} files: `);
  expect(out).toContain(' 0 failed, 0 skipped, 0 not read');
  expect(code).toBe(0);
});

describe('a folder of other numbers', () => {
  test('is told in one row per family: cases, passed, worst error against its tolerance, source', async () => {
    const { code, out } = await run('--vectors', folderOf({ 'a.json': agreeing }));
    expect(out).toMatch(/^options_inverse_payoff +1 +1 +0\.50 +p-1 payoff_coin +the definition$/m);
    expect(code).toBe(0);
  });

  test('a wrong figure is told with what was expected, and ends with 1', async () => {
    const { code, out } = await run('--vectors', folderOf({ 'a.json': wrong }));
    expect(out).toContain('payoff_usd: expected 28000, actual 29000, error 1000, bound 0');
    expect(out).toContain('0 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });

  test('a figure that the manifest corrects is compared with the correction, and said', async () => {
    const corrections = [{ id: 'p-1', key: 'payoff_usd', value: 29_000, reason: 'a misprint', source: 'the original' }];
    const { code, out } = await run('--vectors', folderOf({ 'a.json': wrong, 'manifest.json': { corrections } }));
    expect(out).toContain('1 compared with a figure that manifest.json corrects');
    expect(code).toBe(0);
  });

  test('a skipped case ends with 1', async () => {
    const skipped = {
      ...agreeing,
      cases: [...agreeing.cases, { ...one, id: 'p-2' }, { ...one, id: 'p-3', group: 'other', out: { x: 1 } }],
    };
    const { code, out } = await run('--vectors', folderOf({ 'a.json': skipped }));
    expect(out).toContain('2 skipped, nothing says how to compare them: p-2, p-3');
    expect(code).toBe(1);
  });

  test('broken files are named, do not stop the others, and end with 1', async () => {
    const broken = {
      'agrees.json': agreeing,
      'text.json': 'no json',
      'list.json': '3',
      'empty.json': { ...file, cases: [] },
      'caseless.json': file,
      'ruleless.json': { ...agreeing, compare: undefined },
      'odd.json': { ...agreeing, compare: { payoff: { payoff_coin: 'about' } } },
      'stranger.json': { ...agreeing, file: 'no_such_family' },
      'manifest.json': { families: [{ file: 'missing' }] },
    };
    const { code, out } = await run('--vectors', folderOf(broken));
    expect(out).toContain('1 passed, 0 failed, 0 skipped, 8 not read');
    expect(out).toContain('text.json is not JSON');
    expect(out).toContain('list.json: it is not an object');
    expect(out).toMatch(/empty\.json: .*cases/);
    expect(out).toMatch(/caseless\.json: .*cases/);
    expect(out).toContain('has no "compare"');
    expect(out).toMatch(/odd\.json: .*compare\.payoff\.payoff_coin/);
    expect(out).toContain('stranger.json: unknown family "no_such_family"');
    expect(out).toMatch(/missing\.json: .* cannot be read/);
    expect(code).toBe(1);
  });

  test('a folder without files ends with 1, one that is not there and an unknown option with 2', async () => {
    expect((await run('--vectors', folderOf({ 'note.txt': '' }))).code).toBe(1);
    expect((await run('--vectors', folderOf({ 'a.json': agreeing, 'manifest.json': '{' }))).code).toBe(1);
    expect((await run('--vectors', join(folder.path, 'nowhere'))).code).toBe(2);
    expect((await run('--vector', folder.path)).code).toBe(2);
    expect((await run('--vectors')).code).toBe(2);
  });

  test('with --json the same is data', async () => {
    const { code, out } = await run('--json', '--vectors', folderOf({ 'a.json': wrong, 'b.json': outless }));
    expect(JSON.parse(out)).toMatchObject({
      isGood: false,
      files: [
        { name: 'a.json', report: { passed: 0, failed: [{ id: 'p-1' }], worst: { path: 'payoff_usd', share: 'Infinity' } } },
        { name: 'b.json', report: { answers: [{ id: 'p-1', out: { payoff_usd: 29_000 } }] } },
      ],
    });
    expect(code).toBe(1);
  });
});

describe('a file without expected figures', () => {
  const answers = { file: 'options_inverse_payoff', cases: [{ id: 'p-1', out: { payoff_coin: 29, payoff_usd: 29_000 } }] };

  test('is answered below --out under its own name', async () => {
    const target = join(folder.path, 'answers', 'here');
    const { code, out } = await run('--vectors', folderOf({ 'b.json': outless, 'a.json': agreeing }), '--out', target);
    expect(JSON.parse(readFileSync(join(target, 'b.json'), 'utf8'))).toEqual(answers);
    expect(existsSync(join(target, 'a.json'))).toBe(false);
    expect(out).toMatch(/^options_inverse_payoff +1 +answered$/m);
    expect(code).toBe(0);
  });

  test('is answered on the output, and the rows go to the error stream', async () => {
    const { code, out, err } = await run('--vectors', folderOf({ 'b.json': outless, 'a.json': agreeing }));
    expect(JSON.parse(out)).toEqual(answers);
    expect(err).toContain('1 passed, 0 failed');
    expect(code).toBe(0);
  });

  test('answers that cannot be written end with 1', async () => {
    const blocked = join(folderOf({ blocker: 'x' }), 'blocker');
    const { code, err } = await run('--vectors', folderOf({ 'b.json': outless }), '--out', blocked);
    expect(err).toContain('cannot be written');
    expect(code).toBe(1);
  });
});

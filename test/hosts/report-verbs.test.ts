import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../main/hosts/cli/program.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const file = join(folder.path, 'out', 'interlock-report.json');

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal = {
    write: (text: string) => void (out += text),
    warn: (text: string) => void (err += text),
    isInteractive: false,
    readInput: async () => '',
  };
  const code = await runCommandLine(words, terminal);
  return { code, out, err };
}

/** The written report with one text replaced, as another file. */
function altered(name: string, from: string, to: string): string {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  const path = join(folder.path, name);
  writeFileSync(path, text.replace(from, to));
  return path;
}

beforeAll(async () => {
  process.env['INTERLOCK_DATA'] = join(folder.path, 'data');
  const written = await run('report', 'write', '--book', 'demo', '--out', join(folder.path, 'out'), '--format', 'json');
  expect([written.code, written.err.includes('Moving the assumptions')]).toEqual([0, true]);
}, 300_000);
afterAll(folder.remove);

describe('report verify', () => {
  test('reproduces the report of the demo book without a book, and says what it computed', async () => {
    const { code, out } = await run('report', 'verify', file);
    expect(out).toContain('is reproduced: the same numbers and the same bytes.');
    expect(out).toContain('Suggestion: ');
    expect(code).toBe(0);
  }, 300_000);

  test('ends with 1 at an altered figure, names it, and gives the same as JSON', async () => {
    const path = altered('altered.json', '"status":"feasible"', '"status":"optimal"');
    const { code, out } = await run('report', 'verify', path, '--json');
    const verdict = JSON.parse(out) as { isReproduced: boolean; difference: unknown };
    expect(verdict.isReproduced).toBe(false);
    expect(verdict.difference).toEqual({ where: 'hedge.suggestion.status', inFile: '"optimal"', recomputed: '"feasible"' });
    expect(code).toBe(1);
  }, 300_000);

  test('ends with 1 and a message of its own for another engine, an altered book, and no file', async () => {
    const engine = await run('report', 'verify', altered('engine.json', '"engineVersion":"', '"engineVersion":"7.'));
    expect([engine.code, engine.err]).toEqual([1, expect.stringContaining('this program has engine')]);
    const book = await run('report', 'verify', altered('book.json', '"quantity":"', '"quantity":"1'));
    expect([book.code, book.err]).toEqual([1, expect.stringContaining('the book in the record was altered')]);
    const none = await run('report', 'verify', join(folder.path, 'none.pdf'));
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('none.pdf cannot be read')]);
  });

  test('a format there is not is wrong usage', async () => {
    const { code, err } = await run('report', 'write', '--book', 'demo', '--out', folder.path, '--format', 'docx');
    expect([code, err]).toEqual([2, expect.stringContaining('docx')]);
  });
});

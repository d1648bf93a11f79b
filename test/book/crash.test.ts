import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBook } from '../../main/book/book-file.ts';
import { createSampleBook, samplePosition } from '../support/sample-book.ts';
import type { SampleBook } from '../support/sample-book.ts';
import { containing, failureOf, valueOf } from './result.ts';

const child = fileURLToPath(new URL('./importing-child.ts', import.meta.url));
const kills = 24;

let sample: SampleBook;

beforeEach(() => {
  sample = createSampleBook();
});

afterEach(() => sample.dispose());

describe('a book whose process is killed', () => {
  it(`holds every import that was reported saved and no half of another, ${kills} times`, async () => {
    sample.book.close();
    let saved = 6;
    let lost = 0;
    for (let round = 0; round < kills; round += 1) {
      const reported = await killWhileImporting(sample.path, 1 + ((round * 37) % 90));
      const book = valueOf(openBook(sample.path));
      const held = book.info().counts['position'] ?? 0;
      expect((held - 6) % 2000).toBe(0);
      if (held < reported) lost += 1;
      expect(held).toBeGreaterThanOrEqual(saved);
      expect(book.verify()).toMatchObject({ isSound: true, problems: [] });
      saved = held;
      book.close();
    }
    console.log(`${kills} kills while importing: ${lost} reported imports lost, ${(saved - 6) / 2000} imports kept`);
    expect(lost).toBe(0);
    const book = valueOf(openBook(sample.path));
    while (book.info().canUndo) valueOf(book.undo());
    expect(book.verify().problems).toEqual([]);
    book.close();
  });
});

describe('two processes on one book', () => {
  it('write one after the other, and the one that waits too long is told and can still read', async () => {
    const other = spawn(process.execPath, [child, sample.path, 'hold'], { stdio: ['pipe', 'pipe', 'inherit'] });
    await lineOf(other, 'holding');
    const refused = failureOf(sample.book.edit('Wait', [{ kind: 'rename', name: 'Waited' }]));
    expect(refused).toMatchObject({ reason: 'busy', message: containing('another program or window') });
    expect(valueOf(sample.book.contents()).positions).toHaveLength(6);
    other.stdin.write('go\n');
    await ended(other);
    expect(valueOf(sample.book.contents()).positions).toHaveLength(2006);
    valueOf(sample.book.edit('Now', [{ kind: 'rename', name: 'Done' }]));
    expect(sample.book.verify().problems).toEqual([]);
  });
});

describe('a log that was not written to its end', () => {
  it('gives exactly the steps that were whole, wherever it stops or turns to rubbish', () => {
    const log = `${sample.path}-wal`;
    const states = [{ length: 0, digest: sample.book.digest() }];
    for (let step = 0; step < 12; step += 1) {
      const row = samplePosition(`P-${1 + (step % 6)}`, 'CUS-1 ETH-spot', `${step}.5`);
      valueOf(sample.book.edit(`Step ${step}`, [{ kind: 'putPosition', row }]));
      states.push({ length: statSync(log).size, digest: sample.book.digest() });
    }
    const main = join(sample.folder, 'cut.interlock');
    const whole = readFileSync(log);
    for (let round = 0; round < 150; round += 1) {
      const cut = Math.floor((((round * 7919) % 10_007) / 10_007) * whole.length);
      const tail = Buffer.from(whole);
      if (round % 3 === 1) tail.fill(0, cut);
      if (round % 3 === 2) tail.fill(0xa5, cut);
      copyFileSync(sample.path, main);
      writeFileSync(`${main}-wal`, round % 3 === 0 ? tail.subarray(0, cut) : tail);
      const book = valueOf(openBook(main));
      const expected = states.findLast((state) => state.length <= cut);
      expect([cut, book.digest()]).toEqual([cut, expected?.digest]);
      expect(book.verify().problems).toEqual([]);
      book.close();
    }
  });
});

/** Runs the importing process, kills it some milliseconds after its first commit, and returns the rows it reported saved. */
async function killWhileImporting(path: string, delayMs: number): Promise<number> {
  const process_ = spawn(process.execPath, [child, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  process_.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await lineOf(process_, 'saved');
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  process_.kill('SIGKILL');
  await ended(process_);
  const lines = output.trim().split('\n');
  return Number(lines.at(-1)?.split(' ')[1]);
}

function lineOf(process_: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process_.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(word)) resolve();
    });
    process_.once('exit', () => reject(new Error(`the importing process ended before it said '${word}'`)));
  });
}

function ended(process_: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (process_.exitCode !== null || process_.signalCode !== null) resolve();
    else process_.once('close', () => resolve());
  });
}

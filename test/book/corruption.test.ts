import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBook } from '../../main/book/book-file.ts';
import { contentTables } from '../../main/book/contents.ts';
import { createSampleBook, samplePosition } from '../support/sample-book.ts';
import type { SampleBook } from '../support/sample-book.ts';
import { valueOf } from './result.ts';

const pageSize = 4096;
const rounds = 200;

let sample: SampleBook;
let sound: Buffer;
let soundValues: string;

beforeAll(() => {
  sample = createSampleBook();
  const writer = valueOf(sample.book.beginImport('Rows'));
  valueOf(writer.putPositions(Array.from({ length: 1500 }, (_, index) => samplePosition(`C-${index}`, 'CUS-1 ETH-spot', `${index}.125`))));
  valueOf(writer.commit());
  sample.book.close();
  sound = readFileSync(sample.path);
  soundValues = valuesOf(sample.path);
});

afterAll(() => sample.dispose());

/** Ways in which a disk or a copy spoils a file; each takes random numbers in [0, 1). */
const kinds: Record<string, (bytes: Buffer, random: () => number) => void> = {
  'one bit': (bytes, random) => {
    const at = Math.floor(random() * bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << Math.floor(random() * 8)), at);
  },
  'sixteen bytes': (bytes, random) => {
    const at = Math.floor(random() * (bytes.length - 16));
    for (let index = 0; index < 16; index += 1) bytes.writeUInt8(Math.floor(random() * 256), at + index);
  },
  'a page of zeros': (bytes, random) => {
    const page = Math.floor(random() * (bytes.length / pageSize));
    bytes.fill(0, page * pageSize, (page + 1) * pageSize);
  },
  'two pages swapped': (bytes, random) => {
    const pages = bytes.length / pageSize;
    const [first, second] = [Math.floor(random() * pages) * pageSize, Math.floor(random() * pages) * pageSize];
    const kept = Buffer.from(bytes.subarray(first, first + pageSize));
    bytes.copy(bytes, first, second, second + pageSize);
    kept.copy(bytes, second);
  },
};

describe('a spoiled book file', () => {
  it.each(Object.keys(kinds))('never passes with changed values: %s', (kind) => {
    const random = seededRandom(20260205 + kind.length);
    const path = join(sample.folder, 'spoiled.interlock');
    let changed = 0;
    let found = 0;
    const missed: number[] = [];
    for (let round = 0; round < rounds / Object.keys(kinds).length; round += 1) {
      const bytes = Buffer.from(sound);
      kinds[kind]?.(bytes, random);
      writeFileSync(path, bytes);
      const isChanged = valuesOf(path) !== soundValues;
      const isFound = isRefused(path);
      if (isChanged) changed += 1;
      if (isFound) found += 1;
      if (isChanged && !isFound) missed.push(round);
    }
    console.log(`${kind}: ${rounds / 4} files spoiled, values changed or unreadable in ${changed}, ${found} found`);
    expect(missed).toEqual([]);
    expect(changed).toBeGreaterThan(0);
  });
});

function isRefused(path: string): boolean {
  const opened = openBook(path);
  if (!opened.ok) return true;
  const { isSound } = opened.value.verify();
  opened.value.close();
  return !isSound;
}

/** Every value as SQLite would read it, or what it says when it cannot. */
function valuesOf(path: string): string {
  const database = new Database(readSerialized(path));
  try {
    return JSON.stringify(
      contentTables.map(({ name, columns, order }) =>
        database
          .prepare(`SELECT ${columns.join(', ')} FROM ${name} ORDER BY ${order}`)
          .raw()
          .all(),
      ),
    );
  } catch (error) {
    return String(error);
  } finally {
    database.close();
  }
}

/** The bytes with the marks of log mode taken off, which a database in memory cannot have. */
function readSerialized(path: string): Buffer {
  const bytes = readFileSync(path);
  bytes.fill(1, 18, 20);
  return bytes;
}

/** Numbers in [0, 1) from a seed (a linear congruential generator: Numerical Recipes, 3rd edition, section 7.1). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

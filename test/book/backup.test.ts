import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBook } from '../../main/book/book-file.ts';
import { createSampleBook, samplePosition } from '../support/sample-book.ts';
import type { SampleBook } from '../support/sample-book.ts';
import { containing, failureOf, valueOf } from './result.ts';

let sample: SampleBook;

beforeEach(() => {
  sample = createSampleBook();
});

afterEach(() => sample.dispose());

describe('a backup', () => {
  it('is one file with the same digest, and opens as the same book with its journal', async () => {
    valueOf(sample.book.edit('Rename', [{ kind: 'rename', name: 'Renamed' }]));
    const target = join(sample.folder, 'copy.interlock');
    const backup = valueOf(await sample.book.backup(target));
    expect(backup).toEqual({ path: target, bytes: statSync(target).size, digest: sample.book.digest() });
    expect(readdirSync(sample.folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.interlock']);
    const copy = valueOf(openBook(target));
    expect(copy.contents()).toEqual(sample.book.contents());
    valueOf(copy.undo());
    expect(valueOf(copy.contents()).name).toBe('Sample desk');
    copy.close();
  });

  it('never replaces an existing file, not even a former backup', async () => {
    const target = join(sample.folder, 'copy.interlock');
    valueOf(await sample.book.backup(target));
    const bytes = readFileSync(target);
    expect(failureOf(await sample.book.backup(target))).toMatchObject({
      reason: 'conflict',
      message: containing('copy.interlock'),
    });
    expect(readFileSync(target).equals(bytes)).toBe(true);
    const text = join(sample.folder, 'letter.txt');
    writeFileSync(text, 'dear');
    failureOf(await sample.book.backup(text));
    expect(readFileSync(text, 'utf8')).toBe('dear');
  });

  it('made while an import is written holds the book as it was before', async () => {
    const digest = sample.book.digest();
    const writer = valueOf(sample.book.beginImport('Running'));
    valueOf(writer.putPositions(Array.from({ length: 3000 }, (_, index) => samplePosition(`I-${index}`, 'CUS-1 ETH-spot', '1'))));
    expect(valueOf(await sample.book.backup(join(sample.folder, 'copy.interlock'))).digest).toBe(digest);
    valueOf(writer.commit());
    expect(valueOf(await sample.book.backup(join(sample.folder, 'later.interlock'))).digest).toBe(sample.book.digest());
  });

  it('of a book whose rows changed behind its back is refused and leaves no file', async () => {
    const raw = new Database(sample.path);
    raw.exec(`UPDATE position SET quantity = '9' WHERE id = 'P-1'`);
    raw.close();
    expect(failureOf(await sample.book.backup(join(sample.folder, 'copy.interlock'))).reason).toBe('damaged');
    expect(readdirSync(sample.folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('into a folder that does not exist says so', async () => {
    expect(failureOf(await sample.book.backup(join(sample.folder, 'missing', 'copy.interlock')))).toMatchObject({ reason: 'storage' });
  });
});

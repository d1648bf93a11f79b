import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBook, openBook } from '../../main/book/book-file.ts';
import { createSampleBook, samplePosition } from '../support/sample-book.ts';
import type { SampleBook } from '../support/sample-book.ts';
import { containing, failureOf, valueOf } from './result.ts';

let sample: SampleBook;

beforeEach(() => {
  sample = createSampleBook();
  sample.book.close();
});

afterEach(() => sample.dispose());

/** Opens a file that must be refused and proves that neither it nor its folder changed. */
function refusal(path: string): { readonly reason: string; readonly message: string } {
  const before = contentOf(sample.folder);
  const failure = failureOf(openBook(path));
  expect(contentOf(sample.folder)).toEqual(before);
  expect(failure.remedy).toBeTruthy();
  expect(failure.message).toContain(path);
  return failure;
}

function contentOf(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(folder, entry.name)).toString('base64')]);
}

function withDatabase(path: string, change: (database: Database.Database) => void): void {
  const database = new Database(path);
  change(database);
  database.close();
}

describe('opening what is not a sound book changes nothing and says', () => {
  it('that there is no such file', () => {
    expect(refusal(join(sample.folder, 'none.interlock')).reason).toBe('notFound');
  });

  it('that a folder is not a file', () => {
    mkdirSync(join(sample.folder, 'folder.interlock'));
    expect(refusal(join(sample.folder, 'folder.interlock')).reason).toBe('invalidFile');
  });

  it.each([
    ['empty', ''],
    ['short', 'SQLite'],
    ['a text', 'id,account,quantity\n'.repeat(50)],
  ])('that the file is no book when it is %s', (_, content) => {
    const path = join(sample.folder, 'bad.interlock');
    writeFileSync(path, content);
    expect(refusal(path).reason).toBe('invalidFile');
  });

  it.each([1, 99, 4096, 4097, 20_000])('that the file is truncated after %d bytes', (length) => {
    truncateSync(sample.path, length);
    expect(refusal(sample.path).reason).toBe('invalidFile');
  });

  it('that it is a SQLite file of another program', () => {
    const path = join(sample.folder, 'places.sqlite');
    withDatabase(path, (database) =>
      database.exec('PRAGMA journal_mode = WAL; PRAGMA application_id = 252006674; CREATE TABLE position (id)'),
    );
    expect(refusal(path)).toMatchObject({ reason: 'foreignFile', message: containing('252006674') });
  });

  it('that a newer Interlock made it', () => {
    withDatabase(sample.path, (database) => database.pragma('user_version = 99'));
    expect(refusal(sample.path)).toMatchObject({ reason: 'newerSchema', message: containing('layout 99') });
  });

  it('that its layout number is missing', () => {
    withDatabase(sample.path, (database) => database.pragma('user_version = 0'));
    expect(refusal(sample.path).reason).toBe('damaged');
  });

  it('which table is missing', () => {
    withDatabase(sample.path, (database) => database.exec('DROP TABLE pledge'));
    expect(refusal(sample.path)).toMatchObject({ reason: 'damaged', message: containing('pledge') });
  });

  it('which table is not as it was made', () => {
    withDatabase(sample.path, (database) => database.exec('ALTER TABLE note ADD COLUMN colour TEXT'));
    expect(refusal(sample.path)).toMatchObject({ reason: 'damaged', message: containing('table note') });
  });

  it.each([
    ['trigger quiet', `CREATE TRIGGER quiet AFTER INSERT ON note BEGIN DELETE FROM position; END`],
    ['view position_view', `CREATE VIEW position_view AS SELECT * FROM position`],
    ['table extra', `CREATE TABLE extra (id)`],
    ['index extra_index', `CREATE INDEX extra_index ON note (text)`],
  ])('that %s is not part of a book', (name, sql) => {
    withDatabase(sample.path, (database) => database.exec(sql));
    expect(refusal(sample.path)).toMatchObject({ reason: 'refused', message: containing(name) });
  });

  it('which table is missing also when a crash left a log beside it', () => {
    const crashed = join(sample.folder, 'crashed.interlock');
    const database = new Database(sample.path);
    database.exec('DROP TABLE pledge');
    copyFileSync(sample.path, crashed);
    copyFileSync(`${sample.path}-wal`, `${crashed}-wal`);
    database.close();
    const before = [readFileSync(crashed), readFileSync(`${crashed}-wal`)];
    expect(failureOf(openBook(crashed)).reason).toBe('damaged');
    expect([readFileSync(crashed), readFileSync(`${crashed}-wal`)]).toEqual(before);
  });

  it('that another program holds it, and that it is free again later', () => {
    const holder = new Database(sample.path);
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.exec('BEGIN EXCLUSIVE');
    const before = readFileSync(sample.path);
    expect(failureOf(openBook(sample.path))).toMatchObject({ reason: 'busy', message: containing('another program') });
    expect(readFileSync(sample.path).equals(before)).toBe(true);
    holder.close();
    valueOf(openBook(sample.path)).close();
  });
});

describe('a book that cannot be written where it is', () => {
  it('opens as a copy that says it is read-only and refuses every change', () => {
    const before = contentOf(sample.folder);
    const book = valueOf(openBook(sample.path, { access: 'read' }));
    expect(book.info()).toMatchObject({ path: sample.path, isReadOnly: true, canUndo: false, name: 'Sample desk' });
    expect(valueOf(book.contents()).positions).toHaveLength(6);
    const row = samplePosition('P-1', 'CUS-1 ETH-spot', '1');
    for (const result of [book.edit('No', [{ kind: 'putPosition', row }]), book.undo(), book.redo(), book.beginImport('No')]) {
      expect(failureOf(result)).toMatchObject({ reason: 'storage', message: containing('read-only copy') });
    }
    expect(book.verify().isSound).toBe(true);
    book.close();
    expect(contentOf(sample.folder)).toEqual(before);
  });

  it('can be saved as a backup that is a book to be written', async () => {
    const book = valueOf(openBook(sample.path, { access: 'read' }));
    const target = join(sample.folder, 'mine.interlock');
    valueOf(await book.backup(target));
    book.close();
    const mine = valueOf(openBook(target));
    valueOf(mine.edit('Rename', [{ kind: 'rename', name: 'Mine' }]));
    mine.close();
  });

  it('is recognised by the rights of its file, which do not bind root', () => {
    chmodSync(sample.path, 0o444);
    const book = valueOf(openBook(sample.path));
    expect(book.isReadOnly).toBe(process.getuid?.() !== 0);
    book.close();
  });
});

describe('creating a book', () => {
  it('never replaces an existing file and leaves nothing behind when it fails', () => {
    const before = contentOf(sample.folder);
    expect(failureOf(createBook(sample.path, 'New')).reason).toBe('conflict');
    expect(failureOf(createBook(join(sample.folder, 'missing', 'a.interlock'), 'New')).reason).toBe('storage');
    expect(failureOf(createBook(join(sample.folder, 'b.interlock'), '')).reason).toBe('invalidValue');
    expect(contentOf(sample.folder)).toEqual(before);
  });
});

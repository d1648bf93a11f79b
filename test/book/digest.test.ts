import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openBook } from '../../main/book/book-file.ts';
import { contentTables } from '../../main/book/contents.ts';
import { createSampleBook, samplePosition, sampleSeed } from '../support/sample-book.ts';
import { containing, failureOf, valueOf } from './result.ts';

const rows = Array.from({ length: 500 }, (_, index) => samplePosition(`R-${index}`, 'CUS-1 ETH-spot', `${index}.25`));

describe('the content digest', () => {
  it('does not depend on the order in which rows came, on row numbers or on pages', () => {
    const forward = createSampleBook();
    const backward = createSampleBook({
      ...sampleSeed,
      contents: {
        ...sampleSeed.contents,
        positions: sampleSeed.contents.positions.toReversed(),
        venues: sampleSeed.contents.venues.toReversed(),
      },
    });
    valueOf(
      forward.book.edit(
        'All',
        rows.map((row) => ({ kind: 'putPosition', row }) as const),
      ),
    );
    for (const row of rows.toReversed()) valueOf(backward.book.edit('One', [{ kind: 'putPosition', row }]));
    backward.book.close();
    const raw = new Database(backward.path);
    raw.exec('VACUUM');
    raw.close();
    const vacuumed = valueOf(openBook(backward.path));
    expect(vacuumed.digest()).toBe(forward.book.digest());
    expect(vacuumed.verify()).toEqual({ isSound: true, problems: [], digest: forward.book.digest() });
    vacuumed.close();
    forward.dispose();
    backward.dispose();
  });

  it('is what a plain reading of every row gives', () => {
    const sample = createSampleBook();
    const raw = new Database(sample.path, { readonly: true });
    const whole = createHash('sha256');
    for (const { name, columns, order, isOutsideBookDigest } of contentTables) {
      if (isOutsideBookDigest === true) continue;
      const hash = createHash('sha256').update(`${name}\n`);
      for (const row of raw
        .prepare(`SELECT ${columns.join(', ')} FROM ${name} ORDER BY ${order}`)
        .raw()
        .all())
        hash.update(`${JSON.stringify(row)}\n`);
      whole.update(`${name} ${hash.digest('hex')}\n`);
    }
    raw.close();
    expect(sample.book.digest()).toBe(whole.digest('hex'));
    sample.dispose();
  });

  it('covers every column of every content table', () => {
    const sample = createSampleBook();
    sample.book.close();
    const raw = new Database(sample.path);
    for (const { name, columns } of contentTables) {
      const declared = new Map(
        (raw.pragma(`table_info(${name})`) as { name: string; type: string }[]).map((column) => [column.name, column.type]),
      );
      expect([name, [...declared.keys()]]).toEqual([name, [...columns]]);
    }
    raw.close();
    sample.dispose();
  });

  it('finds a value that another program changed, before it is shown or built upon', () => {
    const sample = createSampleBook();
    sample.book.close();
    const raw = new Database(sample.path);
    raw.exec(`UPDATE position SET quantity = '9' WHERE id = 'P-1'`);
    raw.close();
    const book = valueOf(openBook(sample.path));
    expect(failureOf(book.contents())).toMatchObject({ reason: 'damaged', message: containing('rows of position') });
    const put = book.edit('Build upon', [{ kind: 'putPosition', row: samplePosition('P-2', 'CUS-1 ETH-spot', '1') }]);
    expect(failureOf(put).reason).toBe('damaged');
    expect(book.verify()).toMatchObject({ isSound: false, problems: [containing('rows of position')] });
    book.close();
    sample.dispose();
  });

  it('finds a journal that was changed before it would be followed', () => {
    const sample = createSampleBook();
    valueOf(sample.book.edit('Change', [{ kind: 'putPosition', row: samplePosition('P-1', 'CUS-1 ETH-spot', '1') }]));
    const raw = new Database(sample.path);
    raw.exec(`UPDATE journal_image SET images = replace(images, '1250.5', '1250.6')`);
    raw.close();
    const digest = sample.book.digest();
    expect(failureOf(sample.book.undo())).toMatchObject({
      reason: 'damaged',
      message: containing('journal of step 1 "Change"'),
    });
    expect(sample.book.digest()).toBe(digest);
    expect(valueOf(sample.book.position('P-1')).quantity).toBe('1');
    sample.dispose();
  });
});

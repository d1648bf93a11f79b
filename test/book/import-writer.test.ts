import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBook } from '../../main/book/book-file.ts';
import { connect } from '../../main/book/file/connection.ts';
import { createTrust } from '../../main/book/journal/digest.ts';
import { createImportWriter } from '../../main/book/journal/import-writer.ts';
import { beginStep } from '../../main/book/journal/step.ts';
import { createSampleBook, samplePosition } from '../support/sample-book.ts';
import type { SampleBook } from '../support/sample-book.ts';
import { containing, failureOf, valueOf } from './result.ts';

let sample: SampleBook;

beforeEach(() => {
  sample = createSampleBook();
});

afterEach(() => sample.dispose());

const rowsFrom = (start: number, count: number, quantity = '1.50') =>
  Array.from({ length: count }, (_, index) => samplePosition(`I-${start + index}`, 'CUS-1 ETH-spot', quantity));

describe('an import', () => {
  it('shows nothing before its commit and everything after it, as one step', () => {
    const writer = valueOf(sample.book.beginImport('Import big.csv'));
    valueOf(writer.putPositions(rowsFrom(0, 2345)));
    expect(sample.book.info().counts['position']).toBe(6);
    expect(valueOf(sample.book.contents()).positions).toHaveLength(6);
    expect(valueOf(writer.commit())).toEqual({ rows: 2345 });
    expect(valueOf(sample.book.contents()).positions).toHaveLength(2351);
    expect(sample.book.journal(5)).toMatchObject([{ label: 'Import big.csv', rows: 2345 }]);
    expect(sample.book.verify().problems).toEqual([]);
  });

  it('is taken back and brought again whole, changed rows included', () => {
    const first = sample.book.digest();
    valueOf(importOf(rowsFrom(0, 3000)));
    const second = sample.book.digest();
    valueOf(importOf([...rowsFrom(1000, 3000, '-2'), samplePosition('P-1', 'CUS-1 ETH-spot', '9')]));
    const third = sample.book.digest();
    valueOf(sample.book.undo());
    expect(sample.book.digest()).toBe(second);
    valueOf(sample.book.undo());
    expect(sample.book.digest()).toBe(first);
    valueOf(sample.book.redo());
    valueOf(sample.book.redo());
    expect(sample.book.digest()).toBe(third);
    expect(valueOf(sample.book.position('I-1500')).quantity).toBe('-2');
  });

  it('stores the last of rows with the same id, whatever the size of the batches', () => {
    const writer = valueOf(sample.book.beginImport('One by one'));
    for (const row of [...rowsFrom(0, 1200), ...rowsFrom(0, 1200, '7'), ...rowsFrom(1199, 1, '8')]) valueOf(writer.putPositions([row]));
    valueOf(writer.commit());
    expect(valueOf(sample.book.position('I-0')).quantity).toBe('7');
    expect(valueOf(sample.book.position('I-1199')).quantity).toBe('8');
    expect(sample.book.info().counts['position']).toBe(1206);
    valueOf(sample.book.undo());
    expect(sample.book.info().counts['position']).toBe(6);
  });

  it('takes new accounts, assets and instruments with the positions that name them, in any order', () => {
    const writer = valueOf(sample.book.beginImport('New coin'));
    valueOf(writer.putPositions([samplePosition('S-1', 'CUS-9 SOL-spot', '10')]));
    valueOf(writer.putInstruments([{ kind: 'spot', id: 'SOL-spot', name: 'SOL', venueId: null, assetId: 'SOL' }]));
    valueOf(
      writer.putAccounts([
        { id: 'CUS-9', venueId: 'custody', name: 'New', kind: 'cross', parentId: null, marketId: null, settlementAssetId: null },
      ]),
    );
    valueOf(
      writer.putAssets([{ id: 'SOL', name: 'Solana', kind: 'base', issuer: null, chain: null, oracle: null, backing: [], marketId: null }]),
    );
    expect(valueOf(writer.commit())).toEqual({ rows: 4 });
    expect(sample.book.verify().problems).toEqual([]);
  });

  it('names the row whose account the book does not hold and keeps nothing', () => {
    const digest = sample.book.digest();
    const writer = valueOf(sample.book.beginImport('Dangling'));
    valueOf(writer.putPositions([...rowsFrom(0, 1500), samplePosition('D-1', 'NOPE ETH-spot', '1')]));
    expect(failureOf(writer.commit())).toMatchObject({ reason: 'conflict', message: containing('D-1 names account NOPE') });
    expect(sample.book.digest()).toBe(digest);
    valueOf(sample.book.edit('Goes on', [{ kind: 'rename', name: 'After' }]));
  });

  it('refuses a value that is no position, and stays failed', () => {
    const writer = valueOf(sample.book.beginImport('Bad'));
    expect(failureOf(writer.putPositions([samplePosition('B-1', 'CUS-1 ETH-spot', '1e5')])).reason).toBe('invalidValue');
    failureOf(writer.putPositions(rowsFrom(0, 2000)));
    failureOf(writer.commit());
    expect(sample.book.info()).toMatchObject({ canUndo: false, counts: { position: 6 } });
  });

  it('leaves nothing when it is rolled back, and a second rollback does no harm', () => {
    const digest = sample.book.digest();
    const writer = valueOf(sample.book.beginImport('Cancelled'));
    valueOf(writer.putPositions(rowsFrom(0, 5000)));
    writer.rollback();
    writer.rollback();
    expect(sample.book.digest()).toBe(digest);
    expect(sample.book.journal(1)).toEqual([]);
    valueOf(importOf(rowsFrom(0, 10)));
  });

  it('keeps every other writer of the same book out while it lasts', () => {
    const writer = valueOf(sample.book.beginImport('First'));
    expect(failureOf(sample.book.beginImport('Second')).reason).toBe('busy');
    expect(failureOf(sample.book.edit('Edit', [{ kind: 'rename', name: 'X' }])).reason).toBe('busy');
    expect(failureOf(sample.book.undo()).reason).toBe('busy');
    writer.rollback();
    valueOf(sample.book.edit('Edit', [{ kind: 'rename', name: 'X' }]));
  });

  it('says that the disk is full, keeps nothing of the step, and works again after space is made', () => {
    const digest = sample.book.digest();
    const reader = valueOf(connect(sample.path));
    const pages = reader.database.pragma('page_count', { simple: true }) as number;
    // SQLite reports a file that may not grow further exactly as it reports a full disk: SQLITE_FULL.
    reader.database.pragma(`max_page_count = ${pages + 20}`);
    const context = { reader, trust: createTrust(reader, sample.path), path: sample.path, now: () => '2026-02-05T21:29:00Z' };
    const writer = createImportWriter(valueOf(beginStep(context, 'Too big')), () => undefined);
    const put = writer.putPositions(rowsFrom(0, 50_000));
    expect(failureOf(put)).toMatchObject({ reason: 'storage', message: containing('disk is full') });
    failureOf(writer.commit());
    expect(sample.book.digest()).toBe(digest);
    expect(sample.book.verify().problems).toEqual([]);
    reader.database.pragma('max_page_count = 1000000');
    const again = createImportWriter(valueOf(beginStep(context, 'Fits')), () => undefined);
    valueOf(again.putPositions(rowsFrom(0, 5000)));
    valueOf(again.commit());
    reader.database.close();
    expect(sample.book.info().counts['position']).toBe(5006);
  });

  it('is seen by another opening of the same book after its commit', () => {
    const other = valueOf(openBook(sample.path));
    valueOf(other.contents());
    valueOf(importOf(rowsFrom(0, 5)));
    expect(valueOf(other.contents()).positions).toHaveLength(11);
    expect(other.digest()).toBe(sample.book.digest());
    other.close();
  });
});

function importOf(rows: Parameters<ReturnType<typeof createImportWriter>['putPositions']>[0]) {
  const writer = valueOf(sample.book.beginImport('Import'));
  valueOf(writer.putPositions(rows));
  return writer.commit();
}

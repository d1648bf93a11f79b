import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBook } from '../../main/book/book-file.ts';
import { stepsKept } from '../../main/book/journal/step.ts';
import type { BookEdit, OpenBook } from '../../main/book/open-book.ts';
import { createSampleBook, sampleContents, samplePosition } from '../support/sample-book.ts';
import { failureOf, valueOf } from './result.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const quantity = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`);
const positionId = fc.integer({ min: 1, max: 12 }).map((index) => `P-${index}`);

const edit: fc.Arbitrary<BookEdit> = fc.oneof(
  fc
    .tuple(positionId, fc.constantFrom('AAV-1', 'BIN-1', 'CUS-1'), fc.constantFrom('ETH-spot', 'USDC-spot', 'binance-ETHUSDC'), quantity)
    .map(([id, accountId, instrumentId, amount]): BookEdit => ({
      kind: 'putPosition',
      row: samplePosition(id, `${accountId} ${instrumentId}`, amount),
    })),
  positionId.map((id): BookEdit => ({ kind: 'delete', noun: 'position', id })),
  fc.tuple(fc.constantFrom('N-1', 'N-2'), text).map(([id, words]): BookEdit => ({
    kind: 'putNote',
    row: { id, subjectKind: 'book', subjectId: '', text: words, writtenAt: '2026-02-05T21:29:00Z' },
  })),
  text.filter((name) => name !== '').map((name): BookEdit => ({ kind: 'rename', name })),
  fc.array(fc.tuple(fc.constantFrom('ETH', 'USDC', 'wstETH'), quantity), { maxLength: 3 }).map((parts): BookEdit => ({
    kind: 'putAsset',
    row: {
      ...claimOf('wstETH'),
      backing: parts.map(([assetId, quantityPerUnit]) => ({ assetId, quantityPerUnit, source: 'invented' })),
    },
  })),
);
const steps = fc.array(fc.array(edit, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });

describe('the journal', () => {
  it('takes back any steps to the first content and brings them again to the last, also after reopening', () => {
    const sample = createSampleBook();
    let book = sample.book;
    const reopen = (): void => {
      book.close();
      book = valueOf(openBook(sample.path));
    };
    fc.assert(
      fc.property(steps, fc.boolean(), (list, isReopened) => {
        const digests = [book.digest()];
        for (const edits of list) if (book.edit('Random', edits).ok) digests.push(book.digest());
        const last = valueOf(book.contents());
        if (isReopened) reopen();
        for (const digest of digests.slice(0, -1).reverse()) {
          valueOf(book.undo());
          expect(book.digest()).toBe(digest);
        }
        if (isReopened) reopen();
        for (const digest of digests.slice(1)) {
          valueOf(book.redo());
          expect(book.digest()).toBe(digest);
        }
        expect(valueOf(book.contents())).toEqual(last);
        expect(book.verify().problems).toEqual([]);
      }),
      { numRuns: 60, seed: 20260205 },
    );
    book.close();
    sample.dispose();
  });

  it('keeps at least a hundred steps and forgets the oldest beyond its limit', () => {
    const sample = createSampleBook();
    rename(sample.book, stepsKept + 5);
    expect(stepsKept).toBeGreaterThanOrEqual(100);
    expect(sample.book.journal(1000)).toHaveLength(stepsKept);
    for (let count = 0; count < stepsKept; count += 1) valueOf(sample.book.undo());
    expect(valueOf(sample.book.contents()).name).toBe('Name 4');
    expect(failureOf(sample.book.undo()).reason).toBe('notFound');
    expect(sample.book.info()).toMatchObject({ canUndo: false, canRedo: true, redoLabel: 'Rename 5' });
    sample.dispose();
  });

  it('forgets what was undone once something else is done', () => {
    const sample = createSampleBook();
    rename(sample.book, 3);
    valueOf(sample.book.undo());
    valueOf(sample.book.undo());
    expect(sample.book.journal(5).map((step) => step.isUndone)).toEqual([true, true, false]);
    valueOf(sample.book.edit('Other way', [{ kind: 'rename', name: 'Other' }]));
    expect(failureOf(sample.book.redo()).reason).toBe('notFound');
    expect(sample.book.journal(5).map((step) => [step.step, step.label])).toEqual([
      [2, 'Other way'],
      [1, 'Rename 0'],
    ]);
    sample.dispose();
  });

  it('keeps what was undone when the step after it fails', () => {
    const sample = createSampleBook();
    rename(sample.book, 1);
    valueOf(sample.book.undo());
    failureOf(sample.book.edit('Bad', [{ kind: 'delete', noun: 'venue', id: 'aave' }]));
    expect(sample.book.info().redoLabel).toBe('Rename 0');
    sample.dispose();
  });
});

function rename(book: OpenBook, count: number): void {
  for (let index = 0; index < count; index += 1) valueOf(book.edit(`Rename ${index}`, [{ kind: 'rename', name: `Name ${index}` }]));
}

function claimOf(id: string) {
  const found = sampleContents.assets.find((asset) => asset.id === id);
  if (!found) throw new Error(`no asset ${id} in the sample`);
  return found;
}

import type { BookContents } from '../../domain/book.ts';
import { addDecimal, compareDecimal, multiplyDecimal } from '../../domain/decimal.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Position } from '../../domain/position.ts';
import { averageEntry, rowOf } from '../blotter/book-trade.ts';
import { inOrder } from './apply-edits.ts';

/** Another book as it was read, and how many times it is added (below zero: subtracted). */
export type AddedBook = { readonly digest: string; readonly name: string; readonly contents: BookContents; readonly sign: 1 | -1 };

/**
 * The contents with other books added, row by row. A book that is added as often as it is subtracted leaves no trace, not
 * even of rounding; the order does not matter.
 */
export function addBooks(contents: BookContents, books: readonly AddedBook[]): Result<BookContents> {
  const times = new Map<string, { readonly book: AddedBook; readonly count: number }>();
  for (const book of books) times.set(book.digest, { book, count: (times.get(book.digest)?.count ?? 0) + book.sign });
  const net = [...times.values()].filter(({ count }) => count !== 0).toSorted((a, b) => (a.book.digest < b.book.digest ? -1 : 1));
  let sum = contents;
  for (const { book, count } of net) {
    sum = withNouns(sum, book.contents);
    for (const row of book.contents.positions) {
      const added = addRow(sum, row, count);
      if (!added.ok) return fail(added.failure.reason, `${book.name}: ${added.failure.message}`, added.failure);
      sum = added.value;
    }
  }
  return succeed(sum);
}

/** Venues, assets, accounts and instruments that the first does not know, from the second. */
function withNouns(own: BookContents, other: BookContents): BookContents {
  return {
    ...own,
    venues: merged(own.venues, other.venues),
    assets: merged(own.assets, other.assets),
    accounts: merged(own.accounts, other.accounts),
    instruments: merged(own.instruments, other.instruments),
  };
}

function merged<Row extends { readonly id: string }>(own: readonly Row[], other: readonly Row[]): Row[] {
  return inOrder(new Map([...other, ...own].map((row) => [row.id, row])));
}

function addRow(contents: BookContents, other: Position, count: number): Result<BookContents> {
  const row = rowOf(contents, other);
  const instrument = contents.instruments.find((each) => each.id === other.instrumentId);
  const change = multiplyDecimal(other.quantity, String(count));
  const quantity = addDecimal(row.quantity, change);
  if (instrument !== undefined && !isPossible(instrument, quantity))
    return fail('conflict', `${instrument.name} in ${other.accountId} would come to ${quantity}`, {
      remedy: 'Subtract only what the book holds.',
    });
  const isFuture = instrument !== undefined && instrument.kind !== 'option' && 'underlyingId' in instrument;
  const entryPrice =
    other.entryPrice === null || compareDecimal(quantity, '0') === 0
      ? row.entryPrice
      : averageEntry(row, change, { price: other.entryPrice, isInverseFuture: isFuture && instrument.settlement === 'inverse' });
  if (entryPrice !== null && !(Number(entryPrice) > 0 && Number.isFinite(Number(entryPrice))))
    return fail(
      'unsupported',
      `${instrument?.name ?? other.instrumentId} in ${other.accountId}: the two entry prices have no average above zero`,
    );
  const positions = new Map(contents.positions.map((each) => [each.id, each]));
  if (compareDecimal(quantity, '0') === 0) positions.delete(row.id);
  else
    positions.set(row.id, {
      id: row.id,
      accountId: row.accountId,
      instrumentId: row.instrumentId,
      quantity,
      entryPrice,
      openedAt: row.openedAt ?? other.openedAt,
    });
  return succeed({ ...contents, positions: inOrder(positions) });
}

/** A holding is never below zero and a debt never above; contracts go both ways. */
export function isPossible(instrument: Instrument, quantity: string): boolean {
  if ('underlyingId' in instrument) return true;
  return compareDecimal(quantity, '0') * (instrument.kind === 'borrowed' ? -1 : 1) >= 0;
}

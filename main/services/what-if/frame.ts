import type { BookEdit } from '../../book/open-book.ts';
import type { WhatIfEdit } from '../../contract/what-if.ts';
import type { BookContents } from '../../domain/book.ts';
import { compareDecimal } from '../../domain/decimal.ts';
import type { DecimalText } from '../../domain/decimal.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { bookTrade, rowOf } from '../blotter/book-trade.ts';
import type { BookRow, Ground, Trade } from '../blotter/book-trade.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { addBooks, isPossible } from './add-books.ts';
import type { AddedBook } from './add-books.ts';
import { applyEdits } from './apply-edits.ts';
import { movePrices } from './move-prices.ts';
import type { PriceMove } from './move-prices.ts';

/** An edit with everything looked up that it needs, so that it gives the same book whenever it is folded. */
export type ResolvedEdit =
  | { readonly kind: 'trades'; readonly trades: readonly Trade[] }
  | { readonly kind: 'setPosition'; readonly row: BookRow; readonly quantity: DecimalText }
  | { readonly kind: 'movePrice'; readonly move: PriceMove }
  | { readonly kind: 'bookFile'; readonly book: AddedBook };

/** A hypothetical book: what it started from and its edits in order. */
export type Frame = {
  readonly id: string;
  readonly name: string;
  readonly base: 'live' | 'blank';
  readonly baseDigest: string;
  /** What the live book's analysis was made from when it started. */
  readonly live: AnalysisInputs;
  readonly edits: readonly {
    readonly id: string;
    readonly title: string;
    readonly detail: string;
    readonly edit: WhatIfEdit;
    readonly resolved: ResolvedEdit;
  }[];
};

/**
 * What the analysis of a hypothetical book is made from: other books first, then trades and quantities in their order, prices
 * last. Trades are made at the prices of the base snapshot: one hedges now, the market moves afterwards.
 */
export function foldFrame({ base, live, edits }: Frame): Result<AnalysisInputs> {
  const resolved = edits.map((edit) => edit.resolved);
  const start: BookContents = base === 'live' ? live.contents : { ...live.contents, positions: [], pledges: [] };
  const summed = addBooks(
    start,
    resolved.flatMap((each) => (each.kind === 'bookFile' ? [each.book] : [])),
  );
  if (!summed.ok) return summed;
  let contents = summed.value;
  for (const edit of resolved) {
    const applied = applyEdit({ contents, snapshot: live.snapshot }, edit);
    if (!applied.ok) return applied;
    contents = applied.value;
  }
  const moves = resolved.flatMap((each) => (each.kind === 'movePrice' ? [each.move] : []));
  return succeed({ ...live, contents, snapshot: movePrices(live.snapshot, contents.assets, moves) });
}

function applyEdit(ground: Ground, edit: ResolvedEdit): Result<BookContents> {
  if (edit.kind === 'setPosition') return setPosition(ground, edit);
  if (edit.kind !== 'trades') return succeed(ground.contents);
  let contents = ground.contents;
  for (const trade of edit.trades) {
    const booked = bookTrade({ contents, snapshot: ground.snapshot }, trade);
    if (!booked.ok) return booked;
    contents = applyEdits(contents, booked.value);
  }
  return succeed(contents);
}

function setPosition(
  { contents, snapshot }: Ground,
  { row, quantity }: Extract<ResolvedEdit, { kind: 'setPosition' }>,
): Result<BookContents> {
  if (!contents.accounts.some((account) => account.id === row.accountId))
    return fail('notFound', `account ${row.accountId}: not in this book`);
  const known = contents.instruments.find((each) => each.id === row.instrumentId);
  const instrument = known ?? snapshot.listings.find((each) => each.instrument.id === row.instrumentId)?.instrument;
  if (instrument === undefined) return fail('notFound', `instrument ${row.instrumentId}: neither in the book nor listed in its market`);
  if (!isPossible(instrument, quantity))
    return fail('invalidValue', `${instrument.name}: ${quantity} has the wrong sign; debts are below zero, holdings above`);
  const { id, accountId, instrumentId, entryPrice, openedAt } = rowOf(contents, row);
  const edits: BookEdit[] = known === undefined ? [{ kind: 'putInstrument', row: instrument }] : [];
  if (compareDecimal(quantity, '0') === 0) edits.push({ kind: 'delete', noun: 'position', id });
  else edits.push({ kind: 'putPosition', row: { id, accountId, instrumentId, quantity, entryPrice, openedAt } });
  return succeed(applyEdits(contents, edits));
}

import type { BookEdit } from '../../book/open-book.ts';
import { balanceInstruments } from '../../domain/balance-instrument.ts';
import type { BookContents } from '../../domain/book.ts';
import { addDecimal, compareDecimal, divideDecimal, isWholeLots, multiplyDecimal, negateDecimal, shortened } from '../../domain/decimal.ts';
import type { DecimalText } from '../../domain/decimal.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Position } from '../../domain/position.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { Instant } from '../../domain/time.ts';

/** One row of a book. */
export type BookRow = { readonly accountId: string; readonly instrumentId: string };

/**
 * A trade or payment that took place: `target` changed by `sign` × `quantity`, `payer` gave what that cost. The price is in
 * units of the payer's asset (inverse futures: dollars); null where the asset itself was moved.
 */
export type Trade = {
  readonly target: BookRow;
  readonly payer: BookRow;
  readonly sign: 1 | -1;
  readonly quantity: DecimalText;
  readonly price: DecimalText | null;
  /** Fee in units of the payer's asset. */
  readonly fee: DecimalText;
  readonly at: Instant;
};

/** What a trade is booked into. */
export type Ground = { readonly contents: BookContents; readonly snapshot: Snapshot };

type Contract = Extract<Instrument, { underlyingId: string }>;

/**
 * The edits of the book that a trade comes to: the target's row with its average entry, the payer's row, and the instrument
 * where the book did not know it. An option is paid for when it changes hands; a future or perpetual only settles the profit
 * of what it closes. Fails by name where the trade does not fit the book.
 */
export function bookTrade(ground: Ground, trade: Trade): Result<BookEdit[]> {
  const { contents, snapshot } = ground;
  const { target, payer, quantity } = trade;
  if (target.accountId === payer.accountId && target.instrumentId === payer.instrumentId)
    return fail('invalidValue', `${target.instrumentId} in ${target.accountId}: cannot pay for itself`);
  if (compareDecimal(quantity, '0') <= 0) return fail('invalidValue', `a quantity of ${quantity}: must be above zero`);
  const stranger = [target.accountId, payer.accountId].find((id) => !contents.accounts.some((account) => account.id === id));
  if (stranger !== undefined) return fail('notFound', `account ${stranger}: not in this book`);
  const known = contents.instruments.find((each) => each.id === target.instrumentId);
  const instrument =
    known ??
    snapshot.listings.find((listing) => listing.instrument.id === target.instrumentId)?.instrument ??
    balanceInstruments(contents.assets).get(target.instrumentId);
  if (instrument === undefined) return fail('notFound', `instrument ${target.instrumentId}: neither in the book nor listed in its market`);
  if ('lotSize' in instrument && !isWholeLots(quantity, instrument.lotSize))
    return fail('invalidValue', `${quantity} ${instrument.name}: not a whole number of lots of ${instrument.lotSize}`);
  const row = rowOf(contents, target);
  const booked = 'underlyingId' in instrument ? bookContract(row, instrument, trade) : bookHolding(row, instrument, trade);
  if (!booked.ok) return booked;
  const paid = payFrom(contents, payer, addDecimal(booked.value.paid, trade.fee));
  if (!paid.ok) return paid;
  const added: BookEdit[] = known === undefined ? [{ kind: 'putInstrument', row: instrument }] : [];
  return succeed([...added, ...putRow(row, booked.value.position), ...paid.value]);
}

type Booked = { readonly position: Position; readonly paid: DecimalText };

function bookContract(row: Position | FreshRow, instrument: Contract, { price, sign, quantity, at }: Trade): Result<Booked> {
  if (price === null) return fail('invalidValue', `${instrument.name}: a trade of it needs a price`);
  const change = signed(sign, quantity);
  const after = addDecimal(row.quantity, change);
  const isOpening = compareDecimal(row.quantity, '0') === 0;
  const isAdding = isOpening || compareDecimal(row.quantity, '0') === compareDecimal(change, '0');
  const isTurning = !isAdding && compareDecimal(after, '0') === compareDecimal(change, '0');
  const entryPrice = isAdding ? averageEntry(row, change, { price, isInverseFuture: isInverseFuture(instrument) }) : row.entryPrice;
  const position: Position = {
    ...stored(row),
    quantity: after,
    entryPrice: isTurning ? price : entryPrice,
    openedAt: isOpening || isTurning ? at : row.openedAt,
  };
  if (instrument.kind === 'option')
    return succeed({ position, paid: shortened(multiplyDecimal(multiplyDecimal(change, instrument.contractSize), price)) });
  if (isAdding) return succeed({ position, paid: '0' });
  if (row.entryPrice === null || compareDecimal(row.entryPrice, '0') <= 0)
    return fail(
      'invalidValue',
      `${instrument.name} in ${row.accountId}: its entry price is not known, so neither is what closing it settles`,
      {
        remedy: 'Give the position its entry price first.',
      },
    );
  const closed = isTurning ? negateDecimal(row.quantity) : change;
  return succeed({ position, paid: settledBy(instrument, closed, { entry: row.entryPrice, price }) });
}

/** What closing pays (the account receives its profit, so paid is below zero for a gain); `closed` has the sign of the closing trade. */
function settledBy(instrument: Contract, closed: DecimalText, at: { entry: DecimalText; price: DecimalText }): DecimalText {
  const size = multiplyDecimal(closed, instrument.contractSize);
  const gap = addDecimal(at.price, negateDecimal(at.entry));
  if (instrument.settlement === 'linear') return shortened(multiplyDecimal(size, gap));
  return divideDecimal(multiplyDecimal(size, gap), multiplyDecimal(at.entry, at.price));
}

function isInverseFuture(instrument: Contract): boolean {
  return instrument.kind !== 'option' && instrument.settlement === 'inverse';
}

/** Average entry after adding: weighed by quantity; of an inverse future, whose profit goes with 1 / price, the harmonic one. */
export function averageEntry(
  row: Position | FreshRow,
  change: DecimalText,
  { price, isInverseFuture: isHarmonic }: { readonly price: DecimalText; readonly isInverseFuture: boolean },
): DecimalText | null {
  if (compareDecimal(row.quantity, '0') === 0) return price;
  if (row.entryPrice === null || compareDecimal(row.entryPrice, '0') <= 0) return null;
  const total = addDecimal(row.quantity, change);
  if (!isHarmonic) return divideDecimal(addDecimal(multiplyDecimal(row.quantity, row.entryPrice), multiplyDecimal(change, price)), total);
  const cross = addDecimal(multiplyDecimal(row.quantity, price), multiplyDecimal(change, row.entryPrice));
  return divideDecimal(multiplyDecimal(total, multiplyDecimal(row.entryPrice, price)), cross);
}

function bookHolding(row: Position | FreshRow, instrument: Instrument, { price, sign, quantity }: Trade): Result<Booked> {
  const after = addDecimal(row.quantity, signed(sign, quantity));
  if (instrument.kind === 'borrowed' && compareDecimal(after, '0') > 0)
    return fail('conflict', `${instrument.name} in ${row.accountId}: ${quantity} is more than the ${negateDecimal(row.quantity)} owed`);
  if (instrument.kind !== 'borrowed' && compareDecimal(after, '0') < 0)
    return fail('conflict', `${instrument.name} in ${row.accountId}: ${quantity} is more than the ${row.quantity} held`);
  const position: Position = { ...stored(row), quantity: after };
  return succeed({ position, paid: shortened(multiplyDecimal(signed(sign, quantity), price ?? '1')) });
}

function payFrom(contents: BookContents, payer: BookRow, paid: DecimalText): Result<BookEdit[]> {
  if (compareDecimal(paid, '0') === 0) return succeed([]);
  const known = contents.instruments.find((each) => each.id === payer.instrumentId);
  // A debt that is drawn may be the first of its kind; cash that the book does not know cannot be there.
  const drawn = known ?? balanceInstruments(contents.assets).get(payer.instrumentId);
  if (drawn === undefined || (known === undefined && drawn.kind !== 'borrowed'))
    return fail('notFound', `instrument ${payer.instrumentId}: not in this book, so nothing can be paid from it`);
  const row = rowOf(contents, payer);
  const after = addDecimal(row.quantity, negateDecimal(paid));
  if (drawn.kind !== 'borrowed' && compareDecimal(after, '0') < 0 && compareDecimal(paid, '0') > 0)
    return fail('conflict', `${payer.accountId} holds ${row.quantity} of ${payer.instrumentId}, ${paid} would be paid`, {
      remedy: 'Fill less, or move the missing amount there first.',
    });
  const added: BookEdit[] = known === undefined ? [{ kind: 'putInstrument', row: drawn }] : [];
  return succeed([...added, ...putRow(row, { ...stored(row), quantity: after })]);
}

/** A row that the book does not have yet. */
export type FreshRow = Position & { readonly isFresh: true };

/** The row of the book, or a new one of quantity zero under an id that is free. */
export function rowOf(contents: BookContents, { accountId, instrumentId }: BookRow): Position | FreshRow {
  const found = contents.positions.find((each) => each.accountId === accountId && each.instrumentId === instrumentId);
  if (found !== undefined) return found;
  const taken = new Set(contents.positions.map((position) => position.id));
  const name = `${accountId}/${instrumentId}`.slice(0, 90);
  let id = name;
  for (let n = 2; taken.has(id); n += 1) id = `${name}~${n}`;
  return { id, accountId, instrumentId, quantity: '0', entryPrice: null, openedAt: null, isFresh: true };
}

function stored({ id, accountId, instrumentId, quantity, entryPrice, openedAt }: Position): Position {
  return { id, accountId, instrumentId, quantity, entryPrice, openedAt };
}

/** A row that has come to nothing leaves the book. */
function putRow(former: Position | FreshRow, row: Position): BookEdit[] {
  if (compareDecimal(row.quantity, '0') !== 0) return [{ kind: 'putPosition', row }];
  return 'isFresh' in former ? [] : [{ kind: 'delete', noun: 'position', id: row.id }];
}

function signed(sign: 1 | -1, quantity: DecimalText): DecimalText {
  return sign === 1 ? quantity : negateDecimal(quantity);
}

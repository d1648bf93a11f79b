import { describe, expect, test } from 'vitest';
import type { BookContents } from '../../../main/domain/book.ts';
import type { Instrument } from '../../../main/domain/instrument.ts';
import type { Snapshot } from '../../../main/domain/snapshot.ts';
import { bookTrade, type Trade } from '../../../main/services/blotter/book-trade.ts';
import { deskContents, deskSnapshot, type Desk } from '../hedge-desk.ts';

const desk: Desk = { loans: [{ id: 'L', eth: 10, usdc: 8000 }], perpetual: { cash: 5000, eth: -10 }, cash: 1000, reserveEth: 1e4 };
const snapshot = deskSnapshot(desk);
const contents = deskContents(desk);
const perpetual = { accountId: 'PRP', instrumentId: 'exchange:ETH' };
const cash = { accountId: 'PRP', instrumentId: 'spot:USDC' };
const base: Trade = { target: perpetual, payer: cash, sign: 1, quantity: '4', price: '1900', fee: '0', at: '2026-02-05T21:00:00Z' };

function booked(trade: Partial<Trade>, into: BookContents = contents): unknown {
  const answer = bookTrade({ contents: into, snapshot }, { ...base, ...trade });
  if (!answer.ok) return answer.failure.reason;
  return answer.value.map((edit) =>
    edit.kind === 'putPosition' ? [edit.row.instrumentId, edit.row.quantity, edit.row.entryPrice] : edit.kind,
  );
}

describe('a perpetual', () => {
  test('that is closed in part settles the profit of what was closed and keeps its entry', () => {
    // Short 10 from 2,000; 4 bought back at 1,900 gain 400.
    expect(booked({})).toEqual([
      ['exchange:ETH', '-6', '2000'],
      ['spot:USDC', '5400', null],
    ]);
  });

  test('that is turned round settles all of it and starts anew at the price', () => {
    expect(booked({ quantity: '15', fee: '1.5' })).toEqual([
      ['exchange:ETH', '5', '1900'],
      ['spot:USDC', '5998.5', null],
    ]);
  });

  test('that is closed leaves the book, with its loss paid', () => {
    expect(booked({ quantity: '10', price: '2100' })).toEqual(['delete', ['spot:USDC', '4000', null]]);
  });

  test('that is added to averages its entry and pays nothing', () => {
    expect(booked({ sign: -1, quantity: '10', price: '1900' })).toEqual([['exchange:ETH', '-20', '1950']]);
  });

  test('settled in coin averages its entry harmonically and settles in coin', () => {
    const inverse: Instrument = { ...(contents.instruments[3] as Extract<Instrument, { kind: 'perpetual' }>), settlement: 'inverse' };
    const into = {
      ...contents,
      instruments: contents.instruments.map((each) => (each.id === inverse.id ? inverse : each)),
      positions: contents.positions.map((row) =>
        row.instrumentId === inverse.id ? { ...row, quantity: '1000', entryPrice: '2000' } : row,
      ),
    };
    // 1,000 dollars at 2,000 and 1,000 at 1,000 are 1.5 ETH: 2,000 / 1.5.
    expect(booked({ quantity: '1000', price: '1000' }, into)).toEqual([['exchange:ETH', '2000', '1333.333333333333333333']]);
    // 1,000 dollars from 2,000 to 2,500: 0.5 − 0.4 ETH gained.
    expect(booked({ sign: -1, quantity: '1000', price: '2500' }, into)).toEqual(['delete', ['spot:USDC', '5000.1', null]]);
  });

  test('of unknown entry is not closed, since nobody knows what that settles', () => {
    const into = { ...contents, positions: contents.positions.map((row) => ({ ...row, entryPrice: null })) };
    expect(booked({}, into)).toBe('invalidValue');
  });
});

describe('an option', () => {
  const option: Instrument = {
    kind: 'option',
    id: 'exchange:ETH-P',
    name: 'ETH-27MAR26-1500-P',
    venueId: 'exchange',
    underlyingId: 'ETH',
    settlement: 'linear',
    settlementAssetId: 'USDC',
    contractSize: '0.1',
    lotSize: '1',
    expiry: '2026-03-27T08:00:00Z',
    optionType: 'put',
    strike: '1500',
  };
  const put = { accountId: 'PRP', instrumentId: option.id };
  const listed: Snapshot = { ...snapshot, listings: snapshot.listings.map((listing) => ({ ...listing, instrument: option })) };

  test('that the book does not know is added with its instrument, and its premium is paid at once', () => {
    const answer = bookTrade({ contents, snapshot: listed }, { ...base, target: put, quantity: '20', price: '50' });
    expect(answer.ok && answer.value.map((edit) => (edit.kind === 'putPosition' ? edit.row.quantity : edit.kind))).toEqual([
      'putInstrument',
      '20',
      '4900',
    ]);
  });

  test('is not bought with more than there is, nor in parts of a lot, nor without a price, nor when nobody lists it', () => {
    const reason = (trade: Partial<Trade>, market = listed): string => {
      const answer = bookTrade({ contents, snapshot: market }, { ...base, target: put, quantity: '20', price: '50', ...trade });
      return answer.ok ? 'booked' : answer.failure.reason;
    };
    expect([reason({ price: '2501' }), reason({ quantity: '1.5' }), reason({ price: null }), reason({}, snapshot)]).toEqual([
      'conflict',
      'invalidValue',
      'invalidValue',
      'notFound',
    ]);
  });
});

describe('cash', () => {
  const debt = { accountId: 'L', instrumentId: 'borrowed:USDC' };
  const custody = { accountId: 'CST', instrumentId: 'spot:USDC' };
  test('repays no more than is owed and no more than there is', () => {
    expect(booked({ target: debt, payer: custody, price: null, quantity: '600' })).toEqual([
      ['borrowed:USDC', '-7400', null],
      ['spot:USDC', '400', null],
    ]);
    expect(booked({ target: debt, payer: custody, price: null, quantity: '1000.01' })).toBe('conflict');
    expect(booked({ target: debt, payer: custody, price: null, quantity: '8000.01' })).toBe('conflict');
    expect(booked({ target: debt, payer: debt, price: null })).toBe('invalidValue');
    expect(booked({ target: { ...debt, accountId: 'none' }, payer: custody, price: null })).toBe('notFound');
  });
});

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, openDesk, resourcesFolder, type Desk } from '../importing/import-desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

const take = (name: string, content: string) =>
  desk.market['market.import']({ source: { path: desk.file(name, content) } }, desk.context());
const CHAIN =
  'timestamp,instrument_name,underlying,bid_price,ask_price,mark_price,implied_volatility,open_interest,volume,currency,index_price';
const option = (name: string, more: { at?: string; mark?: string } = {}): string =>
  `${more.at ?? '2026-02-05T21:29:37+00:00'},${name},63726.1,0.08,0.09,${more.mark ?? '0.085'},0.8,10,5,BTC,63718.97`;
const BARS = 'time_utc,venue,symbol,interval,open,high,low,close,volume_base';
const bar = (at: string, symbol: string, close: string): string =>
  `${at},binance-spot,${symbol},1h,100,${Number(close) + 200},1,${close},7`;

describe('market import', () => {
  it('makes a snapshot of a chain, active and undoable, and reports what it left out', async () => {
    const before = desk.book().digest();
    const done = must(
      await take('chain.csv', [CHAIN, option('BTC-27MAR26-60000-P'), option('BTC-31FEB26-60000-P'), 'short,row', ''].join('\n')),
    );
    expect(done).toMatchObject({ kind: 'optionChain', rows: 1, snapshotId: 'deribit-2026-02-05T21:29' });
    expect(done.rejected.map((row) => [row.line, row.column])).toEqual([
      [3, 'instrument_name'],
      [4, 'underlying'],
    ]);
    expect(must(await desk.market['market.snapshots']({}, desk.context()))).toMatchObject([
      { id: done.snapshotId, listings: 1, quotes: 1, isActive: true },
    ]);
    must(desk.book().undo());
    expect(desk.book().digest()).toBe(before);
  });

  it('says how well the chain agrees with itself', async () => {
    const done = must(await take('chain.csv', [CHAIN, option('BTC-27MAR26-60000-P'), option('BTC-27MAR26-70000-P')].join('\n')));
    expect(done.summary).toMatch(/\d of 2 option quotes are met by a smile without arbitrage, \d contradict each other$/);
    const smiles = must(await desk.market['market.smiles']({}, desk.context()));
    expect(smiles).toMatchObject([{ underlyingId: 'BTC', expiry: '2026-03-27T08:00:00Z', quoted: 2 }]);
    expect(smiles[0]?.volatility).toBeGreaterThan(0);
  });

  it('extends a snapshot of the same minutes and starts another for a later market', async () => {
    await take('a.csv', [CHAIN, option('BTC-27MAR26-60000-P')].join('\n'));
    await take('b.csv', [CHAIN, option('BTC-27MAR26-70000-P', { at: '2026-02-05T21:30:37+00:00' })].join('\n'));
    expect(desk.book().snapshots()).toHaveLength(1);
    await take('c.csv', [CHAIN, option('BTC-27MAR26-70000-P', { at: '2026-02-06T21:30:37+00:00' })].join('\n'));
    expect(
      desk
        .book()
        .snapshots()
        .map((head) => head.isActive),
    ).toEqual(expect.arrayContaining([true, false]));
    const [first] = desk
      .book()
      .snapshots()
      .filter((head) => !head.isActive);
    expect(must(await desk.market['market.activate']({ id: first?.id ?? '' }, desk.context()))).toMatchObject({
      isActive: true,
      listings: 1,
    });
  });

  it('takes quotes, the day before and daily closes from price bars', async () => {
    const lines = [
      bar('2026-02-03T23:00:00Z', 'ETHUSDT', '2200'),
      bar('2026-02-04T20:00:00Z', 'ETHUSDT', '2100'),
      bar('2026-02-05T20:00:00Z', 'ETHUSDT', '1900'),
      bar('2026-02-05T20:00:00Z', 'ETHUSDT', '1850').replace('binance-spot', 'binance-usdm-perp'),
      bar('2026-02-05T20:00:00Z', 'ETHEUR', '1700'),
      bar('2026-02-05T20:00:00Z', 'ETHUSDT', '1900'),
    ];
    const done = must(await take('bars.csv', [BARS, ...lines].join('\n')));
    expect(done).toMatchObject({ kind: 'priceBars', rows: 4 });
    expect(done.rejected.map((row) => [row.line, row.column])).toEqual([
      [6, 'symbol'],
      [7, 'time_utc'],
    ]);
    const snapshot = must(await desk.market['market.snapshot']({}, desk.context()));
    expect(snapshot).toMatchObject({ asOf: '2026-02-05T21:00:00Z', history: [{ day: '2026-02-03', closeUsd: { ETH: 2200 } }] });
    expect(snapshot.quotes).toMatchObject([{ assetId: 'ETH', priceUsd: 1900, asOf: '2026-02-05T21:00:00Z' }]);
    expect(snapshot.dayBefore).toMatchObject([{ assetId: 'ETH', priceUsd: 2100 }]);
    expect(snapshot.assumptions).toMatchObject([{ id: 'dollar-quotes' }]);
  });

  it('adds daily closes to the history of the active snapshot and leaves its quotes alone', async () => {
    await take('chain.csv', [CHAIN, option('BTC-27MAR26-60000-P')].join('\n'));
    const daily =
      'date_utc,symbol,open,high,low,close,volume\n2026-02-03,BTCUSDT,1,3,1,2,5\n2026-02-05,BTCUSDT,1,3,1,2,5\n2026-02-30,BTCUSDT,1,3,1,2,5\n2026-02-04,BTCUSDT,1,3,2,1.5,5\n';
    const done = must(await take('daily.csv', daily));
    expect(done.rejected.map((row) => [row.line, row.column])).toEqual([
      [4, 'date_utc'],
      [5, 'high'],
    ]);
    const snapshot = must(await desk.market['market.snapshot']({}, desk.context()));
    expect(snapshot.history).toEqual([{ day: '2026-02-03', closeUsd: { BTC: 2 } }]);
    expect(snapshot.quotes).toMatchObject([{ assetId: 'BTC', priceUsd: 63718.97 }]);
  });

  it('takes a venue and a snapshot in JSON, and gives a snapshot back exactly', async () => {
    const venue = must(await take('venue.json', readFileSync(`${resourcesFolder}/venues/binance.json`, 'utf8')));
    expect(venue).toMatchObject({ kind: 'venue', rows: 1 });
    expect(must(desk.book().contents()).venues.map((row) => row.id)).toEqual(['binance']);
    await take('chain.csv', [CHAIN, option('BTC-27MAR26-60000-P')].join('\n'));
    const snapshot = must(desk.book().snapshot());
    const copy = { ...snapshot, id: 'copy' };
    const done = must(await take('snapshot.json', JSON.stringify({ format: 'interlock-snapshot', version: 1, snapshot: copy })));
    expect(done).toMatchObject({ kind: 'snapshot', snapshotId: 'copy' });
    expect(must(desk.book().snapshot('copy'))).toEqual(copy);
  });

  it.each([
    {
      what: 'other columns',
      name: 'x.csv',
      content: 'a,b\n1,2\n',
      message: 'are neither an option chain, price bars nor a list of borrowers',
    },
    { what: 'no usable row', name: 'x.csv', content: `${CHAIN}\nx,y\n`, message: 'has no row that can be used: line 2' },
    { what: 'broken JSON', name: 'x.json', content: '{"id": ', message: 'is not JSON' },
    { what: 'JSON of something else', name: 'x.json', content: '{"id": 1}', message: 'is not a venue' },
    { what: 'a key twice', name: 'x.json', content: '{"id": 1, "id": 2}', message: 'the key id is there twice' },
    {
      what: 'a snapshot of another version',
      name: 'x.json',
      content: '{"format":"interlock-snapshot","version":2}',
      message: 'is not a snapshot',
    },
    { what: 'nothing', name: 'x.csv', content: '', message: 'is empty' },
  ])('refuses $what and changes nothing', async ({ name, content, message }) => {
    const before = desk.book().digest();
    expect(await take(name, content)).toMatchObject({ ok: false, failure: { message: expect.stringContaining(message) as string } });
    expect(desk.book().digest()).toBe(before);
  });
});

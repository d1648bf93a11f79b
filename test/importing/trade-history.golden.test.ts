import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportFormats, must, openDesk, type Desk } from './import-desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

describe('Binance USDⓈ-M', () => {
  const { header, row } = exportFormats.binanceTradeHistory;
  const fill = (id: string, cells: { time: string; symbol?: string; side: string; price: string; size: string; profit?: string }): string =>
    [
      '9',
      cells.time,
      cells.symbol ?? 'BTCUSDT',
      cells.side,
      cells.price,
      cells.size,
      '1',
      '0.00502299USDT',
      cells.profit ?? '0',
      'false',
      'true',
      id,
      '800000001',
    ].join(',');

  it('reads the golden trade row', async () => {
    const preview = must(await desk.preview(desk.file('trades.csv', `${header}\n${row}\n`), { accountId: 'BIN-1' }));
    expect(preview.format).toBe('binance-trades');
    expect(preview.sample[0]).toMatchObject({
      line: 2,
      state: 'rejected',
      column: 'Symbol',
      reason: 'ABCUSDT is unknown: asset ABC is not in the book; add it first',
    });
  });

  it('nets trades in order of time and of ids beyond 2^53, even where the file has them the other way round', async () => {
    const fills = [
      fill('90071992547409930', { time: '2026-02-03 10:00:00', side: 'BUY', price: '61000', size: '0.1' }),
      fill('90071992547409931', { time: '2026-02-03 10:00:00', side: 'SELL', price: '62000', size: '0.3', profit: '200' }),
      fill('70000000000000001', { time: '2026-02-01 10:00:00', side: 'BUY', price: '60000', size: '0.3' }),
    ];
    const { preview } = await desk.load(desk.file('trades.csv', [header, ...fills].join('\n')), { accountId: 'BIN-1' });
    expect(preview.failures).toEqual([]);
    expect(desk.position('BIN-1/BTCUSDT')).toMatchObject({
      quantity: '0.1',
      entryPrice: '60250',
      openedAt: '2026-02-01T10:00:00Z',
      instrumentId: 'binance:BTCUSDT',
    });
  });

  it('restarts the entry price when a trade crosses zero', async () => {
    const fills = [
      fill('1', { time: '2026-02-01 10:00:00', side: 'BUY', price: '60000', size: '1' }),
      fill('2', { time: '2026-02-02 10:00:00', side: 'SELL', price: '65000', size: '3', profit: '5000' }),
    ];
    await desk.load(desk.file('trades.csv', [header, ...fills].join('\n')), { accountId: 'BIN-1' });
    expect(desk.position('BIN-1/BTCUSDT')).toMatchObject({ quantity: '-2', entryPrice: '65000' });
  });

  it('says that earlier trades are missing when a profit is booked on an opening trade', async () => {
    const preview = must(
      await desk.preview(
        desk.file(
          'trades.csv',
          [header, fill('1', { time: '2026-02-01 10:00:00', side: 'SELL', price: '60000', size: '1', profit: '12' })].join('\n'),
        ),
        { accountId: 'BIN-1' },
      ),
    );
    expect(preview.failures[0]?.message).toContain('earlier trades are missing');
  });

  it('rejects a trade id given twice, a side that is none and a fee that is none', async () => {
    const fills = [
      fill('7', { time: '2026-02-01 10:00:00', side: 'BUY', price: '60000', size: '1' }),
      fill('7', { time: '2026-02-01 10:00:00', side: 'BUY', price: '60000', size: '1' }),
      fill('8', { time: '2026-02-01 10:00:00', side: 'HOLD', price: '60000', size: '1' }),
      fill('9', { time: '2026-02-01 10:00:00', side: 'BUY', price: '60000', size: '1' }).replace('0.00502299USDT', 'free'),
    ];
    const preview = must(await desk.preview(desk.file('trades.csv', [header, ...fills].join('\n')), { accountId: 'BIN-1' }));
    expect(preview.sample.filter((row) => row.state === 'rejected').map((row) => [row.line, row.column])).toEqual([
      [3, 'Trade ID'],
      [4, 'Side'],
      [5, 'Fee'],
    ]);
  });

  it('keeps what remains of an open position and closes it by a later export', async () => {
    const { header: columns, row: closed } = exportFormats.binancePositionHistory;
    const open = closed.replace('0.001,0.001,', '0.005,0.002,').replace('2026-05-30 03:35:09,Closed', ',Open').replace('Long', 'Short');
    const { preview } = await desk.load(desk.file('positions.csv', [columns, closed, open].join('\n')), { accountId: 'BIN-1' });
    expect(preview.format).toBe('binance-positions');
    expect(preview.counts).toMatchObject({ new: 1, unchanged: 1 });
    const [held] = desk.positions();
    expect(held).toMatchObject({ quantity: '-0.003', entryPrice: '73645.8', openedAt: '2026-05-29T18:25:01Z' });
    const later = open.replace(',Open', '2026-05-31 03:35:09,Closed').replace('0.005,0.002,', '0.005,0.005,');
    const after = await desk.load(desk.file('positions.csv', [columns, later].join('\n')), { accountId: 'BIN-1' });
    expect(after.preview.counts).toMatchObject({ changed: 1 });
    expect(desk.positions()).toMatchObject([{ id: held?.id, quantity: '0' }]);
  });
});

describe('Hyperliquid trade history', () => {
  const { header, rows, otherHeader } = exportFormats.hyperliquidTradeHistory;

  it('asks for the order of day and month where a date has two readings, and takes one that has one', async () => {
    const path = desk.file('trades.csv', [header, ...rows].join('\n'));
    const asked = must(await desk.preview(path, { accountId: 'HYP-1' }));
    expect(asked.questions).toMatchObject([{ id: 'dateOrder', lines: [2] }]);
    expect(asked.questions[0]?.choices.map((choice) => choice.examples[0]?.parsed)).toEqual([
      '2026-03-08T11:15:00Z',
      '2026-08-03T11:15:00Z',
      undefined,
    ]);
    await desk.load(path, { accountId: 'HYP-1', dateOrder: 'monthFirst' });
    expect(desk.position('HYP-1/ETH')).toMatchObject({
      quantity: '0.1',
      entryPrice: '2000',
      openedAt: '2026-08-03T11:15:00Z',
      instrumentId: 'hyperliquid:ETH',
    });
  });

  it('rejects sales of a coin that exceed its purchases: the balance before is not in the file', async () => {
    const preview = must(await desk.preview(desk.file('trades.csv', [header, rows[1]].join('\n')), { accountId: 'HYP-1' }));
    expect(preview.sample[0]).toMatchObject({
      state: 'rejected',
      column: 'coin',
      reason: 'ETH/USDC: sales exceed purchases by 0.0515; enter the balance as a position instead',
    });
  });

  it('reads the header with fee token and hash, and every direction', async () => {
    const line = (dir: string, size: string): string => `2026-02-05 10:00:00,ETH,${dir},2000,${size},1,0.02,USDC,0,0xab`;
    const fills = [
      line('Open Long', '3'),
      line('Close Long', '1'),
      line('Long > Short', '5'),
      line('Close Short', '1'),
      line('Guess', '1'),
    ];
    const preview = must(await desk.preview(desk.file('trades.csv', [otherHeader, ...fills].join('\n')), { accountId: 'HYP-1' }));
    expect(preview.sample.map((row) => row.state)).toEqual(['new', 'new', 'new', 'new', 'rejected']);
    expect(preview.sample[0]?.quantity).toBe('-2');
  });
});

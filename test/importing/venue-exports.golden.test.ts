import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportFormats, must, openDesk, type Desk } from './import-desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

const headers = exportFormats.deribitTransactionLog.headersNewestFirst;

/** One log entry as cells by column; the header decides which of them the file has. */
type Entry = Readonly<Record<string, string>>;
const entry = (id: number, more: Entry): Entry => ({
  ID: String(900 + id),
  UserSeq: String(id),
  Date: `2026-02-0${1 + (id % 7)} 09:14:02`,
  Side: '-',
  ...more,
});
const log = (header: string, entries: readonly Entry[]): string => {
  const columns = header.split(',');
  const lines = [...entries].reverse().map((row) => columns.map((column) => row[column] ?? '').join(','));
  return [header, ...lines, ''].join('\n');
};
const trade = (id: number, cells: { name: string; side: string; size: string; position: string; price: string; balance?: string }): Entry =>
  entry(id, {
    Instrument: cells.name,
    Type: 'trade',
    Side: cells.side,
    Amount: cells.size,
    'Base Amount': cells.size,
    Size: cells.size,
    Position: cells.position,
    Price: cells.price,
    Balance: cells.balance ?? '10',
  });

/** Deposit, option sales in two parts, a partial buy-back, a perpetual through a settlement, an expired option. */
const history: readonly Entry[] = [
  entry(1, { Instrument: '', Type: 'deposit', Change: '10', Balance: '10' }),
  trade(2, { name: 'BTC-27MAR26-60000-P', side: 'open sell', size: '25', position: '-25', price: '0.03' }),
  trade(3, { name: 'BTC-27MAR26-60000-P', side: 'open sell', size: '75', position: '-100', price: '0.05' }),
  trade(4, { name: 'BTC-27MAR26-60000-P', side: 'close buy', size: '10', position: '-90', price: '0.09' }),
  trade(5, { name: 'BTC-PERPETUAL', side: 'open sell', size: '1000', position: '-1000', price: '50000' }),
  trade(6, { name: 'BTC-PERPETUAL', side: 'open sell', size: '1000', position: '-2000', price: '100000' }),
  trade(7, { name: 'BTC-6FEB26-52000-C', side: 'open buy', size: '5', position: '5', price: '0.1' }),
  entry(8, { Instrument: 'BTC-6FEB26-52000-C', Type: 'delivery', Side: 'long', Position: '0', Price: '64000', Balance: '10.5' }),
  entry(9, { Instrument: '', Type: 'withdrawal', Change: '-0.5', Balance: '10.0' }),
];

describe('Deribit transaction log', () => {
  it.each(headers.map((header, index) => ({ header, generation: headers.length - index })))(
    'generation $generation nets to the same positions',
    async ({ header, generation }) => {
      const path = desk.file('transaction_log-1234-BTC-2026.csv', log(header, history));
      const { preview } = await desk.load(path, { accountId: 'DRB-BTC' });
      expect(preview.layout).toContain(`header generation ${generation}`);
      expect(preview.format).toBe('deribit-transactions');
      expect(preview.counts).toEqual({ new: 7, changed: 0, unchanged: 2, asked: 0, rejected: 0 });
      expect(desk.position('DRB-BTC/BTC-27MAR26-60000-P')).toMatchObject({
        quantity: '-90',
        entryPrice: '0.045',
        instrumentId: 'deribit:BTC-27MAR26-60000-P',
      });
      // Coin-settled: 2,000 dollars at the harmonic mean of 50,000 and 100,000.
      expect(desk.position('DRB-BTC/BTC-PERPETUAL')).toMatchObject({ quantity: '-2000', instrumentId: 'deribit:BTC-PERPETUAL' });
      expect(Number(desk.position('DRB-BTC/BTC-PERPETUAL')?.entryPrice)).toBeCloseTo(200_000 / 3, 9);
      expect(desk.position('DRB-BTC/BTC')).toMatchObject({ quantity: '10.0', instrumentId: 'spot:BTC' });
      expect(desk.positions()).toHaveLength(3);
    },
  );

  it('goes on from the settlement price, since the profit before it is in the balance', async () => {
    const settled = [
      ...history.slice(4, 6),
      entry(7, { Instrument: 'BTC-PERPETUAL', Type: 'settlement', Side: 'short', Position: '-2000', Price: '63000', Balance: '10.2' }),
    ];
    await desk.load(desk.file('transaction_log-1-BTC-x.csv', log(headers[0] ?? '', settled)), { accountId: 'DRB-BTC' });
    expect(desk.position('DRB-BTC/BTC-PERPETUAL')).toMatchObject({ quantity: '-2000', entryPrice: '63000' });
    expect(desk.position('DRB-BTC/BTC')?.quantity).toBe('10.2');
  });

  it('leaves the entry price unknown, and says so, when the log starts after the position', async () => {
    const late = [trade(9, { name: 'BTC-PERPETUAL', side: 'close buy', size: '10', position: '-90', price: '60000' })];
    const { preview } = await desk.load(desk.file('transaction_log-1-BTC-x.csv', log(headers[0] ?? '', late)), { accountId: 'DRB-BTC' });
    expect(desk.position('DRB-BTC/BTC-PERPETUAL')).toMatchObject({ quantity: '-90', entryPrice: null });
    expect(preview.failures.map((failure) => failure.message)).toEqual([expect.stringContaining('held before line 2')]);
  });

  it('names the row, column and reason of what it cannot use', async () => {
    const bad = [
      trade(1, { name: 'BTC-31FEB26-55000-P', side: 'open sell', size: '40', position: '-40', price: '0.039' }),
      trade(2, { name: 'BTC-27MAR26-55000-P', side: 'open sell', size: '1e999', position: '-1', price: '0.039' }),
      trade(3, { name: 'BTC-27MAR26-55000-P', side: 'open sell', size: '1', position: '-1', price: '' }),
      trade(4, { name: 'BTC-PERPETUAL', side: 'open sell', size: '10', position: '-10', price: '60000' }),
      { ...trade(5, { name: 'BTC-PERPETUAL', side: 'open sell', size: '10', position: '-20', price: '60000' }), ID: '904' },
      { ...trade(6, { name: 'BTC-PERPETUAL', side: 'open sell', size: '10', position: '-20', price: '60000' }), Type: 'magic' },
      trade(7, { name: 'ATOM-27MAR26', side: 'open sell', size: '10', position: '-10', price: '6' }),
    ];
    const preview = must(
      await desk.preview(desk.file('transaction_log-1-BTC-x.csv', log(headers[0] ?? '', bad)), { accountId: 'DRB-BTC' }),
    );
    const problems = preview.sample.filter((row) => row.state === 'rejected').map((row) => [row.line, row.column, row.reason]);
    expect(problems).toEqual([
      [2, 'Instrument', 'ATOM-27MAR26 is unknown: asset ATOM is not in the book; add it first'],
      [3, 'Type', 'magic is not a known type of entry'],
      [5, 'ID', '904 already on line 4'],
      [6, 'Price', 'is empty; a trade needs a price'],
      [7, 'Amount', '1e999 is not a finite number'],
      [8, 'Instrument', 'BTC-31FEB26-55000-P: 31 February does not exist'],
    ]);
    expect(preview.counts).toEqual({ new: 1, changed: 0, unchanged: 0, asked: 0, rejected: 6 });
  });

  it('asks for the account and offers a new one; a second import of the same log changes nothing', async () => {
    const path = desk.file('transaction_log-1234-BTC-2026.csv', log(headers[0] ?? '', history));
    const asked = must(await desk.preview(path));
    expect(asked.canCommit).toBe(false);
    expect(asked.counts).toMatchObject({ asked: 9, new: 0 });
    expect(asked.questions).toMatchObject([{ id: 'accountId', choices: [{ value: 'DRB-BTC' }] }]);
    await desk.load(path, { accountId: 'DRB-BTC' });
    const again = must(await desk.preview(path, { accountId: 'DRB-BTC' }));
    expect(again.counts).toEqual({ new: 0, changed: 0, unchanged: 9, asked: 0, rejected: 0 });
    expect(again.canCommit).toBe(false);
  });

  it('takes the currency from the instruments when the file was renamed, and refuses where nothing tells', async () => {
    expect((await desk.preview(desk.file('renamed.csv', log(headers[0] ?? '', history)), { accountId: 'X' })).ok).toBe(true);
    const silent = await desk.preview(desk.file('silent.csv', log(headers[0] ?? '', history.slice(0, 1))), { accountId: 'X' });
    expect(silent).toMatchObject({ ok: false, failure: { message: expect.stringContaining('the currency of the log is not known') } });
  });

  it('asks about 1.200,0 among plain numbers and reads both ways', async () => {
    const open = [
      ...history.slice(0, 4),
      trade(9, { name: 'BTC-13FEB26-60000-P', side: 'open sell', size: '"1.200,0"', position: '"-1.200,0"', price: '"0,0238"' }),
    ];
    const path = desk.file('transaction_log-1-BTC-x.csv', log(headers[0] ?? '', open));
    const asked = must(await desk.preview(path, { accountId: 'DRB-BTC' }));
    expect(asked.counts).toMatchObject({ new: 4, asked: 1 });
    const [question] = asked.questions;
    expect(question).toMatchObject({ id: 'decimalSign', lines: [2] });
    expect(question?.choices.map((choice) => [choice.value, choice.examples[0]?.parsed])).toEqual([
      ['comma', '1200.0'],
      ['dot', 'cannot be read'],
      ['leaveOut', undefined],
    ]);
    const answered = must(await desk.preview(path, { accountId: 'DRB-BTC', decimalSign: 'comma' }));
    expect(answered.counts).toMatchObject({ new: 5, asked: 0 });
    expect(answered.sample[0]).toMatchObject({ line: 2, quantity: '-1200', instrumentId: 'deribit:BTC-13FEB26-60000-P' });
    const leftOut = must(await desk.preview(path, { accountId: 'DRB-BTC', decimalSign: 'leaveOut' }));
    expect(leftOut.counts).toMatchObject({ new: 4, rejected: 1 });
  });
});

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

  it('nets trades in order of time and of ids beyond 2^53, whatever the order of the file', async () => {
    const fills = [
      fill('90071992547409931', { time: '2026-02-03 10:00:00', side: 'SELL', price: '62000', size: '0.3', profit: '200' }),
      fill('90071992547409930', { time: '2026-02-03 10:00:00', side: 'BUY', price: '61000', size: '0.1' }),
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

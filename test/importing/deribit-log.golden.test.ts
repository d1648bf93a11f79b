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
    expect(preview.failures.map((failure) => failure.message)).toEqual([expect.stringContaining('held before line 2') as string]);
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
    expect(silent).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('the currency of the log is not known') as string },
    });
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

import { negateDecimal } from '../../domain/decimal.ts';
import { binanceInstrument, hyperliquidInstrument } from '../../domain/venue-symbol.ts';
import type { Directory } from '../directory.ts';
import type { RawRow } from '../file/table.ts';
import { SeenIds } from '../seen-ids.ts';
import type { Answers, LayoutReader, RowReading } from './layout-reader.ts';
import { RowCells } from './row-cells.ts';
import { TradeLedger } from './trade-ledger.ts';

/** What a reader of a venue's trade history is made from. */
export type TradeRowsInput = {
  readonly columns: readonly string[];
  readonly accountId: string;
  readonly directory: Directory;
  readonly answers: Answers;
};

/**
 * Binance USDⓈ-M trade history: times are UTC, `Fee` has its asset glued on, ids are text (they exceed 2^53). A trade id that
 * was on an earlier line for the same symbol refuses the row.
 */
export function binanceTradeRows({ columns, accountId, directory, answers }: TradeRowsInput): LayoutReader {
  const cells = new RowCells(columns, answers);
  const ids = new SeenIds();
  const ledger = new TradeLedger({ accountId, venueId: 'binance', currency: 'USDT', column: 'Symbol', read: binanceInstrument, directory });
  const readRow = (row: RawRow): RowReading => {
    cells.take(row.cells);
    const symbol = cells.text('Symbol');
    const instrument = binanceInstrument(symbol);
    if (!instrument.ok) cells.reject('Symbol', symbol === '' ? 'is empty' : instrument.failure.message);
    const at = cells.instant('Time');
    const side = cells.text('Side').toUpperCase();
    if (side !== 'BUY' && side !== 'SELL') cells.reject('Side', `${side === '' ? 'an empty cell' : side} is not BUY or SELL`);
    const price = positive(cells, 'Price');
    const quantity = positive(cells, 'Quantity');
    cells.optionalDecimal('Amount');
    checkFee(cells, 'Fee');
    const realisedProfit = cells.optionalDecimal('Realized Profit');
    const id = cells.text('Trade ID');
    if (!/^\d{1,30}$/.test(id)) cells.reject('Trade ID', `${id === '' ? 'an empty cell' : id} is not a whole number`);
    const firstLine = id === '' ? null : ids.firstLine(`${symbol}\n${id}`, row.line);
    if (firstLine !== null) cells.reject('Trade ID', `${id} already on line ${firstLine}`);
    if (cells.trouble) {
      if (instrument.ok) ledger.leaveOut(symbol, row.line);
      return cells.trouble;
    }
    const signed = side === 'BUY' ? quantity : negateDecimal(quantity);
    ledger.add({ line: row.line, name: symbol, quantity: signed, price, at, order: id, realisedProfit });
    return { kind: 'part', key: symbol, openCell: cells.openCell };
  };
  return { readRow, conclude: () => ledger.conclude() };
}

/** Sign of the position's change by what Hyperliquid calls the direction of a fill. */
const DIRECTIONS: Readonly<Record<string, 1 | -1>> = {
  'open long': 1,
  'close long': -1,
  'open short': -1,
  'close short': 1,
  'short > long': 1,
  'long > short': -1,
  'liquidated cross long': -1,
  'liquidated isolated long': -1,
  'liquidated cross short': 1,
  'liquidated isolated short': 1,
  buy: 1,
  sell: -1,
};

/**
 * Hyperliquid trade history. The order of day and month follows the browser that exported it and is asked about where a date
 * has two readings. `ETH` is the perpetual, `ETH/USDC` the spot pair, of which only the coin bought or sold is netted. Fills
 * carry no id, and two equal fills are two fills.
 */
export function hyperliquidTradeRows({ columns, accountId, directory, answers }: TradeRowsInput): LayoutReader {
  const cells = new RowCells(columns, answers);
  const ledger = new TradeLedger({
    accountId,
    venueId: 'hyperliquid',
    currency: 'USDC',
    column: 'coin',
    read: hyperliquidInstrument,
    directory,
  });
  const readRow = (row: RawRow): RowReading => {
    cells.take(row.cells);
    const coin = cells.text('coin');
    const instrument = hyperliquidInstrument(coin);
    if (!instrument.ok) cells.reject('coin', coin === '' ? 'is empty' : instrument.failure.message);
    const at = cells.instant('time');
    const direction = cells.text('dir');
    const sign = DIRECTIONS[direction.toLowerCase()];
    if (sign === undefined) cells.reject('dir', `${direction === '' ? 'an empty cell' : direction} is not a known direction`);
    else if (instrument.ok && (instrument.value.kind === 'spot') !== /^(?:buy|sell)$/i.test(direction)) {
      cells.reject('dir', `${direction} does not fit ${coin}`);
    }
    const price = positive(cells, 'px');
    const size = positive(cells, 'sz');
    cells.optionalDecimal('ntl');
    checkFee(cells, 'fee');
    const realisedProfit = cells.optionalDecimal('closedPnl');
    if (cells.trouble) {
      if (instrument.ok) ledger.leaveOut(coin, row.line);
      return cells.trouble;
    }
    const quantity = sign === -1 ? negateDecimal(size) : size;
    // closedPnl of an opening fill is its fee, taken off; it says nothing about earlier trades. Nor does that of a spot purchase.
    const isOpening = /^(?:open|buy)/i.test(direction);
    ledger.add({ line: row.line, name: coin, quantity, price, at, order: '', realisedProfit: isOpening ? null : realisedProfit });
    return { kind: 'part', key: coin, openCell: cells.openCell };
  };
  return { readRow, conclude: () => ledger.conclude() };
}

function positive(cells: RowCells, column: string): string {
  const value = cells.decimal(column);
  if (cells.trouble === null && !(Number(value) > 0)) cells.reject(column, `${cells.text(column)} is not above 0`);
  return value;
}

/** A fee is a number, or a number with its asset glued on: 0.00502299USDT. It is checked and not kept. */
function checkFee(cells: RowCells, column: string): void {
  const text = cells.text(column);
  if (text !== '' && !/^-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\s*[A-Z0-9]{0,12}$/.test(text))
    cells.reject(column, `${text} is not a fee such as 0.005USDT`);
}

import { negateDecimal } from '../../domain/decimal.ts';
import { binanceInstrument } from '../../domain/venue-symbol.ts';
import type { RawRow } from '../file/table.ts';
import { differenceOf } from '../netting.ts';
import { SeenIds } from '../seen-ids.ts';
import { NOTHING_TO_CONCLUDE, type LayoutReader, type RowReading } from './layout-reader.ts';
import { RowCells } from './row-cells.ts';
import type { TradeRowsInput } from './trade-rows.ts';
import { venueAccount, venueInstrument } from './venue-nouns.ts';

/**
 * Binance USDⓈ-M position history: one row per position since it was opened. A closed one holds nothing; of one that is still
 * open, what remains is its largest size less what was closed. The same position in a later export is the same row, known by
 * symbol, side and time of opening. Times are UTC.
 */
export function binancePositionRows({ columns, accountId, directory, answers }: TradeRowsInput): LayoutReader {
  const cells = new RowCells(columns, answers);
  const seen = new SeenIds();
  const readRow = (row: RawRow): RowReading => {
    cells.take(row.cells);
    const symbol = cells.text('Symbol');
    const wanted = binanceInstrument(symbol);
    if (!wanted.ok) cells.reject('Symbol', symbol === '' ? 'is empty' : wanted.failure.message);
    const side = cells.text('Position Side').toLowerCase();
    if (side !== 'long' && side !== 'short') cells.reject('Position Side', `${side === '' ? 'an empty cell' : side} is not Long or Short`);
    const entryPrice = cells.decimal('Entry Price');
    const most = cells.decimal('Max Open Interest');
    const closed = cells.optionalDecimal('Closed Vol.') ?? '0';
    cells.optionalDecimal('Avg. Close Price');
    cells.optionalDecimal('Closing PNL');
    const openedAt = cells.instant('Opened');
    cells.optionalInstant('Closed');
    const status = cells.text('Status').toLowerCase();
    if (!/^(?:closed|open|partially closed)$/.test(status))
      cells.reject('Status', `${status === '' ? 'an empty cell' : status} is not Open or Closed`);
    const remaining = status === 'closed' || cells.trouble ? '0' : differenceOf(most, closed);
    if (remaining.startsWith('-')) cells.reject('Closed Vol.', `${closed} is more than the largest size ${most}`);
    const id = `${accountId}/${symbol}/${side}/${openedAt}`;
    const firstLine = cells.trouble ? null : seen.firstLine(id, row.line);
    if (firstLine !== null) cells.reject('Opened', `the ${side} position in ${symbol} opened ${openedAt} is already on line ${firstLine}`);
    if (cells.trouble || !wanted.ok) return cells.trouble ?? { kind: 'rejected', column: 'Symbol', reason: 'is unknown' };
    if (remaining === '0' && !directory.holds(id)) return { kind: 'nothing', reason: `${symbol} ${side} is closed` };
    const account = venueAccount(accountId, { venueId: 'binance', currency: 'USDT' }, directory);
    if (!account.ok) return { kind: 'rejected', column: 'Symbol', reason: account.failure.message };
    const found = venueInstrument(wanted.value, directory);
    if ('reason' in found) return { kind: 'rejected', column: 'Symbol', reason: found.reason };
    const quantity = side === 'short' ? negateDecimal(remaining) : remaining;
    const draft = { id, accountId, instrumentId: found.instrument.id, quantity, entryPrice, openedAt };
    return { kind: 'position', draft, openCell: cells.openCell };
  };
  return { readRow, conclude: () => NOTHING_TO_CONCLUDE };
}

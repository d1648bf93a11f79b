import type { ImportFormat } from '../../contract/importing.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Table } from '../file/table.ts';
import { POSITION_COLUMNS, REQUIRED_COLUMNS } from './position-columns.ts';

/** A layout found by its header. `venueId` is null where rows name their own accounts. */
export type Layout = { readonly format: Exclude<ImportFormat, 'auto'>; readonly words: string; readonly venueId: string | null };

/**
 * Header rows of real exports, newest first. Source of the strings: BittyTax, src/bittytax/conv/parsers (deribit.py @040fb90d,
 * binance/data_parsers.py @696a97a8; header strings only), and stored exports of Hyperliquid's trade history.
 */
const DERIBIT_HEADERS = [
  'ID,UserSeq,Date,Instrument,Type,Side,Amount,Base Amount,Position,Price,Mark Price,Index Price,Cash Flow,Funding,Fee Rate,Fee Charged,Fee Balance,Change,Balance,Equity,Trade ID,Order ID,Info,Note',
  'ID,UserSeq,Date,Instrument,Type,Side,Base Amount,Position,Price,Mark Price,Index Price,Cash Flow,Funding,Fee Rate,Fee Charged,Fee Balance,Change,Balance,Equity,Trade ID,Order ID,Info,Note',
  'ID,UserSeq,Date,Instrument,Type,Side,Base Amount,Position,Price,Mark Price,Index Price,Cash Flow,Funding,Fee Rate,Fee Charged,Fee Balance,Change,Balance,Equity,Trade ID,Order ID,Info',
  'ID,UserSeq,Date,Instrument,Type,Side,Size,Position,Price,Mark Price,Cash Flow,Funding,Fee Rate,Fee Paid,Fee Balance,Change,Balance,Equity,Trade ID,Order ID,Info',
];
const BINANCE_TRADES = 'Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,Order ID';
const BINANCE_POSITIONS =
  'Symbol,Margin Mode,Position Side,Entry Price,Avg. Close Price,Max Open Interest,Closed Vol.,Closing PNL,Opened,Closed,Status';
const HYPERLIQUID_HEADERS = ['time,coin,dir,px,sz,ntl,fee,closedPnl', 'time,coin,dir,px,sz,ntl,fee,feeToken,closedPnl,hash'];

const VENUE_LAYOUTS: readonly (Layout & { readonly header: string })[] = [
  ...DERIBIT_HEADERS.map((header, index) => {
    const generation = DERIBIT_HEADERS.length - index;
    const age = index === 0 ? 'newest' : generation === 1 ? 'oldest' : `${index} behind the newest`;
    return {
      format: 'deribit-transactions',
      words: `Deribit transaction log, header generation ${generation} (${age})`,
      venueId: 'deribit',
      header,
    } as const;
  }),
  { format: 'binance-trades', words: 'Binance USD-M trade history', venueId: 'binance', header: BINANCE_TRADES },
  { format: 'binance-positions', words: 'Binance USD-M position history', venueId: 'binance', header: BINANCE_POSITIONS },
  ...HYPERLIQUID_HEADERS.map(
    (header) => ({ format: 'hyperliquid-trades', words: 'Hyperliquid trade history', venueId: 'hyperliquid', header }) as const,
  ),
];

/** The layout of a table by its header; 'invalidFile' says what is missing or unknown. A wished format other than `auto` must be the one found. */
export function detectLayout(table: Table, wished: ImportFormat): Result<Layout> {
  const found = layoutOf(table);
  if (!found.ok || wished === 'auto' || found.value.format === wished) return found;
  return fail('invalidFile', `${table.fileName} is ${found.value.words}, not ${wished}`, {
    remedy: 'Leave the format to be recognised.',
    where: { file: table.fileName },
  });
}

function layoutOf(table: Table): Result<Layout> {
  const header = table.columns.join(',');
  const venue = table.kind === 'json' ? undefined : VENUE_LAYOUTS.find((layout) => layout.header === header);
  if (venue) return succeed({ format: venue.format, words: venue.words, venueId: venue.venueId });
  const missing = REQUIRED_COLUMNS.filter((column) => !table.columns.includes(column));
  const unknown = table.columns.filter((column) => !POSITION_COLUMNS.includes(column));
  if (missing.length === 0 && unknown.length === 0) {
    return succeed({ format: `interlock-${table.kind}`, words: `Interlock positions, ${table.kind.toUpperCase()}`, venueId: null });
  }
  const where = { file: table.fileName, line: 1, column: unknown[0] ?? missing[0] ?? '' };
  const remedy = 'See resources/formats/README.md for the columns of every layout.';
  if (missing.length < REQUIRED_COLUMNS.length - 1) {
    const parts = [
      missing.length > 0 ? `no column ${missing.join(', ')}` : '',
      unknown.length > 0 ? `an unknown column ${unknown.join(', ')}` : '',
    ];
    return fail('invalidFile', `${table.fileName} has ${parts.filter((part) => part !== '').join(' and ')}`, { remedy, where });
  }
  const near = nearestVenueLayout(table.columns);
  if (near)
    return fail('invalidFile', `${table.fileName} looks like ${near.words} but its columns differ: ${near.difference}`, { remedy, where });
  return fail('invalidFile', `${table.fileName}: the columns ${table.columns.slice(0, 6).join(', ')} … are of no known layout`, {
    remedy,
    where,
  });
}

function nearestVenueLayout(columns: readonly string[]): { words: string; difference: string } | null {
  for (const { header, words } of VENUE_LAYOUTS) {
    const expected = header.split(',');
    const missing = expected.filter((column) => !columns.includes(column));
    const extra = columns.filter((column) => !expected.includes(column));
    if (missing.length + extra.length > expected.length / 2) continue;
    const parts = [missing.length > 0 ? `missing ${missing.join(', ')}` : '', extra.length > 0 ? `unknown ${extra.join(', ')}` : ''].filter(
      (part) => part !== '',
    );
    return { words, difference: parts.length > 0 ? parts.join('; ') : 'their order is another' };
  }
  return null;
}

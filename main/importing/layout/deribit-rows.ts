import { fail, succeed, type Result } from '../../domain/failure.ts';
import { deribitInstrument } from '../../domain/venue-symbol.ts';
import type { Directory } from '../directory.ts';
import type { RawRow } from '../file/table.ts';
import { SeenIds } from '../seen-ids.ts';
import { BALANCE_KEY, DeribitLedger } from './deribit-ledger.ts';
import type { Answers, LayoutReader, RowReading } from './layout-reader.ts';
import { RowCells } from './row-cells.ts';

/** Entries that move the coin balance and no position. */
const BALANCE_TYPES = new Set([
  'deposit',
  'withdrawal',
  'transfer',
  'transfer from insurance',
  'socialized fund',
  'correction',
  'swap',
  'usdc reward',
]);
/** Entries that may change a position or the price it goes on from. */
const POSITION_TYPES = new Set(['trade', 'liquidation', 'position move', 'settlement', 'delivery']);
const AMOUNTS = ['Amount', 'Base Amount', 'Size'];
const OTHER_NUMBERS = [
  'Mark Price',
  'Index Price',
  'Cash Flow',
  'Funding',
  'Fee Rate',
  'Fee Charged',
  'Fee Paid',
  'Fee Balance',
  'Change',
  'Equity',
];

/** What a reader of a Deribit transaction log is made from. `currency`: of the log, from its file name or its instruments. */
export type DeribitRowsInput = {
  readonly columns: readonly string[];
  readonly accountId: string;
  readonly currency: string;
  readonly directory: Directory;
  readonly answers: Answers;
};

/**
 * Reads a Deribit transaction log, one currency of one account. Rows are put in order of UserSeq. A position is what the column
 * Position says after its last entry; entry prices follow the netting rule and go on from the settlement price at each daily
 * settlement, since Deribit then books the session's profit to the balance. The coin balance is the column Balance of the last
 * entry. Header generations differ in how they name amount and fee.
 */
export function deribitRows({ columns, accountId, currency, directory, answers }: DeribitRowsInput): LayoutReader {
  const cells = new RowCells(columns, answers);
  const ids = new SeenIds();
  const ledger = new DeribitLedger({ accountId, currency, directory });

  const readRow = (row: RawRow): RowReading => {
    cells.take(row.cells);
    const id = cells.text('ID');
    if (id === '') cells.reject('ID', 'is empty');
    const sequence = cells.text('UserSeq');
    if (!/^\d{1,30}$/.test(sequence)) cells.reject('UserSeq', `${sequence === '' ? 'an empty cell' : sequence} is not a whole number`);
    const at = cells.instant('Date');
    const type = cells.text('Type').toLowerCase();
    const name = cells.text('Instrument');
    const amounts = AMOUNTS.flatMap((column) => (cells.has(column) ? [cells.optionalDecimal(column)] : []));
    const position = cells.optionalDecimal('Position');
    const price = cells.optionalDecimal('Price');
    const balance = cells.optionalDecimal('Balance');
    for (const column of OTHER_NUMBERS) cells.optionalDecimal(column);
    const firstLine = id === '' ? null : ids.firstLine(id, row.line);
    if (firstLine !== null) cells.reject('ID', `${id} already on line ${firstLine}`);
    if (!BALANCE_TYPES.has(type) && !POSITION_TYPES.has(type))
      cells.reject('Type', `${type === '' ? 'an empty cell' : type} is not a known type of entry`);
    const isPosition = POSITION_TYPES.has(type) && name.includes('-');
    if (isPosition) checkPosition(cells, { name, type, isPriced: price !== null, hasPosition: position !== null });
    if (cells.trouble) {
      if (isPosition) ledger.leaveOut(name, row.line);
      return cells.trouble;
    }
    ledger.add({
      line: row.line,
      sequence: BigInt(sequence),
      name: isPosition ? name : '',
      type,
      side: sideOf(cells.text('Side')),
      amounts,
      position,
      price,
      balance,
      at,
    });
    return { kind: 'part', key: isPosition ? name : BALANCE_KEY, openCell: cells.openCell };
  };
  return { readRow, conclude: () => ledger.conclude() };
}

function checkPosition(cells: RowCells, entry: { name: string; type: string; isPriced: boolean; hasPosition: boolean }): void {
  const instrument = deribitInstrument(entry.name);
  if (!instrument.ok) cells.reject('Instrument', instrument.failure.message);
  if ((entry.type === 'trade' || entry.type === 'liquidation') && !entry.isPriced) cells.reject('Price', 'is empty; a trade needs a price');
  if (entry.type !== 'delivery' && !entry.hasPosition) cells.reject('Position', 'is empty; the position after the entry is needed');
}

function sideOf(text: string): 'buy' | 'sell' | '' {
  const side = /(buy|sell)$/.exec(text.toLowerCase())?.[1];
  return side === 'buy' || side === 'sell' ? side : '';
}

/** The log's currency: from the file's name, else the one in which all its instruments settle. */
export function deribitCurrency(fileName: string, instrumentNames: Iterable<string>): Result<string> {
  const named = /transaction_log-[^-]*-([A-Za-z0-9]{2,10})(?:-|\.)/i.exec(fileName);
  if (named) return succeed((named[1] ?? '').toUpperCase());
  const found = new Set<string>();
  for (const name of instrumentNames) {
    const instrument = deribitInstrument(name);
    if (instrument.ok && 'settlementAssetId' in instrument.value) found.add(instrument.value.settlementAssetId);
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return succeed(only);
  const why = only === undefined ? 'it holds no instrument that would tell' : `its instruments settle in ${[...found].join(' and ')}`;
  return fail('invalidFile', `${fileName}: the currency of the log is not known; ${why}`, {
    remedy: 'Keep the name Deribit gave the file: transaction_log-<user>-<currency>-<dates>.csv.',
    where: { file: fileName },
  });
}

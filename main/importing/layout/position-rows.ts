import type { DecimalText } from '../../domain/decimal.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Directory } from '../directory.ts';
import type { RawRow } from '../file/table.ts';
import { SeenIds } from '../seen-ids.ts';
import { NOTHING_TO_CONCLUDE, type Answers, type LayoutReader, type RowReading } from './layout-reader.ts';
import { ACCOUNT_COLUMNS, INSTRUMENT_COLUMNS, withoutFormulaGuard } from './position-columns.ts';
import { RowCells } from './row-cells.ts';
import { statedAccount, type StatedProblem } from './stated-account.ts';
import { statedInstrument } from './stated-instrument.ts';

/** Descriptions already checked are not checked again; at most this many are remembered. */
const MOST_DESCRIPTIONS = 10_000;

/** What a reader of Interlock's own positions is made from. `isGuarded`: text may carry the apostrophe against formulas (CSV). */
export type PositionRowsInput = {
  readonly columns: readonly string[];
  readonly isGuarded: boolean;
  readonly directory: Directory;
  readonly answers: Answers;
};

/** Reads Interlock's own format: every row is one position. An id that was on an earlier line refuses the row. */
export function positionRows({ columns, isGuarded, directory, answers }: PositionRowsInput): LayoutReader {
  const cells = new RowCells(columns, answers);
  const seen = new SeenIds();
  const described = [...ACCOUNT_COLUMNS, ...INSTRUMENT_COLUMNS].filter((column) => cells.has(column));
  const checked = new Map<string, Instrument>();
  const text = isGuarded ? (column: string) => withoutFormulaGuard(cells.text(column)) : (column: string) => cells.text(column);

  /** Finds or makes account and instrument and checks that the quantity's sign fits; nothing is added for a row that is refused. */
  const describe = (accountId: string, instrumentId: string): Instrument | StatedProblem => {
    const description = `${accountId}\n${instrumentId}\n${described.map((column) => cells.text(column)).join('\n')}`;
    const quantity = cells.decimal('quantity');
    const known = checked.get(description);
    if (known) return signProblem(quantity, known.kind) ?? known;
    const account = statedAccount(accountId, text, directory);
    if ('column' in account) return account;
    const stated = statedInstrument(instrumentId, text, directory);
    if ('column' in stated) return stated;
    const problem = signProblem(quantity, stated.instrument.kind);
    if (problem) return problem;
    if (stated.asset) directory.addAsset(stated.asset);
    if (account.isNew) directory.addAccount(account.account);
    if (stated.isNew) directory.addInstrument(stated.instrument);
    if (checked.size < MOST_DESCRIPTIONS) checked.set(description, stated.instrument);
    return stated.instrument;
  };

  const readRow = (row: RawRow): RowReading => {
    cells.take(row.cells);
    const id = identity(cells, text, { column: 'position_id', longest: 96 });
    const accountId = identity(cells, text, { column: 'account_id', longest: 64 });
    const stated = text('instrument_id');
    if (stated.length > 96) cells.reject('instrument_id', 'is longer than 96 characters');
    const quantity = cells.decimal('quantity');
    const entryPrice = cells.has('entry_price') ? cells.optionalDecimal('entry_price') : undefined;
    const openedAt = cells.has('opened_at') ? cells.optionalInstant('opened_at') : undefined;
    if (entryPrice?.startsWith('-')) cells.reject('entry_price', `${entryPrice} is below 0`);
    const firstLine = id === '' ? null : seen.firstLine(id, row.line);
    if (firstLine !== null) cells.reject('position_id', `${id} already on line ${firstLine}`);
    if (cells.trouble) return cells.trouble;
    const instrument = describe(accountId, stated);
    if ('reason' in instrument) return { kind: 'rejected', ...instrument };
    const draft = { id, accountId, instrumentId: instrument.id, quantity, entryPrice, openedAt };
    return { kind: 'position', draft, openCell: cells.openCell };
  };
  return { readRow, conclude: () => NOTHING_TO_CONCLUDE };
}

function identity(cells: RowCells, text: (column: string) => string, limit: { column: string; longest: number }): string {
  const id = text(limit.column);
  if (id === '') cells.reject(limit.column, 'is empty');
  else if (id.length > limit.longest) cells.reject(limit.column, `is longer than ${limit.longest} characters`);
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  else if (/[\u0000-\u001f\u007f]/.test(id)) cells.reject(limit.column, 'holds a control character');
  return id;
}

/** Debt is below zero, what is owned is not. */
function signProblem(quantity: DecimalText, kind: string): StatedProblem | null {
  const isNegative = quantity.startsWith('-');
  const isOwned = kind === 'spot' || kind === 'wrapper' || kind === 'share' || kind === 'supplied';
  if (isOwned && isNegative) return { column: 'quantity', reason: `${quantity}: a ${kind} balance cannot be negative` };
  if (kind !== 'borrowed' || isNegative || Number(quantity) === 0) return null;
  return { column: 'quantity', reason: `${quantity}: a borrowed balance is debt and has to be negative` };
}

import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import { position } from '../domain/position.ts';
import type { Position } from '../domain/position.ts';
import type { BookReader } from './file/connection.ts';
import { keysPerImage } from './journal/table.ts';
import type { SqlValue } from './journal/table.ts';
import { damagedRow, schemaProblem } from './noun.ts';
import type { Noun } from './noun.ts';

const table = {
  name: 'position',
  key: 'id',
  columns: ['id', 'account_id', 'instrument_id', 'quantity', 'entry_price', 'opened_at'],
  order: 'id',
  hasOneRowPerKey: true,
};
const columns = table.columns.join(', ');

/** Positions; the one noun of which there may be a million. */
export const positionNoun: Noun<Position> = {
  word: 'position',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [[[value.id, value.accountId, value.instrumentId, value.quantity, value.entryPrice, value.openedAt]]],
  problemOf: (value) => (isPosition(value) ? null : findProblem(value)),
};

const findProblem = schemaProblem(position);

/** Every position in order of id. */
export function readPositions(reader: BookReader): Result<Position[]> {
  return parsePositions(reader.prepare(`SELECT ${columns} FROM position ORDER BY id`).raw().all() as SqlValue[][]);
}

/** The position with this id; notFound otherwise. */
export function readPosition(reader: BookReader, id: string): Result<Position> {
  const parsed = parsePositions(reader.prepare(`SELECT ${columns} FROM position WHERE id = ?`).raw().all(id) as SqlValue[][]);
  if (!parsed.ok) return parsed;
  const [found] = parsed.value;
  return found ? succeed(found) : fail('notFound', `position ${id}: not in this book`);
}

/** Those of the ids that the book holds. Throws on an input/output error; a damaged row is left out. */
export function readPositionsById(reader: BookReader, ids: readonly string[]): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  const statement = reader.prepare(`SELECT ${columns} FROM position WHERE id IN (SELECT value FROM json_each(?))`).raw();
  for (let start = 0; start < ids.length; start += keysPerImage) {
    for (const row of statement.all(JSON.stringify(ids.slice(start, start + keysPerImage))) as SqlValue[][]) {
      const parsed = parsePositions([row]);
      if (parsed.ok) for (const value of parsed.value) found.set(value.id, value);
    }
  }
  return found;
}

function parsePositions(rows: readonly SqlValue[][]): Result<Position[]> {
  const values: Position[] = [];
  for (const [id, accountId, instrumentId, quantity, entryPrice, openedAt] of rows) {
    const candidate = { id, accountId, instrumentId, quantity, entryPrice, openedAt };
    // The plain check of six fields is several times faster than the schema; what it rejects, the schema judges.
    if (isPosition(candidate)) values.push(candidate);
    else {
      const parsed = position.safeParse(candidate);
      if (!parsed.success) return damagedRow('position', String(id), findProblem(candidate) ?? 'not valid');
      values.push(parsed.data);
    }
  }
  return succeed(values);
}

const decimalPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const instantPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** Whether the six fields surely are a position; false sends them to the schema, which also knows the 29th to the 31st. */
function isPosition(value: Record<keyof Position, unknown>): value is Position {
  return (
    isText(value.id, 96) &&
    isText(value.accountId, 64) &&
    isText(value.instrumentId, 96) &&
    isDecimal(value.quantity) &&
    (value.entryPrice === null || isDecimal(value.entryPrice)) &&
    (value.openedAt === null || (typeof value.openedAt === 'string' && instantPattern.test(value.openedAt)))
  );
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}

function isDecimal(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 60 && decimalPattern.test(value);
}

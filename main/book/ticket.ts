import type { Result } from '../domain/failure.ts';
import { ticket } from '../domain/ticket.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { BookReader } from './file/connection.ts';
import { allRows, parseRows, schemaProblem } from './noun.ts';
import type { Noun } from './noun.ts';

/** Column of each field, in the order of the table. */
const columnOf = {
  id: 'id',
  createdAt: 'created_at',
  kind: 'kind',
  side: 'side',
  venueId: 'venue_id',
  accountId: 'account_id',
  instrumentId: 'instrument_id',
  payAccountId: 'pay_account_id',
  payInstrumentId: 'pay_instrument_id',
  quantity: 'quantity',
  filledQuantity: 'filled_quantity',
  limitPrice: 'limit_price',
  priceUnit: 'price_unit',
  limitBasis: 'limit_basis',
  averagePrice: 'average_price',
  title: 'title',
  reason: 'reason',
  expiresAt: 'expires_at',
  source: 'source',
} as const satisfies Record<keyof Ticket, string>;
const fields = Object.keys(columnOf) as (keyof Ticket)[];

const table = {
  name: 'ticket',
  key: 'id',
  columns: Object.values(columnOf),
  order: 'id',
  hasOneRowPerKey: true,
  isOutsideBookDigest: true,
};

/** What somebody means to do. It names rows of the book without holding them: a ticket outlives the account it was for. */
export const ticketNoun: Noun<Ticket> = {
  word: 'ticket',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [[fields.map((field) => value[field])]],
  problemOf: schemaProblem(ticket),
};

/** Every ticket in order of id. */
export function readTickets(reader: BookReader): Result<Ticket[]> {
  const candidates = allRows(reader, table).map((row) => Object.fromEntries(fields.map((field) => [field, row[columnOf[field]]])));
  return parseRows('ticket', ticket, candidates);
}

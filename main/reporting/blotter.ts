import type { Blotter, BlotterTicket } from '../contract/blotter.ts';
import { plainJson } from '../contract/codec.ts';
import { csvText, guarded } from './csv.ts';

/** Columns of the exported blotter: what whoever carries it out has to know. */
const columns: readonly (readonly [string, (ticket: BlotterTicket) => string])[] = [
  ['ticket', ({ id }) => id],
  ['state', ({ state }) => state],
  ['venue', ({ venueId }) => venueId],
  ['account', ({ accountId }) => accountId],
  ['action', ({ kind }) => kind],
  ['instrument', ({ instrumentId }) => instrumentId],
  ['side', ({ side }) => side],
  ['quantity', ({ quantity }) => quantity],
  ['limit_price', ({ limitPrice }) => limitPrice ?? ''],
  ['price_unit', ({ priceUnit }) => priceUnit],
  ['limit_basis', ({ limitBasis }) => limitBasis],
  ['pay_account', ({ payAccountId }) => payAccountId],
  ['pay_instrument', ({ payInstrumentId }) => payInstrumentId],
  ['filled_quantity', ({ filledQuantity }) => filledQuantity],
  ['remaining_quantity', ({ remainingQuantity }) => remainingQuantity],
  ['average_price', ({ averagePrice }) => averagePrice ?? ''],
  ['created_at', ({ createdAt }) => createdAt],
  ['expires_at', ({ expiresAt }) => expiresAt],
  ['title', ({ title }) => title],
  ['reason', ({ reason }) => reason],
];

/** One row per ticket under one row of names; quantities and prices are the book's own decimal text. */
export function blotterCsv({ tickets }: Blotter): string {
  return csvText([columns.map(([name]) => name), ...tickets.map((ticket) => columns.map(([, read]) => guarded(read(ticket))))]);
}

/** The tickets as they are, under the name and version of the format. */
export function blotterJson({ tickets }: Blotter): string {
  return `${plainJson({ format: 'interlock-blotter', version: 1, tickets }, 1)}\n`;
}

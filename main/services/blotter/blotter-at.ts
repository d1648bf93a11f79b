import type { OpenBook } from '../../book/open-book.ts';
import type { Blotter } from '../../contract/blotter.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { stateOfTicket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import type { Session } from '../session.ts';
import type { Ground } from './book-trade.ts';
import { remainingOf } from './change-ticket.ts';

/** Share by which a limit may lie beyond bid, ask or rate, and minutes a ticket lives, where the caller names none. */
export const usualTerms = { toleranceFraction: 0.01, validMinutes: 60 } as const;

/** The blotter of a book, with where each ticket stands at an instant. Its figures are explained as they were last told. */
export function tellBlotter({ session, book, asOf }: { session: Session; book: OpenBook; asOf: Instant }): Result<Blotter> {
  const tickets = book.tickets();
  if (!tickets.ok) return tickets;
  const told = {
    asOf,
    tickets: tickets.value.map((ticket) => ({ ...ticket, state: stateOfTicket(ticket, asOf), remainingQuantity: remainingOf(ticket) })),
  };
  session.blotter.set('told', told);
  return succeed(told);
}

/** What tickets are made from and booked into: the book's contents and its market. */
export function groundOf(book: OpenBook): Result<Ground> {
  const contents = book.contents();
  if (!contents.ok) return contents;
  const snapshot = book.snapshot();
  return snapshot.ok ? succeed({ contents: contents.value, snapshot: snapshot.value }) : snapshot;
}

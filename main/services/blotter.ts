import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BookEdit, OpenBook } from '../book/open-book.ts';
import type { Blotter } from '../contract/blotter.ts';
import type { ParsedInputOf, Services } from '../contract/contract.ts';
import { compareDecimal } from '../domain/decimal.ts';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Instant } from '../domain/time.ts';
import { blotterCsv, blotterJson } from '../reporting/blotter.ts';
import { groundOf, tellBlotter, usualTerms } from './blotter/blotter-at.ts';
import { changedTicket, fillEdits, remainingOf } from './blotter/change-ticket.ts';
import { makeTickets } from './blotter/make-ticket.ts';
import { legOfTicket, sourceOf } from './blotter/ticket-source.ts';
import type { Session } from './session.ts';

type BlotterServiceName = Exclude<Extract<keyof Services, `blotter.${string}`>, `blotter.stage${string}`>;

const minuteMs = 60_000;

/** What the blotter needs; `now` is the clock. */
export type BlotterDeps = { readonly session: Session; readonly now?: () => Instant };

/** The blotter: tickets of what is to be done by hand, kept in the book. Nothing of it is ever sent anywhere. */
export function createBlotterServices({ session, now = clock }: BlotterDeps): Pick<Services, BlotterServiceName> {
  const listed = (book: OpenBook): Result<Blotter> => tellBlotter({ session, book, asOf: now() });
  const changing = (change: (book: OpenBook) => Result<Step>): Result<Blotter> => {
    const book = session.book();
    if (!book.ok) return book;
    const step = change(book.value);
    if (!step.ok) return step;
    const done = book.value.edit(step.value.label, step.value.edits);
    if (!done.ok) return done;
    session.changed();
    return listed(book.value);
  };
  return {
    'blotter.list': async () => {
      const book = session.book();
      return book.ok ? listed(book.value) : book;
    },
    'blotter.promote': async (input) => changing((book) => promote({ session, book, now: now() }, input)),
    'blotter.edit': async ({ id, change }) =>
      changing((book) => {
        const ticket = ticketOf(book, id);
        const changed = ticket.ok ? changedTicket(ticket.value, change) : ticket;
        return changed.ok ? succeed({ label: `Change ticket: ${changed.value.title}`, edits: [putTicket(changed.value)] }) : changed;
      }),
    'blotter.remove': async ({ ids }) =>
      changing(() =>
        succeed({
          label: ids.length === 1 ? 'Remove a ticket' : `Remove ${ids.length} tickets`,
          edits: ids.map((id): BookEdit => ({ kind: 'delete', noun: 'ticket', id })),
        }),
      ),
    'blotter.fill': async ({ id, ...fill }) => changing((book) => fillStep(book, id, { ...fill, at: now() })),
    'blotter.export': async ({ format, path }) => {
      const book = session.book();
      if (!book.ok) return book;
      const blotter = listed(book.value);
      if (!blotter.ok) return blotter;
      const text = format === 'csv' ? blotterCsv(blotter.value) : blotterJson(blotter.value);
      const written = path === undefined ? succeed(null) : await writeText(resolve(path), text);
      if (!written.ok) return written;
      return succeed({ fileName: `interlock-blotter.${format}`, text, tickets: blotter.value.tickets.length, path: written.value });
    },
  };
}

type Step = { readonly label: string; readonly edits: readonly BookEdit[] };

function promote(
  at: { readonly session: Session; readonly book: OpenBook; readonly now: Instant },
  { legIds, toleranceFraction = usualTerms.toleranceFraction, validMinutes = usualTerms.validMinutes }: ParsedInputOf<'blotter.promote'>,
): Result<Step> {
  const hedge = at.session.hedge.last();
  if (hedge === null)
    return fail('notFound', 'there is no suggestion for the book as it is now', { remedy: 'Ask for a suggestion first.' });
  const ground = groundOf(at.book);
  if (!ground.ok) return ground;
  const known = at.book.tickets();
  if (!known.ok) return known;
  const edits: BookEdit[] = [];
  for (const [index, legId] of [...new Set(legIds)].entries()) {
    const leg = hedge.legs.find((each) => each.id === legId);
    if (leg === undefined) return fail('notFound', `leg ${legId}: not in the last suggestion`);
    const source = sourceOf(hedge.inputsDigest, legId);
    if (known.value.some((ticket) => ticket.source === source))
      return fail('conflict', `${leg.title}: it is in the blotter already`, { remedy: 'Change that ticket, or remove it first.' });
    if (known.value.some((ticket) => legOfTicket(ticket) === legId && compareDecimal(remainingOf(ticket), '0') > 0))
      return fail('conflict', `${leg.title}: a former suggestion has a ticket open for it`, {
        remedy: 'Stage the suggestion, which changes that ticket, or remove it first.',
      });
    const made = makeTickets(ground.value, leg, {
      id: `${at.now}#${String(index + 1).padStart(3, '0')}`,
      source,
      createdAt: at.now,
      expiresAt: new Date(Date.parse(at.now) + validMinutes * minuteMs).toISOString(),
      toleranceFraction,
    });
    if (!made.ok) return made;
    for (const ticket of made.value) {
      if (known.value.some((each) => each.id === ticket.id))
        return fail('conflict', `ticket ${ticket.id}: it exists already`, { remedy: 'Try again.' });
      edits.push(putTicket(ticket));
    }
  }
  return succeed({ label: edits.length === 1 ? 'Promote a leg to the blotter' : `Promote ${edits.length} legs to the blotter`, edits });
}

function fillStep(book: OpenBook, id: string, fill: Parameters<typeof fillEdits>[2]): Result<Step> {
  const ticket = ticketOf(book, id);
  if (!ticket.ok) return ticket;
  const ground = groundOf(book);
  if (!ground.ok) return ground;
  const edits = fillEdits(ground.value, ticket.value, fill);
  if (!edits.ok) return edits;
  const at = fill.price === undefined ? '' : ` at ${fill.price} ${ticket.value.priceUnit}`;
  return succeed({ label: `Fill ${fill.quantity} of “${ticket.value.title}”${at}`, edits: edits.value });
}

function ticketOf(book: OpenBook, id: string): Result<Ticket> {
  const tickets = book.tickets();
  if (!tickets.ok) return tickets;
  const found = tickets.value.find((ticket) => ticket.id === id);
  return found === undefined ? fail('notFound', `ticket ${id}: not in the blotter`) : succeed(found);
}

function putTicket(row: Ticket): BookEdit {
  return { kind: 'putTicket', row };
}

/** Writes a new file; one that exists is never overwritten. */
async function writeText(path: string, text: string): Promise<Result<string>> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return succeed(path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    if (cause.code === 'EEXIST') return fail('conflict', `${path} exists already`, { remedy: 'Choose another name.' });
    return fail('storage', `the blotter cannot be written to ${path}: ${cause.message}`, { remedy: 'Choose a folder you may write to.' });
  }
}

function clock(): Instant {
  return new Date().toISOString();
}

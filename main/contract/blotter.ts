import { z } from 'zod';
import { decimalText } from '../domain/decimal.ts';
import { instant } from '../domain/time.ts';
import { ticket, ticketState } from '../domain/ticket.ts';
import { procedure } from './procedure.ts';

/** A ticket with where it stands now and what is left of it. */
export const blotterTicket = z.object({ ...ticket.shape, state: ticketState, remainingQuantity: decimalText });
export type BlotterTicket = z.infer<typeof blotterTicket>;

/** The whole blotter, oldest first. */
export const blotter = z.object({ asOf: instant, tickets: z.array(blotterTicket) });
export type Blotter = z.infer<typeof blotter>;

export const blotterFormat = z.enum(['csv', 'json']);

/** How tickets are made where nothing else is said of them. */
export const ticketTerms = {
  /** How far from bid, ask or rate the limit may lie; 0.01 where not given. */
  toleranceFraction: z.number().min(0).max(0.5).optional(),
  /** Minutes until the tickets expire; 60 where not given. */
  validMinutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 30)
    .optional(),
};

/** Tickets are notes to oneself: every procedure works on the book file, none on a venue. */
export const blotterProcedures = {
  'blotter.list': procedure('query', z.strictObject({}), blotter),
  /** Makes tickets of legs of the last suggestion, as one undoable step. */
  'blotter.promote': procedure(
    'command',
    z.strictObject({
      legIds: z.array(z.string()).min(1).max(200),
      ...ticketTerms,
    }),
    blotter,
  ),
  'blotter.edit': procedure(
    'command',
    z.strictObject({
      id: z.string(),
      change: z.strictObject({
        quantity: decimalText.optional(),
        limitPrice: decimalText.optional(),
        reason: z.string().max(4000).optional(),
        expiresAt: instant.optional(),
      }),
    }),
    blotter,
  ),
  'blotter.remove': procedure('command', z.strictObject({ ids: z.array(z.string()).min(1).max(10_000) }), blotter),
  /** Books what was filled elsewhere: positions and the cash that pays, as one undoable step. */
  'blotter.fill': procedure(
    'command',
    z.strictObject({
      id: z.string(),
      quantity: decimalText,
      /** In the ticket's price unit; left out only where no price applies. */
      price: decimalText.optional(),
      /** In units of the asset that pays. */
      fee: decimalText.optional(),
      /** A price worse than the limit is refused unless this says that it is meant. */
      isBeyondLimitAllowed: z.boolean().optional(),
    }),
    blotter,
  ),
  /** The blotter as text; written to `path` too where one is given. */
  'blotter.export': procedure(
    'command',
    z.strictObject({ format: blotterFormat, path: z.string().min(1).optional() }),
    z.object({ fileName: z.string(), text: z.string(), tickets: z.number().int(), path: z.string().nullable() }),
  ),
};

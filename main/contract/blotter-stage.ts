import { z } from 'zod';
import { decimalText } from '../domain/decimal.ts';
import { runId } from '../domain/run.ts';
import { instant } from '../domain/time.ts';
import { blotter, ticketTerms } from './blotter.ts';
import { hedgeMeasures } from './hedge.ts';
import { procedure } from './procedure.ts';

/** One ticket and what becomes of it. Quantities are what is open, in units of the ticket: what is filled already counts as done. */
export const stagedTicket = z.object({
  /** The ticket it happens to; null for a new one. */
  ticketId: z.string().nullable(),
  /** `renew` gives a new expiry, and a new limit where the market has left the old one behind; `cancel` takes what is open away. */
  action: z.enum(['make', 'change', 'renew', 'keep', 'cancel']),
  accountId: z.string(),
  title: z.string(),
  filledQuantity: decimalText,
  openQuantity: decimalText,
  stagedQuantity: decimalText,
  /** Worst price to be accepted after it, in `priceUnit`; null where no price applies or nothing stays open. */
  limitPrice: decimalText.nullable(),
  priceUnit: z.string(),
  why: z.string(),
});
export type StagedTicket = z.infer<typeof stagedTicket>;

/** The blotter that the last suggestion comes to on the book and market as they are now, before anything is changed. */
export const blotterStage = z.object({
  runId,
  /** Names exactly this plan: it is staged as shown or not at all. */
  stageId: z.string(),
  /** When the standing suggestion was made, and what has changed since, in words. */
  madeAt: instant,
  changes: z.array(z.string()),
  statement: z.string(),
  tickets: z.array(stagedTicket),
  /** Whether every open ticket is as it should be: staging would change nothing. */
  isInLine: z.boolean(),
  /** Why legs inside their no-trade bands are changed as well; null where they stay. */
  whyBands: z.string().nullable(),
  /** The standing legs and the staged ones on the book as it is now, by the full cascade; who falls in any retained scenario. */
  standing: hedgeMeasures,
  standingFalls: z.array(z.string()),
  staged: hedgeMeasures,
  stagedFalls: z.array(z.string()),
});
export type BlotterStage = z.infer<typeof blotterStage>;

/** Tickets are only written into the book; nothing is sent anywhere. */
export const blotterStageProcedures = {
  /** Solves the standing suggestion again and says which tickets would be made, changed and cancelled to follow it. */
  'blotter.stagePlan': procedure('job', z.strictObject({ runId: runId.optional(), ...ticketTerms }), blotterStage),
  /** Does it, as one undoable step; what is staged is the standing suggestion from then on. Refused if book, market or blotter have changed since. */
  'blotter.stageRefresh': procedure('command', z.strictObject({ stageId: z.string() }), blotter),
};

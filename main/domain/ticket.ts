import { z } from 'zod';
import { accountId } from './account.ts';
import { compareDecimal, decimalText } from './decimal.ts';
import type { DecimalText } from './decimal.ts';
import { instrumentId } from './instrument.ts';
import { instant, instantToMs } from './time.ts';
import type { Instant } from './time.ts';
import { venueId } from './venue.ts';

const positive = decimalText.refine((text) => compareDecimal(text, '0') > 0, 'must be above zero');
const zeroOrMore = decimalText.refine((text) => compareDecimal(text, '0') >= 0, 'must not be below zero');

/**
 * An order or payment that somebody means to carry out by hand: the blotter's row. It never leaves the machine by itself.
 * The row of the book it changes is `accountId` and `instrumentId`; what it costs is paid from `payAccountId` and
 * `payInstrumentId`.
 */
export const ticket = z.object({
  id: z.string().min(1).max(96),
  createdAt: instant,
  kind: z.enum(['trade', 'repay', 'topUp', 'transfer', 'deleverage', 'withdraw', 'switchCollateral', 'switchDebt', 'migrate']),
  side: z.enum(['buy', 'sell', 'pay']),
  venueId,
  accountId,
  instrumentId,
  payAccountId: accountId,
  payInstrumentId: instrumentId,
  /** Above zero; the side says which way. */
  quantity: positive,
  filledQuantity: zeroOrMore,
  /** Worst price to be accepted, in `priceUnit` per unit; null where one asset is moved as it is and no price applies. */
  limitPrice: positive.nullable(),
  priceUnit: z.string(),
  /** What the limit was made from, in words. */
  limitBasis: z.string().max(400),
  /** Average over what is filled, in `priceUnit`; null before the first fill and where no price applies. */
  averagePrice: decimalText.nullable(),
  title: z.string().max(400),
  reason: z.string().max(4000),
  expiresAt: instant,
  /** Digest of the inputs of the suggestion it came from. */
  source: z.string(),
});
export type Ticket = z.infer<typeof ticket>;

export const ticketState = z.enum(['open', 'partlyFilled', 'filled', 'expired']);
export type TicketState = z.infer<typeof ticketState>;

/** Where a ticket stands at an instant; what was filled before it expired stays partly filled only until then. */
export function stateOfTicket({ quantity, filledQuantity, expiresAt }: Ticket, now: Instant): TicketState {
  if (compareDecimal(filledQuantity, quantity) >= 0) return 'filled';
  if (instantToMs(now) > instantToMs(expiresAt)) return 'expired';
  return compareDecimal(filledQuantity, '0') > 0 ? 'partlyFilled' : 'open';
}

/** Whether the first price is worse than the limit for the side that takes it. */
export function isBeyondLimit(side: Ticket['side'], price: DecimalText, limit: DecimalText): boolean {
  return side === 'sell' ? compareDecimal(price, limit) < 0 : compareDecimal(price, limit) > 0;
}

import type { BookEdit } from '../../book/open-book.ts';
import type { ParsedInputOf } from '../../contract/contract.ts';
import { addDecimal, compareDecimal, divideDecimal, negateDecimal } from '../../domain/decimal.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { isBeyondLimit, stateOfTicket } from '../../domain/ticket.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { bookTrade } from './book-trade.ts';
import type { Ground } from './book-trade.ts';
import { filledValue } from './make-ticket.ts';

/** What is still to be filled. */
export function remainingOf({ quantity, filledQuantity }: Ticket): string {
  return addDecimal(quantity, negateDecimal(filledQuantity));
}

/** A ticket with some of its terms changed; what is filled already stays. */
export function changedTicket(ticket: Ticket, change: ParsedInputOf<'blotter.edit'>['change']): Result<Ticket> {
  if (compareDecimal(remainingOf(ticket), '0') <= 0)
    return fail('conflict', `${ticket.title}: it is filled and stays as it is`, { remedy: 'Undo the fill first.' });
  const quantity = change.quantity ?? ticket.quantity;
  if (compareDecimal(quantity, '0') <= 0 || compareDecimal(quantity, ticket.filledQuantity) < 0)
    return fail('invalidValue', `${ticket.title}: ${quantity} is not above zero or less than the ${ticket.filledQuantity} filled`);
  if (change.limitPrice !== undefined && ticket.limitPrice === null)
    return fail('invalidValue', `${ticket.title}: the asset itself is moved, so it has no limit price`);
  if (change.limitPrice !== undefined && compareDecimal(change.limitPrice, '0') <= 0)
    return fail('invalidValue', `${ticket.title}: a limit of ${change.limitPrice} is not above zero`);
  const isNewLimit = change.limitPrice !== undefined && change.limitPrice !== ticket.limitPrice;
  return succeed({
    ...ticket,
    quantity,
    limitPrice: change.limitPrice ?? ticket.limitPrice,
    limitBasis: isNewLimit ? 'set by hand' : ticket.limitBasis,
    reason: change.reason ?? ticket.reason,
    expiresAt: change.expiresAt ?? ticket.expiresAt,
  });
}

/** The edits that a fill comes to: the trade's rows and the ticket with its running average. Fails by name where it does not fit. */
export function fillEdits(
  ground: Ground,
  ticket: Ticket,
  fill: Omit<ParsedInputOf<'blotter.fill'>, 'id'> & { readonly at: Instant },
): Result<BookEdit[]> {
  const { quantity, price = null, fee = '0' } = fill;
  const state = stateOfTicket(ticket, fill.at);
  const remaining = remainingOf(ticket);
  if (state === 'expired')
    return fail('stale', `${ticket.title}: expired at ${ticket.expiresAt}`, { remedy: 'Give it a later expiry if it was filled in time.' });
  if (compareDecimal(quantity, '0') <= 0) return fail('invalidValue', `${ticket.title}: a fill of ${quantity} is not above zero`);
  if (compareDecimal(quantity, remaining) > 0)
    return fail('invalidValue', `${ticket.title}: ${quantity} is more than the ${remaining} that are left`);
  if (compareDecimal(fee, '0') < 0) return fail('invalidValue', `${ticket.title}: a fee of ${fee} is below zero`);
  const problem = priceProblem(ticket, price, fill.isBeyondLimitAllowed === true);
  if (problem !== null) return problem;
  const trade = bookTrade(ground, {
    target: ticket,
    payer: { accountId: ticket.payAccountId, instrumentId: ticket.payInstrumentId },
    sign: ticket.side === 'sell' ? -1 : 1,
    quantity,
    price,
    fee,
    at: fill.at,
  });
  if (!trade.ok) return fail(trade.failure.reason, `${ticket.title}: ${trade.failure.message}`, trade.failure);
  const filledQuantity = addDecimal(ticket.filledQuantity, quantity);
  const worth = addDecimal(filledValue(ticket.filledQuantity, ticket.averagePrice), filledValue(quantity, price));
  const averagePrice = price === null ? null : divideDecimal(worth, filledQuantity);
  return succeed([...trade.value, { kind: 'putTicket', row: { ...ticket, filledQuantity, averagePrice } }]);
}

function priceProblem(ticket: Ticket, price: string | null, isBeyondAllowed: boolean): Result<never> | null {
  if (ticket.limitPrice === null)
    return price === null ? null : fail('invalidValue', `${ticket.title}: the asset itself is moved, so it has no price`);
  if (price === null) return fail('invalidValue', `${ticket.title}: name the price it was filled at, in ${ticket.priceUnit}`);
  if (compareDecimal(price, '0') <= 0) return fail('invalidValue', `${ticket.title}: a price of ${price} is not above zero`);
  if (isBeyondAllowed || !isBeyondLimit(ticket.side, price, ticket.limitPrice)) return null;
  return fail('refused', `${ticket.title}: ${price} ${ticket.priceUnit} is worse than the limit of ${ticket.limitPrice}`, {
    remedy: 'Check the price; book it as beyond the limit if it is right.',
  });
}

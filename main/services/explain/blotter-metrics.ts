import type { BlotterTicket } from '../../contract/blotter.ts';
import type { Cell } from '../../contract/cell.ts';
import { fail } from '../../domain/failure.ts';
import { answerFrom, lookUp, type ExplainedNumber, type Metric } from './metric.ts';
import { momentText, quantityText } from './number-text.ts';

const BY_HAND = 'A ticket is a note to oneself: nothing of it is ever sent to a venue.';

/** A figure of one ticket; the subject is its id. */
function ticketMetric(
  metric: Omit<Metric, 'find' | 'notes' | 'unit'>,
  explain: (ticket: BlotterTicket) => Pick<ExplainedNumber, 'value' | 'worked'>,
): Metric {
  return {
    ...metric,
    // Each ticket has a unit of its own, told where the figure is worked.
    unit: '',
    notes: [BY_HAND, 'Kept as decimal text, never rounded.'],
    find: ({ blotter }, subjectId) => {
      if (blotter === null)
        return fail('notFound', 'the blotter has not been read since the book was opened', { remedy: 'Open the Blotter.' });
      return answerFrom(
        lookUp(blotter.tickets, ({ id }) => id === subjectId, `ticket ${subjectId ?? '(none named)'}`),
        (ticket) => ({
          subject: ticket.title,
          ...explain(ticket),
          inputs: [
            { name: 'account', value: ticket.accountId, source: ticket.venueId },
            { name: 'quantity', value: quantityText(ticket.quantity), source: `made ${momentText(ticket.createdAt)}` },
            { name: 'limit', value: limitText(ticket), source: ticket.limitBasis === '' ? 'no price applies' : ticket.limitBasis },
            { name: 'filled', value: filledText(ticket), source: 'booked by hand' },
            {
              name: 'state',
              value: STATES[ticket.state],
              source: `expires ${momentText(ticket.expiresAt)}, seen ${momentText(blotter.asOf)}`,
            },
          ],
          notes: [ticket.reason],
        }),
      );
    },
  };
}

const STATES: Readonly<Record<BlotterTicket['state'], string>> = {
  open: 'open',
  partlyFilled: 'partly filled',
  filled: 'filled',
  expired: 'expired',
};

function limitText({ limitPrice, priceUnit }: BlotterTicket): string {
  return limitPrice === null ? 'as it is' : `${limitPrice} ${priceUnit}`;
}

function filledText({ filledQuantity, quantity }: BlotterTicket): string {
  return `${quantityText(filledQuantity)} of ${quantityText(quantity)}`;
}

/** A price of a ticket; where none applies, why. */
function priceCell(price: string | null, message: string): Cell {
  return price === null ? { reason: 'unsupported', message } : Number(price);
}

/** What a side does with the quantity. */
const SIDES = { buy: 'bought', sell: 'sold', pay: 'paid' } as const;

/** Figures of the blotter's tickets. */
export const blotterMetrics: readonly Metric[] = [
  ticketMetric(
    {
      id: 'blotter.quantity',
      title: 'Quantity of the ticket',
      definition: 'How much is to be done in all, in units of the instrument and above zero; the side says which way.',
      formula: 'quantity of the leg in whole lots, or as it was changed by hand',
    },
    ({ quantity, instrumentId, side, remainingQuantity }) => ({
      value: Number(quantity),
      worked: `${quantityText(quantity)} of ${instrumentId} are to be ${SIDES[side]}; ${quantityText(remainingQuantity)} are left`,
    }),
  ),
  ticketMetric(
    {
      id: 'blotter.limitPrice',
      title: 'Limit of the ticket',
      definition: 'The worst price to be accepted, for one unit of the instrument.',
      formula: 'bid × (1 − tolerance) for a sale, ask or rate × (1 + tolerance) otherwise',
    },
    (ticket) => ({
      value: priceCell(ticket.limitPrice, 'one asset is moved as it is: no price applies'),
      worked: ticket.limitPrice === null ? 'no price applies' : `${ticket.limitBasis} = ${limitText(ticket)}`,
    }),
  ),
  ticketMetric(
    {
      id: 'blotter.filledQuantity',
      title: 'Filled',
      definition: 'How much has been booked as done; positions and the cash that pays have followed.',
      formula: 'Σ quantity of the fills',
    },
    (ticket) => ({
      value: Number(ticket.filledQuantity),
      worked: `${filledText(ticket)}, ${quantityText(ticket.remainingQuantity)} left`,
    }),
  ),
  ticketMetric(
    {
      id: 'blotter.averagePrice',
      title: 'Average price of the fills',
      definition: 'Average price over what has been filled, for one unit of the instrument; fees are not in it.',
      formula: 'Σ price × quantity of the fills / Σ quantity',
    },
    ({ averagePrice, limitPrice, filledQuantity, priceUnit }) => ({
      value: priceCell(averagePrice, limitPrice === null ? 'one asset is moved as it is: no price applies' : 'nothing has been filled yet'),
      worked:
        averagePrice === null
          ? 'none'
          : `${quantityText(filledQuantity)} at ${averagePrice} ${priceUnit} on average, limit ${limitPrice ?? 'none'}`,
    }),
  ),
];

import type { ReactElement } from 'react';
import type { BlotterTicket } from '../../../main/contract/blotter.ts';
import { quantity } from '../../format/number.ts';
import { instantWords } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Chip, type ChipTone } from '../../parts/chip.tsx';
import { Explain } from '../../parts/explain.tsx';

const states: Readonly<Record<BlotterTicket['state'], { readonly tone: ChipTone; readonly words: string }>> = {
  open: { tone: 'plain', words: 'open' },
  partlyFilled: { tone: 'watch', words: 'partly filled' },
  filled: { tone: 'safe', words: 'filled' },
  expired: { tone: 'stale', words: 'expired' },
};

const sides = { buy: 'Buy', sell: 'Sell', pay: 'Pay' } as const;

type Props = {
  readonly tickets: readonly BlotterTicket[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
  readonly onFill: (ticket: BlotterTicket) => void;
};

/** Every ticket in the order it was made: what, where, how much, at which limit, why, until when, and how far it is. */
export function TicketTable({ tickets, selectedId, onSelect, onFill }: Props): ReactElement {
  return (
    <table className="table blotter-table">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Venue</th>
          <th scope="col">Account</th>
          <th scope="col">Side</th>
          <th scope="col" className="right">
            Quantity
          </th>
          <th scope="col">Instrument</th>
          <th scope="col" className="right">
            Limit
          </th>
          <th scope="col" className="right">
            Filled
          </th>
          <th scope="col" className="right">
            At
          </th>
          <th scope="col">Expires</th>
          <th scope="col">Reason</th>
          <th scope="col">
            <span className="visually-hidden">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tickets.map((ticket) => (
          <TicketRow key={ticket.id} ticket={ticket} isSelected={ticket.id === selectedId} onSelect={onSelect} onFill={onFill} />
        ))}
      </tbody>
    </table>
  );
}

function TicketRow({
  ticket,
  isSelected,
  onSelect,
  onFill,
}: Omit<Props, 'tickets' | 'selectedId'> & { readonly ticket: BlotterTicket; readonly isSelected: boolean }): ReactElement {
  const state = states[ticket.state];
  return (
    <tr aria-selected={isSelected} onClick={() => onSelect(ticket.id)}>
      <td>
        <Chip tone={state.tone}>{state.words}</Chip>
      </td>
      <td>{ticket.venueId}</td>
      <td className="unbroken">
        <strong>{ticket.accountId}</strong>
      </td>
      <td>{sides[ticket.side]}</td>
      <td className="right">
        <Explain metric="blotter.quantity" subjectId={ticket.id}>
          {quantity(ticket.quantity)}
        </Explain>
      </td>
      <td className="unbroken" title={ticket.title}>
        {ticket.instrumentId.slice(ticket.instrumentId.indexOf(':') + 1)}
        {ticket.side === 'pay' && <span className="muted"> from {ticket.payAccountId}</span>}
      </td>
      <td className="right" title={ticket.limitBasis}>
        <Explain metric="blotter.limitPrice" subjectId={ticket.id}>
          {ticket.limitPrice === null ? <span className="muted">as it is</span> : `${quantity(ticket.limitPrice)} ${ticket.priceUnit}`}
        </Explain>
      </td>
      <td className="right">
        <Explain metric="blotter.filledQuantity" subjectId={ticket.id}>
          {quantity(ticket.filledQuantity)}
        </Explain>
      </td>
      <td className="right">
        <Explain metric="blotter.averagePrice" subjectId={ticket.id}>
          {ticket.averagePrice === null ? '–' : quantity(ticket.averagePrice)}
        </Explain>
      </td>
      <td className="unbroken figure">{instantWords(ticket.expiresAt)}</td>
      <td className="secondary blotter-reason" title={ticket.reason}>
        {ticket.reason}
      </td>
      <td>
        <Button
          disabled={ticket.state === 'filled' || ticket.state === 'expired'}
          aria-label={`Book a fill of: ${ticket.title}`}
          onClick={() => onFill(ticket)}
        >
          Fill
        </Button>
      </td>
    </tr>
  );
}

import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { BlotterTicket } from '../../../main/contract/blotter.ts';
import { isBeyondLimit } from '../../../main/domain/ticket.ts';
import { quantity as grouped } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { fillTicket } from './blotter-actions.ts';
import { DECIMAL, DecimalField } from './decimal-field.tsx';

/** What was filled elsewhere: quantity, price and fee. It is booked with the cash that pays, as one undo step. */
export function FillSheet({ ticket, onClose }: { readonly ticket: BlotterTicket; readonly onClose: () => void }): ReactElement {
  const [quantity, setQuantity] = useState(ticket.remainingQuantity);
  const [price, setPrice] = useState(ticket.limitPrice ?? '');
  const [fee, setFee] = useState('0');
  const [isBusy, setIsBusy] = useState(false);
  const hasPrice = ticket.limitPrice !== null;
  const isReady = DECIMAL.test(quantity) && DECIMAL.test(fee) && (!hasPrice || DECIMAL.test(price));
  const isBeyond = isReady && ticket.limitPrice !== null && isBeyondLimit(ticket.side, price, ticket.limitPrice);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    const input = { id: ticket.id, quantity, fee, ...(hasPrice ? { price } : {}), ...(isBeyond ? { isBeyondLimitAllowed: true } : {}) };
    const isDone = await fillTicket(input, ticket.title);
    setIsBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog label="Book a fill" className="book-sheet" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
        <h2>Book a fill</h2>
        <p className="secondary">
          {ticket.title}. {grouped(ticket.remainingQuantity)} left. Paid from {ticket.payInstrumentId} in {ticket.payAccountId}; one undo
          step.
        </p>
        <DecimalField label="Quantity filled" value={quantity} onChange={setQuantity} />
        {hasPrice && <DecimalField label={`Price, ${ticket.priceUnit}`} value={price} onChange={setPrice} />}
        <DecimalField label="Fee, in what pays" value={fee} onChange={setFee} />
        {isBeyond && (
          <p className="state-watch" role="alert">
            Worse than the limit of {ticket.limitPrice} {ticket.priceUnit}; it is booked as typed.
          </p>
        )}
        <div className="book-sheet-foot">
          <Button onClick={onClose} shortcut="Esc">
            Cancel
          </Button>
          <button type="submit" className="button button-primary" disabled={!isReady || isBusy}>
            Book the fill
          </button>
        </div>
      </form>
    </Dialog>
  );
}

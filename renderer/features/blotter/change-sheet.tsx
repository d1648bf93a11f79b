import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { BlotterTicket } from '../../../main/contract/blotter.ts';
import { instantWords } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { changeTicket } from './blotter-actions.ts';
import { DECIMAL, DecimalField } from './decimal-field.tsx';

const MINUTE_MS = 60_000;
const MINUTES = /^[1-9]\d{0,4}$/;

/** What a ticket asks for: quantity, limit, reason, and until when. An empty expiry leaves it as it is. */
export function ChangeSheet({ ticket, onClose }: { readonly ticket: BlotterTicket; readonly onClose: () => void }): ReactElement {
  const [quantity, setQuantity] = useState(ticket.quantity);
  const [limitPrice, setLimitPrice] = useState(ticket.limitPrice ?? '');
  const [reason, setReason] = useState(ticket.reason);
  const [minutes, setMinutes] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const hasLimit = ticket.limitPrice !== null;
  const isReady = DECIMAL.test(quantity) && (!hasLimit || DECIMAL.test(limitPrice)) && (minutes === '' || MINUTES.test(minutes));
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    const isDone = await changeTicket(ticket.id, {
      quantity,
      reason,
      ...(hasLimit ? { limitPrice } : {}),
      ...(minutes === '' ? {} : { expiresAt: new Date(Date.now() + Number(minutes) * MINUTE_MS).toISOString() }),
    });
    setIsBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog label="Change the ticket" className="book-sheet" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
        <h2>Change the ticket</h2>
        <p className="secondary">
          {ticket.title}. Limit: {ticket.limitBasis === '' ? 'none' : ticket.limitBasis}. Expires {instantWords(ticket.expiresAt)}.
        </p>
        <DecimalField label="Quantity" value={quantity} onChange={setQuantity} />
        {hasLimit && <DecimalField label={`Limit, ${ticket.priceUnit}`} value={limitPrice} onChange={setLimitPrice} />}
        <label>
          Expires in, minutes from now
          <input
            className="field mono"
            inputMode="numeric"
            value={minutes}
            placeholder="as it is"
            aria-invalid={minutes !== '' && !MINUTES.test(minutes)}
            onChange={(event) => setMinutes(event.target.value.trim())}
          />
        </label>
        <label>
          Reason
          <input className="field" value={reason} maxLength={4000} onChange={(event) => setReason(event.target.value)} />
        </label>
        <div className="book-sheet-foot">
          <Button onClick={onClose} shortcut="Esc">
            Cancel
          </Button>
          <button type="submit" className="button button-primary" disabled={!isReady || isBusy}>
            Change
          </button>
        </div>
      </form>
    </Dialog>
  );
}

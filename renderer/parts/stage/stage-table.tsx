import type { ReactElement } from 'react';
import type { StagedTicket } from '../../../main/contract/blotter-stage.ts';
import { quantity } from '../../format/number.ts';
import { beforeAfter } from '../../format/share.ts';
import { Chip, type ChipTone } from '../chip.tsx';

const actions: Readonly<Record<StagedTicket['action'], { readonly tone: ChipTone; readonly words: string }>> = {
  make: { tone: 'safe', words: 'new' },
  change: { tone: 'watch', words: 'changed' },
  renew: { tone: 'stale', words: 'renewed' },
  cancel: { tone: 'danger', words: 'cancelled' },
  keep: { tone: 'plain', words: 'as it is' },
};

/** What becomes of each ticket: those that are touched first, those that stay as they are last and quieter. */
export function StageTable({ tickets }: { readonly tickets: readonly StagedTicket[] }): ReactElement {
  return (
    <table className="table stage-table">
      <thead>
        <tr>
          <th scope="col">Ticket</th>
          <th scope="col">What</th>
          <th scope="col" className="right">
            Filled
          </th>
          <th scope="col" className="right">
            Open, now → then
          </th>
          <th scope="col" className="right">
            Limit
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {tickets.map((ticket, index) => (
          <Row key={ticket.ticketId ?? `new ${index}`} ticket={ticket} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ ticket }: { readonly ticket: StagedTicket }): ReactElement {
  const { action, title, filledQuantity, openQuantity, stagedQuantity, limitPrice, priceUnit, why, ticketId } = ticket;
  const { tone, words } = actions[action];
  const isSame = openQuantity === stagedQuantity;
  return (
    <tr className={action === 'keep' ? 'is-kept' : undefined} data-action={action}>
      <td>
        <Chip tone={tone}>{words}</Chip>
      </td>
      <td className={action === 'cancel' ? 'stage-what is-cancelled' : 'stage-what'} title={title}>
        {title}
      </td>
      <td className="right">{filledQuantity === '0' ? '–' : quantity(filledQuantity)}</td>
      <td className="right">
        {isSame ? quantity(stagedQuantity) : beforeAfter(ticketId === null ? '–' : quantity(openQuantity), quantity(stagedQuantity))}
      </td>
      <td className="right">{limitPrice === null ? <span className="muted">–</span> : `${quantity(limitPrice)} ${priceUnit}`}</td>
      <td className="secondary stage-why" title={why}>
        {action !== 'keep' && <span>{why}</span>}
      </td>
    </tr>
  );
}

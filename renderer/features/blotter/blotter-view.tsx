import './blotter.css';
import { type ReactElement, useState } from 'react';
import type { BlotterTicket } from '../../../main/contract/blotter.ts';
import { goTo } from '../../app/navigation.ts';
import { useCall, useHedge } from '../../client/queries.ts';
import { useStandingWish } from '../../client/standing-queries.ts';
import { counted } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { openStage } from '../../parts/stage/stage-store.ts';
import { EmptyState, FailureBox } from '../../parts/states.tsx';
import { exportBlotter, removeTickets } from './blotter-actions.ts';
import { ChangeSheet } from './change-sheet.tsx';
import { FillSheet } from './fill-sheet.tsx';
import { TicketTable } from './ticket-table.tsx';

/** What is to be done by hand: tickets of accepted legs, exported as files and booked back when filled. */
export function BlotterView(): ReactElement {
  const { value, failure, again } = useCall('blotter.list', {});
  const isStanding = useStandingWish() !== null;
  const hasSuggestion = useHedge().value !== null || isStanding;
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [filling, setFilling] = useState<BlotterTicket | null>(null);
  const [changing, setChanging] = useState<BlotterTicket | null>(null);
  if (value === null)
    return failure === null ? (
      <p className="screen-wait">Reading the blotter</p>
    ) : (
      <FailureBox failure={failure} action={{ title: 'Read again', run: again }} />
    );
  const { tickets } = value;
  const selected = tickets.find((ticket) => ticket.id === selectedId) ?? null;
  return (
    <>
      <Panel
        title="Blotter"
        caption="tickets to carry out by hand; nothing is ever sent to a venue"
        className="blotter"
        isFlush
        actions={
          <>
            <Button disabled={!hasSuggestion} onClick={openStage} shortcut="S" title="Bring the open tickets in line with the suggestion">
              Stage the suggestion
            </Button>
            <Button disabled={selected === null || selected.state === 'filled'} onClick={() => setChanging(selected)}>
              Change
            </Button>
            <Button disabled={selected === null} onClick={() => selected !== null && void removeTickets([selected.id])}>
              Remove
            </Button>
            <Button disabled={tickets.length === 0} onClick={() => void exportBlotter('csv')}>
              CSV
            </Button>
            <Button disabled={tickets.length === 0} onClick={() => void exportBlotter('json')}>
              JSON
            </Button>
          </>
        }
        foot={<Foot tickets={tickets} />}
      >
        {tickets.length === 0 ? (
          <EmptyState title="Nothing to carry out" actions={[{ title: 'Go to Hedges', run: () => goTo('hedge'), shortcut: 'H' }]}>
            Send legs of a suggestion here: each becomes a ticket with venue, side, size, limit, reason and expiry. When it is filled, book
            the fill and the positions follow.
          </EmptyState>
        ) : (
          <TicketTable tickets={tickets} selectedId={selectedId} onSelect={setSelectedId} onFill={setFilling} />
        )}
      </Panel>
      {filling !== null && <FillSheet ticket={filling} onClose={() => setFilling(null)} />}
      {changing !== null && <ChangeSheet ticket={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function Foot({ tickets }: { readonly tickets: readonly BlotterTicket[] }): ReactElement {
  const inState = (state: BlotterTicket['state']): number => tickets.filter((ticket) => ticket.state === state).length;
  return (
    <>
      <span>
        <strong>{counted(tickets.length, 'ticket')}</strong>, {inState('open')} open, {inState('partlyFilled')} partly filled,{' '}
        {inState('filled')} filled, {inState('expired')} expired
      </span>
      <span className="blotter-hints muted">A limit’s origin is shown when pointed at · Ctrl Z takes back a fill</span>
    </>
  );
}

import type { BookEdit } from '../../../book/open-book.ts';
import type { StagedTicket } from '../../../contract/blotter-stage.ts';
import { addDecimal, compareDecimal, negateDecimal } from '../../../domain/decimal.ts';
import { succeed, type Result } from '../../../domain/failure.ts';
import { isBeyondLimit, stateOfTicket, type Ticket } from '../../../domain/ticket.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Ground } from '../book-trade.ts';
import { remainingOf } from '../change-ticket.ts';
import { makeTickets, type TicketLeg } from '../make-ticket.ts';
import { alongOf, legOfTicket, sourceOf } from '../ticket-source.ts';

/** A leg to be brought into the blotter; `legOf` gives it for a quantity that holds what its ticket has filled already. */
export type LegToStage = {
  readonly id: string;
  /** What is to be open, above zero. */
  readonly quantity: string;
  /** Whether its open tickets keep their quantities. */
  readonly isKept: boolean;
  readonly legOf: (quantity: string) => TicketLeg;
};

/** What tickets are staged from: the book with its market, the blotter as it is, and the terms of new tickets. */
export type StageGround = {
  readonly ground: Ground;
  readonly tickets: readonly Ticket[];
  readonly inputsDigest: string;
  readonly now: Instant;
  readonly expiresAt: Instant;
  readonly toleranceFraction: number;
};

/** What becomes of each ticket, and the edits that it comes to; no edits where the blotter is in line already. */
export type StagedTickets = { readonly tickets: readonly StagedTicket[]; readonly edits: readonly BookEdit[] };

type Staged = { readonly told: StagedTicket; readonly edits: readonly BookEdit[] };

const rank = { cancel: 0, change: 1, make: 2, renew: 3, keep: 4 } as const satisfies Record<StagedTicket['action'], number>;

/**
 * Brings the open tickets in line with the legs. Quantities are compared by what is left open, so that nothing that was filled is staged
 * again: a ticket keeps its fills and is changed to what is filled and what is wanted together. What no leg wants is cancelled; a ticket
 * with fills is closed at what is filled, since it records them.
 */
export function stageTickets(at: StageGround, legs: readonly LegToStage[]): Result<StagedTickets> {
  const open = at.tickets.filter((ticket) => compareDecimal(remainingOf(ticket), '0') > 0);
  const staged: Staged[] = [];
  for (const [index, leg] of legs.entries()) {
    const made = stageLeg(at, { ...leg, ticketId: `${at.now}#${String(index + 1).padStart(3, '0')}` }, open);
    if (!made.ok) return made;
    staged.push(...made.value);
  }
  const wanted = new Set(legs.flatMap(({ id }) => [id, alongOf(id)]));
  staged.push(...open.filter((ticket) => !wanted.has(legOfTicket(ticket))).map((ticket) => cancelled(ticket, NOT_WANTED)));
  return succeed({
    tickets: staged.map(({ told }) => told).sort((a, b) => rank[a.action] - rank[b.action]),
    edits: staged.flatMap(({ edits }) => edits),
  });
}

const NOT_WANTED = 'It is no part of what would be suggested now.';

/** The tickets of one leg: its own, and for a loan that is moved the one for the collateral that goes along. */
function stageLeg(at: StageGround, leg: LegToStage & { readonly ticketId: string }, open: readonly Ticket[]): Result<Staged[]> {
  const openOf = (key: string): readonly Ticket[] => open.filter((ticket) => legOfTicket(ticket) === key);
  const filledOf = (key: string): string => openOf(key).at(-1)?.filledQuantity ?? '0';
  const wanted = leg.legOf(leg.quantity);
  const along = wanted.carries?.quantity ?? '0';
  const carries =
    wanted.carries === undefined
      ? {}
      : { carries: { ...wanted.carries, quantity: addDecimal(filledOf(alongOf(leg.id)), wanted.carries.quantity) } };
  const whole = { ...leg.legOf(addDecimal(filledOf(leg.id), leg.quantity)), ...carries };
  const terms = { id: leg.ticketId, source: sourceOf(at.inputsDigest, leg.id), createdAt: at.now, expiresAt: at.expiresAt };
  const made = makeTickets(at.ground, whole, { ...terms, toleranceFraction: at.toleranceFraction });
  if (!made.ok) return made;
  const near = makeTickets(at.ground, whole, { ...terms, toleranceFraction: 0 });
  if (!near.ok) return near;
  return succeed(
    made.value.flatMap((ticket, index) => {
      const tickets = openOf(legOfTicket(ticket));
      const quantity = index === 0 ? leg.quantity : along;
      const left = tickets.reduce((sum, each) => addDecimal(sum, remainingOf(each)), '0');
      if (leg.isKept || compareDecimal(left, quantity) === 0)
        return tickets.map((each) => keptTicket(at, each, { ticket, nearPrice: near.value[index]?.limitPrice ?? null }));
      const last = tickets.at(-1);
      if (last === undefined)
        return [{ told: { ...toldOf(ticket, '0'), ticketId: null, action: 'make' }, edits: [{ kind: 'putTicket', row: ticket }] }];
      const others = tickets.slice(0, -1).map((each) => cancelled(each, 'One ticket stands for the whole action.'));
      return [...others, changedTo(last, ticket)];
    }),
  );
}

/** What is filled stays; quantity, limit, reason and expiry are those of the fresh leg, unless the limit was set by hand. */
function changedTo(ticket: Ticket, fresh: Ticket): Staged {
  const isByHand = ticket.limitBasis === BY_HAND;
  const row: Ticket = {
    ...fresh,
    id: ticket.id,
    createdAt: ticket.createdAt,
    filledQuantity: ticket.filledQuantity,
    averagePrice: ticket.averagePrice,
    ...(isByHand ? { limitPrice: ticket.limitPrice, limitBasis: ticket.limitBasis } : {}),
  };
  return { told: { ...toldOf(row, remainingOf(ticket)), action: 'change' }, edits: [{ kind: 'putTicket', row }] };
}

const BY_HAND = 'set by hand';

/** A ticket whose quantity stays; renewed where it has expired or the market has left its limit behind. */
function keptTicket(
  { now }: StageGround,
  ticket: Ticket,
  { ticket: fresh, nearPrice }: { readonly ticket: Ticket; readonly nearPrice: string | null },
): Staged {
  const isExpired = stateOfTicket(ticket, now) === 'expired';
  const { limitPrice, limitBasis } = ticket;
  const isLeft = limitBasis !== BY_HAND && limitPrice !== null && nearPrice !== null && isBeyondLimit(ticket.side, nearPrice, limitPrice);
  const row: Ticket = {
    ...ticket,
    source: fresh.source,
    ...(isLeft ? { limitPrice: fresh.limitPrice, limitBasis: fresh.limitBasis } : {}),
    ...(isExpired || isLeft ? { expiresAt: fresh.expiresAt } : {}),
  };
  const told = toldOf(row, remainingOf(ticket));
  const edits: BookEdit[] = isExpired || isLeft || ticket.source !== row.source ? [{ kind: 'putTicket', row }] : [];
  if (!isExpired && !isLeft) return { told: { ...told, action: 'keep', why: 'It is right as it stands.' }, edits };
  const why = [
    ...(isExpired ? [`It expired at ${ticket.expiresAt}.`] : []),
    ...(isLeft ? [`The market has left its limit of ${limitPrice} ${ticket.priceUnit} behind.`] : []),
  ].join(' ');
  return { told: { ...told, action: 'renew', why }, edits };
}

function cancelled(ticket: Ticket, why: string): Staged {
  const { filledQuantity } = ticket;
  const isBare = compareDecimal(filledQuantity, '0') === 0;
  const told: StagedTicket = {
    ...toldOf(ticket, remainingOf(ticket)),
    action: 'cancel',
    stagedQuantity: '0',
    limitPrice: null,
    why: isBare ? why : `${why} It is closed at the ${filledQuantity} filled.`,
  };
  return {
    told,
    edits: [
      isBare ? { kind: 'delete', noun: 'ticket', id: ticket.id } : { kind: 'putTicket', row: { ...ticket, quantity: filledQuantity } },
    ],
  };
}

function toldOf(ticket: Ticket, openQuantity: string): Omit<StagedTicket, 'action'> {
  return {
    ticketId: ticket.id,
    accountId: ticket.accountId,
    title: ticket.title,
    filledQuantity: ticket.filledQuantity,
    openQuantity,
    stagedQuantity: addDecimal(ticket.quantity, negateDecimal(ticket.filledQuantity)),
    limitPrice: ticket.limitPrice,
    priceUnit: ticket.priceUnit,
    why: ticket.reason,
  };
}

import { compareDecimal } from '../../../domain/decimal.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { remainingOf } from '../../blotter/change-ticket.ts';
import { legOfTicket, sourceOf } from '../../blotter/ticket-source.ts';
import type { Plan } from '../measures.ts';
import type { Candidate } from '../proposals/candidates.ts';

/** What decides how much of a suggestion is still to be done. */
export type OpenAt = {
  readonly tickets: readonly Ticket[];
  /** Digest of the inputs of the suggestion. */
  readonly inputsDigest: string;
  /** What can be done now: legs of former suggestions that have open tickets are looked up here. */
  readonly offered: readonly Candidate[];
};

/**
 * What stands and is not done yet. A leg with open tickets stands with what is left of them, whichever suggestion made them: what was filled
 * is in the book already and must not count twice. A leg of this suggestion whose tickets are all filled is done. A leg without a ticket
 * stands as it was suggested.
 */
export function openPlan(plan: Plan, { tickets, inputsDigest, offered }: OpenAt): Plan {
  const known = new Set(plan.candidates.map(({ id }) => id));
  const held = new Set(tickets.map(legOfTicket));
  const others = offered.filter(({ id }) => !known.has(id) && held.has(id));
  const suggested = plan.candidates.map((candidate, index) => ({ candidate, amount: plan.amounts[index] ?? 0 }));
  const legs = [...suggested, ...others.map((candidate) => ({ candidate, amount: 0 }))]
    .map(({ candidate, amount }) => ({ candidate, amount: openUnits(ticketsOf(tickets, candidate.id), inputsDigest) ?? amount }))
    .filter(({ amount }) => amount > 0);
  return { candidates: legs.map(({ candidate }) => candidate), amounts: legs.map(({ amount }) => amount) };
}

/** The tickets of one leg, of whichever suggestion. */
export function ticketsOf(tickets: readonly Ticket[], legId: string): readonly Ticket[] {
  return tickets.filter((ticket) => legOfTicket(ticket) === legId);
}

/** Whether something of a ticket is still to be done, expired or not. */
export function isOpen(ticket: Ticket): boolean {
  return compareDecimal(remainingOf(ticket), '0') > 0;
}

/** Units left of a leg's tickets; null where the tickets do not tell. */
function openUnits(tickets: readonly Ticket[], inputsDigest: string): number | null {
  const open = tickets.filter(isOpen);
  if (open.length > 0) return open.reduce((sum, ticket) => sum + Number(remainingOf(ticket)), 0);
  return tickets.some((ticket) => ticket.source === sourceOf(inputsDigest, legOfTicket(ticket))) ? 0 : null;
}

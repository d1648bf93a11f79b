import type { HedgeRefresh } from '../../../contract/hedge-refresh.ts';
import { addDecimal, type DecimalText } from '../../../domain/decimal.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { remainingOf } from '../../blotter/change-ticket.ts';
import type { TicketLeg } from '../../blotter/make-ticket.ts';
import { carried } from '../legs.ts';
import type { Plan } from '../measures.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';
import { legTitle } from '../words/words.ts';
import { isOpen, ticketsOf } from './open-plan.ts';

/** What is to be done of one action, and whether its open tickets are left as they are. */
export type StagedLeg = {
  readonly candidate: Candidate;
  readonly quantity: DecimalText;
  readonly isKept: boolean;
  readonly why: string;
};

/** Legs are compared in whole lots: a sum of remainders may lie this far off by the arithmetic of numbers. */
const roundingFraction = 1e-12;

/** A refresh with what its legs are staged from. */
type ToStage = {
  readonly setting: Setting;
  readonly refresh: HedgeRefresh;
  readonly tickets: readonly Ticket[];
  /** Why a leg was suggested in the first place. */
  readonly reasonOf: (legId: string) => string | null;
};

/**
 * Every leg with the amount that its tickets are to have open: as it stands inside its no-trade band, what it should be now outside. What the
 * market no longer offers is left out, so that its tickets are cancelled.
 */
export function stagedLegs({ setting, refresh, tickets, reasonOf }: ToStage): readonly StagedLeg[] {
  const { candidates } = setting;
  return refresh.legs.flatMap((leg): StagedLeg[] => {
    const candidate = candidates.find(({ id }) => id === leg.id);
    if (candidate === undefined || leg.change === 'impossible') return [];
    const open = ticketsOf(tickets, leg.id).filter(isOpen);
    const left = open.reduce((sum, ticket) => addDecimal(sum, remainingOf(ticket)), '0');
    // What there is to pay with may have become less than what is open.
    const isOffered = Number(left) <= Number(leg.actQuantity ?? 0) * (1 + roundingFraction);
    const why = leg.change === 'same' ? (reasonOf(leg.id) ?? leg.why) : leg.why;
    if (leg.isWithinBand && open.length > 0 && isOffered) return [{ candidate, quantity: left, isKept: true, why }];
    return leg.actQuantity === null ? [] : [{ candidate, quantity: leg.actQuantity, isKept: false, why }];
  });
}

/** The legs as a plan that can be measured, and that stands once it is staged. */
export function planOfLegs(legs: readonly StagedLeg[]): Plan {
  return { candidates: legs.map(({ candidate }) => candidate), amounts: legs.map(({ quantity }) => Number(quantity)) };
}

/** A leg as its ticket needs it, for a quantity that may hold what is filled already. */
export function ticketLeg({ book }: Setting, { candidate, why }: StagedLeg, quantity: DecimalText): TicketLeg {
  return {
    kind: candidate.kind,
    side: candidate.side,
    quantity,
    title: legTitle(book, candidate, quantity),
    notionalUsd: Number(quantity) * candidate.notionalUsd,
    why,
    target: candidate.target,
    payer: candidate.payer,
    ...carried(candidate, Number(quantity)),
  };
}

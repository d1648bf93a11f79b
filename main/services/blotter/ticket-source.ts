import type { Ticket } from '../../domain/ticket.ts';

/** Where a ticket comes from: a suggestion, by the digest of its inputs, and one of its legs. */
export function sourceOf(inputsDigest: string, legId: string): string {
  return `${inputsDigest}#${legId}`;
}

/** The leg that a ticket belongs to, whichever suggestion it came from: legs of the same action have the same name in all of them. */
export function legOfTicket({ source }: Pick<Ticket, 'source'>): string {
  return source.slice(source.indexOf('#') + 1);
}

/** The leg or source of the ticket for the collateral that goes along with a loan that is moved. */
export function alongOf(name: string): string {
  return `${name}+`;
}

import type { PackedLending } from '../packed/packed-book.ts';

/**
 * Who takes part in a cascade: only these may fall and sell. Own accounts are named one by one, the crowd by venue, since it is known to
 * the book only as the borrowers around it. Everybody else holds still: their positions are neither liquidated nor counted as bad debt,
 * but they are valued at the prices the others make.
 */
export type Participants = {
  /** By own account: 1 = takes part. */
  readonly ownAccounts: Uint8Array;
  /** By venue: 1 = the crowd's borrowers there take part. */
  readonly crowdVenues: Uint8Array;
};

/** Whether a borrower, own or of the crowd, takes part; null = everybody does. */
export function takesPart(participants: Participants | null, lending: PackedLending, borrower: number): boolean {
  if (participants === null) return true;
  const account = lending.account[borrower]!;
  return account < 0 ? participants.crowdVenues[lending.venue[borrower]!] === 1 : participants.ownAccounts[account] === 1;
}

/** One venue alone: its own accounts and its part of the crowd. */
export function onlyVenue(venueOfAccount: Int32Array, venues: number, venue: number): Participants {
  const crowdVenues = new Uint8Array(venues);
  crowdVenues[venue] = 1;
  return { ownAccounts: Uint8Array.from(venueOfAccount, (each) => (each === venue ? 1 : 0)), crowdVenues };
}

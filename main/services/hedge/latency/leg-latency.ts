import type { TransferTerms, VenueTransfers } from '../../../domain/system.ts';
import { routeMinutes, venueTerms } from '../../transfers/transfer-routes.ts';
import type { HedgeBook } from '../hedge-book.ts';
import type { Proposal } from '../proposals/proposal.ts';

/** Kinds of action that happen in one transaction on a chain, within a loan or between two. */
const ON_CHAIN: ReadonlySet<string> = new Set(['deleverage', 'switchCollateral', 'switchDebt', 'migrate']);

/**
 * Time by which an action has surely arrived, minutes: nothing for a trade on its venue's own book; out of one venue, into the other, and
 * through a swap where another asset arrives than is sent; for what happens in one transaction, as long as that venue takes to let something
 * in or out. Coins in custody are sold as a swap takes. Always the slow end, and the slowest terms for a venue that has none.
 */
export function latencyMinutes(book: HedgeBook, terms: TransferTerms, proposal: Proposal): number {
  const { kind, target, payer } = proposal;
  const [to, from] = [termsOf(book, terms, target.accountId), termsOf(book, terms, payer.accountId)];
  if (kind === 'trade') return isCustody(book, target.accountId) ? terms.swap.minutes.high : 0;
  if (ON_CHAIN.has(kind)) return Math.max(...[to, from].flatMap((each) => [each.withdrawMinutes.high, each.depositMinutes.high]));
  return routeMinutes(terms, { from, to, isSame: assetOf(book, payer.instrumentId) === proposal.assetId });
}

/** Venues of the book that the terms of transfers do not name: they count as the slowest. */
export function venuesWithoutTerms(book: HedgeBook, terms: TransferTerms): readonly string[] {
  const known = new Set<string>(terms.venues.map(({ venueId }) => venueId));
  return book.contents.venues.filter(({ id }) => !known.has(id)).map(({ name }) => name);
}

function termsOf(book: HedgeBook, terms: TransferTerms, accountId: string): VenueTransfers {
  return venueTerms(terms, book.accounts.get(accountId)?.venueId);
}

function isCustody(book: HedgeBook, accountId: string): boolean {
  return book.venueOf(accountId)?.parameters.family === 'custody';
}

function assetOf(book: HedgeBook, instrumentId: string): string | null {
  const instrument = book.instrument(instrumentId);
  return instrument !== undefined && 'assetId' in instrument ? instrument.assetId : null;
}

import type { Account } from '../../domain/account.ts';
import type { BookContents } from '../../domain/book.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Venue } from '../../domain/venue.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { PackResult } from '../pack.ts';
import type { Holding } from './rule-findings.ts';

/** The account with what its rule sets are chosen by. */
export type RuleSubject = {
  readonly contents: BookContents;
  readonly account: Account;
  readonly venue: Venue;
  /** By asset, the largest value first. */
  readonly holdings: readonly Holding[];
  /** Of the account's futures, perpetuals and options. */
  readonly underlyingIds: readonly string[];
  readonly shippedVenues: readonly Venue[];
  readonly snapshotDay: string;
};

/** What surrounds the account. */
export type Surroundings = Pick<RuleSubject, 'contents' | 'shippedVenues' | 'snapshotDay'>;

/** Reads an account out of the packed book; 'notFound' for one that the book has not. */
export function ruleSubject(accountId: string, pack: PackResult, surroundings: Surroundings): Result<RuleSubject> {
  const { contents } = surroundings;
  const account = contents.accounts.find((each) => each.id === accountId);
  const venue = contents.venues.find((each) => each.id === account?.venueId);
  if (account === undefined || venue === undefined) {
    const known = contents.accounts.map((each) => each.id).join(', ');
    return fail('notFound', `the book has no account ${accountId}`, { remedy: `It has: ${known}.` });
  }
  return succeed({ account, venue, ...holdingsOf(pack, pack.accountIndex.get(accountId) ?? 0), ...surroundings });
}

/** What the account holds and owes, lots of one asset added up. */
function holdingsOf({ packed, assetIds }: PackResult, a: number): Pick<RuleSubject, 'holdings' | 'underlyingIds'> {
  const { positions, accounts, initial } = packed;
  const held = new Map<string, { assetId: string; valueUsd: number; isDebt: boolean }>();
  const underlyingIds = new Set<string>();
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    const asset = positions.asset[p] ?? 0;
    const assetId = assetIds[asset] ?? '';
    const kind = positions.kind[p] ?? 0;
    if (positions.quantity[p] === 0) continue;
    if (kind > POSITION_KIND.debt) {
      underlyingIds.add(assetId);
      continue;
    }
    const isDebt = kind === POSITION_KIND.debt;
    const key = `${assetId} ${isDebt}`;
    const row = held.get(key) ?? { assetId, valueUsd: 0, isDebt };
    row.valueUsd += Math.abs(positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0);
    held.set(key, row);
  }
  return { holdings: [...held.values()].toSorted((left, right) => right.valueUsd - left.valueUsd), underlyingIds: [...underlyingIds] };
}

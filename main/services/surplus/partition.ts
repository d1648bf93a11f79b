import type { AccountGroup, PartitionBy } from '../../contract/surplus.ts';
import type { BookContents } from '../../domain/book.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Note } from '../../domain/note.ts';
import type { BlockMap } from '../../engine/scenario/coalition-chunk.ts';
import type { PackResult } from '../pack.ts';
import { collateralKind, strategyKind } from './account-kinds.ts';

/** One block: own accounts and venues by index. The crowd of its venues takes part whenever it does. */
export type Block = {
  readonly id: string;
  readonly name: string;
  readonly accounts: readonly number[];
  readonly crowdVenues: readonly number[];
};

/** How a book is to be cut. */
export type PartitionWish = {
  readonly by: PartitionBy;
  readonly crowd: 'withBlocks' | 'apart';
  readonly groups?: readonly AccountGroup[] | undefined;
};

/** What a book is cut from. */
export type PartitionSource = { readonly contents: BookContents; readonly notes: readonly Note[]; readonly pack: PackResult };

const REST = 'Everything else';
const CROWD = 'crowd';

/**
 * Cuts the book. Every own account belongs to exactly one block. Of the crowd a block has the borrowers at every venue where one of its
 * accounts is; two blocks at one venue share them, and they take part as soon as one of the two does. That counts nothing twice, since
 * losses are counted on own accounts only. Borrowers at venues where the book has no account are a block of their own, without accounts,
 * as all borrowers are if the crowd is to stand apart.
 */
export function partitionBook(source: PartitionSource, wish: PartitionWish): Result<Block[]> {
  const keyed = keyedAccounts(source, wish);
  if (!keyed.ok) return keyed;
  const members = new Map<string, { name: string; accounts: number[] }>();
  keyed.value.forEach(({ id, name }, account) => {
    const known = members.get(id);
    if (known === undefined) members.set(id, { name, accounts: [account] });
    else known.accounts.push(account);
  });
  const { venue } = source.pack.packed.accounts;
  const blocks = [...members].map(([id, { name, accounts }]): Block => {
    const venues = wish.crowd === 'apart' ? [] : [...new Set(accounts.map((account) => venue[account] ?? 0))];
    return { id, name, accounts, crowdVenues: venues.filter((each) => crowdAt(source.pack, each) > 0) };
  });
  const taken = new Set(blocks.flatMap((block) => block.crowdVenues));
  const left = source.contents.venues.flatMap((_, v) => (crowdAt(source.pack, v) > 0 && !taken.has(v) ? [v] : []));
  return succeed(left.length === 0 ? blocks : [...blocks, { id: CROWD, name: 'The crowd', accounts: [], crowdVenues: left }]);
}

/** The blocks as the engine wants them. */
export function blockMap(blocks: readonly Block[], { accountIds, venueIds }: PackResult): BlockMap {
  const ofAccount = new Int32Array(accountIds.length);
  const crowdVenues = new Uint8Array(blocks.length * venueIds.length);
  blocks.forEach((block, b) => {
    for (const account of block.accounts) ofAccount[account] = b;
    for (const venue of block.crowdVenues) crowdVenues[b * venueIds.length + venue] = 1;
  });
  return { blocks: blocks.length, ofAccount, crowdVenues };
}

/** Number of the crowd's borrowers at a venue. */
export function crowdAt({ packed: { lending } }: PackResult, venue: number): number {
  let count = 0;
  for (let borrower = lending.ownCount; borrower < lending.count; borrower += 1) if (lending.venue[borrower] === venue) count += 1;
  return count;
}

type Key = { readonly id: string; readonly name: string };

/** The block of each account, in account order. */
function keyedAccounts({ contents, notes, pack }: PartitionSource, { by, groups }: PartitionWish): Result<Key[]> {
  const { accounts, venues } = contents;
  switch (by) {
    case 'venue':
      return succeed(accounts.map(({ venueId }) => ({ id: venueId, name: venues.find((each) => each.id === venueId)?.name ?? venueId })));
    case 'account':
      return succeed(accounts.map(({ id }) => ({ id, name: id })));
    case 'collateral':
      return succeed(accounts.map((_, a) => named(collateralKind(pack, a))));
    case 'strategy':
      return succeed(accounts.map((account, a) => named(notedStrategy(account, notes) ?? strategyKind(pack, a))));
    case 'custom':
      return groupedAccounts(contents, groups ?? []);
  }
}

function named(name: string): Key {
  return { id: name, name };
}

/** A note 'Strategy: basis trade' on an account, or on the account it is a sub-account of, names its strategy. */
function notedStrategy(account: BookContents['accounts'][number], notes: readonly Note[]): string | null {
  for (const id of [account.id, account.parentId]) {
    for (const note of notes) {
      if (note.subjectKind !== 'account' || note.subjectId !== id) continue;
      const name = /^\s*strategy:\s*(.+)$/im.exec(note.text)?.[1]?.trim();
      if (name !== undefined && name !== '') return name;
    }
  }
  return null;
}

function groupedAccounts({ accounts }: BookContents, groups: readonly AccountGroup[]): Result<Key[]> {
  if (groups.length === 0) return fail('usage', 'a partition of your own needs at least one group of accounts', { remedy: 'Name groups.' });
  const ids = new Set(accounts.map(({ id }) => id));
  const groupOf = new Map<string, string>();
  for (const { name, accountIds } of groups) {
    for (const id of accountIds) {
      if (!ids.has(id)) return fail('notFound', `group ${name}: account ${id} is not in the book`);
      const other = groupOf.get(id);
      if (other !== undefined) return fail('usage', `account ${id} is in two groups, ${other} and ${name}`, { remedy: 'Name it once.' });
      groupOf.set(id, name);
    }
  }
  return succeed(accounts.map(({ id }) => named(groupOf.get(id) ?? REST)));
}

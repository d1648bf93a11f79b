import type { Account } from '../../domain/account.ts';
import type { Directory } from '../directory.ts';

/** Text cells of one row by column name; '' where the file says nothing. */
export type StatedText = (column: string) => string;
/** Why a row's description of a noun cannot be used. */
export type StatedProblem = { readonly column: string; readonly reason: string };

/**
 * The account a row belongs to: the book's own, which the row's account columns must not contradict, or a new one made from them.
 * A new account needs a venue that the book knows.
 */
export function statedAccount(id: string, stated: StatedText, directory: Directory): { account: Account; isNew: boolean } | StatedProblem {
  const known = directory.account(id);
  if (known) {
    const problem = contradiction(known, stated);
    return problem ?? { account: known, isNew: false };
  }
  const venueId = stated('venue');
  if (venueId === '') return { column: 'account_id', reason: `account ${id} is not in the book; give its venue to create it` };
  const venue = directory.venue(venueId);
  if (!venue) return { column: 'venue', reason: `venue ${venueId} is not in the book; import its parameters first` };
  const kind = accountKind(stated('account_kind'));
  if (kind === null) return { column: 'account_kind', reason: `${stated('account_kind')} is not cross, isolated or portfolio` };
  const parentId = stated('parent_account') || null;
  if (parentId !== null && !directory.account(parentId))
    return { column: 'parent_account', reason: `account ${parentId} is not in the book` };
  const settlementAssetId = stated('account_currency') || null;
  if (settlementAssetId !== null && !directory.asset(settlementAssetId)) {
    return { column: 'account_currency', reason: `asset ${settlementAssetId} is not in the book` };
  }
  const account = {
    id,
    venueId,
    name: stated('account_name') || id,
    kind,
    parentId,
    marketId: stated('market') || null,
    settlementAssetId,
  };
  return { account, isNew: true };
}

function contradiction(known: Account, stated: StatedText): StatedProblem | null {
  const held: Readonly<Record<string, string | null>> = {
    venue: known.venueId,
    account_name: known.name,
    account_kind: known.kind,
    parent_account: known.parentId,
    market: known.marketId,
    account_currency: known.settlementAssetId,
  };
  for (const [column, value] of Object.entries(held)) {
    const text = stated(column);
    if (text !== '' && text !== value) return { column, reason: `${text}: account ${known.id} has ${value ?? 'none'} in the book` };
  }
  return null;
}

function accountKind(text: string): Account['kind'] | null {
  if (text === '') return 'cross';
  return text === 'cross' || text === 'isolated' || text === 'portfolio' ? text : null;
}

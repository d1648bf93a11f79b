import type { Account } from '../../domain/account.ts';
import type { Asset } from '../../domain/asset.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Directory } from '../directory.ts';

/** Assets a venue's file may bring into a book by itself; of any other the book must know what it is. */
const COMMON_ASSETS: Readonly<Record<string, Asset['kind']>> = { BTC: 'base', ETH: 'base', USDC: 'stable', USDT: 'stable' };

/** The account chosen for a venue's file: the book's own at that venue, or a new one under the chosen id. */
export function venueAccount(accountId: string, at: { venueId: string; currency: string }, directory: Directory): Result<Account> {
  const { venueId, currency } = at;
  const known = directory.account(accountId);
  if (known && known.venueId !== venueId) {
    return fail('conflict', `account ${accountId} is at ${known.venueId}, the file is from ${venueId}`, {
      remedy: `Choose an account at ${venueId}.`,
    });
  }
  if (known?.settlementAssetId && venueId === 'deribit' && known.settlementAssetId !== currency) {
    return fail('conflict', `account ${accountId} is kept in ${known.settlementAssetId}, the file is in ${currency}`, {
      remedy: `Choose an account kept in ${currency}.`,
    });
  }
  if (known) return succeed(known);
  if (!directory.venue(venueId)) return fail('notFound', `venue ${venueId} is not in the book`, { remedy: 'Import its parameters first.' });
  if (accountId.length > 64) return fail('invalidValue', `${accountId} is longer than 64 characters`);
  const missing = addCommonAsset(currency, directory);
  if (missing) return fail('notFound', missing);
  const account: Account = {
    id: accountId,
    venueId,
    name: accountId,
    kind: 'cross',
    parentId: null,
    marketId: null,
    settlementAssetId: currency,
  };
  directory.addAccount(account);
  return succeed(account);
}

/** The book's instrument with these terms, or the given one, added; a sentence where an asset it needs is unknown. */
export function venueInstrument(
  wanted: Instrument,
  directory: Directory,
): { readonly instrument: Instrument } | { readonly reason: string } {
  const known = directory.instrument(wanted.id) ?? directory.sameTerms(wanted);
  if (known) return { instrument: known };
  const assets = 'assetId' in wanted ? [wanted.assetId] : [wanted.underlyingId, wanted.settlementAssetId];
  for (const assetId of assets) {
    const missing = addCommonAsset(assetId, directory);
    if (missing) return { reason: `${wanted.name} is unknown: ${missing}` };
  }
  directory.addInstrument(wanted);
  return { instrument: wanted };
}

/** Id of the position which the account in scope holds in the wanted instrument, under whatever id; null when none or several. */
export function heldIn(wanted: Instrument, directory: Directory): string | null {
  const known = directory.instrument(wanted.id) ?? directory.sameTerms(wanted);
  return known ? directory.heldPosition(known.id) : null;
}

/** Adds BTC, ETH, USDC or USDT when the book lacks it; a sentence for any other asset that it lacks. */
function addCommonAsset(id: string, directory: Directory): string | null {
  if (directory.asset(id)) return null;
  const kind = COMMON_ASSETS[id];
  if (kind === undefined) return `asset ${id} is not in the book; add it first`;
  directory.addAsset({ id, name: id, kind, issuer: null, chain: null, oracle: null, backing: [], marketId: null });
  return null;
}

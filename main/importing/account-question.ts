import type { ImportPreview } from '../contract/importing.ts';
import type { Directory } from './directory.ts';

/** Asks to which account a venue's file belongs: those at that venue that fit, or a new one. */
export function accountQuestion(at: { venueId: string; currency: string }, directory: Directory): ImportPreview['questions'][number] {
  const { venueId, currency } = at;
  const fitting = directory
    .accountsAt(venueId)
    .filter((account) => venueId !== 'deribit' || (account.settlementAssetId ?? currency) === currency);
  const created = newAccountId(at, directory);
  return {
    id: 'accountId',
    text: `To which account at ${directory.venue(venueId)?.name ?? venueId} do these rows belong?`,
    lines: [],
    choices: [
      ...fitting.map((account) => ({
        value: account.id,
        label: account.name === account.id ? account.id : `${account.id} · ${account.name}`,
        examples: [],
      })),
      { value: created, label: `A new account, ${created}`, examples: [] },
    ],
  };
}

/** A free id for a new account: the venue's sign and the currency, numbered when taken. */
export function newAccountId(at: { venueId: string; currency: string }, directory: Directory): string {
  const start = `${directory.venue(at.venueId)?.mark ?? at.venueId}-${at.currency}`;
  let id = start;
  for (let count = 2; directory.account(id); count += 1) id = `${start}-${count}`;
  return id;
}

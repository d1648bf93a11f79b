import { InvalidArgumentError } from 'commander';
import type { AccountGroup } from '../../contract/surplus.ts';

/** 'ETH=-0.2,BTC=-0.15' as moves by driver. */
export function shockMoves(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [driver = '', move = '', ...more] = part.split('=').map((word) => word.trim());
      if (driver === '' || more.length > 0) throw new InvalidArgumentError(`"${part}" is not of the form ETH=-0.2.`);
      return [driver, signed(move)];
    }),
  );
}

/** A number with or without a sign. */
export function signed(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is not a number.`);
  return value;
}

/** A number that is zero or more. */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new InvalidArgumentError('not a number that is zero or more.');
  return value;
}

/** 'Desk=AAV-LOOP,MRP-1' as a named group of accounts, added to those before. */
export function accountGroups(text: string, before: readonly AccountGroup[] | undefined): AccountGroup[] {
  const [name = '', members = '', ...more] = text.split('=').map((word) => word.trim());
  const accountIds = members.split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));
  if (name === '' || accountIds.length === 0 || more.length > 0) throw new InvalidArgumentError(`"${text}" is not of the form Desk=A,B.`);
  return [...(before ?? []), { name, accountIds }];
}

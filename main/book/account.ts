import { account } from '../domain/account.ts';
import type { Account } from '../domain/account.ts';
import type { Result } from '../domain/failure.ts';
import type { BookReader } from './file/connection.ts';
import { allRows, parseRows, schemaProblem } from './noun.ts';
import type { Noun } from './noun.ts';

const table = {
  name: 'account',
  key: 'id',
  columns: ['id', 'venue_id', 'name', 'kind', 'parent_id', 'market_id', 'settlement_asset_id'],
  order: 'id',
  hasOneRowPerKey: true,
};

/** Accounts, each at one venue, sub-accounts under their parent. */
export const accountNoun: Noun<Account> = {
  word: 'account',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [[[value.id, value.venueId, value.name, value.kind, value.parentId, value.marketId, value.settlementAssetId]]],
  problemOf: (value) => (value.parentId === value.id ? 'parentId: an account cannot be its own parent' : findProblem(value)),
};

const findProblem = schemaProblem(account);

/** Every account in order of id. */
export function readAccounts(reader: BookReader): Result<Account[]> {
  const candidates = allRows(reader, table).map((row) => ({
    id: row['id'],
    venueId: row['venue_id'],
    name: row['name'],
    kind: row['kind'],
    parentId: row['parent_id'],
    marketId: row['market_id'],
    settlementAssetId: row['settlement_asset_id'],
  }));
  return parseRows('account', account, candidates);
}

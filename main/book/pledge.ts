import type { Result } from '../domain/failure.ts';
import { pledge } from '../domain/pledge.ts';
import type { Pledge } from '../domain/pledge.ts';
import type { BookReader } from './file/connection.ts';
import { allRows, parseRows, schemaProblem } from './noun.ts';
import type { Noun } from './noun.ts';

const table = {
  name: 'pledge',
  key: 'id',
  columns: ['id', 'account_id', 'asset_id', 'quantity', 'pledgee_venue_id', 'obligation', 'is_reusable'],
  order: 'id',
  hasOneRowPerKey: true,
};

/** Pledges: what backs what, and to whom. */
export const pledgeNoun: Noun<Pledge> = {
  word: 'pledge',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [
    [[value.id, value.accountId, value.assetId, value.quantity, value.pledgeeVenueId, value.obligation, value.isReusable ? 1 : 0]],
  ],
  problemOf: schemaProblem(pledge),
};

/** Every pledge in order of id. */
export function readPledges(reader: BookReader): Result<Pledge[]> {
  const candidates = allRows(reader, table).map((row) => ({
    id: row['id'],
    accountId: row['account_id'],
    assetId: row['asset_id'],
    quantity: row['quantity'],
    pledgeeVenueId: row['pledgee_venue_id'],
    obligation: row['obligation'],
    isReusable: row['is_reusable'] === 1,
  }));
  return parseRows('pledge', pledge, candidates);
}

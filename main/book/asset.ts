import { asset } from '../domain/asset.ts';
import type { Asset } from '../domain/asset.ts';
import type { Result } from '../domain/failure.ts';
import type { BookReader } from './file/connection.ts';
import { allRows, parseRows, schemaProblem } from './noun.ts';
import type { Noun } from './noun.ts';

const table = {
  name: 'asset',
  key: 'id',
  columns: ['id', 'name', 'kind', 'issuer', 'chain', 'oracle', 'market_id'],
  order: 'id',
  hasOneRowPerKey: true,
};
const backingTable = {
  name: 'backing',
  key: 'asset_id',
  columns: ['asset_id', 'ordinal', 'backing_asset_id', 'quantity_per_unit', 'source'],
  order: 'asset_id, ordinal',
  hasOneRowPerKey: false,
};

/** Assets and what backs them, in the order entered; an asset may be backed, through others, by itself. */
export const assetNoun: Noun<Asset> = {
  word: 'asset',
  tables: [table, backingTable],
  keyOf: (value) => value.id,
  rowsOf: (value) => [
    [[value.id, value.name, value.kind, value.issuer, value.chain, value.oracle, value.marketId]],
    value.backing.map((part, ordinal) => [value.id, ordinal, part.assetId, part.quantityPerUnit, part.source]),
  ],
  problemOf: schemaProblem(asset),
};

/** Every asset in order of id, with its backing. */
export function readAssets(reader: BookReader): Result<Asset[]> {
  const backings = Map.groupBy(allRows(reader, backingTable), (row) => row['asset_id']);
  const candidates = allRows(reader, table).map((row) => ({
    id: row['id'],
    name: row['name'],
    kind: row['kind'],
    issuer: row['issuer'],
    chain: row['chain'],
    oracle: row['oracle'],
    marketId: row['market_id'],
    backing: (backings.get(row['id'] ?? null) ?? []).map((part) => ({
      assetId: part['backing_asset_id'],
      quantityPerUnit: part['quantity_per_unit'],
      source: part['source'],
    })),
  }));
  return parseRows('asset', asset, candidates);
}

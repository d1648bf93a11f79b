import type { Result } from '../domain/failure.ts';
import { instrument } from '../domain/instrument.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { BookReader } from './file/connection.ts';
import type { SqlRow } from './journal/table.ts';
import { allRows, parseRows, schemaProblem } from './noun.ts';
import type { Noun } from './noun.ts';

const table = {
  name: 'instrument',
  key: 'id',
  columns: [
    'id',
    'kind',
    'name',
    'venue_id',
    'asset_id',
    'underlying_id',
    'settlement',
    'settlement_asset_id',
    'contract_size',
    'lot_size',
    'expiry',
    'option_type',
    'strike',
  ],
  order: 'id',
  hasOneRowPerKey: true,
};

/** Instruments, one column per term; terms that a kind does not have are NULL. */
export const instrumentNoun: Noun<Instrument> = {
  word: 'instrument',
  tables: [table],
  keyOf: (value) => value.id,
  rowsOf: (value) => [[instrumentRow(value)]],
  problemOf: schemaProblem(instrument),
};

/** Every instrument in order of id. */
export function readInstruments(reader: BookReader): Result<Instrument[]> {
  const candidates = allRows(reader, table).map((row) => ({
    id: row['id'],
    kind: row['kind'],
    name: row['name'],
    venueId: row['venue_id'],
    // The schema keeps the fields of its kind and drops the others.
    assetId: row['asset_id'],
    underlyingId: row['underlying_id'],
    settlement: row['settlement'],
    settlementAssetId: row['settlement_asset_id'],
    contractSize: row['contract_size'],
    lotSize: row['lot_size'],
    expiry: row['expiry'],
    optionType: row['option_type'],
    strike: row['strike'],
  }));
  return parseRows('instrument', instrument, candidates);
}

function instrumentRow(value: Instrument): SqlRow {
  const head = [value.id, value.kind, value.name, value.venueId];
  switch (value.kind) {
    case 'spot':
    case 'wrapper':
    case 'share':
    case 'supplied':
    case 'borrowed':
      return [...head, value.assetId, null, null, null, null, null, null, null, null];
    case 'perpetual':
    case 'future':
    case 'option': {
      const terms = [null, value.underlyingId, value.settlement, value.settlementAssetId, value.contractSize, value.lotSize];
      const expiry = value.kind === 'perpetual' ? null : value.expiry;
      const option = value.kind === 'option' ? [value.optionType, value.strike] : [null, null];
      return [...head, ...terms, expiry, ...option];
    }
  }
}

import type { Migration } from './migration.ts';

/**
 * The first layout of a book. One table per noun; quantities are decimal text; what is never queried by itself is JSON text that
 * is checked to be JSON here and to be a domain value on reading. References are checked at the end of each step, so that the
 * order of edits within it does not matter. Positions alone of the small nouns keep row numbers: their further indexes then
 * hold numbers instead of ids, and inserting many takes three quarters of the time (test/book/import.bench.ts).
 */
export const migration0001: Migration = {
  version: 1,
  name: 'the nouns of a book and its journal',
  sql: `
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY CHECK (key IN ('name', 'activeSnapshotId', 'activeScenarioSetId')),
  value TEXT NOT NULL CHECK (value <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE venue (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  name TEXT NOT NULL,
  mark TEXT NOT NULL CHECK (length(mark) = 3),
  family TEXT NOT NULL CHECK (family IN
    ('lendingPool', 'isolatedMarket', 'vault', 'baseMarket', 'tieredPerpetual', 'standardOptions', 'custody')),
  parameters TEXT NOT NULL CHECK (json_valid(parameters))
) STRICT;

CREATE TABLE asset (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('base', 'stable', 'wrapper', 'share', 'debtClaim')),
  issuer TEXT,
  chain TEXT,
  oracle TEXT,
  market_id TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE backing (
  asset_id TEXT NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  backing_asset_id TEXT NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  quantity_per_unit TEXT NOT NULL CHECK (quantity_per_unit GLOB '[-0-9]*' AND length(quantity_per_unit) <= 60),
  source TEXT NOT NULL,
  PRIMARY KEY (asset_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX backing_by_backing_asset ON backing (backing_asset_id);

CREATE TABLE account (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  venue_id TEXT NOT NULL REFERENCES venue (id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cross', 'isolated', 'portfolio')),
  parent_id TEXT REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED CHECK (parent_id <> id),
  market_id TEXT,
  settlement_asset_id TEXT REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_venue ON account (venue_id);
CREATE INDEX account_by_parent ON account (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX account_by_settlement_asset ON account (settlement_asset_id) WHERE settlement_asset_id IS NOT NULL;

CREATE TABLE instrument (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 96),
  kind TEXT NOT NULL CHECK (kind IN ('spot', 'wrapper', 'share', 'supplied', 'borrowed', 'perpetual', 'future', 'option')),
  name TEXT NOT NULL,
  venue_id TEXT REFERENCES venue (id) DEFERRABLE INITIALLY DEFERRED,
  asset_id TEXT REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  underlying_id TEXT REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  settlement TEXT CHECK (settlement IN ('linear', 'inverse')),
  settlement_asset_id TEXT REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  contract_size TEXT CHECK (contract_size GLOB '[-0-9]*' AND length(contract_size) <= 60),
  lot_size TEXT CHECK (lot_size GLOB '[-0-9]*' AND length(lot_size) <= 60),
  expiry TEXT,
  option_type TEXT CHECK (option_type IN ('call', 'put')),
  strike TEXT CHECK (strike GLOB '[-0-9]*' AND length(strike) <= 60),
  CHECK ((asset_id IS NULL) = (kind IN ('perpetual', 'future', 'option'))),
  CHECK ((underlying_id IS NULL) <> (kind IN ('perpetual', 'future', 'option'))),
  CHECK ((expiry IS NULL) <> (kind IN ('future', 'option'))),
  CHECK ((strike IS NULL) <> (kind = 'option'))
) STRICT, WITHOUT ROWID;
CREATE INDEX instrument_by_venue ON instrument (venue_id) WHERE venue_id IS NOT NULL;
CREATE INDEX instrument_by_asset ON instrument (asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX instrument_by_underlying ON instrument (underlying_id) WHERE underlying_id IS NOT NULL;
CREATE INDEX instrument_by_settlement_asset ON instrument (settlement_asset_id) WHERE settlement_asset_id IS NOT NULL;

CREATE TABLE position (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 96),
  account_id TEXT NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
  instrument_id TEXT NOT NULL REFERENCES instrument (id) DEFERRABLE INITIALLY DEFERRED,
  quantity TEXT NOT NULL CHECK (quantity GLOB '[-0-9]*' AND length(quantity) <= 60),
  entry_price TEXT CHECK (entry_price GLOB '[-0-9]*' AND length(entry_price) <= 60),
  opened_at TEXT
) STRICT;
CREATE INDEX position_by_account ON position (account_id);
CREATE INDEX position_by_instrument ON position (instrument_id);

CREATE TABLE pledge (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 96),
  account_id TEXT NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
  asset_id TEXT NOT NULL REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  quantity TEXT NOT NULL CHECK (quantity GLOB '[-0-9]*' AND length(quantity) <= 60),
  pledgee_venue_id TEXT NOT NULL REFERENCES venue (id) DEFERRABLE INITIALLY DEFERRED,
  obligation TEXT NOT NULL,
  is_reusable INTEGER NOT NULL CHECK (is_reusable IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX pledge_by_account ON pledge (account_id);
CREATE INDEX pledge_by_asset ON pledge (asset_id);
CREATE INDEX pledge_by_pledgee ON pledge (pledgee_venue_id);

CREATE TABLE note (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 96),
  subject_kind TEXT NOT NULL CHECK (subject_kind IN
    ('book', 'venue', 'account', 'asset', 'instrument', 'position', 'snapshot', 'run')),
  subject_id TEXT NOT NULL,
  text TEXT NOT NULL CHECK (length(text) <= 4000),
  written_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_by_subject ON note (subject_kind, subject_id);

CREATE TABLE scenario_set (
  id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  name TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE snapshot (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 96),
  name TEXT NOT NULL,
  as_of TEXT NOT NULL,
  source TEXT NOT NULL,
  quote_count INTEGER NOT NULL CHECK (quote_count >= 0),
  listing_count INTEGER NOT NULL CHECK (listing_count >= 0),
  crowd_count INTEGER NOT NULL CHECK (crowd_count >= 0),
  quotes TEXT NOT NULL CHECK (json_valid(quotes)),
  listings TEXT NOT NULL CHECK (json_valid(listings)),
  depth TEXT NOT NULL CHECK (json_valid(depth)),
  funding TEXT NOT NULL CHECK (json_valid(funding)),
  reserves TEXT NOT NULL CHECK (json_valid(reserves)),
  crowd TEXT NOT NULL CHECK (json_valid(crowd)),
  history TEXT NOT NULL CHECK (json_valid(history)),
  day_before TEXT NOT NULL CHECK (json_valid(day_before)),
  assumptions TEXT NOT NULL CHECK (json_valid(assumptions))
) STRICT;

CREATE TABLE run (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
  topic TEXT NOT NULL CHECK (topic IN ('analysis', 'hedge', 'import', 'report', 'demo')),
  started_at TEXT NOT NULL,
  finished_at TEXT,
  status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'failed', 'cancelled')),
  inputs_digest TEXT NOT NULL,
  engine_version TEXT NOT NULL,
  seed INTEGER NOT NULL,
  result_json TEXT CHECK (json_valid(result_json))
) STRICT;
CREATE INDEX run_by_start ON run (started_at, id);

CREATE TABLE content_digest (
  noun TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  row_count INTEGER NOT NULL CHECK (row_count >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_step (
  step INTEGER NOT NULL PRIMARY KEY,
  label TEXT NOT NULL,
  at TEXT NOT NULL,
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  is_undone INTEGER NOT NULL CHECK (is_undone IN (0, 1)),
  digest_before TEXT NOT NULL CHECK (length(digest_before) = 64),
  digest_after TEXT NOT NULL
) STRICT;

CREATE TABLE journal_image (
  step INTEGER NOT NULL REFERENCES journal_step (step) ON DELETE CASCADE,
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  noun TEXT NOT NULL,
  keys TEXT NOT NULL CHECK (json_valid(keys)),
  images TEXT NOT NULL CHECK (json_valid(images)),
  PRIMARY KEY (step, sequence)
) STRICT;
`,
};

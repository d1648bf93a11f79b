import type { Migration } from './migration.ts';

/** The blotter. The digest is that of a table without rows, so that a migrated book is trusted as it was. */
export const migration0003: Migration = {
  version: 3,
  name: 'tickets of the blotter',
  sql: `
CREATE TABLE ticket (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 96),
  created_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('trade', 'repay', 'topUp', 'transfer')),
  side TEXT NOT NULL CHECK (side IN ('buy', 'sell', 'pay')),
  venue_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  instrument_id TEXT NOT NULL,
  pay_account_id TEXT NOT NULL,
  pay_instrument_id TEXT NOT NULL,
  quantity TEXT NOT NULL CHECK (quantity GLOB '[0-9]*' AND length(quantity) <= 60),
  filled_quantity TEXT NOT NULL CHECK (filled_quantity GLOB '[0-9]*' AND length(filled_quantity) <= 60),
  limit_price TEXT CHECK (limit_price GLOB '[0-9]*' AND length(limit_price) <= 60),
  price_unit TEXT NOT NULL,
  limit_basis TEXT NOT NULL CHECK (length(limit_basis) <= 400),
  average_price TEXT CHECK (average_price GLOB '[0-9]*' AND length(average_price) <= 60),
  title TEXT NOT NULL CHECK (length(title) <= 400),
  reason TEXT NOT NULL CHECK (length(reason) <= 4000),
  expires_at TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO content_digest (noun, sha256, row_count)
  VALUES ('ticket', '9a01a4b22140189c2de4a316b0a11b6ad4d07b9c0ad2d589ea876cd333286b87', 0);
`,
};

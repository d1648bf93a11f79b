import type { Migration } from './migration.ts';

const columns = `id, created_at, kind, side, venue_id, account_id, instrument_id, pay_account_id, pay_instrument_id, quantity, filled_quantity,
  limit_price, price_unit, limit_basis, average_price, title, reason, expires_at, source`;

/** Tickets of actions on a loan itself. A check cannot be changed in place, so the rows move into a wider table; their digest stays. */
export const migration0004: Migration = {
  version: 4,
  name: 'tickets of loan actions',
  sql: `
CREATE TABLE ticket_of_loans (
  id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 96),
  created_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (
    kind IN ('trade', 'repay', 'topUp', 'transfer', 'deleverage', 'withdraw', 'switchCollateral', 'switchDebt', 'migrate')
  ),
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
INSERT INTO ticket_of_loans (${columns}) SELECT ${columns} FROM ticket;
DROP TABLE ticket;
ALTER TABLE ticket_of_loans RENAME TO ticket;
`,
};

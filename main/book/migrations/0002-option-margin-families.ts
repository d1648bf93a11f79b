import type { Migration } from './migration.ts';

/**
 * Two more families of venues. SQLite cannot change a check, so the column is made anew from the parameters, which carry the
 * family, and the parameters after it, so that the order of columns stays; rows and what refers to them are kept.
 */
export const migration0002: Migration = {
  version: 2,
  name: 'venues that judge option accounts whole',
  sql: `
ALTER TABLE venue DROP COLUMN family;
ALTER TABLE venue RENAME COLUMN parameters TO former_parameters;
ALTER TABLE venue ADD COLUMN family TEXT NOT NULL DEFAULT 'custody' CHECK (family IN
    ('lendingPool', 'isolatedMarket', 'vault', 'baseMarket', 'tieredPerpetual', 'standardOptions', 'scenarioMargin', 'standardManager',
     'custody'));
ALTER TABLE venue ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters));
UPDATE venue SET family = json_extract(former_parameters, '$.family'), parameters = former_parameters;
ALTER TABLE venue DROP COLUMN former_parameters;
`,
};

import type { Database } from 'better-sqlite3';
import { migration0001 } from '../migrations/0001-book.ts';
import { migration0002 } from '../migrations/0002-option-margin-families.ts';
import { migration0003 } from '../migrations/0003-tickets.ts';
import { migration0004 } from '../migrations/0004-loan-actions.ts';
import type { Migration } from '../migrations/migration.ts';

/** Every migration in order of version, without gaps. */
export const migrations: readonly Migration[] = [migration0001, migration0002, migration0003, migration0004];

/** The layout this program writes; a book with a higher one is refused. */
export const schemaVersion = migrations.length;

/**
 * Brings the file to the newest layout, one transaction per migration, so that a crash leaves a whole former version. Throws
 * what SQLite throws; the migration under way is then rolled back and the version unchanged.
 */
export function migrate(database: Database, list: readonly Migration[] = migrations): void {
  const current = database.pragma('user_version', { simple: true }) as number;
  for (const migration of list) {
    if (migration.version <= current) continue;
    database
      .transaction(() => {
        database.exec(migration.sql);
        database.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
}

import Database from 'better-sqlite3';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { migrate, migrations } from './migrate.ts';

type SchemaObject = { readonly type: string; readonly name: string; readonly sql: string | null };

const schemaSql = `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER BY type, name`;
const expectedByVersion = new Map<number, readonly SchemaObject[]>();

/**
 * Compares the tables, indexes, views and triggers of a file with those of its version. A trigger or view that is not ours
 * could act on every statement, so a file that has one is refused.
 */
export function checkSchema(database: Database.Database, path: string): Result<void> {
  const version = database.pragma('user_version', { simple: true }) as number;
  const expected = expectedSchema(version);
  const actual = database.prepare(schemaSql).all() as SchemaObject[];
  const actualByName = new Map(actual.map((object) => [`${object.type} ${object.name}`, object]));
  for (const object of expected) {
    const name = `${object.type} ${object.name}`;
    const found = actualByName.get(name);
    if (!found) return fail('damaged', `book ${path}: ${name} is missing`, { remedy: 'Open the newest backup of this book.' });
    if (found.sql !== object.sql)
      return fail('damaged', `book ${path}: ${name} is not as Interlock made it`, { remedy: 'Open the newest backup of this book.' });
    actualByName.delete(name);
  }
  const [stranger] = actualByName.keys();
  if (stranger === undefined) return succeed(undefined);
  return fail('refused', `book ${path}: it contains ${stranger}, which is not part of a book`, {
    remedy: 'Somebody changed this file with another program. Open a backup, or ask whoever sent it for an unchanged one.',
  });
}

function expectedSchema(version: number): readonly SchemaObject[] {
  const known = expectedByVersion.get(version);
  if (known) return known;
  const fresh = new Database(':memory:');
  migrate(
    fresh,
    migrations.filter((migration) => migration.version <= version),
  );
  const objects = fresh.prepare(schemaSql).all() as SchemaObject[];
  fresh.close();
  expectedByVersion.set(version, objects);
  return objects;
}

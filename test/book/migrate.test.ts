import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate, migrations, schemaVersion } from '../../main/book/file/migrate.ts';
import { containing } from './result.ts';

describe('migrations', () => {
  it('are numbered from one without gaps', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1));
    expect(schemaVersion).toBe(migrations.length);
  });

  it('leave the former version whole when one of them fails', () => {
    const database = new Database(':memory:');
    const bad = { version: schemaVersion + 1, name: 'fails half way', sql: 'CREATE TABLE half (id) STRICT; CREATE TABLE note (id)' };
    expect(() => migrate(database, [...migrations, bad])).toThrow();
    expect(database.pragma('user_version', { simple: true })).toBe(schemaVersion);
    expect(database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`).get()).toBeUndefined();
  });

  it('are applied once', () => {
    const database = new Database(':memory:');
    migrate(database);
    migrate(database);
    expect(database.pragma('user_version', { simple: true })).toBe(schemaVersion);
  });

  it('make every table of strict types', () => {
    const database = new Database(':memory:');
    migrate(database);
    const tables = database.pragma('table_list') as { schema: string; name: string; strict: number }[];
    expect(tables.filter((table) => !table.name.startsWith('sqlite_') && table.strict !== 1)).toEqual([]);
  });

  it('give every reference an index, so that deleting what is named does not read whole tables', () => {
    const database = new Database(':memory:');
    migrate(database);
    database.pragma('foreign_keys = 1');
    const tables = (database.pragma('table_list') as { name: string }[])
      .map((table) => table.name)
      .filter((name) => !name.startsWith('sqlite_'));
    for (const table of tables) {
      for (const key of database.pragma(`foreign_key_list(${table})`) as { from: string }[]) {
        const [plan] = database.prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ${table} WHERE ${key.from} = 'x'`).all() as { detail: string }[];
        expect([table, key.from, plan?.detail]).toEqual([table, key.from, containing('SEARCH')]);
      }
    }
  });

  it('to the second layout keep every venue and what refers to it, and take the families that judge option accounts whole', () => {
    const database = new Database(':memory:');
    database.pragma('foreign_keys = 1');
    migrate(database, migrations.slice(0, 1));
    const parameters = JSON.stringify({ family: 'standardOptions', source: 'x' });
    database.exec(`INSERT INTO venue VALUES ('d', 'Desk', 'DSK', 'standardOptions', '${parameters}')`);
    database.exec(`INSERT INTO account VALUES ('A', 'd', 'A', 'cross', NULL, NULL, NULL)`);
    migrate(database, migrations.slice(0, 2));
    expect(database.prepare('SELECT * FROM venue').all()).toEqual([
      { id: 'd', name: 'Desk', mark: 'DSK', family: 'standardOptions', parameters },
    ]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    const insert = database.prepare(`INSERT INTO venue (id, name, mark, family, parameters) VALUES (?, 'n', 'NNN', ?, '{}')`);
    for (const family of ['scenarioMargin', 'standardManager']) expect(insert.run(family, family).changes).toBe(1);
    expect(() => insert.run('other', 'other')).toThrow('CHECK constraint failed');
  });

  it('to the third layout keep the book and add a blotter that takes no ticket of another kind or side', () => {
    const database = new Database(':memory:');
    migrate(database, migrations.slice(0, 2));
    database.exec(`INSERT INTO venue (id, name, mark, family, parameters) VALUES ('v', 'Desk', 'DSK', 'standardOptions', '{}')`);
    migrate(database, migrations.slice(0, 3));
    expect(database.prepare('SELECT id FROM venue').all()).toEqual([{ id: 'v' }]);
    expect(database.prepare('SELECT * FROM ticket').all()).toEqual([]);
    const insert = (id: string, kind: string, side: string) =>
      database
        .prepare(`INSERT INTO ticket VALUES (?, 'c', ?, ?, 'v', 'a', 'i', 'b', 'j', '5', '0', NULL, 'u', 'l', NULL, 't', 'r', 'e', 's')`)
        .run(id, kind, side);
    expect(insert('1', 'trade', 'buy').changes).toBe(1);
    expect(() => insert('2', 'gift', 'buy')).toThrow('CHECK constraint failed');
    expect(() => insert('3', 'trade', 'lend')).toThrow('CHECK constraint failed');
  });

  it('to the fourth layout keep every ticket, and take those of loan actions', () => {
    const database = new Database(':memory:');
    migrate(database, migrations.slice(0, 3));
    const insert = (id: string, kind: string) =>
      database
        .prepare(
          `INSERT INTO ticket VALUES (?, 'c', ?, 'pay', 'v', 'a', 'i', 'b', 'j', '5', '0', NULL, 'u', 'l', NULL, 't', 'r', 'e', 's')`,
        )
        .run(id, kind);
    insert('1', 'repay');
    const before = database.prepare('SELECT * FROM ticket').all();
    expect(() => insert('2', 'migrate')).toThrow('CHECK constraint failed');
    migrate(database);
    expect(database.prepare('SELECT * FROM ticket').all()).toEqual(before);
    for (const kind of ['deleverage', 'withdraw', 'switchCollateral', 'switchDebt', 'migrate']) expect(insert(kind, kind).changes).toBe(1);
    expect(() => insert('3', 'other')).toThrow('CHECK constraint failed');
  });
});

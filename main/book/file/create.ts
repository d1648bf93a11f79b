import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { BookContents } from '../../domain/book.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { Note } from '../../domain/note.ts';
import type { ScenarioSet } from '../../domain/scenario.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { accountNoun } from '../account.ts';
import { assetNoun } from '../asset.ts';
import { contentTables } from '../contents.ts';
import { instrumentNoun } from '../instrument.ts';
import { storeDigests } from '../journal/digest.ts';
import { danglingReference, danglingReferences } from '../journal/references.ts';
import { insertRows } from '../journal/table.ts';
import { metaNoun } from '../meta.ts';
import type { MetaEntry } from '../meta.ts';
import type { Noun } from '../noun.ts';
import { putChanges } from '../noun.ts';
import { noteNoun } from '../note.ts';
import { pledgeNoun } from '../pledge.ts';
import { positionNoun } from '../position.ts';
import { scenarioSetNoun } from '../scenario-set.ts';
import { snapshotNoun } from '../snapshot.ts';
import { venueNoun } from '../venue.ts';
import { applicationId, readerOf } from './connection.ts';
import type { BookReader } from './connection.ts';
import { migrate } from './migrate.ts';
import { checkNewFile } from './new-file.ts';
import { guarded } from './sqlite-failure.ts';

/** What a new book starts with. It is the ground the journal stands on, not a step that undo could take away. */
export type BookSeed = {
  readonly contents: BookContents;
  readonly notes: readonly Note[];
  readonly scenarioSets: readonly ScenarioSet[];
  readonly activeScenarioSetId: string | null;
  readonly snapshot: Snapshot | null;
};

/** A seed without any content. */
export function emptySeed(name: string): BookSeed {
  const contents = { name, venues: [], accounts: [], assets: [], instruments: [], positions: [], pledges: [] };
  return { contents, notes: [], scenarioSets: [], activeScenarioSetId: null, snapshot: null };
}

/** Writes a new book file. It gets its name when it is complete: a crash leaves no half book, and an existing file is never replaced. */
export function writeBookFile(path: string, seed: BookSeed): Result<void> {
  const free = checkNewFile('book', path);
  if (!free.ok) return free;
  const partial = `${path}.partial-${process.pid}`;
  return guarded(`book ${path}: cannot create it`, () => {
    try {
      const written = writePartial(partial, seed);
      if (!written.ok) return written;
      renameSync(partial, path);
      return succeed(undefined);
    } finally {
      rmSync(partial, { force: true });
      rmSync(`${partial}-journal`, { force: true });
    }
  });
}

function writePartial(partial: string, seed: BookSeed): Result<void> {
  const database = new Database(partial);
  try {
    database.pragma('trusted_schema = 0');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = 1');
    database.pragma(`application_id = ${applicationId}`);
    migrate(database);
    const reader = readerOf(database);
    database.exec('BEGIN');
    const written = writeSeed(reader, seed);
    if (!written.ok) return written;
    if (danglingReferences(reader, 1).length > 0) return danglingReference(reader);
    storeDigests(reader, contentTables);
    database.exec('COMMIT');
    return succeed(undefined);
  } finally {
    database.close();
  }
}

function writeSeed(reader: BookReader, seed: BookSeed): Result<void> {
  const { contents, snapshot } = seed;
  const meta: MetaEntry[] = [
    { id: 'name', value: contents.name },
    { id: 'activeSnapshotId', value: snapshot?.id ?? '' },
    { id: 'activeScenarioSetId', value: seed.activeScenarioSetId ?? seed.scenarioSets[0]?.id ?? '' },
  ];
  const results = [
    insertAll(reader, metaNoun, meta),
    insertAll(reader, venueNoun, contents.venues),
    insertAll(reader, assetNoun, contents.assets),
    insertAll(reader, accountNoun, contents.accounts),
    insertAll(reader, instrumentNoun, contents.instruments),
    insertAll(reader, positionNoun, contents.positions),
    insertAll(reader, pledgeNoun, contents.pledges),
    insertAll(reader, noteNoun, seed.notes),
    insertAll(reader, scenarioSetNoun, seed.scenarioSets),
    insertAll(reader, snapshotNoun, snapshot ? [snapshot] : []),
  ];
  return results.find((result) => !result.ok) ?? succeed(undefined);
}

function insertAll<Value>(reader: BookReader, noun: Noun<Value>, values: readonly Value[]): Result<void> {
  const keys = new Set(values.map(noun.keyOf));
  if (keys.size < values.length) return fail('conflict', `${noun.word}: an id occurs twice among the rows of a new book`);
  const changes = putChanges(noun, values);
  if (!changes.ok) return changes;
  for (const { table, rowsByKey } of changes.value) insertRows(reader, table, [...rowsByKey.values()].flat());
  return succeed(undefined);
}

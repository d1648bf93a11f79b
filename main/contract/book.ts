import { z } from 'zod';
import { account } from '../domain/account.ts';
import { asset } from '../domain/asset.ts';
import { bookContents } from '../domain/book.ts';
import { instrument } from '../domain/instrument.ts';
import { note } from '../domain/note.ts';
import { pledge } from '../domain/pledge.ts';
import { position } from '../domain/position.ts';
import { scenarioSet } from '../domain/scenario.ts';
import { instant } from '../domain/time.ts';
import { venue } from '../domain/venue.ts';
import { procedure } from './procedure.ts';

/** The state of the open book file. */
export const bookInfo = z.object({
  path: z.string(),
  name: z.string(),
  schemaVersion: z.number().int(),
  /** SHA-256 over every row in a fixed order, hex. */
  digest: z.string(),
  counts: z.record(z.string(), z.number().int()),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  undoLabel: z.string().nullable(),
  redoLabel: z.string().nullable(),
  isReadOnly: z.boolean(),
  activeSnapshotId: z.string().nullable(),
  activeScenarioSetId: z.string().nullable(),
});
export type BookInfo = z.infer<typeof bookInfo>;

/** One change of the book. `put` inserts or replaces the row with the same id. */
export const bookEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('putVenue'), row: venue }),
  z.strictObject({ kind: z.literal('putAccount'), row: account }),
  z.strictObject({ kind: z.literal('putAsset'), row: asset }),
  z.strictObject({ kind: z.literal('putInstrument'), row: instrument }),
  z.strictObject({ kind: z.literal('putPosition'), row: position }),
  z.strictObject({ kind: z.literal('putPledge'), row: pledge }),
  z.strictObject({ kind: z.literal('putNote'), row: note }),
  z.strictObject({ kind: z.literal('putScenarioSet'), row: scenarioSet }),
  z.strictObject({ kind: z.literal('rename'), name: z.string().min(1).max(200) }),
  z.strictObject({
    kind: z.literal('delete'),
    noun: z.enum(['venue', 'account', 'asset', 'instrument', 'position', 'pledge', 'note', 'scenarioSet']),
    id: z.string(),
  }),
]);
export type BookEdit = z.infer<typeof bookEdit>;

/** One entry of the journal: a step that undo takes back whole. */
export const journalStep = z.object({
  step: z.number().int(),
  label: z.string(),
  at: instant,
  rows: z.number().int(),
  isUndone: z.boolean(),
});

export const bookProcedures = {
  'book.create': procedure('command', z.strictObject({ path: z.string(), name: z.string() }), bookInfo),
  'book.open': procedure('command', z.strictObject({ path: z.string() }), bookInfo),
  /** Opens a fresh copy of the demo book at `path`, or at the host's default place. */
  'book.openDemo': procedure('command', z.strictObject({ path: z.string().optional() }), bookInfo),
  'book.info': procedure('query', z.strictObject({}), bookInfo),
  'book.contents': procedure('query', z.strictObject({}), bookContents),
  'book.notes': procedure('query', z.strictObject({}), z.array(note)),
  'book.scenarioSets': procedure('query', z.strictObject({}), z.array(scenarioSet)),
  /** Applies the edits as one undoable step, all or nothing. */
  'book.edit': procedure('command', z.strictObject({ label: z.string(), edits: z.array(bookEdit).min(1).max(10_000) }), bookInfo),
  'book.undo': procedure('command', z.strictObject({}), bookInfo),
  'book.redo': procedure('command', z.strictObject({}), bookInfo),
  'book.journal': procedure('query', z.strictObject({ limit: z.number().int().min(1).max(1000) }), z.array(journalStep)),
  /** Integrity check, foreign keys and the content digest recomputed. */
  'book.verify': procedure(
    'query',
    z.strictObject({}),
    z.object({ isSound: z.boolean(), problems: z.array(z.string()), digest: z.string() }),
  ),
  'book.backup': procedure(
    'command',
    z.strictObject({ path: z.string() }),
    z.object({ path: z.string(), bytes: z.number(), digest: z.string() }),
  ),
};

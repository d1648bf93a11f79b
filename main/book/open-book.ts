import type { Account } from '../domain/account.ts';
import type { Asset } from '../domain/asset.ts';
import type { BookContents } from '../domain/book.ts';
import type { Result } from '../domain/failure.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Note } from '../domain/note.ts';
import type { Pledge, PledgeLog } from '../domain/pledge.ts';
import type { Position } from '../domain/position.ts';
import type { Run } from '../domain/run.ts';
import type { ScenarioSet } from '../domain/scenario.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Instant } from '../domain/time.ts';
import type { Venue } from '../domain/venue.ts';

/** The nouns a user may delete by id. */
export type EditableNoun = 'venue' | 'account' | 'asset' | 'instrument' | 'position' | 'pledge' | 'note' | 'scenarioSet' | 'ticket';

/** One change of the book. `put` inserts or replaces the row with the same id; the contract's `bookEdit` and tickets, which only the blotter changes. */
export type BookEdit =
  | { readonly kind: 'putVenue'; readonly row: Venue }
  | { readonly kind: 'putAccount'; readonly row: Account }
  | { readonly kind: 'putAsset'; readonly row: Asset }
  | { readonly kind: 'putInstrument'; readonly row: Instrument }
  | { readonly kind: 'putPosition'; readonly row: Position }
  | { readonly kind: 'putPledge'; readonly row: Pledge }
  | { readonly kind: 'putNote'; readonly row: Note }
  | { readonly kind: 'putScenarioSet'; readonly row: ScenarioSet }
  | { readonly kind: 'putTicket'; readonly row: Ticket }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'delete'; readonly noun: EditableNoun; readonly id: string };

/** The state of the open book file; `digest` is SHA-256 over every row in a fixed order, hex. */
export type BookState = {
  readonly path: string;
  readonly name: string;
  readonly schemaVersion: number;
  readonly digest: string;
  readonly counts: Record<string, number>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  readonly isReadOnly: boolean;
  readonly activeSnapshotId: string | null;
  readonly activeScenarioSetId: string | null;
};

/** One entry of the journal: a step that undo takes back whole. */
export type JournalStep = {
  readonly step: number;
  readonly label: string;
  readonly at: Instant;
  readonly rows: number;
  readonly isUndone: boolean;
};

/** A snapshot without its rows. */
export type SnapshotHead = {
  readonly id: string;
  readonly name: string;
  readonly asOf: Instant;
  readonly source: string;
  readonly listings: number;
  readonly quotes: number;
  readonly crowd: number;
  readonly isActive: boolean;
};

/** What a full check of the file found. `problems` names each one; `digest` is recomputed from the rows. */
export type Verification = { readonly isSound: boolean; readonly problems: string[]; readonly digest: string };

/** A finished backup: one self-contained file whose rows were read back and hashed. */
export type Backup = { readonly path: string; readonly bytes: number; readonly digest: string };

/**
 * An import under way, in its own connection and transaction: nobody sees its rows before `commit`, and everybody goes on
 * reading. Each `put` takes any number of rows and replaces those with the same id. After a failure the import is rolled
 * back and every later call returns that failure.
 */
export type ImportWriter = {
  readonly putVenues: (rows: readonly Venue[]) => Result<void>;
  readonly putAssets: (rows: readonly Asset[]) => Result<void>;
  readonly putAccounts: (rows: readonly Account[]) => Result<void>;
  readonly putInstruments: (rows: readonly Instrument[]) => Result<void>;
  readonly putPositions: (rows: readonly Position[]) => Result<void>;
  readonly putPledges: (rows: readonly Pledge[]) => Result<void>;
  /** Makes the rows visible as one undoable step; `rows` counts the rows put. */
  readonly commit: () => Result<{ readonly rows: number }>;
  /** Forgets everything put; safe to call at any time, also after a failure. */
  readonly rollback: () => void;
};

/** A book file that is open. All methods are synchronous except `backup`. Two processes may have one book open; one writes at a time. */
export type OpenBook = {
  readonly path: string;
  readonly isReadOnly: boolean;
  /** Throws only on an input/output error of the file. */
  readonly info: () => BookState;
  /** SHA-256 over every row of every noun (not runs, not the journal), hex; kept beside the rows, so cheap. */
  readonly digest: () => string;
  /** Everything valuation needs, in one consistent look, each noun in order of id; 'damaged' names a row that is not valid. */
  readonly contents: () => Result<BookContents>;
  readonly notes: () => Result<Note[]>;
  /** The blotter, in order of id. */
  readonly tickets: () => Result<Ticket[]>;
  readonly scenarioSets: () => Result<ScenarioSet[]>;
  /** The named set, or the active one. */
  readonly scenarioSet: (id?: string) => Result<ScenarioSet>;
  readonly snapshots: () => SnapshotHead[];
  /** The named snapshot, or the active one. */
  readonly snapshot: (id?: string) => Result<Snapshot>;
  /** The position with this id; notFound otherwise. */
  readonly position: (id: string) => Result<Position>;
  /** Those of the given ids that the book holds, for telling new rows from changed ones. */
  readonly hasPositionIds: (ids: readonly string[]) => ReadonlyMap<string, Position>;
  /** Applies the edits as one undoable step, all or nothing. Their order does not matter for references. */
  readonly edit: (label: string, edits: readonly BookEdit[]) => Result<JournalStep>;
  /** Stores a snapshot and makes it the active one, as one undoable step. */
  readonly putSnapshot: (snapshot: Snapshot) => Result<JournalStep>;
  readonly activateSnapshot: (id: string) => Result<SnapshotHead>;
  readonly activateScenarioSet: (id: string) => Result<ScenarioSet>;
  readonly undo: () => Result<JournalStep>;
  readonly redo: () => Result<JournalStep>;
  /** Newest first. */
  readonly journal: (limit: number) => JournalStep[];
  /** Pledges and releases that the journal still knows, oldest first; steps that were undone do not count. */
  readonly pledgeLog: () => PledgeLog;
  readonly beginImport: (label: string) => Result<ImportWriter>;
  /** Inserts or replaces a run. Runs are not part of the digest or the journal. */
  readonly putRun: (run: Run) => Result<void>;
  readonly run: (id: string) => Result<Run>;
  /** Newest first, without their results. A record that is not valid is left out here and named by `verify`. */
  readonly runs: (limit: number) => Omit<Run, 'resultJson'>[];
  readonly verify: () => Verification;
  /** Copies the book while it is in use. An existing file is never overwritten. */
  readonly backup: (path: string) => Promise<Result<Backup>>;
  readonly close: () => void;
};

import { compareDecimal, type DecimalText } from '../domain/decimal.ts';
import { fail, succeed, type Failure, type Result } from '../domain/failure.ts';
import type { Position } from '../domain/position.ts';
import type { Directory, NewRows } from './directory.ts';
import type { RawRow, Table } from './file/table.ts';
import type { Answers, LayoutReader, PositionDraft, RowReading } from './layout/layout-reader.ts';
import type { PriceCoverage } from './price-coverage.ts';
import { decimalReason, Tally, type RowFate } from './tally.ts';

/** Rows of a log are kept until all are there; more than this would not fit beside everything else. */
const MOST_LOG_ROWS = 500_000;
/** Rows of a log whose cells are kept for showing. */
const MOST_SHOWN_PARTS = 2_000;

/** Where an import writes; absent in a dry run. */
export type ImportSink = { readonly put: (rows: NewRows, positions: readonly Position[]) => Result<void> };

/** One walk over a file. `held` gives those of the ids that the book holds. */
export type ImportPass = {
  readonly table: Table;
  readonly reader: LayoutReader;
  readonly directory: Directory;
  readonly answers: Answers;
  readonly coverage: PriceCoverage;
  readonly held: (ids: readonly string[]) => ReadonlyMap<string, Position>;
  readonly sink: ImportSink | null;
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
};

/** What a walk came to. */
export type ImportOutcome = {
  readonly tally: Tally;
  readonly notices: readonly Failure[];
  readonly touchedAccounts: ReadonlySet<string>;
  readonly newPositions: number;
  readonly written: number;
};

type KeptPart = { readonly row: RawRow; readonly fate: Extract<RowReading, { kind: 'part' }> };
type Batch = { readonly row: RawRow; readonly draft: PositionDraft; readonly reading: Extract<RowReading, { kind: 'position' }> };

/**
 * Reads every row, tells what becomes of it, and writes what is new or changed when there is a sink. Preview and commit are the
 * same walk, so they cannot disagree.
 */
export async function runImport(pass: ImportPass): Promise<Result<ImportOutcome>> {
  const walk = new Walk(pass);
  const read = await pass.table.read({
    signal: pass.signal,
    onRows: (rows) => walk.takeRows(rows),
    onProgress: pass.onProgress,
  });
  if (!read.ok) return read;
  return walk.finish();
}

class Walk {
  readonly #pass: ImportPass;
  readonly #tally = new Tally();
  readonly #parts: KeptPart[] = [];
  readonly #touched = new Set<string>();
  #newPositions = 0;
  #written = 0;
  #failure: Failure | null = null;

  constructor(pass: ImportPass) {
    this.#pass = pass;
  }

  /** Reads a batch; false when the walk has to stop. */
  takeRows(rows: readonly RawRow[]): boolean {
    let batch: Batch[] = [];
    for (const row of rows) {
      const reading: RowReading = row.refusal ? { kind: 'rejected', ...row.refusal } : this.#pass.reader.readRow(row);
      if (reading.kind === 'position') {
        batch.push({ row, draft: reading.draft, reading });
        continue;
      }
      // Rows are counted in file order, so what waits goes first.
      if (batch.length > 0 && this.#tally.rows < 20) {
        this.#takeBatch(batch);
        batch = [];
      }
      this.#takeOther(row, reading);
    }
    if (batch.length > 0) this.#takeBatch(batch);
    return this.#failure === null;
  }

  finish(): Result<ImportOutcome> {
    const { notices } = this.#concludeParts();
    if (this.#failure) return { ok: false, failure: this.#failure };
    if (this.#pass.signal.aborted) return fail('cancelled', 'the import was cancelled; nothing was written');
    this.#tally.settle();
    return succeed({
      tally: this.#tally,
      notices,
      touchedAccounts: this.#touched,
      newPositions: this.#newPositions,
      written: this.#written,
    });
  }

  #takeOther(row: RawRow, reading: Exclude<RowReading, { kind: 'position' }>): void {
    switch (reading.kind) {
      case 'part':
        if (this.#parts.length === MOST_LOG_ROWS) {
          this.#failure = {
            reason: 'unsupported',
            message: `a venue's file is read up to ${MOST_LOG_ROWS} rows`,
            remedy: 'Export a shorter span of time.',
          };
          return;
        }
        this.#parts.push({ row: this.#parts.length < MOST_SHOWN_PARTS ? row : { line: row.line, cells: [] }, fate: reading });
        return;
      case 'nothing':
        this.#tally.add(row, { state: 'unchanged', reason: reading.reason });
        return;
      case 'rejected':
        this.#tally.add(row, { state: 'rejected', column: reading.column, reason: reading.reason });
        return;
      case 'asked': {
        const reason = reading.question === 'decimalSign' ? decimalReason(reading.raw) : `${reading.raw}: is the day or the month first?`;
        this.#tally.add(row, { state: 'asked', column: reading.column, reason });
        this.#tally.ask(reading.question, row.line, reading.raw);
      }
    }
  }

  #takeBatch(batch: readonly Batch[]): void {
    const held = this.#pass.held(batch.map(({ draft }) => draft.id));
    const positions: Position[] = [];
    for (const { row, draft, reading } of batch) {
      const settled = this.#settle(draft, held.get(draft.id), 1);
      if (settled.state !== 'unchanged') positions.push(settled.position);
      this.#tally.add(row, { ...fateOf(draft, settled.state), openCell: reading.openCell });
    }
    this.#write(positions);
  }

  #settle(draft: PositionDraft, held: Position | undefined, rows: number): { state: 'new' | 'changed' | 'unchanged'; position: Position } {
    const position = merged(draft, held);
    this.#touched.add(draft.accountId);
    this.#pass.coverage.add(draft, rows);
    if (!held) this.#newPositions += 1;
    return { state: held ? (isSame(position, held) ? 'unchanged' : 'changed') : 'new', position };
  }

  #concludeParts(): { notices: readonly Failure[] } {
    const { outcomes, notices } = this.#pass.reader.conclude();
    const rowsByKey = new Map<string, number>();
    for (const { fate } of this.#parts) rowsByKey.set(fate.key, (rowsByKey.get(fate.key) ?? 0) + 1);
    const drafts = [...outcomes.values()].flatMap((outcome) => (outcome.kind === 'position' ? [outcome.draft] : []));
    const held = drafts.length > 0 ? this.#pass.held(drafts.map((draft) => draft.id)) : new Map<string, Position>();
    const fates = new Map<string, RowFate>();
    const positions: Position[] = [];
    for (const [key, outcome] of outcomes) {
      if (outcome.kind === 'nothing') fates.set(key, { state: 'unchanged', reason: outcome.reason });
      else if (outcome.kind === 'rejected') fates.set(key, { state: 'rejected', column: outcome.column, reason: outcome.reason });
      else {
        const { state, position } = this.#settle(outcome.draft, held.get(outcome.draft.id), rowsByKey.get(key) ?? 0);
        if (state !== 'unchanged') positions.push(position);
        fates.set(key, fateOf(outcome.draft, state));
      }
    }
    for (const { row, fate } of this.#parts) {
      this.#tally.add(row, { ...(fates.get(fate.key) ?? { state: 'unchanged' }), openCell: fate.openCell });
    }
    if (positions.length > 0) this.#write(positions);
    return { notices };
  }

  #write(positions: readonly Position[]): void {
    if (!this.#pass.sink || this.#failure) return;
    this.#written += positions.length;
    const put = this.#pass.sink.put(this.#pass.directory.takeNew(), positions);
    if (!put.ok) this.#failure = put.failure;
  }
}

function fateOf(draft: PositionDraft, state: RowFate['state']): RowFate {
  return { state, accountId: draft.accountId, instrumentId: draft.instrumentId, quantity: draft.quantity };
}

function merged(draft: PositionDraft, held: Position | undefined): Position {
  return {
    id: draft.id,
    accountId: draft.accountId,
    instrumentId: draft.instrumentId,
    quantity: draft.quantity,
    entryPrice: draft.entryPrice === undefined ? (held?.entryPrice ?? null) : draft.entryPrice,
    openedAt: draft.openedAt === undefined ? (held?.openedAt ?? null) : draft.openedAt,
  };
}

function isSame(a: Position, b: Position): boolean {
  return (
    a.accountId === b.accountId &&
    a.instrumentId === b.instrumentId &&
    isSameDecimal(a.quantity, b.quantity) &&
    isSameDecimal(a.entryPrice, b.entryPrice) &&
    (a.openedAt === b.openedAt || (a.openedAt !== null && b.openedAt !== null && Date.parse(a.openedAt) === Date.parse(b.openedAt)))
  );
}

function isSameDecimal(a: DecimalText | null, b: DecimalText | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && compareDecimal(a, b) === 0;
}

import type { Result } from '../../domain/failure.ts';

/** A row as it was read. `refusal` says why the row as a whole cannot be used; its cells are then only shown. */
export type RawRow = {
  /** 1-based line (CSV, JSON) or row (XLSX) on which it starts. */
  readonly line: number;
  /** As many as the header has columns, unless refused. */
  readonly cells: readonly string[];
  readonly refusal?: { readonly column: string; readonly reason: string };
};

/** What a reader is told while it walks a table. */
export type TableVisit = {
  readonly signal: AbortSignal;
  /** Receives the rows in file order, a few hundred at a time; false stops the walk. */
  readonly onRows: (rows: readonly RawRow[]) => boolean;
  /** Share of the file read so far. */
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
};

/** A file of rows under a checked header. It can be walked any number of times; nothing of it is kept in memory. */
export type Table = {
  readonly fileName: string;
  readonly kind: 'csv' | 'xlsx' | 'json';
  /** In words: 'UTF-8, comma'. */
  readonly encoding: string;
  readonly columns: readonly string[];
  /** SHA-256 of the file's bytes, hex. */
  readonly digest: string;
  readonly bytes: number;
  /** Things to know that do not stop the reading, as sentences. */
  readonly remarks: readonly string[];
  /** Walks all rows. 'cancelled' when the signal fires, 'invalidFile' where the file stops making sense. */
  readonly read: (visit: TableVisit) => Promise<Result<void>>;
};

/** One row of a table as it was read: the 1-based line on which it starts and its cells in file order. */
export type MarketRow = { readonly line: number; readonly cells: readonly string[] };

/** A row that was left out, and why. */
export type RejectedRow = { readonly line: number; readonly column: string; readonly reason: string };

/** A refusal of one cell; thrown nowhere, collected by the reader of the row. */
export type CellRefusal = { readonly column: string; readonly reason: string };

/** Picks cells of a row by column name and remembers the first one that cannot be read. */
export class RowCells {
  refusal: CellRefusal | null = null;
  readonly #cells: readonly string[];
  readonly #index: ReadonlyMap<string, number>;

  constructor(row: MarketRow, index: ReadonlyMap<string, number>) {
    this.#cells = row.cells;
    this.#index = index;
  }

  /** The trimmed text of a column; '' when the row is too short or has no such column. */
  text(column: string): string {
    return (this.#cells[this.#index.get(column) ?? -1] ?? '').trim();
  }

  /** A finite number of at least 0; null for an empty cell. Refuses anything else. */
  quote(column: string): number | null {
    const text = this.text(column);
    return text === '' ? null : this.#number(column, text);
  }

  /** A finite number of at least 0 that must be there. */
  amount(column: string): number {
    const text = this.text(column);
    if (text === '') this.#refuse(column, 'is empty');
    return text === '' ? 0 : this.#number(column, text);
  }

  /** An instant with a stated offset, as UTC without fractions of a second; refuses an impossible one. */
  instant(column: string): string {
    const text = this.text(column);
    const read = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
    if (Number.isNaN(read) || !sameDay(text, read)) {
      this.#refuse(column, `${text === '' ? 'an empty cell' : text} is not an instant such as 2026-02-05T21:29:37Z`);
      return '1970-01-01T00:00:00Z';
    }
    return `${new Date(read).toISOString().slice(0, 19)}Z`;
  }

  #number(column: string, text: string): number {
    const value = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN;
    if (Number.isFinite(value)) return value;
    this.#refuse(column, `${text} is not a finite number of at least 0`);
    return 0;
  }

  #refuse(column: string, reason: string): void {
    this.refusal ??= { column, reason };
  }
}

/** Date.parse turns 30 February into 2 March; the day of the text must survive, whatever its offset. */
function sameDay(text: string, ms: number): boolean {
  const offset = /([+-])(\d{2}):(\d{2})$/.exec(text);
  const shift = offset ? (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) * 60_000 : 0;
  return new Date(ms + shift).toISOString().slice(0, 10) === text.slice(0, 10);
}

/** Position of each column; the header's names are trimmed. */
export function columnIndex(header: readonly string[]): Map<string, number> {
  return new Map(header.map((name, index) => [name.trim(), index]));
}

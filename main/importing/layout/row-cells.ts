import type { DecimalText } from '../../domain/decimal.ts';
import type { Instant } from '../../domain/time.ts';
import { readInstant } from '../cell/date-cell.ts';
import { readDecimal } from '../cell/decimal-cell.ts';
import type { Answers, Asked, OpenCell, Rejected } from './layout-reader.ts';

/**
 * Reads the cells of one row after another by column name and remembers the first trouble: a question or a refusal. Values read
 * after a trouble mean nothing; the row is then not used.
 */
export class RowCells {
  trouble: Asked | Rejected | null = null;
  openCell: OpenCell | null = null;
  readonly #answers: Answers;
  readonly #index: ReadonlyMap<string, number>;
  #cells: readonly string[] = [];

  constructor(columns: readonly string[], answers: Answers) {
    this.#answers = answers;
    this.#index = new Map(columns.map((name, index) => [name, index]));
  }

  /** Goes on to another row. */
  take(cells: readonly string[]): void {
    this.#cells = cells;
    this.trouble = null;
    this.openCell = null;
  }

  /** Whether the file has the column at all. */
  has(column: string): boolean {
    return this.#index.has(column);
  }

  /** The trimmed text; '' when the file has no such column. */
  text(column: string): string {
    const index = this.#index.get(column);
    return index === undefined ? '' : (this.#cells[index] ?? '').trim();
  }

  /** A number that must be there. */
  decimal(column: string): DecimalText {
    return this.optionalDecimal(column) ?? this.#missing(column);
  }

  /** A number, or null for an empty cell or a lone dash. */
  optionalDecimal(column: string): DecimalText | null {
    const raw = this.text(column);
    if (raw === '' || raw === '-') return null;
    const reading = readDecimal(raw, this.#answers.decimalSign);
    if (reading.kind === 'asked') this.trouble ??= { kind: 'asked', question: 'decimalSign', column, raw };
    if (reading.kind === 'refused') this.reject(column, reading.reason);
    if (reading.kind !== 'value') return '0';
    if (reading.isOpen) this.openCell ??= { column, raw };
    return reading.text;
  }

  /** An instant that must be there. */
  instant(column: string): Instant {
    return this.optionalInstant(column) ?? this.#missing(column);
  }

  /** An instant, or null for an empty cell. */
  optionalInstant(column: string): Instant | null {
    const raw = this.text(column);
    if (raw === '') return null;
    const reading = readInstant(raw, this.#answers.dateOrder);
    if (reading.kind === 'value') return reading.instant;
    if (reading.kind === 'asked') this.trouble ??= { kind: 'asked', question: 'dateOrder', column, raw };
    else this.reject(column, reading.reason);
    return '1970-01-01T00:00:00Z';
  }

  /** Refuses the row for this cell, unless there is an earlier trouble. A question gives way to a refusal. */
  reject(column: string, reason: string): void {
    if (this.trouble?.kind !== 'rejected') this.trouble = { kind: 'rejected', column, reason };
  }

  #missing(column: string): string {
    this.reject(column, 'is empty');
    return '0';
  }
}

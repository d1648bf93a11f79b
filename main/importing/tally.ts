import type { ImportPreview } from '../contract/importing.ts';
import { shownInstant } from './cell/date-cell.ts';
import { shownDecimal } from './cell/decimal-cell.ts';
import type { RawRow } from './file/table.ts';
import type { OpenCell } from './layout/layout-reader.ts';

type SampleRow = ImportPreview['sample'][number];
type State = SampleRow['state'];
type Question = ImportPreview['questions'][number];

/** What becomes of a row, for showing. */
export type RowFate = {
  readonly state: State;
  readonly column?: string;
  readonly reason?: string;
  readonly accountId?: string;
  readonly instrumentId?: string;
  readonly quantity?: string;
  readonly openCell?: OpenCell | null;
};

const FIRST_ROWS = 20;
const MOST_SAMPLES = 2_000;
const MOST_LINES = 200;
const MOST_EXAMPLES = 4;

/** Lines and example cells of one open question. */
class OpenQuestion {
  readonly lines: number[] = [];
  readonly examples: string[] = [];
  count = 0;

  add(line: number, raw: string): void {
    this.count += 1;
    if (this.lines.length < MOST_LINES) this.lines.push(line);
    if (this.examples.length < MOST_EXAMPLES && !this.examples.includes(raw)) this.examples.push(raw);
  }

  /** Takes over the lines of another question and shows some of its examples too. */
  include(other: OpenQuestion): void {
    this.count += other.count;
    this.lines.push(...other.lines.slice(0, MOST_LINES - this.lines.length));
    this.examples.push(...other.examples.slice(0, 2));
  }
}

/**
 * Counts what becomes of each row, so that the counts add up to the rows; keeps the first 20 rows and every problem up to 2,000
 * in all, and what is asked. A number such as 1.200 is open only if commas turn up as decimal signs somewhere in the file, which
 * may be later: such rows are counted apart and become questions at the end.
 */
export class Tally {
  rows = 0;
  readonly counts: Record<State, number> = { new: 0, changed: 0, unchanged: 0, asked: 0, rejected: 0 };
  readonly #open: Record<State, number> = { new: 0, changed: 0, unchanged: 0, asked: 0, rejected: 0 };
  readonly #samples: SampleRow[] = [];
  readonly #openSamples: SampleRow[] = [];
  readonly #decimal = new OpenQuestion();
  readonly #openDecimal = new OpenQuestion();
  readonly #date = new OpenQuestion();
  #accountQuestion: Question | null = null;

  add(row: RawRow, fate: RowFate): void {
    this.rows += 1;
    this.counts[fate.state] += 1;
    const open = fate.openCell ?? null;
    if (open) {
      this.#open[fate.state] += 1;
      this.#openDecimal.add(row.line, open.raw);
      if (this.#openSamples.length < MOST_SAMPLES)
        this.#openSamples.push(sampleOf(row, { ...fate, state: 'asked', column: open.column, reason: decimalReason(open.raw) }));
    }
    const isProblem = fate.state === 'asked' || fate.state === 'rejected';
    const keeps = this.rows <= FIRST_ROWS || (isProblem && this.#samples.length < MOST_SAMPLES);
    if (keeps) this.#samples.push(sampleOf(row, fate));
  }

  /** Notes that a cell of a row already counted as asked has two readings. */
  ask(question: 'decimalSign' | 'dateOrder', line: number, raw: string): void {
    (question === 'decimalSign' ? this.#decimal : this.#date).add(line, raw);
  }

  /** Rows that would go into the book or agree with it become questions: nobody has said whose they are. */
  askAccount(question: Question): void {
    this.#accountQuestion = question;
    this.#turnIntoAsked(this.counts, this.counts);
    for (const [index, row] of this.#samples.entries()) {
      if (row.state !== 'rejected' && row.state !== 'asked')
        this.#samples[index] = { ...row, state: 'asked', reason: 'which account it belongs to is not known' };
    }
  }

  /** Settles what commas found late mean for the numbers before them. To be called once, after the last row. */
  settle(): void {
    if (this.#decimal.count === 0 || this.#openDecimal.count === 0) return;
    this.#turnIntoAsked(this.counts, this.#open);
    this.#decimal.include(this.#openDecimal);
    const lines = new Set(this.#openSamples.map((row) => row.line));
    const kept = this.#samples.filter((row) => !lines.has(row.line) || row.state === 'rejected');
    this.#samples.splice(
      0,
      this.#samples.length,
      ...[...kept, ...this.#openSamples].sort((a, b) => a.line - b.line).slice(0, MOST_SAMPLES),
    );
  }

  sample(): SampleRow[] {
    return [...this.#samples].sort((a, b) => a.line - b.line);
  }

  questions(): Question[] {
    const questions: Question[] = [];
    if (this.#decimal.count > 0) questions.push(decimalQuestion(this.#decimal));
    if (this.#date.count > 0) questions.push(dateQuestion(this.#date));
    if (this.#accountQuestion) questions.push(this.#accountQuestion);
    return questions;
  }

  #turnIntoAsked(counts: Record<State, number>, by: Readonly<Record<State, number>>): void {
    for (const state of ['new', 'changed', 'unchanged'] as const) {
      const moved = by[state];
      counts[state] -= moved;
      counts.asked += moved;
    }
  }
}

/** Why a number is asked about. */
export function decimalReason(raw: string): string {
  return `${raw}: which sign is decimal?`;
}

function sampleOf(row: RawRow, fate: RowFate): SampleRow {
  const { state, column = null, reason = null, accountId = null, instrumentId = null, quantity = null } = fate;
  return { line: row.line, state, cells: [...row.cells], column, reason, accountId, instrumentId, quantity };
}

function decimalQuestion({ lines, examples, count }: OpenQuestion): Question {
  const shown = (sign: 'dot' | 'comma') => examples.map((raw) => ({ raw, parsed: shownDecimal(raw, sign) }));
  return {
    id: 'decimalSign',
    text: `${lineWords(lines, count)}: which sign is decimal?`,
    lines: [...lines].sort((a, b) => a - b),
    choices: [
      { value: 'comma', label: 'Comma is decimal', examples: shown('comma') },
      { value: 'dot', label: 'Dot is decimal', examples: shown('dot') },
      { value: 'leaveOut', label: 'Leave these rows out', examples: [] },
    ],
  };
}

function dateQuestion({ lines, examples, count }: OpenQuestion): Question {
  const shown = (order: 'dayFirst' | 'monthFirst') => examples.map((raw) => ({ raw, parsed: shownInstant(raw, order) }));
  return {
    id: 'dateOrder',
    text: `${lineWords(lines, count)}: does the day or the month come first?`,
    lines: [...lines].sort((a, b) => a - b),
    choices: [
      { value: 'dayFirst', label: 'Day first', examples: shown('dayFirst') },
      { value: 'monthFirst', label: 'Month first', examples: shown('monthFirst') },
      { value: 'leaveOut', label: 'Leave these rows out', examples: [] },
    ],
  };
}

function lineWords(lines: readonly number[], count: number): string {
  const ordered = [...lines].sort((a, b) => a - b);
  const more = count > 4 ? ` and ${count - 4} more` : '';
  return `${count === 1 ? 'line' : 'lines'} ${ordered.slice(0, 4).join(', ')}${more}`;
}

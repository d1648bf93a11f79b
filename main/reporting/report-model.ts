import type { AccountState } from '../contract/cell.ts';

/** One cell: what people read and the raw value that machines read. */
export type ReportCell = {
  readonly text: string;
  readonly value: number | string | null;
  readonly state?: AccountState;
  readonly isStrong?: boolean;
  /** Why there is no figure; written below the table under a number, so that a reason never widens a column. */
  readonly note?: string;
  /** A small vector picture shown instead of the text; the text stays for machines. */
  readonly svg?: string;
};

export type ReportColumn = {
  readonly label: string;
  readonly align: 'left' | 'right';
  /** Share of the table's width; figures get what they need when absent. */
  readonly grow?: number;
};

export type ReportTable = {
  readonly id: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  /** What its marks and short heads mean, in small print below it. */
  readonly legend?: string;
};

/** A chart as vectors, with its size in points and a sentence for those who cannot see it. */
export type ReportChart = {
  readonly id: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly description: string;
};

export type ReportSection = {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Two neighbouring halves stand side by side. */
  readonly span: 'half' | 'full';
  /** The first that does ends the decision: the lines to sign on stand before it. */
  readonly startsPage: boolean;
  readonly paragraphs: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly charts: readonly ReportChart[];
};

/** The report before it is written in any format; page 1 is the decision, then evidence. */
export type ReportModel = {
  readonly bookName: string;
  readonly asOf: string;
  readonly headline: string;
  readonly lead: string;
  readonly figures: readonly { readonly label: string; readonly value: string; readonly note: string }[];
  readonly sections: readonly ReportSection[];
  /** A draft has no record yet and nothing to sign on. */
  readonly isDraft?: boolean;
  readonly signature: {
    /** SHA-256 of the record that the report carries: under this name it is verified. */
    readonly recordDigest: string;
    readonly bookDigest: string;
    readonly engineVersion: string;
    readonly seed: number;
    readonly solver: string;
  };
};

/** A cell of text. */
export function words(text: string, more: Partial<ReportCell> = {}): ReportCell {
  return { text, value: text, ...more };
}

/** A cell of a number with its text. */
export function number(value: number | null, text: string, more: Partial<ReportCell> = {}): ReportCell {
  const reason = text.startsWith(REASON) ? { text: 'none', note: text.slice(REASON.length) } : { text };
  return { ...reason, value: value !== null && Number.isFinite(value) ? value : null, ...more };
}

/** What a figure that is a named reason begins with, see format.ts. */
const REASON = 'none: ';

/** The reasons of a table in order of appearance; a cell shows the number of its own, counted from one. */
export function notesOf({ rows }: ReportTable): string[] {
  return [...new Set(rows.flatMap((row) => row.flatMap(({ note }) => (note === undefined ? [] : [note]))))];
}

/** A cell's text with the number of its note, if it has one. */
export function notedText({ text, note }: ReportCell, notes: readonly string[]): string {
  return note === undefined ? text : `${text} ${RAISED[notes.indexOf(note)] ?? ''}`;
}

/** Raised figures for notes; a table with more than nine different reasons repeats the last. */
const RAISED = ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** A note as it stands below its table. */
export function noteLine(note: string, index: number): string {
  return `${RAISED[index] ?? ''} ${note}`;
}

/** A text column. */
export function left(label: string, grow?: number): ReportColumn {
  return grow === undefined ? { label, align: 'left' } : { label, align: 'left', grow };
}

/** A figure column. */
export function right(label: string): ReportColumn {
  return { label, align: 'right' };
}

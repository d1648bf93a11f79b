import type { ReactNode } from 'react';
import type { Raw } from '../format/raw.ts';

/** A column as data: what it holds, how it is shown, and what explains it. The grid itself knows no finance. */
export type Column<Row> = {
  readonly id: string;
  /** Head, unit included: `Value, k USD`. */
  readonly title: string;
  readonly kind: 'text' | 'number';
  /** Raw value: what is sorted, copied and filtered. */
  readonly value: (row: Row) => Raw;
  /** Text of the raw value; absent = the value itself. */
  readonly text?: (row: Row) => string;
  /** Drawn in place of the text. */
  readonly render?: (row: Row) => ReactNode;
  /** Rows for which the plain text is enough: drawing costs, and most rows of a long grid need none. */
  readonly isPlain?: (row: Row) => boolean;
  /** Drawn in place of the title. */
  readonly head?: () => ReactNode;
  /** Classes by row: state colours, stale, muted. */
  readonly className?: (row: Row) => string;
  /** Values that are older than they should be are drawn striped. */
  readonly isStale?: (row: Row) => boolean;
  readonly width?: number;
  /** Share of the room that is left. */
  readonly flex?: number;
  readonly minWidth?: number;
  readonly isPinned?: boolean;
  readonly isSortable?: boolean;
  readonly tooltip?: (row: Row) => string | null;
  /** Metric that explains the cell, and the subject it belongs to; null = nothing to explain. */
  readonly metric?: (row: Row) => { readonly metric: string; readonly subjectId: string } | null;
  /** Edits the cell in place: whether a row can be, the text to start from, and what to do with the typed text. */
  readonly edit?: {
    readonly isEditable: (row: Row) => boolean;
    readonly start: (row: Row) => string;
    readonly commit: (row: Row, text: string) => void;
  };
};

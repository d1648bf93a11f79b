import type { DecimalText } from '../../domain/decimal.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/time.ts';
import type { DateOrder } from '../cell/date-cell.ts';
import type { DecimalSign } from '../cell/decimal-cell.ts';
import type { RawRow } from '../file/table.ts';

/** Answers to what a file leaves open. */
export type Answers = { readonly decimalSign?: DecimalSign; readonly dateOrder?: DateOrder; readonly accountId?: string | undefined };

/** A position as a file states it; undefined = the file does not say, so the book's value stays. */
export type PositionDraft = {
  readonly id: string;
  readonly accountId: string;
  readonly instrumentId: string;
  readonly quantity: DecimalText;
  readonly entryPrice: DecimalText | null | undefined;
  readonly openedAt: Instant | null | undefined;
};

/** A question about one cell. */
export type Asked = {
  readonly kind: 'asked';
  readonly question: 'decimalSign' | 'dateOrder';
  readonly column: string;
  readonly raw: string;
};
/** A row that cannot be used, and why. */
export type Rejected = { readonly kind: 'rejected'; readonly column: string; readonly reason: string };
/** A row that was understood and leaves nothing to hold. */
export type Nothing = { readonly kind: 'nothing'; readonly reason: string };
/** A row that is a position. `openCell`: a number that would be another one if commas are decimal signs. */
export type Drafted = { readonly kind: 'position'; readonly draft: PositionDraft; readonly openCell: OpenCell | null };
/** A row that is one of several making up what `key` names; decided when all rows are read. */
export type Part = { readonly kind: 'part'; readonly key: string; readonly openCell: OpenCell | null };
export type OpenCell = { readonly column: string; readonly raw: string };

/** What one row of a file says. */
export type RowReading = Drafted | Part | Nothing | Asked | Rejected;

/** What the rows of each key came to. */
export type Conclusion = {
  readonly outcomes: ReadonlyMap<string, { readonly kind: 'position'; readonly draft: PositionDraft } | Nothing | Rejected>;
  /** Things to know that do not stop the import. */
  readonly notices: readonly Failure[];
};

/** Reads the rows of one file in one layout. New accounts, assets and instruments go into the directory it was made with. */
export type LayoutReader = {
  readonly readRow: (row: RawRow) => RowReading;
  readonly conclude: () => Conclusion;
};

/** The conclusion of a layout whose rows stand for themselves. */
export const NOTHING_TO_CONCLUDE: Conclusion = { outcomes: new Map(), notices: [] };

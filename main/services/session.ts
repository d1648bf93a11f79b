import type { OpenBook } from '../book/open-book.ts';
import type { AnalysisResult } from '../contract/analysis.ts';
import type { AppEvent } from '../contract/events.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import type { Result } from '../domain/failure.ts';

/** The last few results of one kind, by the key of their inputs. */
export type SlotOf<T> = {
  readonly get: (key: string) => T | null;
  readonly set: (key: string, value: T) => void;
  /** The result set most recently. */
  readonly last: () => T | null;
  readonly clear: () => void;
};

/** The open book and the things derived from it, shared by the services of one process. */
export type Session = {
  /** Fails with 'notFound' when no book is open. */
  readonly book: () => Result<OpenBook>;
  /** Opens a book and closes the former one; a failure leaves the former one open. */
  readonly open: (path: string) => Result<OpenBook>;
  /** Creates an empty book, opens it and closes the former one. */
  readonly create: (path: string, name: string) => Result<OpenBook>;
  readonly announce: (event: AppEvent) => void;
  /** To be called after any change of the book or its market: drops the slots and announces 'book.changed'. */
  readonly changed: () => void;
  /** Closes the open book, if any. */
  readonly close: () => void;
  readonly analysis: SlotOf<AnalysisResult>;
  readonly hedge: SlotOf<HedgeResult>;
};

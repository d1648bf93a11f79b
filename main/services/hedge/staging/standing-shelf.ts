import type { JournalStep, OpenBook } from '../../../book/open-book.ts';

/** The suggestion that stands, and those that would stand again if the staging of a later one were undone. */
export type StandingShelf<T> = {
  /** The one that stands for the book now, seen from its journal; null where none does. */
  readonly of: (book: OpenBook) => T | null;
  /** A suggestion that was made: it stands, and whatever stood before is forgotten. */
  readonly suggest: (book: OpenBook, standing: T) => void;
  /** One that was staged in the blotter: it stands as long as that step is not undone. Without a step it stands at once. */
  readonly stage: (book: OpenBook, standing: T, step: JournalStep | null) => void;
};

/** Stagings that are remembered for undo. */
const kept = 20;
/** Far enough back in the journal for any of them. */
const stepsSeen = 200;

type Entry<T> = { readonly book: OpenBook; readonly standing: T; readonly step: JournalStep | null };

/** An empty shelf. */
export function createStandingShelf<T>(): StandingShelf<T> {
  let entries: readonly Entry<T>[] = [];
  return {
    of: (book) => entries.findLast((entry) => entry.book === book && isDone(book, entry.step))?.standing ?? null,
    suggest: (book, standing) => {
      entries = [{ book, standing, step: null }];
    },
    stage: (book, standing, step) => {
      entries = [...entries, { book, standing, step }].slice(-kept);
    },
  };
}

/** A step counts as done while the journal has it as done, or has forgotten it as too old. */
function isDone(book: OpenBook, step: JournalStep | null): boolean {
  if (step === null) return true;
  const journal = book.journal(stepsSeen);
  const found = journal.find((each) => each.step === step.step && each.at === step.at);
  return found === undefined ? journal.length > 0 && journal.every((each) => each.step > step.step) : !found.isUndone;
}

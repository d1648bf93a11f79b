import { createBook, openBook } from '../book/book-file.ts';
import type { BookSeed } from '../book/file/create.ts';
import type { OpenBook } from '../book/open-book.ts';
import type { AnalysisResult } from '../contract/analysis.ts';
import type { AppEvent } from '../contract/events.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import type { RequirementResult } from '../contract/requirement.ts';
import type { WarningStudy } from '../contract/replay.ts';
import type { RuleSetComparison } from '../contract/rule-set.ts';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { BareReplay } from './replay/replay-book.ts';

/** The last few results of one kind, by the key of their inputs. */
export type SlotOf<T> = {
  readonly get: (key: string) => T | null;
  readonly set: (key: string, value: T) => void;
  /** The result set most recently. */
  readonly last: () => T | null;
  /** Every result kept, oldest first. */
  readonly all: () => readonly T[];
  readonly clear: () => void;
};

/** The open book and the things derived from it, shared by the services of one process. */
export type Session = {
  /** Fails with 'notFound' when no book is open. */
  readonly book: () => Result<OpenBook>;
  /** Opens a book and closes the former one; a failure leaves the former one open. */
  readonly open: (path: string) => Result<OpenBook>;
  /** Creates an empty book, opens it and closes the former one. */
  /** `start`: a name for an empty book, or what it starts with. */
  readonly create: (path: string, start: string | BookSeed) => Result<OpenBook>;
  readonly announce: (event: AppEvent) => void;
  /** To be called after any change of the book or its market: announces 'book.changed', and drops the slots unless the digest is as it was. */
  readonly changed: () => void;
  /** Closes the open book, if any. */
  readonly close: () => void;
  readonly analysis: SlotOf<AnalysisResult>;
  readonly hedge: SlotOf<HedgeResult>;
  readonly requirement: SlotOf<RequirementResult>;
  readonly ruleSet: SlotOf<RuleSetComparison>;
  readonly replay: SlotOf<BareReplay>;
  readonly warnings: SlotOf<WarningStudy>;
};

/** Results kept per slot: enough to go back and forth between a few shocks. */
const resultsKept = 8;

/** A session without a book; `announce` hands an event to every listener of the host. */
export function createSession({ announce }: { readonly announce: (event: AppEvent) => void }): Session {
  let current: OpenBook | null = null;
  const analysis = createSlot<AnalysisResult>();
  const hedge = createSlot<HedgeResult>();
  const requirement = createSlot<RequirementResult>();
  const ruleSet = createSlot<RuleSetComparison>();
  const replay = createSlot<BareReplay>();
  const warnings = createSlot<WarningStudy>();

  let digestSeen: string | null = null;

  const dropResults = (): void => {
    analysis.clear();
    hedge.clear();
    requirement.clear();
    ruleSet.clear();
    replay.clear();
    warnings.clear();
  };
  const changed = (): void => {
    const digest = current?.digest() ?? null;
    if (digest === null || digest !== digestSeen) dropResults();
    digestSeen = digest;
    if (digest !== null) announce({ type: 'book.changed', digest });
  };
  const adopt = (opened: Result<OpenBook>): Result<OpenBook> => {
    if (!opened.ok) return opened;
    current?.close();
    current = opened.value;
    digestSeen = null;
    changed();
    return opened;
  };
  const close = (): void => {
    current?.close();
    current = null;
    digestSeen = null;
    dropResults();
  };
  const book = (): Result<OpenBook> =>
    current ? succeed(current) : fail('notFound', 'no book is open', { remedy: 'Open a book, create one, or open the demo book.' });

  return {
    book,
    open: (path) => adopt(openBook(path)),
    create: (path, start) => adopt(createBook(path, start)),
    announce,
    changed,
    close,
    analysis,
    hedge,
    requirement,
    ruleSet,
    replay,
    warnings,
  };
}

/** A slot that keeps the most recent results. */
export function createSlot<T>(): SlotOf<T> {
  const values = new Map<string, T>();
  const set = (key: string, value: T): void => {
    values.delete(key);
    values.set(key, value);
    const [oldest] = values.keys();
    if (values.size > resultsKept && oldest !== undefined) values.delete(oldest);
  };
  return {
    get: (key) => values.get(key) ?? null,
    set,
    last: () => [...values.values()].at(-1) ?? null,
    all: () => [...values.values()],
    clear: () => values.clear(),
  };
}

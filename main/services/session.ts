import { createBook, openBook } from '../book/book-file.ts';
import type { BookSeed } from '../book/file/create.ts';
import type { OpenBook } from '../book/open-book.ts';
import type { AnalysisResult } from '../contract/analysis.ts';
import type { FanResult } from '../contract/cascade-fan.ts';
import type { OutputOf } from '../contract/contract.ts';
import type { FailureResult } from '../contract/contagion.ts';
import type { Blotter } from '../contract/blotter.ts';
import type { BacktestWindow } from '../contract/backtest.ts';
import type { AppEvent } from '../contract/events.ts';
import type { HedgeAlternatives } from '../contract/hedge-alternatives.ts';
import type { HedgeRefresh } from '../contract/hedge-refresh.ts';
import type { ForecastResult } from '../contract/forecast.ts';
import type { ForecastCoverage } from '../contract/forecast-coverage.ts';
import type { ParsedInputOf } from '../contract/contract.ts';
import type { HedgeResult } from '../contract/hedge.ts';
import type { HedgeSurvival, PolicyComparison } from '../contract/policy.ts';
import type { OutlookWish } from '../contract/report-outlook.ts';
import type { RequirementResult } from '../contract/requirement.ts';
import type { WarningStudy } from '../contract/replay.ts';
import type { RuleSetComparison } from '../contract/rule-set.ts';
import type { FeedbackResult } from '../contract/feedback.ts';
import type { PhaseMap } from '../contract/phase-map.ts';
import type { PartitionResult } from '../contract/surplus.ts';
import type { TriggerResult } from '../contract/trigger.ts';
import type { TransfersResult } from '../contract/transfers.ts';
import { fail, succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import type { RecordedWindow } from '../domain/recorded-window.ts';
import type { TransferTerms } from '../domain/system.ts';
import type { BareReplay } from './replay/replay-book.ts';
import type { KnownWhatIf } from './what-if/known-what-if.ts';

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

/** What is computed from the open book and kept until it changes, by topic. */
export type Results = {
  readonly analysis: AnalysisResult;
  readonly hedge: HedgeResult;
  readonly alternatives: HedgeAlternatives;
  readonly refresh: HedgeRefresh;
  /** What each kept suggestion was asked with. */
  readonly hedgeWish: Omit<ParsedInputOf<'hedge.suggest'>, 'runId'>;
  readonly requirement: RequirementResult;
  readonly ruleSet: RuleSetComparison;
  readonly replay: BareReplay;
  /** The prices of each kept replay, and of each kept backtest with the hours between its decisions. */
  readonly replayedWindow: RecordedWindow;
  readonly backtestedWindow: { readonly window: RecordedWindow; readonly everyHours: number };
  readonly warnings: WarningStudy;
  readonly backtest: BacktestWindow;
  readonly partition: PartitionResult;
  readonly feedback: FeedbackResult;
  readonly policy: PolicyComparison;
  readonly survival: HedgeSurvival;
  readonly contagion: FailureResult;
  readonly transfers: TransfersResult;
  /** Single cascades, fans and phase maps of the Stress screen. */
  readonly cascade: OutputOf<'analysis.cascade'>;
  readonly fan: FanResult;
  readonly phaseMap: PhaseMap;
  readonly forecast: ForecastResult;
  /** What each kept forecast was asked with. */
  readonly forecastWish: NonNullable<OutlookWish['forecast']>;
  readonly trigger: TriggerResult;
  readonly forecastCoverage: ForecastCoverage;
  /** Hypothetical books by their id, and the blotter as it was last told. */
  readonly whatIf: KnownWhatIf;
  readonly blotter: Blotter;
};

/** The last few results of every topic. */
export type Slots = { readonly [Topic in keyof Results]: SlotOf<Results[Topic]> };

/** The open book and the things derived from it, shared by the services of one process. */
export type Session = Slots & {
  /** How fast collateral leaves venues and issuers; the same for every book. */
  readonly transferTerms?: TransferTerms;
  /** Fails with 'notFound' when no book is open. */
  readonly book: () => Result<OpenBook>;
  /** Opens a book and closes the former one; a failure leaves the former one open. */
  readonly open: (path: string) => Result<OpenBook>;
  /** Creates a book, opens it and closes the former one; `start` is a name for an empty book, or what it starts with. */
  readonly create: (path: string, start: string | BookSeed) => Result<OpenBook>;
  readonly announce: (event: AppEvent) => void;
  /** To be called after any change of the book or its market: announces 'book.changed', and drops the slots unless the digest is as it was. */
  readonly changed: () => void;
  /** Closes the open book, if any. */
  readonly close: () => void;
};

/** Results kept per slot: enough to go back and forth between a few shocks. */
const resultsKept = 8;

/** Where events go, and how fast collateral leaves venues and issuers where that is known. */
type SessionSetting = { readonly announce: (event: AppEvent) => void; readonly transferTerms?: TransferTerms };

/** A session without a book; `announce` hands an event to every listener of the host. */
export function createSession({ announce, transferTerms }: SessionSetting): Session {
  let current: OpenBook | null = null;
  const slots = createSlots();
  let digestSeen: string | null = null;
  const clear = (): void => Object.values(slots).forEach((slot) => slot.clear());
  const changed = (): void => {
    const digest = current?.digest() ?? null;
    if (digest === null || digest !== digestSeen) clear();
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
    clear();
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
    ...(transferTerms === undefined ? {} : { transferTerms }),
    ...slots,
  };
}

function createSlots(): Slots {
  return {
    analysis: createSlot(),
    hedge: createSlot(),
    alternatives: createSlot(),
    refresh: createSlot(),
    hedgeWish: createSlot(),
    requirement: createSlot(),
    ruleSet: createSlot(),
    replay: createSlot(),
    replayedWindow: createSlot(),
    backtestedWindow: createSlot(),
    warnings: createSlot(),
    backtest: createSlot(),
    partition: createSlot(),
    feedback: createSlot(),
    policy: createSlot(),
    survival: createSlot(),
    contagion: createSlot(),
    transfers: createSlot(),
    cascade: createSlot(),
    fan: createSlot(),
    phaseMap: createSlot(),
    forecast: createSlot(),
    forecastWish: createSlot(),
    trigger: createSlot(),
    forecastCoverage: createSlot(),
    whatIf: createSlot(),
    blotter: createSlot(),
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

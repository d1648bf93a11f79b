import type { AnalysisResult, CascadeResult } from '../../contract/analysis.ts';
import type { BacktestWindow } from '../../contract/backtest.ts';
import type { Blotter } from '../../contract/blotter.ts';
import type { FanResult } from '../../contract/cascade-fan.ts';
import type { Cell } from '../../contract/cell.ts';
import type { FailureResult } from '../../contract/contagion.ts';
import type { FeedbackResult } from '../../contract/feedback.ts';
import type { HedgeAlternatives } from '../../contract/hedge-alternatives.ts';
import type { HedgeRefresh } from '../../contract/hedge-refresh.ts';
import type { ForecastResult } from '../../contract/forecast.ts';
import type { HedgeResult } from '../../contract/hedge.ts';
import type { HedgeSurvival, PolicyComparison } from '../../contract/policy.ts';
import type { PhaseMap } from '../../contract/phase-map.ts';
import type { RequirementResult } from '../../contract/requirement.ts';
import type { WarningStudy } from '../../contract/replay.ts';
import type { RuleSetComparison } from '../../contract/rule-set.ts';
import type { PartitionResult } from '../../contract/surplus.ts';
import type { TriggerResult } from '../../contract/trigger.ts';
import type { TransfersResult } from '../../contract/transfers.ts';
import { fail } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import type { KnownWhatIf } from '../what-if/known-what-if.ts';
import type { BareReplay } from '../replay/replay-book.ts';

/** The last results of the open book; a hedge, how requirements move, or a comparison of rules may not have been asked for yet. */
export type KnownResults = {
  readonly analysis: AnalysisResult;
  readonly hedge: HedgeResult | null;
  /** The comparison made last, and the standing suggestion as it was last solved again. */
  readonly alternatives: HedgeAlternatives | null;
  readonly refresh: HedgeRefresh | null;
  readonly requirement: RequirementResult | null;
  readonly ruleSet: RuleSetComparison | null;
  /** The window replayed last, and the study of daily prices. */
  readonly replay: BareReplay | null;
  readonly warnings: WarningStudy | null;
  readonly partition: PartitionResult | null;
  readonly feedback: FeedbackResult | null;
  readonly policy: PolicyComparison | null;
  readonly survival: HedgeSurvival | null;
  /** Failures and plans that are kept, oldest first: a screen goes back and forth between a few. */
  readonly contagion: readonly FailureResult[];
  readonly transfers: readonly TransfersResult[];
  /** Cascades, fans and phase maps of the Stress screen that are kept, oldest first. */
  readonly cascades: readonly CascadeResult[];
  readonly fans: readonly FanResult[];
  readonly phaseMaps: readonly PhaseMap[];
  /** The windows backtested, oldest first. */
  readonly backtests: readonly BacktestWindow[];
  /** Forecasts and trials of trigger orders, the one asked for last at the end. */
  readonly forecasts: readonly ForecastResult[];
  readonly triggers: readonly TriggerResult[];
  /** Hypothetical books of which something is known, and the blotter as it was last told. */
  readonly whatIfs: readonly KnownWhatIf[];
  readonly blotter: Blotter | null;
};

/** A number that went into another one, as text, and where it comes from. */
export type ExplainedInput = { readonly name: string; readonly value: string; readonly source: string };

/** One number of a result with what it was made of. `worked` is the formula with its values; for a failure, the reason. */
export type ExplainedNumber = {
  readonly subject: string;
  readonly value: Cell;
  readonly worked: string;
  /** At most six, most telling first. */
  readonly inputs: readonly ExplainedInput[];
  /** What holds for this very number, besides the metric's own notes. */
  readonly notes?: readonly string[];
};

/**
 * A number that can be asked about. `id` is the path of its field in the contract; `aliases` are other names under which a screen asks.
 * `find` looks the number up; the subject is the id of an account, position, venue, leg and so on.
 */
export type Metric = {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly unit: string;
  readonly definition: string;
  readonly formula: string;
  readonly notes: readonly string[];
  readonly find: (known: KnownResults, subjectId: string | undefined) => Result<ExplainedNumber>;
};

/** Finds an element by its id, or says which kind of thing is unknown. */
export function lookUp<T>(items: readonly T[], isIt: (item: T) => boolean, what: string): Result<T> {
  const found = items.find(isIt);
  if (found !== undefined) return { ok: true, value: found };
  return fail('notFound', `${what} is not in the last result`, { remedy: 'Run the analysis again if it was added since.' });
}

/** Which of several kept answers a subject means: it begins with the answer's key, as `keyOf` makes it, and a space. */
export type AskedOf<T> = { readonly subjectId: string | undefined; readonly keyOf: (result: T) => string; readonly screen: string };

/** The kept answer a subject names, newest first, and what follows its key. */
export function askedResult<T>(
  kept: readonly T[],
  { subjectId, keyOf, screen }: AskedOf<T>,
): Result<{ readonly result: T; readonly rest: string }> {
  const result = kept.toReversed().find((each) => subjectId?.startsWith(`${keyOf(each)} `) === true);
  if (result !== undefined) return { ok: true, value: { result, rest: subjectId?.slice(keyOf(result).length + 1) ?? '' } };
  return fail('notFound', 'this answer is no longer kept, or the book has changed since', {
    remedy: `Ask for it again on the ${screen} screen.`,
  });
}

/** Applies a function to a found element. */
export function answerFrom<T>(found: Result<T>, answer: (value: T) => ExplainedNumber): Result<ExplainedNumber> {
  return found.ok ? { ok: true, value: answer(found.value) } : found;
}

/** A metric of the whole analysis, which has no other subject than the book. */
export function analysisMetric(
  metric: Omit<Metric, 'find'>,
  explain: (analysis: AnalysisResult) => Omit<ExplainedNumber, 'subject'>,
): Metric {
  return { ...metric, find: ({ analysis }) => ({ ok: true, value: { subject: analysis.bookName, ...explain(analysis) } }) };
}

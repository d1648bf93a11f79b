import { useCallback, useMemo, useRef, useState } from 'react';
import type { AnalysisResult, CascadeResult } from '../../../main/contract/analysis.ts';
import type { CascadeAssumptions, Shock } from '../../../main/domain/scenario.ts';
import { useJob } from '../../client/queries.ts';
import { notifyFailure } from '../../parts/notify.tsx';

/** What is asked of one cascade: the shock and what is assumed besides it. */
export type StressQuestion = { readonly shock: Shock; readonly assumptions: CascadeAssumptions };

type Answer = { readonly question: StressQuestion; readonly cascade: CascadeResult };

/** The stress that is shown and the way to another one. */
export type Stress = {
  /** What is shown, or being computed. */
  readonly question: StressQuestion;
  /** What the analysis itself asked. */
  readonly reference: StressQuestion;
  readonly cascade: CascadeResult;
  /** The analysis' own cascade is shown: explanations belong to it. */
  readonly isReference: boolean;
  /** The assumptions differ from the ones behind the heatmap. */
  readonly isHeatElsewhere: boolean;
  readonly runId: string | null;
  readonly ask: (change: Partial<StressQuestion>) => void;
  readonly reset: () => void;
  /** Asks what was asked before the last change; null where nothing was changed. */
  readonly undo: (() => void) | null;
};

/** Questions that can be taken back one by one. */
const MOST_UNDONE = 50;

/**
 * Runs single cascades beside the analysis: the last good one stays until the next is there; a failure or cancel keeps it. Only the latest
 * question is answered: an older one is cancelled, and its answer dropped should it still arrive. Mount it anew for another analysis.
 */
export function useStress(analysis: AnalysisResult): Stress {
  const reference = useMemo(
    (): StressQuestion => ({ shock: analysis.cascade.shock, assumptions: analysis.cascade.assumptions }),
    [analysis],
  );
  const [asked, setAsked] = useState<StressQuestion | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [former, setFormer] = useState<readonly StressQuestion[]>([]);
  const latest = useRef<StressQuestion>(reference);
  const { runId, start, cancel } = useJob('analysis.cascade');
  const question = asked ?? answer?.question ?? reference;
  const { cascade } = answer ?? analysis;
  const run = useCallback(
    (next: StressQuestion) => {
      cancel();
      latest.current = next;
      if (isSameQuestion(next, reference)) {
        setAsked(null);
        setAnswer(null);
        return;
      }
      setAsked(next);
      void start({ scenarioSetId: analysis.scenarioSetId, shock: next.shock, cascade: next.assumptions }).then((result) => {
        if (latest.current !== next) return;
        setAsked(null);
        if (result.ok) setAnswer({ question: next, cascade: result.value.cascade });
        else if (result.failure.reason !== 'cancelled') notifyFailure(result.failure);
      });
    },
    [reference, analysis, start, cancel],
  );
  const ask = useCallback(
    (change: Partial<StressQuestion>) => {
      const next = { ...question, ...change };
      if (isSameQuestion(next, question)) return;
      setFormer((list) => [...list, question].slice(-MOST_UNDONE));
      run(next);
    },
    [question, run],
  );
  const last = former[former.length - 1];
  const undo = useCallback(() => {
    if (last === undefined) return;
    setFormer((list) => list.slice(0, -1));
    run(last);
  }, [last, run]);
  const reset = useCallback(() => ask(reference), [ask, reference]);
  return {
    question,
    reference,
    cascade,
    isReference: answer === null,
    isHeatElsewhere: !isSameQuestion({ ...question, shock: reference.shock }, reference),
    runId,
    ask,
    reset,
    undo: last === undefined ? null : undo,
  };
}

/** Whether two questions ask for the same cascade. */
export function isSameQuestion(a: StressQuestion, b: StressQuestion): boolean {
  const keys = new Set([...Object.keys(a.assumptions), ...Object.keys(b.assumptions)]) as Set<keyof CascadeAssumptions>;
  return (
    isSameShock(a.shock, b.shock) && [...keys].every((key) => JSON.stringify(a.assumptions[key]) === JSON.stringify(b.assumptions[key]))
  );
}

/** Whether two shocks move everything alike. */
export function isSameShock(a: Shock, b: Shock): boolean {
  const drivers = new Set([...Object.keys(a.moves), ...Object.keys(b.moves)]);
  return (
    [...drivers].every((driver) => Math.abs((a.moves[driver] ?? 0) - (b.moves[driver] ?? 0)) < 1e-9) &&
    Math.abs(a.volatilityShift - b.volatilityShift) < 1e-9
  );
}

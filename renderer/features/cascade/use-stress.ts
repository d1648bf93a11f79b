import { useCallback, useMemo, useState } from 'react';
import type { AnalysisResult, CascadeResult, SurplusResult } from '../../../main/contract/analysis.ts';
import type { CascadeAssumptions, Shock } from '../../../main/domain/scenario.ts';
import { useJob } from '../../client/queries.ts';
import { notifyFailure } from '../../parts/notify.tsx';

/** What is asked of one cascade: the shock and what is assumed besides it. */
export type StressQuestion = { readonly shock: Shock; readonly assumptions: CascadeAssumptions };

type Answer = { readonly question: StressQuestion; readonly cascade: CascadeResult; readonly surplus: SurplusResult };

/** The stress that is shown and the way to another one. */
export type Stress = {
  /** What is shown, or being computed. */
  readonly question: StressQuestion;
  readonly cascade: CascadeResult;
  readonly surplus: SurplusResult;
  /** The analysis' own cascade is shown: explanations belong to it. */
  readonly isReference: boolean;
  /** The assumptions differ from the ones behind the heatmap. */
  readonly isHeatElsewhere: boolean;
  readonly runId: string | null;
  readonly ask: (change: Partial<StressQuestion>) => void;
  readonly reset: () => void;
};

/** Runs single cascades beside the analysis: the last good one stays until the next is there; a failure or cancel keeps it. Mount it anew for another analysis. */
export function useStress(analysis: AnalysisResult): Stress {
  const reference = useMemo(
    (): StressQuestion => ({ shock: analysis.cascade.shock, assumptions: analysis.cascade.assumptions }),
    [analysis],
  );
  const [asked, setAsked] = useState<StressQuestion | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { runId, start, cancel } = useJob('analysis.cascade');
  const question = asked ?? answer?.question ?? reference;
  const { cascade, surplus } = answer ?? analysis;
  const ask = useCallback(
    (change: Partial<StressQuestion>) => {
      const next = { ...question, ...change };
      cancel();
      if (isSame(next, reference)) {
        setAsked(null);
        setAnswer(null);
        return;
      }
      setAsked(next);
      void start({ scenarioSetId: analysis.scenarioSetId, shock: next.shock, cascade: next.assumptions }).then((result) => {
        setAsked((current) => (current === next ? null : current));
        if (result.ok) setAnswer({ question: next, ...result.value });
        else if (result.failure.reason !== 'cancelled') notifyFailure(result.failure);
      });
    },
    [question, reference, analysis, start, cancel],
  );
  const reset = useCallback(() => ask(reference), [ask, reference]);
  return {
    question,
    cascade,
    surplus,
    isReference: answer === null,
    isHeatElsewhere: !isSame({ ...question, shock: reference.shock }, reference),
    runId,
    ask,
    reset,
  };
}

function isSame(a: StressQuestion, b: StressQuestion): boolean {
  const drivers = new Set([...Object.keys(a.shock.moves), ...Object.keys(b.shock.moves)]);
  return (
    [...drivers].every((driver) => Math.abs((a.shock.moves[driver] ?? 0) - (b.shock.moves[driver] ?? 0)) < 1e-9) &&
    Math.abs(a.shock.volatilityShift - b.shock.volatilityShift) < 1e-9 &&
    a.assumptions.depthThinningFraction === b.assumptions.depthThinningFraction &&
    a.assumptions.maxRounds === b.assumptions.maxRounds &&
    a.assumptions.includeCrowd === b.assumptions.includeCrowd
  );
}

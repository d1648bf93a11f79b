import { useCallback, useMemo, useRef, useState } from 'react';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import { useJob } from '../../client/queries.ts';
import { notifyFailure } from '../../parts/notify.tsx';
import type { HedgeEffect, HedgeMeasures } from './hedge-rows.ts';

/** The chosen legs and what they do together. */
export type Evaluation = {
  readonly chosen: ReadonlySet<string>;
  readonly measures: HedgeMeasures;
  readonly effects: readonly HedgeEffect[];
  /** The figures belong to the former choice: they are shown hatched. */
  readonly isWaiting: boolean;
  readonly runId: string | null;
  readonly toggle: (legId: string) => void;
  readonly chooseAll: (isChosen: boolean) => void;
};

type Answer = { readonly key: string; readonly measures: HedgeMeasures; readonly effects: readonly HedgeEffect[] };

/**
 * Re-prices a suggestion for a subset of its legs. All of them and none of them are known from the suggestion itself; every
 * other subset runs the full cascade again. A newer choice stops the run of the former one. Mount it
 * anew for another suggestion.
 */
export function useEvaluation(hedge: HedgeResult): Evaluation {
  const all = useMemo(() => new Set(hedge.legs.map((leg) => leg.id)), [hedge]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(all);
  const [answer, setAnswer] = useState<Answer>(() => answerOfAll(hedge));
  const wanted = useRef(keyOf(all));
  const { start, cancel, runId } = useJob('hedge.evaluate');
  const choose = useCallback(
    (next: ReadonlySet<string>) => {
      const key = keyOf(next);
      wanted.current = key;
      setChosen(next);
      cancel();
      const known = next.size === all.size ? answerOfAll(hedge) : next.size === 0 ? answerOfNone(hedge) : null;
      if (known !== null) {
        setAnswer(known);
        return;
      }
      void start({ legIds: hedge.legs.map((leg) => leg.id).filter((id) => next.has(id)) }).then((result) => {
        if (wanted.current !== key) return;
        if (result.ok) setAnswer({ key, measures: result.value.measures, effects: result.value.accounts });
        else if (result.failure.reason !== 'cancelled') notifyFailure(result.failure);
      });
    },
    [all, hedge, start, cancel],
  );
  const toggle = useCallback(
    (legId: string) => {
      const next = new Set(chosen);
      if (!next.delete(legId)) next.add(legId);
      choose(next);
    },
    [chosen, choose],
  );
  const chooseAll = useCallback((isChosen: boolean) => choose(isChosen ? all : new Set()), [all, choose]);
  return { chosen, measures: answer.measures, effects: answer.effects, isWaiting: answer.key !== keyOf(chosen), runId, toggle, chooseAll };
}

function keyOf(chosen: ReadonlySet<string>): string {
  return [...chosen].toSorted().join(' ');
}

function answerOfAll(hedge: HedgeResult): Answer {
  return { key: keyOf(new Set(hedge.legs.map((leg) => leg.id))), measures: hedge.after, effects: hedge.accounts };
}

function answerOfNone(hedge: HedgeResult): Answer {
  const effects = hedge.accounts.map((effect) => ({
    ...effect,
    jointMoveAfter: effect.jointMoveBefore,
    excessAfterUsd: effect.excessBeforeUsd,
    fallsAfter: effect.fallsBefore,
  }));
  return { key: '', measures: hedge.before, effects };
}

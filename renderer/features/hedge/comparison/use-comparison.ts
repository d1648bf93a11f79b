import { useCallback } from 'react';
import { type HedgeWish, useAlternatives, useHedge } from '../../../client/queries.ts';

/** The comparison, and how a row or a point of it becomes the suggestion of the screen. */
export type Comparison = ReturnType<typeof useAlternatives> & {
  /** What the suggestion shown was asked with; null = none is shown. */
  readonly shownWish: HedgeWish | null;
  /** Compares at the confidence and within the limits of the suggestion shown. */
  readonly start: () => void;
  readonly load: (wish: HedgeWish) => void;
};

/** The one comparison of the window, shared by the table and the frontier. */
export function useComparison(): Comparison {
  const alternatives = useAlternatives();
  const { value: hedge, wish, suggest } = useHedge();
  const { compare } = alternatives;
  const confidence = hedge?.confidence ?? wish?.confidence;
  const limits = wish?.limits;
  const start = useCallback(() => {
    // Deleveraging alone is one of the alternatives, not a limit of all of them.
    const { onlyReducing: _, ...shared } = limits ?? {};
    const hasLimits = Object.keys(shared).length > 0;
    compare({ ...(confidence === undefined ? {} : { confidence }), ...(hasLimits ? { limits: shared } : {}) });
  }, [compare, confidence, limits]);
  const comparedAt = alternatives.value?.confidence;
  const load = useCallback(
    (next: HedgeWish) => suggest({ ...next, ...(comparedAt === undefined ? {} : { confidence: comparedAt }) }),
    [suggest, comparedAt],
  );
  return { ...alternatives, shownWish: hedge === null ? null : wish, start, load };
}

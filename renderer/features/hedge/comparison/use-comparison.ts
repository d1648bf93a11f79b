import { useCallback, useMemo } from 'react';
import { type HedgeWish, useAlternatives, useHedge } from '../../../client/queries.ts';
import { isSameWish } from './alternative-rows.ts';

/** The comparison, and how a row or a point of it becomes the suggestion of the screen. */
export type Comparison = ReturnType<typeof useAlternatives> & {
  /** What the suggestion shown was asked with; null = none is shown. */
  readonly shownWish: HedgeWish | null;
  /** Compares at the confidence, within the limits and with the lost hedges of the suggestion shown. */
  readonly start: () => void;
  /** Whether the comparison was made with those. */
  readonly isCurrent: boolean;
  readonly load: (wish: HedgeWish) => void;
};

/** The one comparison of the window, shared by the table and the frontier. */
export function useComparison(): Comparison {
  const alternatives = useAlternatives();
  const { value: hedge, wish, suggest } = useHedge();
  const { compare } = alternatives;
  const confidence = hedge?.confidence ?? wish?.confidence;
  const limits = wish?.limits;
  const survival = wish?.survival;
  const wanted = useMemo(() => comparisonWish(confidence, { limits, survival }), [confidence, limits, survival]);
  const start = useCallback(() => compare(wanted), [compare, wanted]);
  const { value, wish: compared } = alternatives;
  const isCurrent = value === null || ((confidence ?? value.confidence) === value.confidence && isSameWish({ ...compared }, wanted));
  const comparedAt = alternatives.value?.confidence;
  const load = useCallback(
    (next: HedgeWish) => suggest({ ...next, ...(comparedAt === undefined ? {} : { confidence: comparedAt }) }),
    [suggest, comparedAt],
  );
  return { ...alternatives, shownWish: hedge === null ? null : wish, start, isCurrent, load };
}

/** Deleveraging alone is one of the alternatives, not a limit of all of them. */
function comparisonWish(
  confidence: number | undefined,
  { limits, survival }: { readonly limits: HedgeWish['limits']; readonly survival: HedgeWish['survival'] },
): Pick<HedgeWish, 'confidence' | 'limits' | 'survival'> {
  const { onlyReducing: _, ...shared } = limits ?? {};
  const hasLimits = Object.keys(shared).length > 0;
  return {
    ...(confidence === undefined ? {} : { confidence }),
    ...(hasLimits ? { limits: shared } : {}),
    ...(survival === undefined ? {} : { survival }),
  };
}

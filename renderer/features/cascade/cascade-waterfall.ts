import type { SurplusResult } from '../../../main/contract/analysis.ts';

/** One bar of the waterfall, USD: it spans from `fromUsd` to `toUsd` and says `amountUsd`. */
export type WaterfallRow = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'part' | 'sum' | 'surplus' | 'joint';
  readonly fromUsd: number;
  readonly toUsd: number;
  readonly amountUsd: number;
};

/**
 * Joint second-round loss against the sum of the venues alone: each part starts where the former ends, the surplus closes the
 * gap to the joint loss. Largest part first; venues that lose nothing alone are named in one row so that the sum still adds up.
 */
export function waterfallRows(surplus: SurplusResult): readonly WaterfallRow[] {
  const losing = surplus.parts
    .filter((part) => part.secondRoundLossUsd !== 0)
    .toSorted((a, b) => b.secondRoundLossUsd - a.secondRoundLossUsd || (a.venueId < b.venueId ? -1 : 1));
  let reachedUsd = 0;
  const parts = losing.map((part): WaterfallRow => {
    const fromUsd = reachedUsd;
    reachedUsd += part.secondRoundLossUsd;
    return { id: part.venueId, label: part.venueName, kind: 'part', fromUsd, toUsd: reachedUsd, amountUsd: part.secondRoundLossUsd };
  });
  const calm = surplus.parts.length - losing.length;
  const rest: readonly WaterfallRow[] =
    calm === 0
      ? []
      : [
          {
            id: '',
            label: calm === 1 ? '1 venue, no loss' : `${calm} venues, no loss`,
            kind: 'part',
            fromUsd: reachedUsd,
            toUsd: reachedUsd,
            amountUsd: 0,
          },
        ];
  return [
    ...parts,
    ...rest,
    { id: 'sum', label: 'Sum of parts', kind: 'sum', fromUsd: 0, toUsd: surplus.sumOfPartsUsd, amountUsd: surplus.sumOfPartsUsd },
    {
      id: 'surplus',
      label: 'Surplus',
      kind: 'surplus',
      fromUsd: surplus.sumOfPartsUsd,
      toUsd: surplus.jointUsd,
      amountUsd: surplus.surplusUsd,
    },
    { id: 'joint', label: 'Joint', kind: 'joint', fromUsd: 0, toUsd: surplus.jointUsd, amountUsd: surplus.jointUsd },
  ];
}

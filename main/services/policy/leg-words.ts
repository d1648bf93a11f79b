import type { HedgeLeg } from '../../contract/policy.ts';
import { figure, money, percent } from '../analysis/words.ts';
import type { LegGroup } from './hedge-legs.ts';

/** What became of one leg in the shock. */
export type LegFacts = {
  readonly group: LegGroup;
  readonly accountId: string;
  readonly venueName: string;
  readonly idealUsd: number;
  readonly executedUsd: number;
  readonly isClosed: boolean;
  readonly deleveragedShare: number;
  readonly fallenRound: number;
  readonly deleveragedRound: number;
  readonly aheadShare: number;
  readonly depegFraction: number;
};

/** The ways in which the leg can be lost: what happens in the shock, and what-ifs beside it. */
export function legThreats(facts: LegFacts): HedgeLeg['threats'] {
  const { group, accountId, venueName, idealUsd, executedUsd, isClosed, deleveragedShare, depegFraction } = facts;
  return [
    {
      kind: 'liquidated',
      isHappening: isClosed,
      keptUsd: isClosed ? executedUsd : idealUsd,
      because: isClosed ? `${accountId} falls in round ${facts.fallenRound} and is closed whole` : `${accountId} holds`,
    },
    {
      kind: 'deleveraged',
      isHappening: deleveragedShare > 0,
      keptUsd: deleveragedShare > 0 ? executedUsd : idealUsd,
      because: group.isDeleveraged ? queueWords(facts) : 'options are not auto-deleveraged in this model',
    },
    { kind: 'frozen', isHappening: false, keptUsd: 0, because: `if ${venueName} halts, the gain cannot be taken out while it lasts` },
    {
      kind: 'depegged',
      isHappening: false,
      keptUsd: executedUsd * (1 - depegFraction),
      because: `if ${group.settlementAssetId}, in which it is paid, is worth ${percent(depegFraction)} less`,
    },
  ];
}

function queueWords({ deleveragedShare, deleveragedRound, aheadShare }: LegFacts): string {
  const place = `${percent(aheadShare, 1)} of the assumed winners stand before it in the queue`;
  if (deleveragedShare === 0) return 'the move is too small, or its place in the queue too far back';
  const when = deleveragedRound === 0 ? 'with the shock' : `after round ${figure(deleveragedRound, 0)}`;
  return deleveragedShare < 1 ? `${percent(deleveragedShare, 1)} of it is closed, like of every winner` : `closed ${when}: ${place}`;
}

/** The fate of the leg and its reason, in one sentence. */
export function legSentence(facts: LegFacts): string {
  const { idealUsd, executedUsd, isClosed, deleveragedShare, accountId } = facts;
  const kept = `${money(executedUsd)} of ${money(idealUsd)} USD`;
  if (isClosed && deleveragedShare > 0) return `Deleveraged, then ${accountId} falls in round ${facts.fallenRound}; keeps ${kept}.`;
  if (isClosed) return `Liquidated: ${accountId} falls in round ${facts.fallenRound}; keeps ${kept}.`;
  if (deleveragedShare > 0) return `Taken away: ${queueWords(facts)}; keeps ${kept}.`;
  return `Kept whole: ${money(idealUsd)} USD.`;
}

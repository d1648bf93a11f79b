import type { AnalysisResult } from '../../../../main/contract/analysis.ts';
import type { FlowEnd, MoneyFlow } from '../../../../main/contract/root-causes.ts';

/** One end of a flow as it is drawn: a name that no other end has, and what kind of thing it is. */
export type FlowNode = { readonly name: string; readonly kind: FlowEnd['kind']; readonly usd: number };

/** One flow between two drawn ends, USD. */
export type FlowLink = { readonly source: string; readonly target: string; readonly usd: number };

/** Money of a round, ready to be drawn: every end once, with the larger of what comes in and what goes out. */
export function flowGraph(
  flows: readonly MoneyFlow[],
  analysis: Pick<AnalysisResult, 'accounts' | 'venues' | 'surplus'>,
): { readonly nodes: readonly FlowNode[]; readonly links: readonly FlowLink[] } {
  const venues = new Map<string, string>([
    ...analysis.surplus.parts.map((part) => [part.venueId, part.venueName] as const),
    ...analysis.venues.map((venue) => [venue.venueId, venue.venueName] as const),
  ]);
  const nameOf = (end: FlowEnd): string => endName(end, venues.get(end.id) ?? end.id);
  const ends = new Map<string, { kind: FlowEnd['kind']; inUsd: number; outUsd: number }>();
  const touch = (end: FlowEnd): { kind: FlowEnd['kind']; inUsd: number; outUsd: number } => {
    const name = nameOf(end);
    const known = ends.get(name) ?? { kind: end.kind, inUsd: 0, outUsd: 0 };
    ends.set(name, known);
    return known;
  };
  const links = flows.map(({ from, to, usd }) => {
    touch(from).outUsd += usd;
    touch(to).inUsd += usd;
    return { source: nameOf(from), target: nameOf(to), usd };
  });
  return { nodes: [...ends].map(([name, { kind, inUsd, outUsd }]) => ({ name, kind, usd: Math.max(inUsd, outUsd) })), links };
}

/** 'crowd at Aave v3', 'ETH market', 'repaid at Aave v3'. */
function endName({ kind, id }: FlowEnd, venueName: string): string {
  switch (kind) {
    case 'account':
      return id;
    case 'crowd':
      return `crowd at ${venueName}`;
    case 'market':
      return `${id} market`;
    case 'redemption':
      return `${id} redeemed`;
    case 'purchase':
      return `${id} bought`;
    case 'venue':
      return `repaid at ${venueName}`;
    case 'lost':
      return id;
  }
}

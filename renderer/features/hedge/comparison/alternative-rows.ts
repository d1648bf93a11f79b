import type { HedgeAlternative, HedgeAlternatives } from '../../../../main/contract/hedge-alternatives.ts';
import type { HedgeWish } from '../../../client/queries.ts';

/** A point of the frontier, or of a way to hedge that lies off it. Money in USD. */
export type FrontierPoint = {
  readonly name: string;
  readonly costUsd: number;
  readonly expectedShortfallUsd: number;
  readonly anyLiquidationFraction: number;
  /** What to ask for to get it as a suggestion; null = it is no program. */
  readonly wish: HedgeWish | null;
  readonly isOnFrontier: boolean;
  /** Whether it has a row in the comparison, and so a name of its own. */
  readonly isNamed: boolean;
};

/** Whether two wishes ask for the same legs; the confidence is that of the comparison. */
export function isSameWish(a: HedgeWish | null, b: HedgeWish | null): boolean {
  if (a === null || b === null) return false;
  const sorted = (part: object = {}): unknown => Object.entries(part).toSorted(([x], [y]) => (x < y ? -1 : 1));
  const plain = ({ budgetUsd, limits, survival }: HedgeWish): string =>
    JSON.stringify([budgetUsd ?? null, sorted(limits), sorted(survival)]);
  return plain(a) === plain(b);
}

/** The frontier's points by cost, then the alternatives that are not on it. */
export function frontierPoints({ frontier, alternatives }: HedgeAlternatives): readonly FrontierPoint[] {
  const shared = alternatives.find(({ id }) => id === 'program')?.wish;
  const onIt = frontier.map((point): FrontierPoint => {
    const named = alternatives.find(({ id }) => id === point.alternativeId);
    const asked = { ...shared, ...(point.budgetUsd === null ? {} : { budgetUsd: point.budgetUsd }) };
    return {
      ...point,
      name: named?.name ?? 'Program',
      wish: named === undefined ? asked : named.wish,
      isOnFrontier: true,
      isNamed: named !== undefined,
    };
  });
  const known = new Set(frontier.map((point) => point.alternativeId));
  return [...onIt, ...alternatives.filter(({ id }) => !known.has(id)).map((each) => besideIt(each))];
}

function besideIt({ name, measures, wish }: HedgeAlternative): FrontierPoint {
  const { costUsd, expectedShortfallUsd, anyLiquidationFraction } = measures;
  return { name, costUsd, expectedShortfallUsd, anyLiquidationFraction, wish, isOnFrontier: false, isNamed: true };
}

/** Index of the next point that can be loaded, walking by cost in the direction of `step`; the same where there is none. */
export function nextLoadable(points: readonly FrontierPoint[], from: number | null, step: 1 | -1): number | null {
  const order = points
    .map((point, index) => ({ ...point, index }))
    .filter((point) => point.wish !== null)
    .toSorted((a, b) => a.costUsd - b.costUsd);
  const at = order.findIndex((point) => point.index === from);
  if (at === -1) return (step === 1 ? order.at(0) : order.at(-1))?.index ?? null;
  return order[Math.max(0, Math.min(order.length - 1, at + step))]?.index ?? null;
}

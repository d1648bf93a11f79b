import type { NetworkResult } from '../../../main/contract/analysis.ts';
import { type Ellipse, pointOnEllipse, type Point, type Rect, TURN } from './network-geometry.ts';

type Node = NetworkResult['nodes'][number];
type Loop = NetworkResult['loops'][number];

/** Order of the kinds from left to right. */
export const kindRank: Readonly<Record<Node['kind'], number>> = { asset: 0, claim: 1, account: 2, pool: 3, venue: 4 };

/** A loop drawn as one ellipse; its members stand on it in walking order, clockwise. */
export type Ring = Ellipse & {
  readonly id: number;
  readonly region: Rect;
  readonly members: readonly { readonly id: string; readonly angle: number; readonly place: Point }[];
};

/** Room kept around a ring for the labels of its members, pixels. */
const LABEL_WIDTH = 104;
const LABEL_HEIGHT = 46;

/** Compares two texts by code unit: the same order on every machine and in every language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * One ring per loop whose members all are shown. The longest loop comes first, upper left; a second one lower right; from
 * three up they fill a band above the other nodes. The walk starts at the left with the member that is nearest to a base
 * asset, so the place of a ring does not depend on where its list begins.
 */
export function placeRings(
  loops: readonly Loop[],
  nodes: ReadonlyMap<string, Node>,
  stage: { width: number; height: number },
): readonly Ring[] {
  const shown = loops
    .filter((loop) => loop.members.length > 0 && loop.members.every((member) => nodes.has(member)))
    .toSorted(
      (a, b) => b.members.length - a.members.length || compareText(canonical(a.members, nodes).join(), canonical(b.members, nodes).join()),
    );
  const taken = new Set<string>();
  const disjoint = shown.filter((loop) => {
    const isFree = loop.members.every((member) => !taken.has(member));
    if (isFree) loop.members.forEach((member) => taken.add(member));
    return isFree;
  });
  return disjoint.map((loop, index) => ringIn(regionOf(index, disjoint.length, stage), loop.id, canonical(loop.members, nodes)));
}

/** The walking order turned so that it starts at the member of the lowest kind, then the lowest id. */
function canonical(members: readonly string[], nodes: ReadonlyMap<string, Node>): readonly string[] {
  const rank = (id: string) => kindRank[nodes.get(id)?.kind ?? 'venue'];
  const first = members.toSorted((a, b) => rank(a) - rank(b) || compareText(a, b))[0];
  const start = first === undefined ? 0 : members.indexOf(first);
  return [...members.slice(start), ...members.slice(0, start)];
}

function regionOf(index: number, count: number, { width, height }: { width: number; height: number }): Rect {
  if (count === 1) return { x: 0, y: 0, width: width * 0.6, height: height * 0.56 };
  if (count === 2) {
    return index === 0
      ? { x: 0, y: 0, width: width * 0.56, height: height * 0.5 }
      : { x: width * 0.56, y: height * 0.46, width: width * 0.44, height: height * 0.54 };
  }
  const columns = Math.ceil(Math.sqrt(count * 1.6));
  const rows = Math.ceil(count / columns);
  const band = height * (rows === 1 ? 0.46 : 0.62);
  return {
    x: ((index % columns) * width) / columns,
    y: (Math.floor(index / columns) * band) / rows,
    width: width / columns,
    height: band / rows,
  };
}

function ringIn(region: Rect, id: number, members: readonly string[]): Ring {
  const ellipse: Ellipse = {
    centerX: region.x + region.width / 2,
    centerY: region.y + region.height / 2,
    radiusX: Math.max(40, Math.min(region.width / 2 - LABEL_WIDTH, region.height * 1.1)),
    radiusY: Math.max(28, region.height / 2 - LABEL_HEIGHT),
  };
  const placed = members.map((member, index) => {
    const angle = TURN / 2 + (TURN * index) / members.length;
    return { id: member, angle, place: pointOnEllipse(ellipse, angle) };
  });
  return { ...ellipse, id, region, members: placed };
}

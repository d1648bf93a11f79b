import type { NetworkResult } from '../../../../main/contract/network.ts';
import { type Ellipse, pointOnEllipse, type Point, type Rect, TURN } from './geometry.ts';

type Node = NetworkResult['nodes'][number];
type Loop = NetworkResult['loops'][number];

/** Order of the kinds from left to right. */
export const kindRank: Readonly<Record<Node['kind'], number>> = {
  asset: 0,
  claim: 1,
  account: 2,
  pool: 3,
  venue: 4,
  issuer: 0,
  oracle: 0,
  chain: 0,
};

type RingMember = { readonly id: string; readonly angle: number; readonly place: Point };

/** A loop drawn as one ellipse; its members stand on it in walking order, clockwise. */
export type Ring = Ellipse & {
  readonly id: number;
  readonly region: Rect;
  readonly members: readonly RingMember[];
  /** Loops that share a part of the walk: what they have for themselves stands inside. */
  readonly inner: readonly { readonly id: number; readonly members: readonly RingMember[] }[];
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
 * asset, so the place of a ring does not depend on where its list begins. A loop that shares part of its walk with an earlier
 * one is drawn inside that ring.
 */
export function placeRings(
  loops: readonly Loop[],
  nodes: ReadonlyMap<string, Node>,
  stage: { width: number; height: number },
): readonly Ring[] {
  const shown = loops
    .filter((loop) => loop.members.length > 0 && loop.members.every((member) => nodes.has(member)))
    .toSorted(
      (a, b) =>
        b.members.length - a.members.length ||
        b.gain - a.gain ||
        compareText(canonical(a.members, nodes).join(), canonical(b.members, nodes).join()),
    );
  const taken = new Set<string>();
  const main: Loop[] = [];
  const shared: Loop[] = [];
  for (const loop of shown) {
    const isFree = loop.members.every((member) => !taken.has(member));
    (isFree ? main : shared).push(loop);
    if (isFree) loop.members.forEach((member) => taken.add(member));
  }
  const rings = main.map((loop, index) => ringIn(regionOf(index, main.length, stage), loop.id, canonical(loop.members, nodes)));
  return shared.reduce<readonly Ring[]>((done, loop) => withInner(done, loop), rings);
}

/** Size of the inner walks against the ring, first and second: the first leaves room for a label below it. */
const INNER_SCALES: readonly number[] = [0.3, 0.66];

/** Puts what a loop has for itself inside the ring with which it shares the rest; unchanged where it shares with none, or with several. */
function withInner(rings: readonly Ring[], loop: Loop): readonly Ring[] {
  const placed = new Set(
    rings.flatMap((ring) => [...ring.members, ...ring.inner.flatMap((inner) => inner.members)].map((member) => member.id)),
  );
  const own = loop.members.filter((member) => !placed.has(member));
  const host = rings.find((ring) =>
    loop.members.every((member) => own.includes(member) || ring.members.some((entry) => entry.id === member)),
  );
  const scale = INNER_SCALES[host?.inner.length ?? 0];
  if (host === undefined || scale === undefined || own.length === 0 || own.length === loop.members.length) return rings;
  const first = loop.members.findIndex((member, index) => own.includes(member) && !own.includes(loop.members.at(index - 1) ?? ''));
  const walk = [...loop.members.slice(first), ...loop.members.slice(0, first)];
  const angleOf = (id: string | undefined): number => host.members.find((member) => member.id === id)?.angle ?? 0;
  const from = angleOf(walk.at(-1));
  const span = (((angleOf(walk[own.length]) - from) % TURN) + TURN) % TURN || TURN;
  if (!walk.slice(0, own.length).every((member) => own.includes(member))) return rings;
  const ellipse = { ...host, radiusX: host.radiusX * scale, radiusY: host.radiusY * scale };
  const members = walk.slice(0, own.length).map((id, index) => {
    const angle = from + (span * (index + 1)) / (own.length + 1);
    return { id, angle, place: pointOnEllipse(ellipse, angle) };
  });
  return rings.map((ring) => (ring === host ? { ...ring, inner: [...ring.inner, { id: loop.id, members }] } : ring));
}

/** The walking order turned so that it starts at the member of the lowest kind, then the lowest id. */
export function canonical(members: readonly string[], nodes: ReadonlyMap<string, Node>): readonly string[] {
  const rank = (id: string) => kindRank[nodes.get(id)?.kind ?? 'venue'];
  const first = members.toSorted((a, b) => rank(a) - rank(b) || compareText(a, b))[0];
  const start = first === undefined ? 0 : members.indexOf(first);
  return [...members.slice(start), ...members.slice(0, start)];
}

function regionOf(index: number, count: number, { width, height }: { width: number; height: number }): Rect {
  if (count === 1) return { x: 0, y: 0, width: width * 0.6, height: height * 0.56 };
  if (count === 2) {
    return index === 0
      ? { x: 0, y: 0, width: width * 0.56, height: height * 0.54 }
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
  return { ...ellipse, id, region, members: placed, inner: [] };
}

import type { NetworkResult } from '../../../../main/contract/network.ts';
import { type Ellipse, type Point, pointOnEllipse, type Rect, TURN } from './geometry.ts';
import { canonical, compareText, type Ring } from './rings.ts';

type Node = NetworkResult['nodes'][number];
type Loop = NetworkResult['loops'][number];

/** A loop that shares the walk of another but for a stretch of its own. */
type Bundled = { readonly loop: Loop; readonly own: readonly string[]; readonly from: string; readonly to: string };
/** A ring to be and what stands inside it. */
export type Bundle = { readonly loop: Loop; readonly members: readonly string[]; readonly bundled: Bundled[] };

/** Between these shares of the ring stand the members that bundled loops have for themselves. */
const INNERMOST = 0.24;
const OUTERMOST = 0.86;
const LARGEST_PAD = 26;
const PAD_SHARE = 0.14;

/**
 * Loops of a large graph as rings that fill an area, each with room by the number of its members. A loop that shares all of its walk with
 * one ring but for one stretch has that stretch inside the ring: thousands of accounts that run the same loop stand in one. What is left
 * (a loop that shares with several rings) keeps its colour and is not drawn as a ring.
 */
export function bundleRings(bundles: readonly Bundle[], area: Rect): readonly Ring[] {
  const areas = divided(area, bundles.map(ringedCount));
  return bundles.map((bundle, index) => ringOf(bundle, areas[index] ?? area));
}

/** The rings of a graph, those with the most members first, and which loops each has inside. */
export function bundleLoops(loops: readonly Loop[], nodes: ReadonlyMap<string, Node>): readonly Bundle[] {
  return bundled(loops, nodes).toSorted((a, b) => ringedCount(b) - ringedCount(a));
}

/** Members that stand on or in a ring. */
export function ringedCount({ members, bundled: inside }: Bundle): number {
  return inside.reduce((sum, { own }) => sum + own.length, members.length);
}

function bundled(loops: readonly Loop[], nodes: ReadonlyMap<string, Node>): readonly Bundle[] {
  const shown = loops
    .filter((loop) => loop.members.length > 0 && loop.members.every((member) => nodes.has(member)))
    .map((loop) => ({ loop, members: canonical(loop.members, nodes) }))
    .toSorted(
      (a, b) => b.members.length - a.members.length || b.loop.gain - a.loop.gain || compareText(a.members.join(), b.members.join()),
    );
  const hostOf = new Map<string, Bundle>();
  const bundles: Bundle[] = [];
  const shared: typeof shown = [];
  for (const { loop, members } of shown) {
    if (members.some((member) => hostOf.has(member))) {
      shared.push({ loop, members });
      continue;
    }
    const bundle = { loop, members, bundled: [] };
    bundles.push(bundle);
    for (const member of members) hostOf.set(member, bundle);
  }
  const placed = new Set(hostOf.keys());
  for (const { loop, members } of shared) {
    const own = members.filter((member) => !placed.has(member));
    const hosts = new Set(members.flatMap((member) => hostOf.get(member) ?? []));
    const [host] = hosts;
    const first = members.findIndex((member, at) => own.includes(member) && !own.includes(members.at(at - 1) ?? ''));
    if (host === undefined || hosts.size > 1 || first < 0 || own.length === members.length) continue;
    const walk = [...members.slice(first), ...members.slice(0, first)];
    const [from, to] = [walk.at(-1) ?? '', walk[own.length] ?? ''];
    if (!walk.slice(0, own.length).every((member) => own.includes(member)) || !host.members.includes(from) || !host.members.includes(to))
      continue;
    host.bundled.push({ loop, own: walk.slice(0, own.length), from, to });
    for (const member of own) placed.add(member);
  }
  return bundles;
}

/** Cuts an area into one part per weight, largest weights first, always across its longer side, so that no part is a thin strip. */
function divided(area: Rect, weights: readonly number[]): readonly Rect[] {
  if (weights.length <= 1) return weights.map(() => area);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let cut = 0;
  let share = 0;
  while (cut < weights.length - 1 && share < total / 2) {
    share += weights[cut] ?? 0;
    cut += 1;
  }
  const part = share / total;
  const [first, second] =
    area.width >= area.height
      ? [
          { ...area, width: area.width * part },
          { ...area, x: area.x + area.width * part, width: area.width * (1 - part) },
        ]
      : [
          { ...area, height: area.height * part },
          { ...area, y: area.y + area.height * part, height: area.height * (1 - part) },
        ];
  return [...divided(first, weights.slice(0, cut)), ...divided(second, weights.slice(cut))];
}

function ringOf({ loop, members, bundled: inside }: Bundle, region: Rect): Ring {
  const pad = Math.min(LARGEST_PAD, PAD_SHARE * Math.min(region.width, region.height));
  const ellipse: Ellipse = {
    centerX: region.x + region.width / 2,
    centerY: region.y + region.height / 2,
    radiusX: region.width / 2 - pad,
    radiusY: region.height / 2 - pad,
  };
  const placed = members.map((id, index) => {
    const angle = TURN / 2 + (TURN * index) / members.length;
    return { id, angle, place: pointOnEllipse(ellipse, angle) };
  });
  const angleOf = new Map(placed.map(({ id, angle }) => [id, angle]));
  const stretches = Map.groupBy(inside, ({ from, to }) => `${from}\t${to}`);
  const inner = [...stretches.values()].flatMap((stretch) => placeStretch(ellipse, stretch, angleOf));
  return { ...ellipse, id: loop.id, region, members: placed, inner };
}

/** Puts what bundled loops have for themselves between the same two members, on rows of arcs inside the ring. */
function placeStretch(ellipse: Ellipse, stretch: readonly Bundled[], angleOf: ReadonlyMap<string, number>): Ring['inner'] {
  const count = stretch.reduce((sum, { own }) => sum + own.length, 0);
  const from = angleOf.get(stretch[0]?.from ?? '') ?? 0;
  const span = ((((angleOf.get(stretch[0]?.to ?? '') ?? 0) - from) % TURN) + TURN) % TURN || TURN;
  const depth = OUTERMOST - INNERMOST;
  const rows = Math.max(1, Math.round(Math.sqrt((count * depth) / (span * (INNERMOST + depth / 2)))));
  const across = Math.ceil(count / rows);
  let at = 0;
  const next = (id: string): Ring['members'][number] => {
    const angle = from + (span * ((at % across) + 1)) / (across + 1);
    const place = scaled(ellipse, angle, INNERMOST + (depth * (Math.floor(at / across) + 0.5)) / rows);
    at += 1;
    return { id, angle, place };
  };
  return stretch.map(({ loop, own }) => ({ id: loop.id, members: own.map(next) }));
}

function scaled(ellipse: Ellipse, angle: number, scale: number): Point {
  return pointOnEllipse({ ...ellipse, radiusX: ellipse.radiusX * scale, radiusY: ellipse.radiusY * scale }, angle);
}

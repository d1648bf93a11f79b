import type { Palette } from '../../chart/palette.ts';
import { isFailure } from '../../format/failure.ts';
import { fixed } from '../../format/number.ts';
import { arcPoints, type Point, pointOnEllipse, TURN } from './layout/geometry.ts';
import { MIDDLE_LINE, middleOf, type NetworkGraph, type NetworkLayout } from './layout/network-layout.ts';
import type { Ring } from './layout/rings.ts';

type Drawing = {
  readonly graph: NetworkGraph;
  readonly layout: NetworkLayout;
  readonly selectedId: string | null;
  readonly palette: Palette;
};

/** Room between the end of an arc and the node it points at, pixels. */
const CLEAR = 5;
const ARROW = 8;
/** Half width below which a ring has no room for labels beside its middle, pixels. */
const NARROW = 170;

/** Every loop as one ellipse: an arrowed arc per edge, its label inside the ring, name and gain in the middle. */
export function ringSeries(drawing: Drawing): object {
  return {
    type: 'custom',
    id: 'rings',
    coordinateSystem: 'none',
    silent: true,
    z: 2,
    data: drawing.layout.rings.map((ring) => ring.id),
    renderItem: (params: { readonly dataIndex: number }) => {
      const ring = drawing.layout.rings[params.dataIndex];
      return ring === undefined
        ? null
        : { type: 'group', children: [...ring.members.flatMap((_, index) => arcShapes(ring, index, drawing)), ...middle(ring, drawing)] };
    },
  };
}

function arcShapes(ring: Ring, index: number, { graph, layout, selectedId, palette }: Drawing): readonly object[] {
  const from = ring.members[index];
  const to = ring.members[(index + 1) % ring.members.length];
  if (from === undefined || to === undefined) return [];
  const isSelected = ring.members.some((member) => member.id === selectedId);
  const size = (id: string) => (layout.nodes.find((node) => node.id === id)?.size ?? 0) / 2 + CLEAR;
  const points = trimmed(arcPoints(ring, from.angle, to.angle), { start: size(from.id), end: size(to.id) });
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return [];
  const edge = graph.edges.find((entry) => entry.from === from.id && entry.to === to.id);
  const span = (((to.angle - from.angle) % TURN) + TURN) % TURN || TURN;
  return [
    {
      type: 'polyline',
      shape: { points: points.map(({ x, y }) => [x, y]) },
      style: { stroke: palette.watch, lineWidth: isSelected ? 2.5 : 1.75, fill: 'none' },
      silent: true,
    },
    { type: 'polygon', shape: { points: arrowHead(before, tip) }, style: { fill: palette.watch }, silent: true },
    ...(edge === undefined || edge.label === '' || edge.label === 'backs'
      ? []
      : [insideLabel(ring, from.angle + span / 2, { text: edge.label, palette })]),
  ];
}

/** Cuts a line at both ends by a length, so that it ends at the rim of its nodes. */
function trimmed(points: readonly Point[], cut: { readonly start: number; readonly end: number }): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  return points.filter(
    (point) => Math.hypot(point.x - first.x, point.y - first.y) >= cut.start && Math.hypot(point.x - last.x, point.y - last.y) >= cut.end,
  );
}

function arrowHead(before: Point, tip: Point): readonly (readonly [number, number])[] {
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [dx, dy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
  const base = { x: tip.x - dx * ARROW * 0.4, y: tip.y - dy * ARROW * 0.4 };
  const half = ARROW * 0.42;
  return [
    [base.x + dx * ARROW, base.y + dy * ARROW],
    [base.x - dy * half, base.y + dx * half],
    [base.x + dy * half, base.y - dx * half],
  ];
}

function insideLabel(ring: Ring, angle: number, { text, palette }: { readonly text: string; readonly palette: Palette }): object {
  const rim = pointOnEllipse(ring, angle);
  const cosine = Math.cos(angle);
  const isOutside = ring.inner.length > 0 || (Math.abs(cosine) > 0.85 && ring.radiusX < NARROW);
  const align = Math.abs(cosine) <= 0.3 ? 'center' : cosine > 0 === isOutside ? 'left' : 'right';
  // Beside the middle of a narrow ring there is no room inside: the label goes outside.
  const inward = isOutside ? -9 : 13;
  return {
    type: 'text',
    x: rim.x - Math.sign(cosine) * (align === 'center' ? 0 : inward),
    y: rim.y - Math.sin(angle) * inward,
    style: { text, fill: palette.watch, fontSize: 11, fontFamily: 'Inter Variable', align, verticalAlign: 'middle' },
    silent: true,
  };
}

/** Name and gain of the loop in the middle of its ring; a line for each where others are drawn inside it. */
function middle(ring: Ring, { graph, palette }: Drawing): readonly object[] {
  const room = middleOf(ring);
  const loops = [ring.id, ...ring.inner.map((inner) => inner.id)].flatMap((id) => graph.loops.filter((loop) => loop.id === id));
  const lines = loops.flatMap((loop) => {
    const turns = isFailure(loop.turns) ? 'never ends' : `${fixed(loop.turns, 1)} turns`;
    const gain = `gain ${fixed(loop.gain, 2)} · ${turns}`;
    return loops.length > 1 ? [`{name|${loop.name}} {gain|${gain}}`] : [`{name|${loop.name}}`, `{gain|${gain}}`];
  });
  const isEndless = loops.some((loop) => isFailure(loop.turns));
  const rich = {
    name: { fill: palette.text, fontSize: loops.length > 1 ? 11 : 12, fontWeight: 600, fontFamily: 'Inter Variable' },
    gain: {
      fill: isEndless ? palette.danger : palette.watch,
      fontSize: 11,
      fontWeight: 500,
      fontFamily: 'Inter Variable',
      padding: [0, 0, 0, loops.length > 1 ? 8 : 0],
    },
  };
  return lines.map((text, index) => ({
    type: 'text',
    x: ring.centerX,
    y: room.y + (index + 0.5) * MIDDLE_LINE,
    style: { text, rich, align: 'center', verticalAlign: 'middle' },
    silent: true,
  }));
}

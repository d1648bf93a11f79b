import type { Palette } from '../../chart/palette.ts';
import type { CurveSeries, ExcessCurves } from './account-curves.ts';

/** Least distance between two labels at the right border, and the room that a label is taken to need, pixels. */
const LINE = 13;
const CHARACTER = 6.4;

type Label = { readonly text: string; readonly x: number; readonly y: number };

/** Moves labels down, and at the bottom up again, until none is nearer than a line to the next. Keeps their order. */
export function spreadLabels(labels: readonly Label[], bottom: number): readonly Label[] {
  const ordered = labels.toSorted((a, b) => a.y - b.y);
  const down: number[] = [];
  for (const label of ordered) down.push(Math.max(label.y, (down.at(-1) ?? -Infinity) + LINE));
  const places = [...down];
  let limit = bottom;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    places[index] = Math.min(places[index] ?? bottom, limit);
    limit = (places[index] ?? bottom) - LINE;
  }
  return ordered.map((label, index) => ({ ...label, y: places[index] ?? label.y }));
}

/** Of labels along the upper or lower border the ones that do not run into the one before. */
export function withoutOverlap(labels: readonly Label[]): readonly Label[] {
  let free = -Infinity;
  return labels
    .toSorted((a, b) => a.x - b.x)
    .filter((label) => {
      if (label.x < free) return false;
      free = label.x + label.text.length * CHARACTER + 8;
      return true;
    });
}

type Frame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type DrawApi = { readonly coord: (point: readonly [number, number]) => readonly [number, number] };

/** Name of every curve at its end: beside the right border, or inside where the curve leaves the range. */
export function endLabels(curves: ExcessCurves, palette: Palette): object {
  const named = curves.series.filter((series) => series.kind !== 'joint');
  return {
    type: 'custom',
    id: 'ends',
    silent: true,
    z: 7,
    clip: false,
    data: [[0, 0]],
    encode: { x: 0, y: 1 },
    tooltip: { show: false },
    renderItem: (params: { readonly coordSys: Frame }, api: DrawApi) => {
      const frame = params.coordSys;
      const right = frame.x + frame.width;
      const ends = named.flatMap((series) => endOf(series, api));
      const beside = spreadLabels(
        ends.filter((end) => end.x >= right - 1),
        frame.y + frame.height,
      );
      const inside = withoutOverlap(
        ends.filter((end) => end.x < right - 1).map((end) => ({ ...end, y: end.y < frame.y + frame.height / 2 ? end.y + 8 : end.y - 8 })),
      );
      return { type: 'group', children: [...beside, ...inside].map((label) => shape(label, curves, palette)) };
    },
  };
}

function endOf(series: CurveSeries, api: DrawApi): readonly Label[] {
  const last = series.points.findLast(([, excess]) => excess !== null);
  if (last === undefined || last[1] === null) return [];
  const [x, y] = api.coord([last[0], last[1]]);
  return [{ text: series.label, x, y }];
}

function shape(label: Label, curves: ExcessCurves, palette: Palette): object {
  const isThis = curves.series.some((series) => series.kind === 'this' && series.label === label.text);
  return {
    type: 'text',
    x: label.x + 6,
    y: label.y,
    silent: true,
    style: {
      text: label.text,
      fill: isThis ? palette.accent : palette.text3,
      fontSize: 11,
      fontWeight: isThis ? 600 : 400,
      fontFamily: 'Inter Variable',
      verticalAlign: 'middle',
    },
  };
}

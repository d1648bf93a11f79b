import { labelWidth } from '../layout/labels.ts';
import { type MapLook, placeOf } from './map-look.ts';
import type { MapScene } from './map-scene.ts';

const LINE = 14;
const GAP = 4;
/** Labels are not looked for beyond this many nodes on the screen: the largest have theirs by then. */
const MOST_TRIED = 1_500;
/** Side of the squares in which a text marks its place, pixels. */
const SQUARE = 7;
/** Size from which a node has its caption under its name, pixels. */
const CAPTIONED = 13;

/** Names what there is room for: the selection, what the pointer is on, rings, then the largest nodes on the screen. */
export function drawMapLabels(context: CanvasRenderingContext2D, scene: MapScene, look: MapLook): void {
  const taken = new Set<number>();
  const { palette } = look;
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.strokeStyle = palette.panel;
  const first = [look.selected, look.hovered].flatMap((node) => node ?? []);
  for (const node of first) writeNode(context, { scene, look, taken, node });
  writeRings(context, { scene, look, taken });
  let given = 0;
  let tried = 0;
  for (const node of scene.bySize) {
    if (given >= look.mostLabels || tried >= MOST_TRIED) break;
    const { x, y } = placeOf(scene, look.view, node);
    if (x < 0 || y < 0 || x > look.size.width || y > look.size.height || first.includes(node)) continue;
    tried += 1;
    if (writeNode(context, { scene, look, taken, node })) given += 1;
  }
}

type Writing = { readonly scene: MapScene; readonly look: MapLook; readonly taken: Set<number> };

/** Writes a name right of its node where nothing is written yet; whether it did. */
function writeNode(context: CanvasRenderingContext2D, { scene, look, taken, node }: Writing & { readonly node: number }): boolean {
  const entry = scene.nodes[node];
  if (entry === undefined) return false;
  const { x, y, size } = placeOf(scene, look.view, node);
  const isChosen = node === look.selected || node === look.hovered;
  const hasCaption = (size >= CAPTIONED || isChosen) && entry.caption !== '';
  const width = labelWidth(entry.label, hasCaption ? entry.caption : '');
  const isLeft = x + size / 2 + GAP + width > look.size.width;
  const left = isLeft ? x - size / 2 - GAP - width : x + size / 2 + GAP;
  const height = hasCaption ? 2 * LINE : LINE;
  if (!take(taken, { x: left, y: y - height / 2, width, height }) && !isChosen) return false;
  context.textAlign = 'left';
  context.font = '600 11px "Inter Variable"';
  context.fillStyle = look.palette.text;
  write(context, entry.label, { x: left, y: hasCaption ? y - LINE / 2 : y });
  if (!hasCaption) return true;
  context.font = '11px "Inter Variable"';
  context.fillStyle = look.palette.text3;
  write(context, entry.caption, { x: left, y: y + LINE / 2 });
  return true;
}

/** Names the rings that are wide enough for it, in their middle. */
function writeRings(context: CanvasRenderingContext2D, { scene, look, taken }: Writing): void {
  const { view, palette } = look;
  context.textAlign = 'center';
  context.font = '600 11px "Inter Variable"';
  context.fillStyle = palette.watch;
  for (const ring of scene.rings) {
    const width = labelWidth(ring.title, '');
    const [x, y] = [ring.centerX * view.scale + view.offsetX, ring.centerY * view.scale + view.offsetY];
    if (x < 0 || y < 0 || x > look.size.width || y > look.size.height || width > 2 * ring.radiusX * view.scale) continue;
    if (take(taken, { x: x - width / 2, y: y - LINE / 2, width, height: LINE })) write(context, ring.title, { x, y });
  }
}

function write(context: CanvasRenderingContext2D, text: string, { x, y }: { readonly x: number; readonly y: number }): void {
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Marks the squares under a text unless one of them is marked; whether it did. */
function take(taken: Set<number>, { x, y, width, height }: Box): boolean {
  const squares: number[] = [];
  for (let row = Math.floor(y / SQUARE); row <= (y + height) / SQUARE; row += 1)
    for (let column = Math.floor(x / SQUARE); column <= (x + width) / SQUARE; column += 1) {
      const square = row * 4096 + column;
      if (taken.has(square)) return false;
      squares.push(square);
    }
  for (const square of squares) taken.add(square);
  return true;
}

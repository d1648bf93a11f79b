import type { Palette } from '../../../chart/palette.ts';
import type { MapScene } from './map-scene.ts';
import { type MapView, seen } from './map-view.ts';

/** What the edges are drawn for. */
export type EdgeView = {
  readonly scene: MapScene;
  readonly view: MapView;
  readonly size: { readonly width: number; readonly height: number };
  readonly palette: Palette;
};

/** Edges that are drawn between two frames, and those that are stroked at once: the rasteriser sorts all lines of a path. */
const SLICE = 400;
const LINES_A_PATH = 200;
/** Opacity of all edges taken together, so that thousands do not become a wall. */
const EDGE_INK = 900;
const LOOP_INK = 60;
/** Of edges that lie in bundles between the same blocks, no more is to be seen than this many. */
const MOST_EDGES = 12_000;

/**
 * Drawn by the processor: thousands of thin lines are what a graphics card's canvas is slow at, by seconds where the card is a stand-in in
 * software, and the picture is moved as a whole afterwards.
 */
export const IN_MEMORY: CanvasRenderingContext2DSettings = { willReadFrequently: true };

type Layer = { readonly canvas: HTMLCanvasElement; readonly view: MapView };

/**
 * The edges of a map on a canvas of their own. Ten thousand lines take longer than a frame, so they are drawn a slice at a time while the
 * map is at rest; until they are ready, and while it moves, the last finished picture is shown, moved and scaled with the view.
 */
export class EdgeLayer {
  #shown: Layer | null = null;
  #frame = 0;

  /** Draws the edges anew, heaviest first, and tells when they are ready. Whatever was being drawn is given up. */
  rebuild(edges: EdgeView, onReady: () => void): void {
    this.stop();
    const ratio = window.devicePixelRatio;
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(edges.size.width * ratio));
    canvas.height = Math.max(1, Math.round(edges.size.height * ratio));
    const context = canvas.getContext('2d', IN_MEMORY);
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const count = Math.min(MOST_EDGES, edges.scene.from.length);
    const draw = (first: number): void => {
      strokeSlice(context, edges, { first, end: Math.min(count, first + SLICE) });
      // Reading a point draws what is only noted down until then: otherwise all slices would be drawn in one frame after all.
      context.getImageData(0, 0, 1, 1);
      if (first + SLICE < count) this.#frame = requestAnimationFrame(() => draw(first + SLICE));
      else {
        this.#shown = { canvas, view: edges.view };
        onReady();
      }
    };
    this.#frame = requestAnimationFrame(() => draw(0));
  }

  /** Stops drawing; what is finished stays. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  /** Forgets the edges of a former scene. */
  clear(): void {
    this.stop();
    this.#shown = null;
  }

  /** Puts the last finished picture where it belongs in a view. */
  paint(context: CanvasRenderingContext2D, view: MapView, size: EdgeView['size']): void {
    if (this.#shown === null) return;
    const { canvas, view: then } = this.#shown;
    const by = view.scale / then.scale;
    context.drawImage(canvas, view.offsetX - then.offsetX * by, view.offsetY - then.offsetY * by, size.width * by, size.height * by);
  }
}

type Slice = { readonly first: number; readonly end: number };

/** Strokes some of the edges, those of loops above the others of the slice. */
function strokeSlice(context: CanvasRenderingContext2D, edges: EdgeView, slice: Slice): void {
  const { scene, view, palette } = edges;
  for (const isLoop of [0, 1]) {
    const share = isLoop === 1 ? LOOP_INK / scene.loopEdges : EDGE_INK / scene.edges.length;
    context.globalAlpha = Math.max(0.1, Math.min(0.85, share * view.scale));
    context.strokeStyle = isLoop === 1 ? palette.watch : palette.lineStrong;
    context.lineWidth = 1;
    strokeLines(context, edges, { ...slice, isLoop });
  }
}

function strokeLines(
  context: CanvasRenderingContext2D,
  { scene, view, size }: EdgeView,
  { first, end, isLoop }: Slice & { readonly isLoop: number },
): void {
  const { x, y, from, to } = scene;
  const { scale, offsetX, offsetY } = view;
  const box = seen(view, size);
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  let lines = 0;
  context.beginPath();
  for (let edge = first; edge < end; edge += 1) {
    if (scene.isLoop[edge] !== isLoop) continue;
    const a = from[edge] ?? 0;
    const b = to[edge] ?? 0;
    const ax = x[a] ?? 0;
    const ay = y[a] ?? 0;
    const bx = x[b] ?? 0;
    const by = y[b] ?? 0;
    if ((ax < box.x && bx < box.x) || (ax > right && bx > right) || (ay < box.y && by < box.y) || (ay > bottom && by > bottom)) continue;
    context.moveTo(ax * scale + offsetX, ay * scale + offsetY);
    context.lineTo(bx * scale + offsetX, by * scale + offsetY);
    lines += 1;
    if (lines % LINES_A_PATH !== 0) continue;
    context.stroke();
    context.beginPath();
  }
  context.stroke();
}

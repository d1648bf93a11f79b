import type { Palette } from '../../../chart/palette.ts';
import type { Point } from '../layout/geometry.ts';
import { EdgeLayer, IN_MEMORY } from './edge-layer.ts';
import { drawMap } from './map-drawing.ts';
import { type Hits, makeHits } from './map-hits.ts';
import type { MapScene } from './map-scene.ts';
import { kept, type MapView, panned, revealed, WHOLE, zoomed } from './map-view.ts';

/** What the map shows, and whom it tells of clicks and of what the pointer is on. */
export type MapShown = {
  readonly scene: MapScene;
  readonly palette: Palette;
  readonly selected: number | null;
  /** Edges on the chain of the selection, as places in the scene. */
  readonly chain: readonly number[];
  readonly onPick: (node: number) => void;
  readonly onHover: (node: number | null, at: Point) => void;
};

/** Zoom of one turn of the wheel by a pixel, and the closest zoom: so many pixels for each node. */
const WHEEL = 0.0016;
const CLOSEST_ROOM = 150;
/** A press that moves less than this is a click, pixels. */
const CLICK = 4;
/** The map counts as at rest so long after the last movement, ms; then everything is drawn. */
const REST_MS = 140;
/** Labels while it moves, and at rest. */
const MOVING_LABELS = 30;
const RESTING_LABELS = 70;

/**
 * A canvas on which a scene is seen and moved about. It draws at most one frame per refresh of the screen, and only when something has
 * changed. The wheel zooms at the pointer, a drag moves, a click selects; edges and the smaller labels are drawn anew once it is at rest, so
 * that every frame is in time. `close` gives the canvas back.
 */
export class MapControl {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #observer: ResizeObserver;
  readonly #listening = new AbortController();
  readonly #edges = new EdgeLayer();
  #shown: MapShown | null = null;
  #hits: Hits = () => null;
  #view: MapView = WHOLE;
  #hovered: number | null = null;
  #frame = 0;
  #restTimer = 0;
  #isMoving = false;
  #drag: { readonly start: Point; last: Point; isClick: boolean } | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', IN_MEMORY);
    this.#observer = new ResizeObserver(() => this.#move(this.#view));
    this.#observer.observe(canvas);
    const { signal } = this.#listening;
    canvas.addEventListener('wheel', (event) => this.#turn(event), { passive: false, signal });
    canvas.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    canvas.addEventListener('pointermove', (event) => this.#point(pointOf(event)), { signal });
    canvas.addEventListener('pointerup', (event) => this.#release(pointOf(event)), { signal });
    canvas.addEventListener('pointerleave', (event) => this.#hover(null, pointOf(event)), { signal });
  }

  /** Shows something else: another scene from its whole, another selection so that it is on the screen. */
  show(next: MapShown): void {
    const former = this.#shown;
    this.#shown = next;
    if (former?.scene !== next.scene) {
      this.#hits = makeHits(next.scene);
      this.#hovered = null;
      this.#view = WHOLE;
      this.#edges.clear();
    }
    const node = next.selected;
    if (node !== null && (former?.scene !== next.scene || former.selected !== node))
      this.#view = revealed(this.#view, { x: next.scene.x[node] ?? 0, y: next.scene.y[node] ?? 0 }, this.#size());
    if (former?.scene !== next.scene || former.palette !== next.palette) this.#rest();
    this.#request();
  }

  /** Zooms at the middle of the screen. */
  zoom(factor: number): void {
    const { width, height } = this.#size();
    this.#zoomAt(factor, { x: width / 2, y: height / 2 });
  }

  /** Shows the whole stage. */
  whole(): void {
    this.#move(WHOLE);
  }

  close(): void {
    this.#listening.abort();
    this.#observer.disconnect();
    this.#edges.stop();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#restTimer);
  }

  #size(): { readonly width: number; readonly height: number } {
    return { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
  }

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const [canvas, context, shown] = [this.#canvas, this.#context, this.#shown];
    if (shown === null || context === null) return;
    const ratio = window.devicePixelRatio;
    const size = this.#size();
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    this.#edges.paint(context, this.#view, size);
    const mostLabels = this.#isMoving ? MOVING_LABELS : RESTING_LABELS;
    drawMap(context, shown.scene, { ...shown, mostLabels, view: this.#view, size, hovered: this.#hovered });
  }

  #move(next: MapView): void {
    this.#view = kept(next, this.#size());
    this.#isMoving = true;
    this.#edges.stop();
    clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => this.#rest(), REST_MS);
    this.#request();
  }

  /** Draws what takes longer than a frame. */
  #rest(): void {
    const [shown, size] = [this.#shown, this.#size()];
    this.#isMoving = false;
    if (shown === null || size.width === 0) return;
    this.#edges.rebuild({ ...shown, view: this.#view, size }, () => this.#request());
    this.#request();
  }

  #zoomAt(factor: number, at: Point): void {
    const { width, height } = this.#size();
    const room = Math.sqrt((width * height) / Math.max(1, this.#shown?.scene.x.length ?? 1));
    this.#move(zoomed(this.#view, factor, { ...at, mostScale: Math.max(2, CLOSEST_ROOM / room) }));
  }

  #turn(event: WheelEvent): void {
    event.preventDefault();
    this.#zoomAt(Math.exp(-event.deltaY * WHEEL), pointOf(event));
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#drag = { start: pointOf(event), last: pointOf(event), isClick: true };
  }

  #point(at: Point): void {
    const drag = this.#drag;
    if (drag === null) {
      this.#hover(this.#hits(at, this.#view), at);
      return;
    }
    drag.isClick &&= Math.hypot(at.x - drag.start.x, at.y - drag.start.y) < CLICK;
    if (!drag.isClick) {
      this.#hover(null, at);
      this.#move(panned(this.#view, { x: at.x - drag.last.x, y: at.y - drag.last.y }, this.#size()));
    }
    drag.last = at;
  }

  #release(at: Point): void {
    const node = this.#drag?.isClick === true ? this.#hits(at, this.#view) : null;
    this.#drag = null;
    if (node !== null) this.#shown?.onPick(node);
  }

  #hover(node: number | null, at: Point): void {
    if (node !== this.#hovered) {
      this.#hovered = node;
      this.#request();
    } else if (node === null) return;
    this.#shown?.onHover(node, at);
  }
}

/** Where on the canvas a pointer is: the map has no border and no padding. */
function pointOf(event: MouseEvent): Point {
  return { x: event.offsetX, y: event.offsetY };
}

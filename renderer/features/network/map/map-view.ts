import type { Point, Rect } from '../layout/geometry.ts';

/** What part of the stage is seen: place on the screen = place on the stage × scale + offset, pixels. */
export type MapView = { readonly scale: number; readonly offsetX: number; readonly offsetY: number };

/** The whole stage. */
export const WHOLE: MapView = { scale: 1, offsetX: 0, offsetY: 0 };

type Size = { readonly width: number; readonly height: number };

/** The view zoomed by a factor with one place on the screen held still; never smaller than the whole stage. */
export function zoomed(view: MapView, factor: number, hold: Point & { readonly mostScale: number }): MapView {
  const scale = Math.min(hold.mostScale, Math.max(1, view.scale * factor));
  const by = scale / view.scale;
  return { scale, offsetX: hold.x - (hold.x - view.offsetX) * by, offsetY: hold.y - (hold.y - view.offsetY) * by };
}

/** The view moved as far as the stage reaches: none of it is ever pushed off the screen. */
export function panned(view: MapView, by: Point, size: Size): MapView {
  return kept({ ...view, offsetX: view.offsetX + by.x, offsetY: view.offsetY + by.y }, size);
}

/** The view with the stage covering the screen. */
export function kept({ scale, offsetX, offsetY }: MapView, { width, height }: Size): MapView {
  return {
    scale,
    offsetX: Math.min(0, Math.max(width * (1 - scale), offsetX)),
    offsetY: Math.min(0, Math.max(height * (1 - scale), offsetY)),
  };
}

/** The view unchanged where it shows a place with room around it, else moved so that the place is in the middle. */
export function revealed(view: MapView, place: Point, size: Size): MapView {
  const [x, y] = [place.x * view.scale + view.offsetX, place.y * view.scale + view.offsetY];
  const isSeen = x > REVEAL && y > REVEAL && x < size.width - REVEAL && y < size.height - REVEAL;
  return isSeen ? view : panned(view, { x: size.width / 2 - x, y: size.height / 2 - y }, size);
}

/** Room around a place that is shown, pixels. */
const REVEAL = 24;

/** The part of the stage that is on the screen. */
export function seen({ scale, offsetX, offsetY }: MapView, { width, height }: Size): Rect {
  return { x: -offsetX / scale, y: -offsetY / scale, width: width / scale, height: height / scale };
}

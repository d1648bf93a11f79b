import type { Palette } from '../../../chart/palette.ts';
import type { MapScene } from './map-scene.ts';
import type { MapView } from './map-view.ts';

/** What a frame shows besides the scene. */
export type MapLook = {
  readonly view: MapView;
  readonly size: { readonly width: number; readonly height: number };
  readonly palette: Palette;
  readonly selected: number | null;
  readonly hovered: number | null;
  /** Edges on the chain of the selection, as places in the scene. */
  readonly chain: readonly number[];
  /** Most labels of this frame: less while the map moves. */
  readonly mostLabels: number;
};

/** Centre and size of a node on the screen. */
export function placeOf(scene: MapScene, view: MapView, node: number): { readonly x: number; readonly y: number; readonly size: number } {
  return {
    x: (scene.x[node] ?? 0) * view.scale + view.offsetX,
    y: (scene.y[node] ?? 0) * view.scale + view.offsetY,
    size: (scene.size[node] ?? 0) * symbolScale(scene, view),
  };
}

/** How large symbols are drawn against their full size: they grow with the zoom until they have room. */
export function symbolScale(scene: MapScene, view: MapView): number {
  return Math.min(1, scene.density * Math.sqrt(view.scale) * view.scale);
}

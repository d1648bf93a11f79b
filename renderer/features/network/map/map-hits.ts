import type { Point } from '../layout/geometry.ts';
import type { MapScene } from './map-scene.ts';
import type { MapView } from './map-view.ts';

/** Side of a bucket, pixels of the stage. */
const BUCKET = 32;
/** How far from a node a pointer still means it, pixels on the screen. */
const REACH = 14;

/** Finds the node under a pointer without looking at all of them. */
export type Hits = (point: Point, view: MapView) => number | null;

/** Sorts the nodes of a scene into buckets, and gives the search for the one nearest to a pointer; null where none is in reach. */
export function makeHits({ x, y, size, stage }: MapScene): Hits {
  const across = Math.max(1, Math.ceil(stage.width / BUCKET));
  const bucketAt = (column: number, row: number): number => row * across + column;
  const buckets = new Map<number, number[]>();
  x.forEach((_, node) => {
    const bucket = bucketAt(Math.floor((x[node] ?? 0) / BUCKET), Math.floor((y[node] ?? 0) / BUCKET));
    if (buckets.get(bucket)?.push(node) === undefined) buckets.set(bucket, [node]);
  });
  return (point, { scale, offsetX, offsetY }) => {
    const [px, py] = [(point.x - offsetX) / scale, (point.y - offsetY) / scale];
    const [column, row] = [Math.floor(px / BUCKET), Math.floor(py / BUCKET)];
    let best: number | null = null;
    let nearest = Infinity;
    for (let step = 0; step < 9; step += 1) {
      for (const node of buckets.get(bucketAt(column - 1 + (step % 3), row - 1 + Math.floor(step / 3))) ?? []) {
        const distance = Math.hypot((x[node] ?? 0) - px, (y[node] ?? 0) - py) * scale;
        if (distance < nearest && distance < Math.max(REACH, (size[node] ?? 0) / 2)) [nearest, best] = [distance, node];
      }
    }
    return best;
  };
}

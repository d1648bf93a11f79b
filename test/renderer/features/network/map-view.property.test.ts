import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeHits } from '../../../../renderer/features/network/map/map-hits.ts';
import { placeOf } from '../../../../renderer/features/network/map/map-look.ts';
import { makeScene } from '../../../../renderer/features/network/map/map-scene.ts';
import { kept, type MapView, panned, revealed, seen, WHOLE, zoomed } from '../../../../renderer/features/network/map/map-view.ts';
import { layoutMap } from '../../../../renderer/features/network/layout/map-layout.ts';
import { largeNetwork } from '../../../support/large-network.ts';

const size = { width: 1000, height: 500 };
const somePlace = fc.record({ x: fc.integer({ min: 0, max: 1000 }), y: fc.integer({ min: 0, max: 500 }) });
const someView = fc
  .record({ factor: fc.double({ min: 1, max: 12, noNaN: true }), hold: somePlace, by: somePlace })
  .map(({ factor, hold, by }): MapView => panned(kept(zoomed(WHOLE, factor, { ...hold, mostScale: 12 }), size), by, size));

const graph = largeNetwork(600);
const scene = makeScene(graph, layoutMap(graph, size));

describe('the view of a map', () => {
  it('holds the place under the pointer still while it zooms', () => {
    fc.assert(
      fc.property(someView, somePlace, fc.double({ min: 0.2, max: 5, noNaN: true }), (view, hold, factor) => {
        const next = zoomed(view, factor, { ...hold, mostScale: 12 });
        expect((hold.x - next.offsetX) / next.scale).toBeCloseTo((hold.x - view.offsetX) / view.scale, 6);
        expect((hold.y - next.offsetY) / next.scale).toBeCloseTo((hold.y - view.offsetY) / view.scale, 6);
        expect(next.scale >= 1 && next.scale <= 12).toBe(true);
      }),
    );
  });

  it('never shows anything beside the stage', () => {
    fc.assert(
      fc.property(someView, (view) => {
        const { x, y, width, height } = seen(view, size);
        expect(x >= -1e-9 && y >= -1e-9 && x + width <= size.width + 1e-9 && y + height <= size.height + 1e-9).toBe(true);
      }),
    );
  });

  it('brings a place that is looked for onto the screen, and leaves the view where it is seen already', () => {
    fc.assert(
      fc.property(someView, somePlace, (view, place) => {
        const next = revealed(view, place, size);
        const { x, y, width, height } = seen(next, size);
        expect(place.x >= x - 1e-6 && place.x <= x + width + 1e-6 && place.y >= y - 1e-6 && place.y <= y + height + 1e-6).toBe(true);
        const again = revealed(next, place, size);
        expect(again.offsetX).toBeCloseTo(next.offsetX, 6);
        expect(again.offsetY).toBeCloseTo(next.offsetY, 6);
      }),
    );
  });
});

describe('the scene of a map', () => {
  it('finds a node under the pointer exactly where it is drawn, at any zoom', () => {
    const hits = makeHits(scene);
    fc.assert(
      fc.property(someView, fc.nat(scene.nodes.length - 1), (view, node) => {
        const { x, y } = placeOf(scene, view, node);
        const found = hits({ x, y }, view);
        expect(found).not.toBeNull();
        const there = placeOf(scene, view, found ?? 0);
        expect(Math.hypot(there.x - x, there.y - y)).toBeLessThan(1e-6);
      }),
    );
    expect(hits({ x: -500, y: -500 }, WHOLE)).toBeNull();
  });

  it('has every node, and every edge but those along rings, heaviest first', () => {
    expect(scene.nodes).toHaveLength(graph.nodes.length);
    const values = scene.edges.map((edge) => edge.valueUsd);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(scene.edges.length).toBeLessThan(graph.edges.length);
    expect(scene.edges.length).toBeGreaterThan(graph.edges.length - 4 * graph.loops.length);
  });
});

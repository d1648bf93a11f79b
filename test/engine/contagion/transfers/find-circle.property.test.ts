import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCircle, type Way } from '../../../../main/engine/contagion/transfers/find-circle.ts';

const ways = fc.array(fc.record({ from: fc.integer({ min: 0, max: 7 }), to: fc.integer({ min: 0, max: 7 }) }), { maxLength: 14 });

/** Whether some account reaches itself: every account is followed along all ways. */
function hasCircle(all: readonly Way[]): boolean {
  return all.some(({ from }) => {
    let reached = new Set([from]);
    for (let step = 0; step < 8; step += 1) {
      reached = new Set(all.flatMap((way) => (reached.has(way.from) ? [way.to] : [])));
      if (reached.has(from)) return true;
    }
    return false;
  });
}

test('a circle is found exactly when some account reaches itself, and is made of the given ways, end to end', () => {
  let circles = 0;
  fc.assert(
    fc.property(ways, (all) => {
      const circle = findCircle(all);
      expect(circle.length > 0).toBe(hasCircle(all));
      circle.forEach((way, i) => {
        expect(all).toContain(way);
        expect(way.to).toBe(circle[(i + 1) % circle.length]?.from);
      });
      expect(new Set(circle.map(({ from }) => from)).size).toBe(circle.length);
      if (circle.length > 0) circles += 1;
    }),
    { numRuns: 500 },
  );
  expect(circles).toBeGreaterThan(50);
});

test('a chain and a fork have none; there and back is one', () => {
  const chain = [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
    { from: 0, to: 2 },
  ];
  expect(findCircle(chain)).toEqual([]);
  expect(findCircle([])).toEqual([]);
  expect(findCircle([...chain, { from: 1, to: 0 }])).toEqual([
    { from: 0, to: 1 },
    { from: 1, to: 0 },
  ]);
});

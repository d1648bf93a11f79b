import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawBlocks } from '../../../main/engine/risk/block-bootstrap.ts';

function rows(count: number, length: number, seed: number, draw = 0): number[] {
  const out = new Int32Array(count);
  drawBlocks(count, length, seed, draw, out);
  return [...out];
}

const sizes = { count: fc.integer({ min: 1, max: 200 }), length: fc.integer({ min: 1, max: 30 }), seed: fc.integer({ min: 0, max: 1e9 }) };

test('the same seed and draw give the same rows, another seed or draw others', () => {
  fc.assert(
    fc.property(
      sizes.count,
      sizes.length,
      sizes.seed,
      (count, length, seed) => rows(count, length, seed).join() === rows(count, length, seed).join(),
    ),
  );
  expect(rows(500, 5, 1)).not.toEqual(rows(500, 5, 2));
  expect(rows(500, 5, 1, 0)).not.toEqual(rows(500, 5, 1, 1));
});

test('within a block rows follow each other, going round the end', () => {
  fc.assert(
    fc.property(sizes.count, sizes.length, sizes.seed, (count, length, seed) => {
      const drawn = rows(count, length, seed);
      return drawn.every((row, at) => row >= 0 && row < count && (at % length === 0 || row === ((drawn[at - 1] ?? 0) + 1) % count));
    }),
  );
});

test('every row is drawn equally often in the long run: within five standard errors of a fiftieth over 2,000 draws', () => {
  const times = new Float64Array(50);
  for (let draw = 0; draw < 2000; draw += 1) for (const row of rows(50, 7, 3, draw)) times[row] = (times[row] ?? 0) + 1;
  // A row is in about 50 × 2,000 / 50 draws; rows of a block come together, which widens the error by √7.
  const error = Math.sqrt(2000 * 7);
  for (const count of times) expect(Math.abs(count - 2000)).toBeLessThan(5 * error);
});

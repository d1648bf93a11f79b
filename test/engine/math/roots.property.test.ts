import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findRoot } from '../../../main/engine/math/roots.ts';
import { expectClose } from '../../support/expect-close.ts';

describe('bracketed root', () => {
  test('finds the root of a cubic between its ends, wherever it lies', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 100, noNaN: true }), (root, scale) => {
        const found = findRoot((x) => scale * ((x - root) ** 3 + (x - root)), -60, 70);
        expect(found.status).toBe('converged');
        expectClose({ actual: found.root, expected: root, rel: 1e-14, abs: 1e-13, inputs: { root, scale } });
      }),
    );
  });

  test('needs few evaluations on a smooth function and bisection rate at worst', () => {
    expect(findRoot((x) => x * x - 2, 0, 2).evaluations).toBeLessThan(15);
    expect(findRoot((x) => (x < 0.123 ? -1 : 1), 0, 1).evaluations).toBeLessThan(130);
  });

  test('an end that is zero is the root; equal signs and NaN are not bracketed; too few evaluations is a status', () => {
    expect(findRoot((x) => x, 0, 1).root).toBe(0);
    expect(findRoot((x) => x - 1, 0, 1).root).toBe(1);
    expect(findRoot((x) => x * x + 1, -1, 1).status).toBe('notBracketed');
    expect(findRoot(() => NaN, -1, 1).status).toBe('notBracketed');
    const stopped = findRoot(Math.expm1, -9, 40, { maxEvaluations: 4 });
    expect(stopped.status).toBe('notConverged');
    expect(stopped.lastChange).toBeGreaterThan(0);
  });

  test('a function that turns NaN inside the bracket does not converge', () => {
    expect(findRoot((x) => (Math.abs(x) < 0.9 ? NaN : x), -1, 2).status).toBe('notConverged');
  });
});

import { expect } from 'vitest';
import type { Tolerance } from './compare.ts';

/**
 * Fails unless |actual − expected| <= abs + rel × |expected| (equal infinities and two NaN pass), and says the inputs, both
 * values, the error and the bound.
 */
export function expectClose(actual: number, expected: number, tolerance: Partial<Tolerance>, inputs: unknown = {}): void {
  if (Object.is(actual, expected) || actual === expected) return;
  const bound = (tolerance.abs ?? 0) + (tolerance.rel ?? 0) * Math.abs(expected);
  const error = Math.abs(actual - expected);
  if (error <= bound) return;
  expect.fail(`inputs ${JSON.stringify(inputs)}: expected ${expected}, actual ${actual}, error ${error}, bound ${bound}`);
}

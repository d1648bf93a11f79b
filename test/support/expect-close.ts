import { expect } from 'vitest';

/** Two numbers that should be the same within |actual − expected| <= abs + rel × |expected|, and what they came from. */
export type Closeness = {
  readonly actual: number;
  readonly expected: number;
  readonly rel?: number;
  readonly abs?: number;
  readonly inputs?: unknown;
};

/** Fails unless the numbers are close (equal infinities and two NaN are), saying the inputs, both values, the error and the bound. */
export function expectClose({ actual, expected, rel = 0, abs = 0, inputs = {} }: Closeness): void {
  if (Object.is(actual, expected) || actual === expected) return;
  const bound = abs + rel * Math.abs(expected);
  const error = Math.abs(actual - expected);
  if (error <= bound) return;
  expect.fail(`inputs ${JSON.stringify(inputs)}: expected ${expected}, actual ${actual}, error ${error}, bound ${bound}`);
}

import { expect } from 'vitest';
import type { Failure, Result } from '../../main/domain/failure.ts';

/** The value of a result that must have succeeded. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`expected a value, got ${result.failure.reason}: ${result.failure.message}`);
  return result.value;
}

/** The failure of a result that must have failed. */
export function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('expected a failure');
  return result.failure;
}

/** Matches any text that contains this one. */
export function containing(text: string): unknown {
  return expect.stringContaining(text);
}

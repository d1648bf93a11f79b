import { z } from 'zod';

/**
 * Why something expected could not be done. `reason` is stable and machine-readable; `message` names the thing and the
 * value; `remedy` says what to do; `where` places it in a file, account or field.
 */
export const failureReason = z.enum([
  'usage', // the call itself is malformed
  'notFound',
  'conflict', // it exists already, or changed meanwhile
  'invalidValue',
  'invalidFile', // wrong columns, truncated, not the format it claims to be
  'foreignFile', // a SQLite file of another program
  'newerSchema', // a book written by a newer Interlock
  'busy', // another process holds the book
  'storage', // disk full, read-only, input/output error
  'damaged', // integrity check or digest disagrees
  'ambiguous', // a date or decimal sign that must be asked about
  'missingPrice',
  'stale',
  'circular', // a collateral loop with gain at or above one
  'underBacked',
  'notConverged',
  'infeasible',
  'timeLimit',
  'cancelled',
  'refused', // not allowed here (host, token, permission)
  'unsupported',
  'internal', // a bug; the cause is in the log
]);
export type FailureReason = z.infer<typeof failureReason>;

export const failure = z.object({
  reason: failureReason,
  message: z.string(),
  remedy: z.string().optional(),
  where: z.object({ file: z.string(), line: z.number(), column: z.string(), value: z.string() }).partial().optional(),
});
export type Failure = z.infer<typeof failure>;

/** Expected trouble is a value, not an exception. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A successful result. */
export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A failed result. */
export function fail(reason: FailureReason, message: string, more: Omit<Failure, 'reason' | 'message'> = {}): Result<never> {
  return { ok: false, failure: { reason, message, ...more } };
}

/** The values of several results, or the first failure among them. */
export function allOf<T>(results: readonly Result<T>[]): Result<readonly T[]> {
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    values.push(result.value);
  }
  return succeed(values);
}

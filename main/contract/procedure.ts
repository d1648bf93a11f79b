import type { z } from 'zod';

/**
 * A call that may cross a process. `query` reads, `command` writes, `job` is long: its input carries an optional `runId`,
 * it reports progress under that id and can be cancelled by `run.cancel`.
 */
export type Procedure<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly kind: 'query' | 'command' | 'job';
  readonly input: Input;
  readonly output: Output;
};

/** Declares a procedure; only infers its types. */
export function procedure<Input extends z.ZodType, Output extends z.ZodType>(
  kind: Procedure['kind'],
  input: Input,
  output: Output,
): Procedure<Input, Output> {
  return { kind, input, output };
}
